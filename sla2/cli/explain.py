"""`sla2 explain`: the manual page of a finding, or the proof of a figure.

In: a code such as SLA301 or a slug such as tier-gap; or the name of a figure with the contract and log it comes from.
Out: text on stdout. Wrong use if there is no such code.
"""

from __future__ import annotations

import re

import click

from sla2.cli.common import json_option
from sla2.cli.main import OK


@click.command("explain")
@click.argument("what", required=False, metavar="CODE")
@click.option("every", "--all", is_flag=True, help="List all findings.")
@json_option
def command(what: str | None, every: bool, as_json: bool) -> int:
    """Explain a finding: CODE is a code (SLA301) or its name (tier-gap)."""
    from sla2.cli.catalogue import codes

    if every:
        for code in codes():
            click.echo(f"{code.id}  {code.severity.value:8}{code.slug}")
        return OK
    if what is None:
        raise click.UsageError("Name a finding, for instance SLA301, or ask for --all of them.")
    found = next((code for code in codes() if what.lower() in (code.id.lower(), code.slug)), None)
    if found is None:
        raise click.UsageError(_unknown(what))
    if as_json:
        import json

        from sla2.cli.catalogue import sections

        page: dict[str, object] = {"code": found.id, "slug": found.slug, "severity": found.severity.value}
        page["page"] = dict(sections(found.page))
        click.echo(json.dumps(page, indent=2, ensure_ascii=False))
        return OK
    click.echo(_page(found.id, found.slug, found.severity.value, found.page), nl=False)
    return OK


def _unknown(what: str) -> str:
    from difflib import get_close_matches

    from sla2.cli.catalogue import codes

    names = [name for code in codes() for name in (code.id, code.slug)]
    near = get_close_matches(what.upper() if re.match(r"(?i)sla\d", what) else what, names, 1, 0.5)
    return f'There is no finding "{what}".' + (f" Did you mean {near[0]}?" if near else " --all lists them.")


def _page(code: str, slug: str, severity: str, page: str) -> str:
    from sla2.cli.catalogue import sections

    parts = [f"{code} {slug} ({severity})\n"]
    for heading, text in sections(page):
        body = "\n".join(f"  {line}".rstrip() for line in text.split("\n"))
        parts.append(f"{heading}\n{body}\n")
    return "\n".join(parts)
