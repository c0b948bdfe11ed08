"""Money, percentages, durations: the exact quantities of a contract.

In: built by from_syntax. Out: used by every later stage. No float anywhere; rounding is not done here but in
`settle/rounding`, where the contract says how.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sla2.contract.node import Value

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

Unit = Literal[
    "business minute",
    "business hour",
    "elapsed millisecond",
    "elapsed second",
    "elapsed minute",
    "elapsed hour",
    "working day",
    "day",
    "week",
    "month",
    "year",
]

_MICROSECONDS: dict[str, int] = {
    "business minute": MINUTE,
    "business hour": HOUR,
    "elapsed millisecond": SECOND // 1000,
    "elapsed second": SECOND,
    "elapsed minute": MINUTE,
    "elapsed hour": HOUR,
}


class Money(Value):
    """An amount in one currency, exact to the digits written."""

    currency: str
    amount: Decimal

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"


class Percent(Value):
    """A percentage: 99.95% has value 99.95."""

    value: Decimal

    @property
    def ratio(self) -> Fraction:
        """The percentage as an exact fraction of one."""
        return Fraction(self.value) / 100

    @property
    def exact(self) -> Fraction:
        """The value that a measurement is held against: a share of one."""
        return self.ratio

    def __str__(self) -> str:
        return f"{self.value}%"


class Number(Value):
    """A number without a unit: outages, a score, calls per user."""

    kind: Literal["number"] = "number"
    value: Decimal

    @property
    def exact(self) -> Fraction:
        """The value that a measurement is held against."""
        return Fraction(self.value)

    def __str__(self) -> str:
        return f"{self.value}"


class Points(Value):
    """Service points."""

    kind: Literal["points"] = "points"
    value: Decimal

    @property
    def exact(self) -> Fraction:
        """The number of points."""
        return Fraction(self.value)

    def __str__(self) -> str:
        return f"{self.value} point{'' if self.value == 1 else 's'}"


class DaysOfFee(Value):
    """`2 days of fee`: the fee of so many days; a day is the month's fee by the days of that month."""

    kind: Literal["days of fee"] = "days of fee"
    days: Decimal

    def __str__(self) -> str:
        return f"{self.days} day{'' if self.days == 1 else 's'} of fee"


class TimesFee(Value):
    """`10 times its fee`: a multiple of the fee of the time that was lost."""

    kind: Literal["times its fee"] = "times its fee"
    times: Decimal

    def __str__(self) -> str:
        return f"{self.times} times its fee"


class Duration(Value):
    """An amount of time in one unit.

    `business …` and `working day` run in the hours of the level; `elapsed …` always runs; `day`, `week`, `month`
    and `year` are calendar spans (a day has 23, 24 or 25 hours).
    """

    value: Decimal
    unit: Unit

    @property
    def kind(self) -> Literal["service", "elapsed", "calendar"]:
        """Which clock the duration needs: two kinds may not be mixed in one term."""
        if self.unit in ("business minute", "business hour", "working day"):
            return "service"
        return "elapsed" if self.unit.startswith("elapsed") else "calendar"

    @property
    def microseconds(self) -> int | None:
        """Length in microseconds of the clock it runs on; None for working days and calendar spans."""
        factor = _MICROSECONDS.get(self.unit)
        return None if factor is None else int(self.value * factor)

    @property
    def exact(self) -> Fraction:
        """The value that a measurement is held against: microseconds.

        Raises: ValueError for working days and calendar spans, which from_syntax keeps out of tiers.
        """
        length = self.microseconds
        if length is None:
            raise ValueError(f"{self} has no fixed length")
        return Fraction(length)

    def __str__(self) -> str:
        plural = "" if self.value == 1 else "s"
        return f"{self.value.normalize():f} {self.unit}{plural}"


Limit = Percent | Number | Points | Duration
"""A bound of a tier. `Duration.microseconds` is None for spans that only a calendar can measure."""
Gift = Percent | Money | Points | DaysOfFee | TimesFee
"""What a tier gives."""
Figure = Percent | Number | Money | Duration
"""A figure as written, with its unit."""
