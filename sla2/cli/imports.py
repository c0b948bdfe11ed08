"""`sla2 import`: looks at an export of a ticket tool, or checks the mapping that declares how it is read.

In: an export (`--probe`) or a mapping file (`--check`). Out: with `--probe` a draft of a mapping on stdout, to be
completed and confirmed by a person; with `--check` what was read, and how many rows were refused and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import chatter, json_option, say
from sla2.cli.main import OK, UNREADABLE

if TYPE_CHECKING:
    from sla2.logs.log import Import


_STRAY = "its ticket is in no import"


@click.command("import")
@click.option("export", "--probe", metavar="FILE", help="Look at an export and draft its mapping.")
@click.option(
    "mappings",
    "--check",
    metavar="MAPPING",
    multiple=True,
    help="Read what a mapping declares. May be given several times, to read mappings together.",
)
@json_option
def command(export: str | None, mappings: tuple[str, ...], as_json: bool) -> int:
    """Look at an export of a ticket tool, or check the mapping that declares how it is read."""
    if bool(export) == bool(mappings):
        raise click.UsageError("Say either --probe FILE or --check MAPPING.")
    return _probe(export) if export else _check(mappings, as_json)


def _probe(name: str) -> int:
    from pathlib import Path

    from sla2.logs.draft import draft_mapping
    from sla2.logs.probe import probe

    found, problems = probe(Path(name))
    chatter(problems, {})
    if found is None:
        return UNREADABLE
    click.echo(draft_mapping(found), nl=False)
    say("This is a draft: confirm every line that says so before you use it.")
    return OK


def _check(names: tuple[str, ...], as_json: bool) -> int:
    import json
    from pathlib import Path

    from sla2.logs import read_log

    log, problems = read_log([Path(name) for name in names])
    chatter(problems, {})
    if log is None:
        return UNREADABLE
    if any(_STRAY in problem.message for problem in problems) and all(one.table != "tickets" for one in log.imports):
        say("These mappings read no tickets. Give the mapping of the tickets as well: --check TICKETS --check OTHER.")
    rows = [_row(entry) for entry in log.imports]
    log.close()
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return OK
    for row in rows:
        click.echo(f"{row['file']}: {row['rows_ok']} of {row['rows_in']} rows read as {row['table']}.")
    return OK


def _row(entry: Import) -> dict[str, str | int]:
    return {
        "file": entry.file,
        "table": entry.table,
        "profile": entry.profile,
        "sha256": entry.sha256,
        "rows_in": entry.rows_in,
        "rows_ok": entry.rows_ok,
        "rows_refused": entry.rows_refused,
    }
