"""What stands beside the amounts: points, pools, rights, exposure, and balances carried over from before the log.

In: built by `from_measurements`. Out: read by `report`, `remind` and `trust`. Values only: nothing is worded or
reckoned here. Numbers are exact; `low` and `high` bound them where cases are undecided.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from fractions import Fraction

    from sla2.contract.credits import Pool, ServicePoints
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.quantity import Duration
    from sla2.contract.rights import Termination, Trigger
    from sla2.contract.surroundings import Exposure, Role
    from sla2.settle.verdict import Step

RightStatus = Literal["arisen", "possible"]
FactKind = Literal["verdict", "outage", "average", "credit", "points", "delivery", "downtime"]


@dataclass(frozen=True, slots=True)
class PointsGiven:
    """The service points of one unit in one period: fewest and most, with the steps that lead to each.

    `steps_high` is empty where both are the same.
    """

    level: str
    unit: str
    period: JudgedPeriod
    low: Fraction
    high: Fraction
    steps: tuple[Step, ...]
    steps_high: tuple[Step, ...] = ()
    provisional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsAccount:
    """All points of one `points` block in one period, its units added up."""

    points: str
    level: str
    period: JudgedPeriod
    low: Fraction
    high: Fraction
    given: tuple[PointsGiven, ...]
    block: ServicePoints
    provisional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PoolTaken:
    """What one credits block took from a pool for one unit: asked for, and paid after the pool's limit."""

    credits: str
    unit: str
    share: str
    asked: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class PoolUse:
    """One pool in one period: its size, what was taken, and what is left (least and most taken)."""

    pool: str
    period: JudgedPeriod
    size: Decimal
    taken: tuple[PoolTaken, ...]
    paid: Decimal
    paid_high: Decimal
    left: Decimal
    left_low: Decimal
    block: Pool


@dataclass(frozen=True, slots=True)
class RightFact:
    """One fact that a right rests upon.

    `kind` "verdict": the level, unit and period that missed; "outage": `ident` is the outage and `value` its length in
    microseconds, `day` its first local day; "average": `value` is the mean; "credit": `ident` is the credits block and
    `value` the amount; "points": `ident` is the points block and `value` the points (with no period but a
    `day`: carried over, up to that day); "delivery": `value` is days late;
    "downtime": `value` is the downtime of the period in microseconds.
    `certain` is False where it rests upon an undecided case.
    """

    kind: FactKind
    level: str = ""
    unit: str = ""
    period: str = ""
    ident: str = ""
    day: date | None = None
    value: Fraction | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class RightState:
    """A right that arose (or may have, where an undecided case decides) at the end of a period.

    `arose`: the local day of the event, the last day of the period where the trigger looks at whole periods.
    `cure_by`: the last day on which the other side may still mend the fault. `use_by`: the last day on which the right
    may be used; None if no limit is stated. `ends_from`: the first day after which a notice given on the day on which
    the right can first be used takes effect. `lapsed`: the last day has passed. A right is never used by sla2.
    """

    right: str
    right_of: Role
    status: RightStatus
    trigger: Trigger
    period: JudgedPeriod
    arose: date
    facts: tuple[RightFact, ...]
    unit: str = ""
    cure_by: date | None = None
    use_by: date | None = None
    notice: Duration | None = None
    ends_from: date | None = None
    lapsed: bool = False
    provisional: tuple[str, ...] = ()
    block: Termination | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """The most that one side can owe in one contract year [first, last], what it owes, and the room that is left.

    `limit` None: the yearly fees cannot be reckoned. `owed`/`owed_high`: least and most; `left` is after the least.
    """

    side: Role
    first: date
    last: date
    limit: Decimal | None
    owed: Decimal
    owed_high: Decimal
    left: Decimal | None
    left_low: Decimal | None
    rule: Exposure


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """One balance carried over: credits paid before, points before, or a target that was raised before.

    `ident`: the credits block, the points block or the level. `value` is exact (a share of one for a target in
    percent). `first`: the first day that is measured; the balance stands for what came before it.
    """

    kind: Literal["credits", "points", "target"]
    ident: str
    value: Fraction
    first: date
