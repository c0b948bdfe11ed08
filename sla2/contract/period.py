"""A judged period: a stretch of local calendar time with its instants.

In: `periods` computes them from a level's `Period` and the contract. Out: measurement, money and reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class JudgedPeriod:
    """[start, end) in microseconds UTC; `first` and `last` are the local days, both included.

    `label` is stable and sorts by time: `2016-03`, `2016-Q1`, `2016-03/2016-05`, `2016`, `2016-02-15/2016-03-14`.
    `full` is False for a part period at the ends of the term. `nominal_days` is the length of the whole period in
    days, for prorating a fee. `kind`: a fixed span of the calendar or the contract, a span that ends with a day
    ("rolling"), or one that ends the day before a claim; `claim` is then the day of that claim.
    """

    start: int
    end: int
    first: date
    last: date
    label: str
    full: bool = True
    nominal_days: int = 0
    kind: Literal["fixed", "rolling", "before claim"] = "fixed"
    claim: date | None = None

    @property
    def terms_day(self) -> date:
        """The day whose terms hold for the period: its first day; its last one where it ends with a day or a claim."""
        return self.first if self.kind == "fixed" else self.last
