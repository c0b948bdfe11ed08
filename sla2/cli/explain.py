"""`sla2 explain`: the manual page of a finding, or the proof of a figure.

In: a code such as SLA301 or its name; or the name of a figure of a report, with the contract and the log it comes from.
Out: text on stdout. Wrong use if there is no such code or figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, json_option
from sla2.cli.main import OK

if TYPE_CHECKING:
    from datetime import date

    from sla2.diagnostics import Code
    from sla2.pipeline import Pipeline
    from sla2.report.frame import Frame


_SHOWN = 12
"""So many names are listed where a figure does not exist."""


@click.command("explain")
@click.argument("what", required=False, metavar="CODE|FIGURE")
@click.option("every", "--all", is_flag=True, help="List all findings.")
@click.option("--contract", metavar="CONTRACT", help="The contract that a figure comes from.")
@click.option("mappings", "--log", metavar="MAPPING", multiple=True, help="The log that a figure comes from.")
@click.option("--from", "start", type=Day(), help="First day of the report that shows the figure.")
@click.option("--to", "end", type=Day(), help="Last day of the report that shows the figure.")
@click.option("--as-of", "as_of", type=Day(), help="Last day that the log is believed.")
@click.option("--lang", "language", type=click.Choice(["nl", "en", "de"]), help="Language of the proof.")
@json_option
def command(
    what: str | None,
    every: bool,
    contract: str | None,
    mappings: tuple[str, ...],
    start: date | None,
    end: date | None,
    as_of: date | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Explain a finding, or prove a figure of a report.

    CODE is a code (SLA301) or its name (tier-gap). FIGURE is a name such as resolve-p2/2026-03, credits-p1/2026-03,
    points/kpi/2026-03, pool/at-risk/2026-03, right/chronic/2026-03, exposure/supplier/2026-02-01 or
    INC0001234/resolve-p2, together with --contract and --log.
    """
    from sla2.cli.inputs import run_of

    if every:
        return _list()
    if what is None:
        raise click.UsageError("Name a finding, for instance SLA301, or ask for --all of them.")
    if contract is not None:
        if not mappings:
            raise click.UsageError("A figure is proved from a log: add --log MAPPING.")
        return _figure(what, run_of(contract, mappings, start, end, as_of, language), as_json)
    return _code(what, as_json)


def _list() -> int:
    from sla2.cli.catalogue import codes

    for code in codes():
        click.echo(f"{code.id}  {code.severity.value:8}{code.slug}")
    return OK


def _code(what: str, as_json: bool) -> int:
    from sla2.cli.catalogue import codes, sections

    found = [code for code in codes() if what.lower() in (code.id.lower(), code.slug)]
    if not found:
        raise click.UsageError(_unknown(what))
    if as_json:
        import json

        pages = [
            {"code": one.id, "slug": one.slug, "severity": one.severity.value, **dict(sections(one.page))}
            for one in found
        ]
        click.echo(json.dumps(pages, indent=2, ensure_ascii=False))
        return OK
    click.echo("\n".join(_page(one) for one in found), nl=False)
    return OK


def _page(code: Code) -> str:
    from sla2.cli.catalogue import sections

    parts = [f"{code.id} {code.slug} ({code.severity.value})\n"]
    for heading, text in sections(code.page):
        body = "\n".join(f"  {line}".rstrip() for line in text.split("\n"))
        parts.append(f"{heading}\n{body}\n")
    return "\n".join(parts)


def _unknown(what: str) -> str:
    from difflib import get_close_matches

    from sla2.cli.catalogue import codes

    if "/" in what:
        return f'"{what}" looks like a figure: add --contract CONTRACT and --log MAPPING to prove it.'
    names = [name for code in codes() for name in (code.id, code.slug)]
    near = get_close_matches(what.upper() if re.match(r"(?i)sla\d", what) else what, names, 1, 0.5)
    return f'There is no finding "{what}".' + (f" Did you mean {near[0]}?" if near else " --all lists them.")


def _figure(what: str, line: Pipeline, as_json: bool) -> int:
    from sla2.cli.report import problems
    from sla2.document import plain
    from sla2.report.explain import explain
    from sla2.report.explain_to_json import explain_json

    status = problems(line)
    if status is not None or line.frame is None:
        return status or OK
    if as_json:
        text = explain_json(what, line.frame, line.imported[0])
        if text is not None:
            click.echo(text, nl=False)
            return OK
    document, near = explain(what, line.frame, line.imported[0])
    if document is None:
        raise click.UsageError(_no_figure(what, near, line.frame))
    click.echo(plain.write(document), nl=False)
    return OK


def _no_figure(what: str, near: tuple[str, ...], frame: Frame) -> str:
    """That there is no such figure, the names that are like it, and which figures there are."""
    from sla2.report.figures import names

    known = names(frame)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    rest = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    there = f" Figures of this report: {', '.join(known[:_SHOWN])}{rest}." if known else ""
    cases = " A case is named by its ticket and its level, for instance INC0001234/resolve-p2."
    return f'There is no figure "{what}".{hint}{there}{cases}'
