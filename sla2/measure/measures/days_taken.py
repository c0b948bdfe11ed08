"""Times in days: how many (working) days a case took, for a median, p95, p99 or average within so many days.

In: the terms of a level and its cases. Out: for each case the least whole number of days within which it was done, so
that a case of 2 days is one that an allowance of 2 days would have let pass, and one of 3 days is not. A day begun is a
day. A case done on the same day, no later than it began, took 0. Waiting counts as in `clocks_sql`: where the clock
stood still, the open time up to the due date must cover the time used.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from sla2.contract.calendar import instant, is_working_day, local, local_date, open_intervals
from sla2.measure.buckets import closing_time, next_opening
from sla2.measure.rules import allowance_of, until_closing

if TYPE_CHECKING:
    from sla2.contract.surroundings import Calendar
    from sla2.measure.plan import LevelTerms

_AHEAD = 40 * 86_400_000_000


def in_days(terms: LevelTerms) -> bool:
    """True if the target of a level is a statistic in days or working days."""
    allowance = allowance_of(terms.level)
    return allowance is not None and allowance.unit in ("day", "working day")


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """One case: when its clock started, when it was done, the time used and the time that the clock stood still.

    `late` None: the records do not decide it.
    """

    started: int
    stopped: int
    elapsed: int
    paused: int
    late: bool | None


class Days:
    """Counts days for the cases of one level in one version; `low` and `high` bound their instants."""

    def __init__(self, terms: LevelTerms, low: int, high: int) -> None:
        """Reckon the calendar once for all cases."""
        allowance = allowance_of(terms.level)
        self._calendar: Calendar | None = terms.calendar
        self._zone = terms.calendar.timezone if terms.calendar else terms.contract.timezone or "UTC"
        self._most = int(allowance.value) if allowance is not None else 0
        self._closing = until_closing(terms.level)
        first, last = local_date(low, self._zone), local_date(high + _AHEAD, self._zone)
        every = (first + timedelta(days=number) for number in range((last - first).days + 1))
        self._days: list[date] = [day for day in every if self._calendar is None or is_working_day(self._calendar, day)]
        self._opens = open_intervals(self._calendar, low, high + _AHEAD) if self._calendar else ((low, high + _AHEAD),)
        self._before = [0, *accumulate(end - start for start, end in self._opens)]

    def of(self, case: TimeTaken) -> int:
        """The least number of days within which the case was done."""
        begins = next_opening(self._opens, case.started)
        begins = case.started if begins is None else begins
        first = local_date(begins, self._zone)
        count = self._passed(local_date(case.stopped, self._zone)) - self._passed(first)
        while count > 0 and self._within(case, begins, count - 1):
            count -= 1
        while not self._within(case, begins, count):
            count += 1
        if case.late is None:
            return count
        return max(count, self._most + 1) if case.late else min(count, self._most)

    def _passed(self, day: date) -> int:
        return bisect_right(self._days, day)

    def _within(self, case: TimeTaken, begins: int, count: int) -> bool:
        place = self._passed(local_date(begins, self._zone)) + count - 1
        if place >= len(self._days):
            return True
        due = self._due(begins, self._days[place])
        if not case.paused:
            return case.stopped <= due
        return self._open_time(due) - self._open_time(case.started) >= case.elapsed

    def _due(self, begins: int, day: date) -> int:
        if self._closing and self._calendar is not None:
            return closing_time(self._calendar, day)
        return instant(datetime.combine(day, local(begins, self._zone).time()), self._zone, fold=0)

    def _open_time(self, at: int) -> int:
        place = bisect_right(self._opens, (at, at)) - 1
        if place < 0:
            return 0
        low, high = self._opens[place]
        return self._before[place] + min(max(at - low, 0), high - low)
