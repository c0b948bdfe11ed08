"""Rights to terminate: tests over the history of verdicts, outages, credits and points.

In: built by from_syntax. Out: part of `Contract`; `settle` decides at the end of each period which rights have arisen.
A right is never exercised by sla2: it says that it exists, from when, and until when it can be used.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sla2.contract.node import Node
from sla2.contract.quantity import Duration, Number, Percent
from sla2.contract.surroundings import Role

Bar = Literal["target", "minimum"]


class MissesTimes(Node):
    """`avail misses its target 3 times in 6 periods`; `level` None: any level."""

    kind: Literal["misses times"] = "misses times"
    level: str | None
    bar: Bar
    times: int
    periods: int


class MissesInARow(Node):
    """`misses its minimum 2 periods in a row`; `level` None: any level."""

    kind: Literal["misses in a row"] = "misses in a row"
    level: str | None
    bar: Bar
    periods: int


class AverageBelow(Node):
    """`avail is below 97% on average over 3 periods`."""

    kind: Literal["average below"] = "average below"
    level: str
    bound: Percent | Number | Duration
    periods: int


class LateDelivery(Node):
    """`go-live is over 20 days late`."""

    kind: Literal["late"] = "late"
    level: str
    over: Duration


class LongOutage(Node):
    """`avail has an outage over 24 hours`."""

    kind: Literal["long outage"] = "long outage"
    level: str
    over: Duration


class ManyOutages(Node):
    """`avail has 3 outages over 30 minutes in any 30 days`."""

    kind: Literal["many outages"] = "many outages"
    level: str
    number: int
    over: Duration
    within: Duration


class DowntimeOver(Node):
    """`avail has downtime over 43.8 minutes in each of 3 periods in a row`; `in a period` is one period."""

    kind: Literal["downtime"] = "downtime"
    level: str
    over: Duration
    periods: int = 1


class CreditsReach(Node):
    """`credits c reach 20% of base in 2 of 4 periods`."""

    kind: Literal["credits reach"] = "credits reach"
    credits: str
    share: Percent
    times: int
    periods: int


class CreditsReachCap(Node):
    """`credits c reach their cap`."""

    kind: Literal["credits reach cap"] = "credits reach cap"
    credits: str


class PointsReach(Node):
    """`points k reach 12 in 3 periods`."""

    kind: Literal["points reach"] = "points reach"
    points: str
    number: Decimal
    periods: int


Trigger = (
    MissesTimes
    | MissesInARow
    | AverageBelow
    | LateDelivery
    | LongOutage
    | ManyOutages
    | DowntimeOver
    | CreditsReach
    | CreditsReachCap
    | PointsReach
)


class Termination(Node):
    """`termination chronic`: a right of one side that arises when any of its triggers is true.

    `notice` is how long before its effect the right must be exercised, `use_within` how long it may be exercised after
    it arose (None: no limit is stated), `cure` how long the other side has to mend the fault first.
    """

    name: str
    title: str
    right_of: Role
    triggers: tuple[Trigger, ...]
    notice: Duration | None = None
    use_within: Duration | None = None
    cure: Duration | None = None
