"""Contracts in the language and logs as small tables, judged by the whole line up to trust. All parties are invented.

A log is given as one text of comma-separated rows per canonical table. Instants are `2026-04-01 09:30` and days
`2026-04-01` in the contract's time zone; an empty value is absent.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sla2.contract.calendar import day_start, instant
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.surroundings import Language
from sla2.diagnostics import Diagnostic, has_errors
from sla2.logs.log import Import, Log, log_of
from sla2.logs.schema import BY_NAME
from sla2.measure.run import measure
from sla2.report.frame import Frame
from sla2.settle.from_measurements import settle
from sla2.source.read import read_document
from sla2.trust.felt import felt_log, felt_priorities
from sla2.trust.from_verdicts import trust
from sla2.trust.promises import Standing
from sla2.trust.trust import Row, Trust

FRAME = """sla 2.0
contract VB-9 "Workplace services"
  customer: city
  supplier: desk
  languages: en authoritative, nl, de
  timezone: {zone}
  currency: EUR
  working days: office
  signed: {signed}
  term: {term}
end
party city "City of Sampleton"
end
party desk "Acme Desk Ltd"
end
calendar office "Office hours"
  timezone: {zone}
  open: mon-fri 08:00-18:00
end
calendar always "Round the clock"
  timezone: {zone}
  open: mon-sun 00:00-24:00
end
service workplace "Workplace"
  hours: always
end
{blocks}
"""
_DATES = {"done", "due", "first_due", "agreed_by_supplier", "agreed_by_customer", "recorded_at"}


@dataclass(frozen=True)
class Told:
    """What a case gives: the blocks of its contract, the tables of its log, the days [start, end) and the last day."""

    blocks: str
    tables: dict[str, str]
    start: date
    end: date
    as_of: date
    zone: str = "UTC"
    signed: str = "2026-01-01"
    term: str = "3 years from 2026-01-01"
    covers_to: date | None = None


def contract_of(told: Told) -> Contract:
    """The contract; a mistake in it is a mistake of the case."""
    text = FRAME.format(zone=told.zone, signed=told.signed, term=told.term, blocks=told.blocks)
    document, found = read_document(text, "case.sla")
    assert document is not None
    contract, more = from_syntax(document)
    assert contract is not None and not has_errors((*found, *more)), [one.message for one in (*found, *more)]
    return contract


def log_told(told: Told) -> Log:
    """The log of the tables."""
    given = {name: _rows(name, text, told.zone) for name, text in told.tables.items()}
    numbers: dict[object, int] = {}
    for number, row in enumerate(sorted(given.get("tickets", []), key=lambda r: (r["opened_at"], r["ticket_id"])), 1):
        row["ticket"] = numbers[row["ticket_id"]] = number
        row.setdefault("service", "workplace")
        row.update(import_id=1, row_no=number + 1)
    for row in given.get("updates", []):
        row["ticket"] = numbers.get(row["ticket_id"])
    covers = None if told.covers_to is None else day_start(told.covers_to + timedelta(days=1), told.zone)
    entry = Import(1, "tickets", "", "t.csv", "", 0, "", "", told.zone, "", "", 0, 0, covers_to=covers)
    return log_of(given, (entry,) if covers is not None else ())


def _rows(table: str, text: str, zone: str) -> list[dict[str, object]]:
    types = {column.name: column.type for column in BY_NAME[table].columns}
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    rows: list[dict[str, object]] = []
    for row in csv.DictReader(lines, skipinitialspace=True):
        rows.append({name: _cell(types[name], value.strip(), zone) for name, value in row.items() if value.strip()})
    return rows


def _cell(kind: str, value: str, zone: str) -> object:
    if kind != "BIGINT":
        return value
    if value.isdigit():
        return int(value)
    return instant(datetime.fromisoformat(value), zone)


def judged(told: Told) -> tuple[Trust | None, tuple[Diagnostic, ...]]:
    """Measured, settled, and judged for trust, with the priorities as felt where an impact table asks for it."""
    return _judged(told)[1:]


def framed(told: Told, language: Language = "en") -> tuple[Frame, Trust]:
    """The same, with the frame of a report in a language."""
    frame, found, _ = _judged(told, language)
    assert found is not None
    return frame, found


def _judged(told: Told, language: Language = "en") -> tuple[Frame, Trust | None, tuple[Diagnostic, ...]]:
    contract, log = contract_of(told), log_told(told)
    as_of = day_start(told.as_of + timedelta(days=1), told.zone)
    first = min(told.start, contract.term.start if contract.term else told.start)
    measurements, found = measure(contract, log, first, told.end, as_of)
    assert measurements is not None, [one.message for one in found]
    settlement, _ = settle(measurements, start=told.start, end=told.end)
    priorities = felt_priorities(contract, log, as_of)
    felt = measure(contract, felt_log(log, priorities), first, told.end, as_of)[0] if priorities else None
    start, end = (day_start(day, told.zone) for day in (told.start, told.end))
    made = Frame(contract, settlement, measurements, log.imports, told.start, told.end, told.as_of, language)
    return made, *trust(contract, settlement, measurements, log, start, end, as_felt=felt)


def line_of(row: Row) -> str:
    """`supplier promise early: 2 of 3, 1 pending; unproven, below target so far; 5 more`; the year if it differs."""
    stream = row.stream
    said = f"{stream.side} {stream.kind} {stream.block}: {_standing(row.period)}".replace(" :", ":")
    if row.year != row.period:
        said += f" | year {_standing(row.year)}"
    for key, value in stream.notes:
        said += f" ({key} {value})".replace(" )", ")")
    if stream.capped:
        said += " (capped)"
    broken = ", ".join(f"{one.ref} {one.detail}".strip() for one in row.broken)
    return f"{said} broken {broken}" if broken else said


def _standing(found: Standing) -> str:
    tally = found.tally
    said = f"{tally.kept} of {tally.n}"
    for name, number in (("pending", tally.pending), ("untested", tally.untested), ("moved", tally.moved)):
        said += f", {number} {name}" if number else ""
    more = f"; {found.more_kept} more" if found.more_kept is not None else ""
    return f"{said}; {found.status}{more}"
