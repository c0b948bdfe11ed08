"""Which exclusions hold: announced in time, approved by the right side, or recurring by agreement.

In: the exclusions a level names, the rows of the log that appeal to them, a span. Out: `Window` values, the intervals
that are left out, and a finding for each row that fails. A notice that is too short or an approval that is missing
makes the whole row fail. Budgets are not looked at here: they are used up in time order by `overlay`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start, instant, local_date, shift
from sla2.measure.codes import EXCLUSION_FAILS
from sla2.measure.intervals import intersection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Exclusion
    from sla2.diagnostics import Diagnostic
    from sla2.measure.outage_rows import Excluded

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Window:
    """An interval that is left out: of one component, or of all (None). `row`: the id in the log, "" if recurring."""

    exclusion: str
    row: str
    component: str | None
    started: int
    ended: int
    approved_by: str = ""


def windows(
    contract: Contract, level: Level, rows: tuple[Excluded, ...], low: int, high: int
) -> tuple[tuple[Window, ...], tuple[Diagnostic, ...]]:
    """All windows of the exclusions of `level` that touch [low, high), in order of exclusion and start."""
    found: list[Window] = []
    faults: list[Diagnostic] = []
    for name in level.excludes:
        exclusion = contract.exclusion(name)
        recorded = []
        for row in rows:
            if not appeals(row, exclusion) or (row.service is not None and row.service != level.service):
                continue
            fault = failure(contract, exclusion, row)
            if fault is None:
                recorded.append(Window(name, row.id, row.component, row.started, row.ended, row.approved_by or ""))
            else:
                message = f"The exclusion {row.id} does not count as {name}: {fault}."
                faults.append(EXCLUSION_FAILS.at(exclusion.span, message, help="All of its time counts as usual."))
        found.extend(_granted(contract, exclusion, recorded, low, high))
    kept = [window for window in found if window.started < high and window.ended > low]
    return tuple(kept), tuple(faults)


def appeals(row: Excluded, exclusion: Exclusion) -> bool:
    """True if the row names the exclusion, or names none and has one of its causes."""
    return row.name == exclusion.name or (row.name is None and row.cause in exclusion.causes)


def failure(contract: Contract, exclusion: Exclusion, row: Excluded) -> str | None:
    """Why the row does not meet the conditions of the exclusion; None if it does."""
    if exclusion.announced is not None and not _in_time(contract, exclusion.announced, row):
        if row.announced is None:
            return f"it was not announced, and {exclusion.announced} before is agreed"
        return f"it was announced later than the agreed {exclusion.announced} before"
    if exclusion.approved_by is not None:
        needed = {"customer", "supplier"} if exclusion.approved_by == "both" else {exclusion.approved_by}
        missing = sorted(needed - approvers(contract, row.approved_by))
        if missing:
            return f"the approval of the {' and the '.join(missing)} is missing"
    return None


def _in_time(contract: Contract, notice: Duration, row: Excluded) -> bool:
    """Elapsed notice is counted to the microsecond, notice in days by local dates."""
    if row.announced is None:
        return False
    if notice.kind == "elapsed" and notice.microseconds is not None:
        return row.announced <= row.started - notice.microseconds
    zone = contract.timezone or "UTC"
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    last = shift(local_date(row.started, zone), notice, "before", calendar)
    return local_date(row.announced, zone) <= last


def approvers(contract: Contract, text: str | None) -> set[str]:
    """The sides that an approval names: by the word customer, supplier or both in front, or by a contact's name."""
    if text is None:
        return set()
    first = text.replace(",", " ").replace(":", " ").casefold().split()[:1]
    if first == ["both"]:
        return {"customer", "supplier"}
    if first and first[0] in ("customer", "supplier"):
        return {first[0]}
    found = set()
    sides = (("customer", contract.customer), ("supplier", contract.supplier))
    for side, name in sides:
        for party in contract.parties:
            if party.name == name and any(text in (c.mailbox.name, c.mailbox.address) for c in party.contacts):
                found.add(side)
    return found


def _granted(contract: Contract, exclusion: Exclusion, recorded: list[Window], low: int, high: int) -> Iterator[Window]:
    """Recorded rows; for a recurring exclusion its windows, and under conditions only what recorded rows cover."""
    if not exclusion.recurring:
        yield from recorded
        return
    recurring = sorted(_recurring(contract, exclusion, low, high))
    if exclusion.announced is None and exclusion.approved_by is None:
        for start, end in recurring:
            yield Window(exclusion.name, "", None, start, end)
        return
    for window in recorded:
        for start, end in intersection([(window.started, window.ended)], recurring):
            yield Window(window.exclusion, window.row, window.component, start, end, window.approved_by)


def _recurring(contract: Contract, exclusion: Exclusion, low: int, high: int) -> Iterator[tuple[int, int]]:
    zone = contract.timezone or "UTC"
    day, last = local_date(low, zone) - timedelta(days=1), local_date(high, zone)
    while day <= last:
        for one in exclusion.recurring:
            if _WEEK[day.weekday()] == one.day:
                start = instant(datetime.combine(day, one.hours.start), zone, fold=0)
                yield start, _end(day, one.hours.end, zone)
        day += timedelta(days=1)


def _end(day: date, end: time | None, zone: str) -> int:
    if end is None:
        return day_start(day + timedelta(days=1), zone)
    return instant(datetime.combine(day, end), zone, fold=1)
