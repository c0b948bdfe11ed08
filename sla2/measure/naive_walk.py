"""The slow judge's clock: time walked from cut to cut, open or closed, running or standing still.

In: the terms of a level, a start, a stop and pauses. Out: a `Walk`: time counted, time stood still, the deadline.
Used by `naive` only. It knows no buckets and no sums of open time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sla2.contract.calendar import (
    add_working_days,
    day_start,
    instant,
    is_working_day,
    local,
    open_intervals,
    shift,
)
from sla2.contract.quantity import SECOND
from sla2.measure.rules import allowance_of, until_closing
from sla2.measure.stop_rows import limit_calendar

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.level import Intake
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Calendar, ClockStop
    from sla2.measure.plan import LevelTerms

_MONTH = 31 * 86_400 * SECOND
_YEAR = 366 * 86_400 * SECOND


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk along one clock found: time counted and time stood still, and when the allowance ran out."""

    elapsed: int
    paused: int
    deadline: int | None
    allowance: int


def counts_from(terms: LevelTerms, opened: int) -> int:
    """The instant from which a ticket counts as received."""
    intake, calendar = terms.level.intake, terms.contract.level_hours(terms.level)
    if intake is None or calendar is None:
        return opened
    there = local(opened, calendar.timezone)
    if intake.after is not None:
        return _next_opening(calendar, there.date()) if there.time() >= intake.after else opened
    if open_intervals(calendar, opened, opened + 1):
        return opened
    return _stated_hour(calendar, there, intake)


def _next_opening(calendar: Calendar, day: date) -> int:
    start = day_start(day + timedelta(days=1), calendar.timezone)
    return open_intervals(calendar, start, start + _YEAR)[0][0]


def _stated_hour(calendar: Calendar, there: datetime, intake: Intake) -> int:
    day = there.date()
    if intake.counts_as is None:
        start = instant(there, calendar.timezone)
        return open_intervals(calendar, start, start + _YEAR)[0][0]
    if intake.counts_as <= there.time() or not is_working_day(calendar, day):
        day = add_working_days(day, 1, calendar)
    return instant(datetime.combine(day, intake.counts_as), calendar.timezone, fold=0)


def walk(terms: LevelTerms, start: int, stop: int, pauses: list[tuple[int, int]], given: int) -> Walk:
    """Go from `start` on, cut by cut, until `stop` is passed and the allowance is used up.

    `given`: open time that stood still at moments nobody knows, allowed on top.
    """
    allowance, due = _allowance(terms, start)
    for ahead in (_MONTH, _YEAR, 3 * _YEAR):
        found = _walk_until(terms, start, stop, pauses, given, (allowance, due), max(stop, due or 0) + ahead)
        if found.deadline is not None:
            break
    return found


def _walk_until(
    terms: LevelTerms,
    start: int,
    stop: int,
    pauses: list[tuple[int, int]],
    given: int,
    allowed: tuple[int, int | None],
    horizon: int,
) -> Walk:
    """The walk, as far as `horizon`."""
    allowance, due = allowed
    ample = allowance + given
    opens = open_intervals(terms.calendar, start, horizon) if terms.calendar else ((start, horizon),)
    cuts = {stop, horizon, *(edge for pair in pauses for edge in pair), *(edge for pair in opens for edge in pair)}
    elapsed = paused = used = stood_before = 0
    deadline: int | None = None
    at, place = start, 0
    for cut in sorted(cut for cut in cuts if cut > start):
        while place < len(opens) and opens[place][1] <= at:
            place += 1
        is_open = place < len(opens) and opens[place][0] <= at
        standing = any(low <= at < high for low, high in pauses)
        if is_open and standing:
            paused += cut - at
            stood_before += cut - at if used < ample else 0
        elif is_open:
            elapsed += cut - at if at < stop else 0
            if used < ample <= used + cut - at:
                deadline = at + ample - used
            used += cut - at
        at = cut
        if at >= stop and deadline is not None:
            break
    if due is not None and stood_before + given == 0:
        deadline = due
    stood = min(paused + given, elapsed + paused)
    return Walk(elapsed + paused - stood, stood, deadline, allowance)


def _allowance(terms: LevelTerms, start: int) -> tuple[int, int | None]:
    """The allowance on the clock, and for an allowance in days the instant at which it is due."""
    if terms.allowance is not None:
        return terms.allowance, None
    length = allowance_of(terms.level)
    if length is None:
        raise ValueError("a planned level has an allowance")
    begins = start
    if terms.calendar is not None:
        begins = open_intervals(terms.calendar, start, start + _YEAR)[0][0]
    due = _same_time_later(begins, length, _zone(terms, terms.calendar), terms.calendar)
    if until_closing(terms.level) and terms.calendar is not None:
        zone, day = terms.calendar.timezone, local(due, terms.calendar.timezone).date()
        due = open_intervals(terms.calendar, day_start(day, zone), day_start(day + timedelta(days=1), zone))[-1][1]
    if terms.calendar is None:
        return due - start, due
    return sum(high - low for low, high in open_intervals(terms.calendar, start, due)), due


def _zone(terms: LevelTerms, calendar: Calendar | None) -> str:
    return calendar.timezone if calendar else terms.contract.timezone or "UTC"


def limited(terms: LevelTerms, stop: ClockStop, pauses: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], bool]:
    """What counts of the pauses of one clock stop in a case, in order of time, and whether more of them would."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(pair for pair in pauses if pair[0] < pair[1]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    if not merged or stop.at_most is None:
        return merged, True
    calendar = limit_calendar(terms, stop)
    left = stop.at_most.microseconds
    if left is None:
        first = merged[0][0]
        begins = open_intervals(calendar, first, first + _YEAR)[0][0] if calendar else first
        due = _same_time_later(begins, stop.at_most, _zone(terms, calendar), calendar)
        left = sum(high - low for low, high in (open_intervals(calendar, first, due) if calendar else ((first, due),)))
    kept: list[tuple[int, int]] = []
    for low, high in merged:
        until = high if left > 0 else low
        for start, end in open_intervals(calendar, low, high) if calendar else ((low, high),):
            if 0 < left <= end - start:
                until = start + left
            left = max(0, left - (end - start))
        if low < until:
            kept.append((low, until))
    return kept, left > 0


def _same_time_later(begins: int, length: Duration, zone: str, calendar: Calendar | None) -> int:
    there = local(begins, zone)
    day = there.date()
    if length.unit == "working day" and calendar is not None:
        for _ in range(int(length.value)):
            day += timedelta(days=1)
            while not is_working_day(calendar, day):
                day += timedelta(days=1)
    else:
        day = shift(day, length, "after", calendar)
    return instant(datetime.combine(day, there.time()), zone, fold=0)
