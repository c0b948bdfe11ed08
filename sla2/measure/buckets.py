"""Local time as tables of equal buckets of universal time, so that an engine needs equality joins only.

In: calendars, local hours and a span of instants. Out: rows (bucket start, what holds in it). A bucket is as wide as
the greatest width that puts every clock edge on a bucket's edge: for a calendar with open hours,
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
    day_start,
    instant,
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
class Clock:
    """The open hours of one calendar over [start, end): `opens` sorted and disjoint, `width` of its buckets."""

    calendar: Calendar
    start: int
    end: int
    width: int
    opens: tuple[tuple[int, int], ...]

    def buckets(self) -> Iterator[tuple[int, int, int]]:
        """(bucket, cum0, open) for every bucket of the span: open time before it, and 1 if it is open."""
        cum = 0
        at = self.start
        for low, high in (*self.opens, (self.end, self.end)):
            for closed in range(at, low, self.width):
                yield closed, cum, 0
            for opened in range(low, high, self.width):
                yield opened, cum, 1
                cum += self.width
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

    Working days are service days of `calendar`; days, weeks, months and years are calendar days in `zone`.
    """

    allowance: Duration
    zone: str
    calendar: Calendar | None
    _days: dict[date, date] = field(default_factory=dict)

    def of(self, at: int) -> int:
        """When a clock that starts at `at` is due."""
        there = local(at, self.zone)
        day = there.date()
        if day not in self._days:
            self._days[day] = self._later(day)
        return instant(datetime.combine(self._days[day], there.time()), self.zone, fold=0)

    def _later(self, day: date) -> date:
        if self.allowance.unit == "working day" and self.calendar is not None:
            return add_working_days(day, int(self.allowance.value), self.calendar)
        return shift(day, self.allowance, "after", self.calendar)


def due_buckets(
    allowance: Duration, zone: str, hours: Clock | None, start: int, end: int
) -> list[tuple[int, int, int]]:
    """(bucket, due, slope): a clock that starts at t in the bucket is due at `due + slope * (t - bucket)`.

    A clock that starts outside the hours starts at the next opening, so its slope is 0.
    """
    width = due_width(zone, hours, start, end)
    due = _Due(allowance, zone, hours.calendar if hours else None)
    found: list[tuple[int, int, int]] = []
    start, end = start - start % width, end + -end % width
    for low, high in hours.opens if hours else ((start, end),):
        if high <= start:
            continue
        if low >= start:
            first = due.of(low)
            found.extend((bucket, first, 0) for bucket in range(_after(found, start, width), min(low, end), width))
        for bucket in range(max(low, start), min(high, end), width):
            first = due.of(bucket)
            found.append((bucket, first, int(due.of(bucket + width - 1) == first + width - 1)))
        if high >= end:
            break
    return found


def _after(found: list[tuple[int, int, int]], start: int, width: int) -> int:
    return found[-1][0] + width if found else start


def due_width(zone: str, hours: Clock | None, start: int, end: int) -> int:
    """The width of the buckets of `due_buckets`."""
    return gcd(zone_width(zone, start, end), hours.width if hours else HOUR)


def window_buckets(zone: str, since: time, until: time | None, start: int, end: int) -> tuple[int, list[int]]:
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
    return width, [bucket for low, high in stretches for bucket in range(low, high, width)]


def intake_buckets(intake: Intake, hours: Clock, start: int, end: int) -> tuple[int, list[tuple[int, int]]]:
    """The width and (bucket, instant that counts as the opening) for tickets that do not count when they come in.

    After the hour `after` a ticket counts from the opening of the next working day; outside hours it counts from the
    stated hour, or the opening, of the next day on which that hour is still to come.
    """
    zone = hours.calendar.timezone
    edges = [edge for stretch in hours.opens for edge in stretch]
    days = midnights(zone, start, end)
    moments = [(_at(day, intake.after, zone), _at(day, intake.counts_as, zone)) for day in days]
    width = gcd(zone_width(zone, start, end), hours.width, *edges)
    width = gcd(width, *(moment for pair in moments for moment in pair if moment is not None))
    found = []
    for midnight, (after, _) in zip(days, moments, strict=True):
        stop = day_start(local_date(midnight, zone) + timedelta(days=1), zone)
        for bucket in range(midnight, stop, width):
            counts = _counts_from(bucket, after, intake, hours)
            if counts is not None and counts != bucket:
                found.append((bucket, counts))
    return width, found


def _at(midnight: int, moment: time | None, zone: str) -> int | None:
    if moment is None:
        return None
    return instant(datetime.combine(local_date(midnight, zone), moment), zone, fold=0)


def _counts_from(bucket: int, after: int | None, intake: Intake, hours: Clock) -> int | None:
    zone, calendar = hours.calendar.timezone, hours.calendar
    today = local_date(bucket, zone)
    if intake.after is not None:
        if after is None or bucket < after:
            return None
        return next_opening(hours.opens, day_start(today + timedelta(days=1), zone))
    if next_opening(hours.opens, bucket) == bucket:
        return None
    opening = next_opening(hours.opens, bucket)
    if opening is None or intake.counts_as is None:
        return opening
    day = today
    stated = instant(datetime.combine(day, intake.counts_as), zone, fold=0)
    if stated <= bucket or not open_intervals(calendar, day_start(day, zone), day_start(day + timedelta(days=1), zone)):
        day = add_working_days(day, 1, calendar)
    return instant(datetime.combine(day, intake.counts_as), zone, fold=0)
