"""Local time as tables of equal buckets of universal time, so that an engine needs equality joins only.

In: calendars, local hours and a span of instants. Out: runs of buckets, laid out by the engine (`tables_sql`). A bucket
is as wide as the greatest width that puts every clock edge on a bucket's edge: for a calendar with open hours,
`cum(t) = cum0 + open * (t % width)` is the open time before t.
Runs while a plan is made. It reads no log and judges no ticket.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING

from sla2.contract.calendar import (
    add_working_days,
    coverage_of_days,
    day_hours,
    day_start,
    instant,
    is_working_day,
    local,
    local_date,
    open_intervals,
    shift,
)
from sla2.contract.quantity import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.level import Intake
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Calendar

DAY = 24 * HOUR
_MARGIN_STEP = 28 * DAY
_MARGIN_MOST = 1_200 * DAY


@dataclass(frozen=True, slots=True)
class Run:
    """Buckets of one width in a row: bucket k begins at `start + k * width` with `value + step * k * width`.

    Within a bucket, what it stands for at t is its value + `slope` * (t - its start).
    """

    start: int
    count: int
    value: int
    step: int = 0
    slope: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """The open hours of one calendar over [start, end): `opens` sorted and disjoint, `width` of its buckets."""

    calendar: Calendar
    start: int
    end: int
    width: int
    opens: tuple[tuple[int, int], ...]

    def runs(self) -> Iterator[Run]:
        """The open time before each bucket of the span; slope 1 while it is open."""
        cum = 0
        at = self.start
        for low, high in (*self.opens, (self.end, self.end)):
            if at < low:
                yield Run(at, (low - at) // self.width, cum)
            if low < high:
                yield Run(low, (high - low) // self.width, cum, 1, 1)
            cum += high - low
            at = high


def clock(calendar: Calendar, start: int, end: int, need: int) -> Clock:
    """The clock of `calendar` from `start` until at least `need` of open time has passed after `end`.

    The part after `end` serves deadlines only; it stops where the holiday file stops.
    """
    start -= start % DAY
    end += -end % DAY
    stop = end
    while stop - end < _MARGIN_MOST and _open_time(calendar, end, stop) < need:
        longer = stop + _MARGIN_STEP
        if coverage_of_days(calendar, local_date(end, calendar.timezone), local_date(longer, calendar.timezone)):
            break
        stop = longer
    opens = open_intervals(calendar, start, stop)
    width = gcd(DAY, *(edge for stretch in opens for edge in stretch))
    return Clock(calendar, start, stop, width, opens)


def _open_time(calendar: Calendar, start: int, end: int) -> int:
    return sum(high - low for low, high in open_intervals(calendar, start, end))


def zone_width(zone: str, start: int, end: int) -> int:
    """The greatest width that has every local midnight and every clock change in [start, end) on a bucket's edge."""
    days = midnights(zone, start, end)
    changes = any(after - before != DAY for before, after in pairwise(days))
    return gcd(HOUR // 2 if changes else DAY, *days)


def midnights(zone: str, start: int, end: int) -> list[int]:
    """The first instants of the local days that touch [start, end)."""
    day, last = local_date(start, zone), local_date(end, zone)
    found = []
    while day <= last:
        found.append(day_start(day, zone))
        day += timedelta(days=1)
    return found


def next_opening(opens: tuple[tuple[int, int], ...], at: int) -> int | None:
    """`at` itself if it is open, else the first opening after it; None if there is none in the span."""
    place = bisect_right(opens, (at, at)) - 1
    for low, high in opens[max(place, 0) :]:
        if at < high:
            return max(at, low)
    return None


@dataclass(slots=True)
class _Due:
    """The same local time as an instant, an allowance in days later; days already reckoned are kept.

    `closing`: not the same time, but when the calendar closes for the last time on that day.
    Working days are service days of `calendar`; days, weeks, months and years are calendar days in `zone`.
    """

    allowance: Duration
    zone: str
    calendar: Calendar | None
    closing: bool = False
    _days: dict[date, date] = field(default_factory=dict)

    def of(self, at: int) -> int:
        """When a clock that starts at `at` is due."""
        there = local(at, self.zone)
        day = there.date()
        if day not in self._days:
            self._days[day] = self._later(day)
        if self.closing and self.calendar is not None:
            return closing_time(self.calendar, self._days[day])
        return instant(datetime.combine(self._days[day], there.time()), self.zone, fold=0)

    def plain(self, at: int) -> bool:
        """True if the local day of an instant has no clock change."""
        day = local_date(at, self.zone)
        return day_start(day + timedelta(days=1), self.zone) - day_start(day, self.zone) == DAY

    def _later(self, day: date) -> date:
        if self.allowance.unit == "working day" and self.calendar is not None:
            return add_working_days(day, int(self.allowance.value), self.calendar)
        return shift(day, self.allowance, "after", self.calendar)


def closing_time(calendar: Calendar, day: date) -> int:
    """When `calendar` closes for the last time on a working day."""
    ends = [
        day_start(day + timedelta(days=1), calendar.timezone)
        if hours.end is None
        else instant(datetime.combine(day, hours.end), calendar.timezone, fold=1)
        for hours in day_hours(calendar, day)
    ]
    return max(ends)


def due_runs(
    allowance: Duration, zone: str, hours: Clock | None, start: int, end: int, *, closing: bool = False
) -> Iterator[Run]:
    """When a clock that starts in a bucket is due, by the local time of the calendar, or of `zone` without one.

    `closing`: when the calendar closes on that day, and not at the same time.
    A clock that starts outside the hours starts at the next opening.
    """
    zone = hours.calendar.timezone if hours else zone
    width = due_width(zone, hours, start, end)
    due = _Due(allowance, zone, hours.calendar if hours else None, closing)
    start, end = start - start % width, end + -end % width
    days = midnights(zone, start, end)
    at = start
    for low, high in hours.opens if hours else ((start, end),):
        if high <= start:
            continue
        if at < low:
            yield Run(at, (min(low, end) - at) // width, due.of(low))
        for first, last in _cut(max(low, start), min(high, end), days):
            yield from _due_of_a_day(due, first, last, width)
        at = high
        if high >= end:
            return


def _due_of_a_day(due: _Due, first: int, last: int, width: int) -> Iterator[Run]:
    """One run if the clock changes neither on that day nor on the day it is due, else a run for each bucket."""
    begin = due.of(first)
    if due.closing:
        yield Run(first, (last - first) // width, begin)
        return
    if due.plain(first) and due.plain(begin):
        yield Run(first, (last - first) // width, begin, 1, 1)
        return
    for bucket in range(first, last, width):
        value = due.of(bucket)
        yield Run(bucket, 1, value, 0, int(due.of(bucket + width - 1) == value + width - 1))


def _cut(low: int, high: int, edges: list[int]) -> Iterator[tuple[int, int]]:
    """The stretch [low, high) in parts between `edges`."""
    inside = [edge for edge in edges[bisect_right(edges, low) :] if edge < high]
    yield from (pair for pair in pairwise([low, *inside, high]) if pair[0] < pair[1])


def due_width(zone: str, hours: Clock | None, start: int, end: int) -> int:
    """The width of the buckets of `due_runs`."""
    zone = hours.calendar.timezone if hours else zone
    return gcd(zone_width(zone, start, end), hours.width if hours else HOUR)


def window_runs(zone: str, since: time, until: time | None, start: int, end: int) -> tuple[int, list[Run]]:
    """The width and the buckets that lie in the local hours [since, until) of each day touching [start, end)."""
    stretches = []
    for midnight in midnights(zone, start, end):
        day = local_date(midnight, zone)
        low = instant(datetime.combine(day, since), zone, fold=0)
        if until is None:
            high = day_start(day + timedelta(days=1), zone)
        else:
            high = instant(datetime.combine(day, until), zone, fold=1)
        if low < high:
            stretches.append((low, high))
    width = gcd(HOUR, *(edge for stretch in stretches for edge in stretch))
    return width, [Run(low, (high - low) // width, 0) for low, high in stretches]


def intake_runs(intake: Intake, hours: Clock, start: int, end: int) -> tuple[int, list[Run]]:
    """The width, and from when tickets count that do not count when they come in.

    From the hour `after` on a ticket counts from the opening of the next working day; outside hours it counts from the
    stated hour, or the opening, of the next day on which that hour is still to come.
    """
    zone = hours.calendar.timezone
    days = midnights(zone, start, end)
    found: list[tuple[int, int, int]] = []
    for midnight in days:
        after = day_start(local_date(midnight, zone) + timedelta(days=1), zone)
        if intake.after is not None:
            low, counts = _at(midnight, intake.after, zone), next_opening(hours.opens, after)
            parts = [(low, after)] if counts is not None else []
        else:
            edges = [edge for pair in hours.opens for edge in pair if midnight < edge < after]
            stated = [] if intake.counts_as is None else [_at(midnight, intake.counts_as, zone)]
            parts = list(_cut(midnight, after, sorted({*edges, *stated})))
        for low, high in parts:
            moment = counts if intake.after is not None else _counts_from(low, intake, hours)
            closed = intake.after is not None or next_opening(hours.opens, low) != low
            if moment is not None and low < high and closed:
                found.append((low, high, moment))
    width = gcd(zone_width(zone, start, end), hours.width, *(edge for low, high, _ in found for edge in (low, high)))
    return width, [Run(low, (high - low) // width, moment) for low, high, moment in found]


def _at(midnight: int, moment: time, zone: str) -> int:
    return instant(datetime.combine(local_date(midnight, zone), moment), zone, fold=0)


def _counts_from(at: int, intake: Intake, hours: Clock) -> int | None:
    """From when a ticket counts that comes in outside the hours at `at`."""
    zone, calendar = hours.calendar.timezone, hours.calendar
    opening = next_opening(hours.opens, at)
    if opening is None or intake.counts_as is None:
        return opening
    day = local_date(at, zone)
    stated = instant(datetime.combine(day, intake.counts_as), zone, fold=0)
    if stated <= at or not is_working_day(calendar, day):
        day = add_working_days(day, 1, calendar)
    return instant(datetime.combine(day, intake.counts_as), zone, fold=0)
