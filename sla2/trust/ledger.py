"""Promises that the action list of both sides checks: promises in words, duties, reviews and their actions.

In: rows of the ledger, the contract's blocks, the day up to which the log is believed. Out: one promise per row and
side. Which rows a block claims is the business of `streams`.

Rules: due today is not late. A row counts in the period in which it was due (done, where it has no due date). A
postponement to which the other side agreed by the first due date makes a row `moved`: neither kept nor broken; without
that agreement the first date stands. More than two moves break it. A row that does not say when it was written is taken
to have been there all along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.trust.stream import Promise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.trust.evidence import LedgerRow
    from sla2.trust.stream import Fate, Side

MOST_MOVES = 2
LATE_RECORD = 14
"""Days after which a row that was written after its event is flagged."""


def owed_by(rows: Iterable[LedgerRow], kind: str, side: Side, today: date, zone: str) -> tuple[Promise, ...]:
    """The promises of `side` that rows of one kind check."""
    mine = (row for row in rows if row.kind == kind and side in row.owners)
    return tuple(_promise(row, *_fate(row, today), zone) for row in mine)


def attended_by(rows: Iterable[LedgerRow], side: Side, today: date, zone: str) -> tuple[Promise, ...]:
    """The reviews of the ledger, as `side` kept them: held in time, and with the side present."""
    reviews = (row for row in rows if row.kind == "review")
    return tuple(_promise(row, *_attended(row, side, today), zone) for row in reviews)


def recorded_late(rows: Iterable[LedgerRow], kind: str, side: Side) -> int:
    """How many rows of a kind were written more than fourteen days after what they record."""
    events = ((row.recorded, row.done or row.due) for row in rows if row.kind == kind and side in row.owners)
    return sum(
        recorded is not None and event is not None and (recorded - event).days > LATE_RECORD
        for recorded, event in events
    )


def _promise(row: LedgerRow, fate: Fate, late: int, zone: str) -> Promise:
    day = row.due or row.done or row.recorded
    at, made = (day_start(one, zone) if one is not None else 0 for one in (day, row.recorded))
    return Promise(at, fate, row.ref, str(late) if late > 0 else "", made)


def _fate(row: LedgerRow, today: date) -> tuple[Fate, int]:
    """The fate of a row, and the days by which it is or was late."""
    moved = row.moved > 0 and _agreed_in_time(row)
    due = row.due if moved or not row.moved else row.first_due or row.due
    late = _days_late(due, row.done, today)
    if row.moved > MOST_MOVES or late > 0:
        return "broken", late
    if row.done is None:
        return "pending", 0
    return ("moved" if moved else "kept"), 0


def _agreed_in_time(row: LedgerRow) -> bool:
    """True if every side that does not owe the row (both, if both owe it) agreed to move it by its first due date."""
    others: tuple[Side, ...] = ("supplier", "customer")
    if len(row.owners) == 1:
        others = tuple(side for side in others if side not in row.owners)
    days = [row.agreed(side) for side in others]
    return all(day is not None and (row.first_due is None or day <= row.first_due) for day in days)


def _days_late(due: date | None, done: date | None, today: date) -> int:
    return 0 if due is None else max(((done or today) - due).days, 0)


def _attended(row: LedgerRow, side: Side, today: date) -> tuple[Fate, int]:
    late = _days_late(row.due, row.done, today)
    if late > 0 and side in (row.court or ("supplier", "customer")):
        return "broken", late
    if row.done is None:
        return ("kept" if late > 0 else "pending"), 0
    return ("kept" if row.agreed(side) is not None else "broken"), 0
