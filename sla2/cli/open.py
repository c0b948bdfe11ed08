"""`sla2 open`: lists the open passages of contracts.

In: contracts, or folders that hold some. Out: one line per passage on stdout, overdue ones first, or JSON. It judges
nothing: the state of a passage follows from dates and amendments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sla2.cli.common import Day, json_option, say
from sla2.cli.main import ERRORS, OK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sla2.contract.contract import Contract
    from sla2.contract.passage_state import PassageState

_URGENCY = ("overdue", "due", "open", "not yet open", "fallback in force", "filled", "withdrawn")
_DONE = ("filled", "withdrawn", "fallback in force")


@click.command("open")
@click.argument("places", nargs=-1, required=True, metavar="CONTRACT|FOLDER…")
@click.option("--today", type=Day(), help="Default: the day on this computer.")
@click.option("--all", "every", is_flag=True, help="Those that are filled or withdrawn as well.")
@json_option
def command(places: tuple[str, ...], today: date | None, every: bool, as_json: bool) -> int:
    """List the open passages of contracts, the most urgent first."""
    import json
    from datetime import date

    day = today or date.today()
    rows: list[dict[str, str | int | None]] = []
    status = OK
    for path in _contracts(places):
        found = _rows(path, day, every)
        if found is None:
            status = ERRORS
        rows += found or []
    rows.sort(key=lambda row: (_URGENCY.index(str(row["state"])), str(row["review"] or "9"), str(row["file"])))
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            review = f"review {row['review']} ({_when(row['days'])})" if row["review"] else "no review date"
            court = f"; waits for {row['waits_for']}" if row["waits_for"] else ""
            click.echo(f"{row['state']:17} {row['contract']} {row['passage']}: {row['title']}; {review}{court}")
    say(f"{len(rows)} passage{'' if len(rows) == 1 else 's'} on {day}.")
    return status


def _when(days: str | int | None) -> str:
    number = int(days or 0)
    if number == 0:
        return "today"
    unit = "day" if abs(number) == 1 else "days"
    return f"in {number} {unit}" if number > 0 else f"{-number} {unit} ago"


def _contracts(places: tuple[str, ...]) -> Iterator[Path]:
    """The files named, and all contracts in the folders named, in order."""
    from pathlib import Path

    for place in places:
        path = Path(place)
        if path.is_dir():
            found = [each for each in sorted(path.rglob("*.sla")) if _opens_a_contract(each)]
            if not found:
                say(f"There is no contract in {place}.")
            yield from found
        else:
            yield path


def _opens_a_contract(path: Path) -> bool:
    """True unless the file only holds what other files include."""
    from sla2.files import Unreadable, read_bytes

    try:
        return b"\ncontract " in read_bytes(path)
    except Unreadable:
        return False


def _rows(path: Path, day: date, every: bool) -> list[dict[str, str | int | None]] | None:
    """The passages of one contract; None if it cannot be read whole."""
    from sla2.contract.passage_state import states
    from sla2.pipeline import Pipeline, Request

    line = Pipeline(Request(path.as_posix()))
    contract = line.contract
    if contract is None or line.unsound:
        say(f"{path.as_posix()} cannot be read whole; see `sla2 check`.")
        return None
    found = [one for one in states(contract, day) if every or one.state not in _DONE]
    return [_row(contract, one, path) for one in found]


def _row(contract: Contract, found: PassageState, path: Path) -> dict[str, str | int | None]:
    return {
        "file": path.as_posix(),
        "contract": contract.name,
        "passage": found.passage,
        "title": contract.passage(found.passage).title,
        "state": found.state,
        "review": found.review.isoformat() if found.review else None,
        "days": found.days_to_review,
        "fallback": found.fallback.isoformat() if found.fallback else None,
        "waits_for": found.court,
    }
