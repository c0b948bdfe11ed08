"""`sla2 format`: lays out contracts in the standard form.

In: contract files. Out: the files in the standard form; with `--check` or `--diff` nothing is written. Comments stay,
and the meaning never changes. A file with a mistake in its form is left alone.
"""

from __future__ import annotations

import click

from sla2.cli.common import chatter, say
from sla2.cli.main import ERRORS, OK, UNREADABLE


@click.command("format")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; status 1 if a file would change.")
@click.option("show_diff", "--diff", is_flag=True, help="Change nothing; print what would change.")
def command(files: tuple[str, ...], only_check: bool, show_diff: bool) -> int:
    """Lay out contracts in the standard form (FILE may be -: from standard input to standard output)."""
    from sla2.files import Unreadable

    status = OK
    for name in files:
        try:
            status = max(status, _one(name, only_check, show_diff))
        except Unreadable as problem:
            say(" ".join(part for part in (f"sla2: {problem.message}", problem.remedy) if part))
            status = UNREADABLE
    return status


def _one(name: str, only_check: bool, show_diff: bool) -> int:
    from pathlib import Path

    from sla2.files import write_whole
    from sla2.pipeline import Pipeline, Request

    line = Pipeline(Request(name))
    after, found = line.formatted
    if after is None:
        chatter(found, line.texts)
        say(f"{name} has mistakes and was left as it is.")
        return ERRORS
    if show_diff:
        click.echo(_difference(line.text, after, line.path), nl=False)
    elif name == "-" and not only_check:
        click.echo(after, nl=False)
        return OK
    if after.encode("utf-8") == line.loaded.raw:
        return OK
    if only_check or show_diff:
        say(f"{name} is not in the standard form.")
        return ERRORS if only_check else OK
    write_whole(Path(name), after.encode("utf-8"), force=True)
    say(f"{name} was laid out.")
    return OK


def _difference(before: str, after: str, path: str) -> str:
    import difflib

    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
