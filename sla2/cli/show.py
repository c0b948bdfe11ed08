"""`sla2 show`: prints an intermediate form, for whoever wants to see what sla2 made of a file.

In: the name of a form and a contract (for plan and verdicts also a log). Out: text or JSON on stdout. What is wrong
with the file is said on stderr, and as much as could be read is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, chatter, status_of
from sla2.cli.main import OK, WRONG_USE

if TYPE_CHECKING:
    from datetime import date

    from sla2.pipeline import Pipeline

FORMS = ("tree", "syntax", "contract", "plan", "verdicts", "schema")


@click.command("show")
@click.argument("form", type=click.Choice(FORMS))
@click.argument("contract", required=False, metavar="CONTRACT")
@click.option("mappings", "--log", metavar="MAPPING", multiple=True, help="The log, for plan and verdicts.")
@click.option("--from", "start", type=Day(), help="First day, for plan and verdicts.")
@click.option("--to", "end", type=Day(), help="Last day, for plan and verdicts.")
@click.option("--as-of", "as_of", type=Day(), help="Contract: terms in force on this day; else: last day believed.")
def command(
    form: str,
    contract: str | None,
    mappings: tuple[str, ...],
    start: date | None,
    end: date | None,
    as_of: date | None,
) -> int:
    """Print what sla2 made of CONTRACT: the parse tree, the syntax, the typed contract (JSON), the plan of measuring,
    the verdicts; or the JSON schema of the typed contract."""
    from sla2.cli.inputs import run_of

    if form == "schema":
        return _schema()
    if contract is None:
        raise click.UsageError("Name the contract.")
    if form in ("plan", "verdicts") and not mappings:
        raise click.UsageError(f"For {form} a log is needed: add --log MAPPING.")
    line = run_of(contract, mappings, start, end, as_of, None)
    if form == "tree":
        return _tree(line)
    if form == "syntax":
        return _syntax(line)
    if form == "contract":
        return _contract(line, as_of)
    return _judged(line, form)


def _schema() -> int:
    from sla2.contract.schema import schema

    click.echo(schema(), nl=False)
    return OK


def _tree(line: Pipeline) -> int:
    from sla2.source.from_text import parse

    parsed = parse(line.text, line.path)
    if parsed.tree is not None:
        click.echo(parsed.tree.pretty(), nl=False)
    chatter(parsed.diagnostics, line.texts)
    return status_of(parsed.diagnostics)


def _syntax(line: Pipeline) -> int:
    document = line.loaded.document
    if document is not None:
        click.echo(f"sla {document.version}")
        for include in document.includes:
            click.echo(f"include {include.path.text} as {include.alias.text}")
        for block in document.blocks:
            click.echo(f"{block.kind} {block.name.text} ({block.header})")
            for statement in block.statements:
                click.echo(f"  {statement.form}: {', '.join(_node(part) for part in statement.args)}")
    chatter(line.loaded.diagnostics, line.texts)
    return status_of(line.loaded.diagnostics)


def _node(node: object) -> str:
    """`percent 99.8`, `target_share(percent 90, duration 4 business hour)`."""
    from sla2.source.syntax import Phrase

    if isinstance(node, Phrase):
        return f"{node.form}({', '.join(_node(part) for part in node.args)})"
    kind = type(node).__name__.removesuffix("Value").lower()
    parts = [
        getattr(node, name)
        for name in ("alias", "currency", "text", "value", "amount", "unit", "address")
        if hasattr(node, name)
    ]
    return f"{kind} {' '.join(str(part) for part in parts if part is not None)}"


def _contract(line: Pipeline, day: date | None) -> int:
    from sla2.contract.versions import as_of

    contract = line.contract
    if contract is not None:
        shown = contract if day is None else as_of(contract, day)
        click.echo(shown.model_dump_json(indent=2, exclude_none=True))
    chatter(line.read[1], line.texts)
    return status_of(line.read[1])


def _judged(line: Pipeline, form: str) -> int:
    from sla2.cli.report import problems

    status = problems(line)
    frame = line.frame
    if status is not None or frame is None:
        return status or WRONG_USE
    if form == "verdicts":
        from sla2.report.frame import figure

        for verdict in frame.settlement.verdicts:
            found = verdict.measurement
            value = "-" if found.value is None else f"{found.numerator}/{found.denominator}"
            click.echo(f"{figure(verdict):32} {verdict.status:18} {value}")
        return OK
    for text in _plan(line):
        click.echo(text)
    return OK


def _plan(line: Pipeline) -> list[str]:
    """The tables of the plan with their rows, as the engine gets them."""
    from sla2.measure.from_contract import plan

    days, contract = line.days, line.contract
    if days is None or contract is None:
        return []
    made, _ = plan(contract, days.measured, days.end, days.as_of, (days.as_of, days.as_of))
    if made is None:
        return []
    found = []
    for table in made.tables:
        found.append(table.name)
        found += [f"  {row}" for row in table.rows]
    return found
