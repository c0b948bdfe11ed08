"""`sla2 check`: what is wrong, missing or ambiguous in contracts.

In: contract files. Out: findings on stdout; status 1 if one of them is an error, 3 if a file cannot be read. With
`--fix` the remedies that need no judgement are applied to the files.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sla2.cli.common import FORMATS, colour_wanted, print_timings, rendered, say, timings_option
from sla2.cli.main import UNREADABLE

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic, Fix

_ROUNDS = 10
"""Applying a fix may make room for another one; more rounds than this mean that two fixes undo each other."""


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--fix", is_flag=True, help="Apply the remedies that need no judgement to the files.")
@click.option("form", "--format", type=click.Choice(FORMATS), default="terminal", help="How findings are printed.")
@click.option("as_json", "--json", is_flag=True, help="The same as --format json.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@timings_option
def command(files: tuple[str, ...], fix: bool, form: str, as_json: bool, quiet: bool, timings: bool) -> int:
    """Find what is wrong, missing or ambiguous in contracts (FILE may be - for standard input).

    Only errors make the exit status 1; warnings and advice do not.
    """
    from sla2.diagnostics import Severity, has_errors
    from sla2.diagnostics.render import summary
    from sla2.files import Unreadable
    from sla2.pipeline import Pipeline, Request

    if fix and "-" in files:
        raise click.UsageError("--fix changes files, and standard input is none; name the file.")
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    unreadable = 0
    for name in files:
        try:
            if fix:
                _fix(name)
            line = Pipeline(Request(name))
            found += line.findings
        except Unreadable as problem:
            say(" ".join(part for part in (f"sla2: {problem.message}", problem.remedy) if part))
            unreadable += 1
            continue
        texts |= line.texts
        if timings:
            print_timings(line.timings)
    shown = [one for one in found if one.severity is Severity.ERROR or not quiet]
    form = "json" if as_json else form
    click.echo(rendered(shown, texts, form, colour=colour_wanted(sys.stdout.isatty())), nl=False)
    done = len(files) - unreadable
    if form == "terminal" and done:
        say(f"{summary(found)} in {done} file{'s' if done != 1 else ''}.")
    return UNREADABLE if unreadable else int(has_errors(found))


def _fix(name: str) -> None:
    """Apply every fix that touches this file, until none is left."""
    from pathlib import Path

    from sla2.files import write_whole
    from sla2.pipeline import Pipeline, Request
    from sla2.source.edit import apply_edits

    done: dict[str, int] = {}
    for _ in range(_ROUNDS):
        line = Pipeline(Request(name))
        fixes = _apart([one.fix for one in line.findings if one.fix is not None], line.path)
        after = apply_edits(line.text, [edit for fix in fixes for edit in fix.edits])
        if after == line.text:
            break
        write_whole(Path(name), after.encode("utf-8"), force=True)
        for fix in fixes:
            done[fix.title] = done.get(fix.title, 0) + 1
    for title, times in done.items():
        say(f"{name}: {title}{f' ({times} times)' if times > 1 else ''}.")


def _apart(fixes: list[Fix], path: str) -> list[Fix]:
    """Those fixes that touch this file only and do not overlap an earlier one; the rest waits for the next round."""
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in dict.fromkeys(fixes):
        places = [(edit.span.start, edit.span.end) for edit in fix.edits]
        free = all(end < low or high < start for start, end in places for low, high in taken)
        if free and all(edit.span.path == path for edit in fix.edits):
            taken += places
            chosen.append(fix)
    return chosen
