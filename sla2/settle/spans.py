"""Stretches of local days: months in parts, contract years, calendar years, the period before and after.

In: local days and the term of the contract. Out: pairs of days [first, after). It runs under fees, caps and claims.
It is plain date arithmetic; instants and working days belong to `contract/calendar`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.period import JudgedPeriod

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The local days from `first` up to, not including, `after`."""

    first: date
    after: date

    @property
    def number(self) -> int:
        """How many days; 0 if there are none."""
        return max((self.after - self.first).days, 0)

    def within(self, other: Days) -> Days:
        """The days that lie in both."""
        return Days(max(self.first, other.first), min(self.after, other.after))

    def parts(self, months: int, anchor: int = 1) -> Iterator[tuple[Days, Days]]:
        """This stretch cut at the months (1), quarters (3) or years (12) it touches, which begin on day `anchor`.

        Each part comes with the whole month, quarter or year that it is a part of.
        """
        index = (self.first.year * 12 + self.first.month - 1) // months * months
        if _boundary(index, anchor) > self.first:
            index -= months
        while _boundary(index, anchor) < self.after:
            whole = Days(_boundary(index, anchor), _boundary(index + months, anchor))
            yield self.within(whole), whole
            index += months

    @property
    def months(self) -> int:
        """How many whole months this is, from a day of the month to the same day; 0 if it is not a whole number."""
        months = (self.after.year - self.first.year) * 12 + self.after.month - self.first.month
        return months if months > 0 and add_months(self.first, months) == self.after else 0


def _boundary(index: int, anchor: int) -> date:
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor, monthrange(year, month + 1)[1]))


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months; the last day of the month where the month is too short."""
    return _boundary(day.year * 12 + day.month - 1 + months, day.day)


def days_of(period: JudgedPeriod) -> Days:
    """The local days of a judged period."""
    return Days(period.first, period.last + ONE_DAY)


def moved(days: Days, steps: int) -> Days:
    """The stretch of the same kind `steps` later (earlier if negative).

    A stretch of whole months (from a day of the month to the same day) moves by as many months, any other by its days.
    """
    months = days.months
    if months:
        return Days(add_months(days.first, steps * months), add_months(days.first, (steps + 1) * months))
    length = timedelta(days=days.number)
    return Days(days.first + steps * length, days.after + steps * length)


def contract_year(day: date, start: date) -> Days:
    """The contract year that holds `day`: it begins on the anniversary of `start` (28 February where 29 is missing)."""
    years = day.year - start.year
    if add_months(start, 12 * years) > day:
        years -= 1
    return Days(add_months(start, 12 * years), add_months(start, 12 * (years + 1)))


def calendar_year(day: date) -> Days:
    """The calendar year that holds `day`."""
    return Days(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def rolling_year(last: date) -> Days:
    """The twelve months that end with the day `last`, that day included."""
    after = last + ONE_DAY
    return Days(add_months(after, -12), after)
