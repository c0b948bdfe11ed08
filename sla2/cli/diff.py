"""`sla2 diff`: what changes in meaning between two contracts, or between two days of one.

In: two contract files, or one file and two days. Out: the changes on stdout, in nl, en or de, as text, Markdown or
JSON. A difference is a result: the exit status is 0, unless `--fail-on changed` asks for 1. A contract with errors
is not compared: its findings are printed as `sla2 check` prints them, and the status is 1.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, colour_wanted, json_option, rendered, say
from sla2.cli.main import ERRORS, OK

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.diff import Difference
    from sla2.pipeline import Pipeline


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", required=False, metavar="[NEW]")
@click.option("--from", "since", type=Day(), help="Compare OLD on this day …")
@click.option("--to", "until", type=Day(), help="… with OLD on this day, amendments folded in.")
@click.option("--lang", "language", type=click.Choice(["nl", "en", "de"]), help="Default: that of the contract.")
@click.option("form", "--format", type=click.Choice(["terminal", "markdown", "json"]), default="terminal")
@click.option("fail_on", "--fail-on", type=click.Choice(["changed"]), help="Exit with status 1 if anything changed.")
@json_option
def command(
    old: str,
    new: str | None,
    since: date | None,
    until: date | None,
    language: Language | None,
    form: str,
    fail_on: str | None,
    as_json: bool,
) -> int:
    """Say what changes in meaning from contract OLD to contract NEW, or in OLD from one day to another.

    The order of blocks, layout, comments and file names have no meaning and are not told.
    """
    from sla2 import diff
    from sla2.pipeline import Pipeline, Request

    if (new is None) == (since is None and until is None) or (since is None) != (until is None):
        raise click.UsageError("Name two contracts, or one contract with both --from and --to.")
    if new == "-" and old == "-":
        raise click.UsageError("Standard input can be only one of the two contracts.")
    lines = [Pipeline(Request(name)) for name in (old, new) if name is not None]
    contracts = [contract for line in lines if (contract := _sound(line)) is not None]
    if len(contracts) < len(lines):
        return ERRORS
    found = _compared(lines, contracts, since, until, language)
    wanted = "json" if as_json else form
    text = {"terminal": diff.plain, "markdown": diff.markdown, "json": diff.as_json}[wanted](found)
    click.echo(text, nl=False)
    number = len(found.changes)
    say(f"{number} change{'' if number == 1 else 's'}.")
    return ERRORS if fail_on and number else OK


def _sound(line: Pipeline) -> Contract | None:
    """The contract if it has no errors; else its findings are printed."""
    from sla2.diagnostics import has_errors

    wrong = (*line.read[1], *line.unsound)
    if line.contract is not None and not has_errors(wrong):
        return line.contract
    shown = line.findings
    click.echo(rendered(shown, line.texts, "terminal", colour=colour_wanted(sys.stdout.isatty())), nl=False)
    say(f"{line.path} has errors and cannot be compared; see `sla2 check`.")
    return None


def _compared(
    lines: list[Pipeline],
    contracts: list[Contract],
    since: date | None,
    until: date | None,
    language: Language | None,
) -> Difference:
    from sla2 import diff

    spoken = language or (contracts[-1].languages[0] if contracts[-1].languages else "en")
    if since is not None and until is not None:
        return diff.between(contracts[0], since, until, spoken)
    before, after = (line.loaded.document for line in lines)
    documents = (before, after) if before is not None and after is not None else None
    return diff.diff(contracts[0], contracts[1], spoken, documents)
