"""`sla2 test`: runs the worked examples of contracts.

In: contract files. Out: one line per expectation on stdout, with both figures where they differ; status 1 if an example
disagrees with the rules, because then the contract contradicts itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sla2.cli.common import chatter, json_option, print_timings, say, status_of, timings_option
from sla2.cli.main import ERRORS, OK

if TYPE_CHECKING:
    from sla2.pipeline import Pipeline
    from sla2.settle.examples import ExampleResult

_WORDS = {True: "agrees", False: "disagrees", None: "not run"}


@click.command("test")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@json_option
@timings_option
def command(files: tuple[str, ...], as_json: bool, timings: bool) -> int:
    """Run the worked examples of contracts."""
    from sla2.pipeline import Pipeline, Request

    status = OK
    rows: list[dict[str, str]] = []
    for name in files:
        line = Pipeline(Request(name))
        status = max(status, _one(line, as_json, rows))
        if timings:
            print_timings(line.timings)
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    return status


def _one(line: Pipeline, as_json: bool, rows: list[dict[str, str]]) -> int:
    if line.contract is None or line.unsound:
        chatter(line.unsound, line.texts)
        say(f"The examples of {line.path} were not run: the contract cannot be read whole.")
        return ERRORS
    for result in line.tried:
        rows += _rows(line.path, result)
        if not as_json:
            for outcome in result.outcomes:
                click.echo(f"{_WORDS[outcome.agrees]:9}  {result.name}: {outcome.expected}")
    problems = [one for result in line.tried for one in result.diagnostics]
    chatter(problems, line.texts)
    if not line.tried:
        say(f"{line.path} has no worked examples.")
    return status_of(problems)


def _rows(path: str, result: ExampleResult) -> list[dict[str, str]]:
    return [
        {
            "file": path,
            "example": result.name,
            "expected": outcome.expected,
            "found": outcome.found,
            "result": _WORDS[outcome.agrees],
        }
        for outcome in result.outcomes
    ]
