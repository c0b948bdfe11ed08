"""`sla2 open`: lists the open passages of contracts.

In: contracts, or folders that hold some. Out: the passages on stdout, the most urgent first, with their owners and the
rule that applies meanwhile, or JSON. A contract that cannot be read is listed too, before the others. It judges
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
    from sla2.contract.passage import Filling
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language

    Row = dict[str, str | int | None]

_BROKEN = "unreadable"
_URGENCY = (_BROKEN, "overdue", "due", "open", "not yet open", "fallback in force", "filled", "withdrawn")
_DONE = ("filled", "withdrawn")
_FALLBACK = "fallback in force"
_INDENT = " " * 18


@click.command("open")
@click.argument("places", nargs=-1, required=True, metavar="CONTRACT|FOLDER…")
@click.option("--today", type=Day(), help="Default: the day on this computer.")
@click.option("--all", "every", is_flag=True, help="Those that are filled or withdrawn as well.")
@click.option("--lang", "language", type=click.Choice(["nl", "en", "de"]), help="Default: that of each contract.")
@json_option
def command(places: tuple[str, ...], today: date | None, every: bool, language: Language | None, as_json: bool) -> int:
    """List the open passages of contracts, the most urgent first."""
    import json
    from datetime import date

    day = today or date.today()
    rows = [row for path in _contracts(places) for row in _rows(path, day, every, language)]
    rows.sort(key=lambda row: (_URGENCY.index(str(row["state"])), str(row["review"] or "9"), str(row["file"])))
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            click.echo("\n".join(_lines(row)))
    broken = sum(row["state"] == _BROKEN for row in rows)
    number = len(rows) - broken
    say(f"{number} passage{'' if number == 1 else 's'} on {day}.")
    if broken:
        say(f"{broken} contract{'' if broken == 1 else 's'} cannot be read whole; see `sla2 check`.")
    return ERRORS if broken else OK


def _lines(row: Row) -> Iterator[str]:
    """One passage for a reader: how it stands, who owns it, what applies meanwhile."""
    if row["state"] == _BROKEN:
        yield f"{_BROKEN:17} {row['file']}: {row['title']}"
        return
    review = f"review {row['review']} ({_when(row['days'])})" if row["review"] else "no review date"
    court = f"; waits for {row['waits_for']}" if row["waits_for"] else ""
    yield f"{row['state']:17} {row['contract']} {row['passage']}: {row['title']}; {review}{court}"
    for side in ("customer", "supplier"):
        yield f"{_INDENT}{side}: {row[side] or 'nobody named'}"
    if row["interim"]:
        yield f"{_INDENT}until it is filled: {row['interim']}"
    if row["fallback"]:
        since = "since" if row["state"] == _FALLBACK else "from"
        yield f"{_INDENT}fallback {since} {row['fallback']}"


def _when(days: str | int | None) -> str:
    number = int(days or 0)
    if number == 0:
        return "today"
    unit = "day" if abs(number) == 1 else "days"
    return f"in {number} {unit}" if number > 0 else f"{-number} {unit} ago"


def _contracts(places: tuple[str, ...]) -> Iterator[Path]:
    """The files named, and all contracts in the folders named, in order, each once."""
    from pathlib import Path

    from sla2.files import read_bytes

    seen: set[Path] = set()
    for place in places:
        path = Path(place)
        if place != "-" and not path.is_dir():
            read_bytes(path)  # a name typed wrong is said at once, as by every other command
        found = [each for each in sorted(path.rglob("*.sla")) if _opens_a_contract(each)] if path.is_dir() else [path]
        if not found:
            say(f"There is no contract in {place}.")
        for each in found:
            if each not in seen:
                seen.add(each)
                yield each


def _opens_a_contract(path: Path) -> bool:
    """True unless the file only holds what other files include."""
    from sla2.files import Unreadable, read_bytes

    try:
        return b"\ncontract " in read_bytes(path)
    except Unreadable:
        return True


def _rows(path: Path, day: date, every: bool, language: Language | None) -> Iterator[Row]:
    """The passages of one contract; one row that says so if it cannot be read whole."""
    from sla2.contract.passage_state import states
    from sla2.contract.translations import translated
    from sla2.files import Unreadable
    from sla2.pipeline import Pipeline, Request

    line = Pipeline(Request(path.as_posix()))
    try:
        contract, unsound = line.contract, line.unsound
    except Unreadable as problem:
        yield _broken(path, problem.message)
        return
    if contract is None or unsound:
        first = next((one.message for one in (*unsound, *line.read[1]) if one.severity == "error"), "")
        yield _broken(path, first)
        return
    spoken = language or contract.authoritative
    told = translated(contract, spoken)
    for found in states(contract, day):
        if every or found.state not in _DONE:
            yield _row(told, found, path, spoken)


def _broken(path: Path, why: str) -> Row:
    row: Row = dict.fromkeys(
        ("contract", "passage", "review", "first_review", "days", "fallback", "waits_for", "customer", "supplier"), None
    )
    return {**row, "file": path.as_posix(), "state": _BROKEN, "title": why, "interim": None}


def _said(interim: Filling | None, contract: Contract, language: Language) -> str | None:
    """The rule that applies meanwhile, in words that a terminal can break."""
    from sla2.words import filling_words

    if interim is None:
        return None
    return " ".join(filling_words(interim, contract, language).plain.split())


def _row(contract: Contract, found: PassageState, path: Path, language: Language) -> Row:
    passage = contract.passage(found.passage)
    owners = {owner.side: f"{owner.mailbox.name} <{owner.mailbox.address}>" for owner in passage.owners}
    return {
        "file": path.as_posix(),
        "contract": contract.name,
        "passage": found.passage,
        "title": passage.title,
        "state": found.state,
        "review": found.review.isoformat() if found.review else None,
        "first_review": found.first_review.isoformat() if found.first_review else None,
        "days": found.days_to_review,
        "fallback": found.fallback.isoformat() if found.fallback else None,
        "waits_for": found.court,
        "customer": owners.get("customer"),
        "supplier": owners.get("supplier"),
        "interim": None if found.state == _FALLBACK else _said(passage.interim, contract, language),
    }
