"""Service credits: what a missed target costs.

In: built by from_syntax. Out: part of `Contract`; `settle` computes the amounts. A bonus is a block of credits that the
customer pays; service points and pools stand here too, rights to terminate in `rights`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from sla2.contract.level import Held
from sla2.contract.node import Node
from sla2.contract.quantity import DaysOfFee, Duration, Gift, Limit, Money, Percent


class Tier(Node):
    """`from 99.5% to below 99.8% gives 5%`. A bound that is absent is None; inclusiveness is as worded."""

    lower: Limit | None
    lower_included: bool
    upper: Limit | None
    upper_included: bool
    gives: Gift


class Each(Node):
    """`each: missed case gives EUR 15.00` and its relatives.

    `of`: "missed case", "minute of downtime", "below target", "above target", "started", "completed", "proportional",
    "day late", "point".
    `step`: the duration, percent or number that one count stands for; `scope`: "in total" or "each outage"; None
    if the contract does not say which (`started 30 minutes of downtime`).
    """

    of: str
    step_percent: Percent | None = None
    step_number: Decimal | None = None
    step_duration: Duration | None = None
    scope: Literal["in total", "each outage"] | None = None
    gives_percent: Percent | None = None
    gives_money: Money | None = None
    gives_times_fee: Decimal | None = None
    gives_points: Decimal | None = None
    gives_days: DaysOfFee | None = None


class Base(Node):
    """What a percentage is of: the named fees (empty: all fees) of which period.

    `length` with "before claim": `fee x of the 30 days before the claim`.
    """

    fees: tuple[str, ...] = ()
    of: Literal["period", "next period", "preceding period", "same unit and period", "before claim"] = "period"
    length: Duration | None = None


class Cap(Node):
    """`20% of base per period`, `EUR 25000.00 per contract year`; `15 days of fee per contract year`.

    `base`: what the percentage is of, if that is not the base of the block (`100% of fee servers of the preceding
    period per outage`). `passage` if the cap is left open. `rolling` is the length of a rolling stretch other than 12
    months; `per` is then "rolling".
    """

    money: Money | None = None
    percent_of_base: Percent | None = None
    days_of_fee: DaysOfFee | None = None
    base: Base | None = None
    per: Literal["period", "outage", "case", "contract year", "calendar year", "12 months rolling", "rolling"]
    rolling: Duration | None = None
    together_with: tuple[str, ...] = ()
    passage: str | None = None

    @property
    def stretch(self) -> str:
        """What the cap is per, in words that tell it from the other caps of its block."""
        return f"{self.rolling} rolling" if self.rolling is not None else self.per


class PaysIf(Node):
    """`pays if: more than EUR 1.00` (strict) or `at least EUR 1.00`."""

    money: Money
    strict: bool


class Claim(Node):
    """`by customer within 30 days after the period, else lost`.

    `within` a duration after `after` (period, outage), or before the end of the `end_of_nth` unit (`end_of`) after it.
    `discovery`: the day on which the claimant became aware of the outage.
    """

    by: Literal["customer", "supplier"]
    within: Duration | None = None
    end_of: Literal["month", "billing cycle"] | None = None
    end_of_nth: int | None = None
    after: Literal["period", "outage", "discovery"] = "period"


class Repeat(Node):
    """`times 2 in the second and each later period in a row`."""

    factor: Decimal


class EarnBack(Node):
    """`50% after the next 3 periods in a row on target`, or `above target`."""

    share: Percent
    periods: int
    comparison: Literal["on", "above"] = "on"


class Combine(Node):
    """`all add up`, `highest of a, b`, `either a or b, customer chooses`."""

    how: Literal["all add up", "highest of", "either"]
    credits: tuple[str, ...] = ()


class Takes(Node):
    """`takes: 40% of share incidents of at-risk`: a percentage of one share of a pool."""

    share: Percent
    of: str
    pool: str


class Credits(Node):
    """One block of service credits on one level, or on service points (then `level` is "" and `points` is set).

    `bonus`: a block of kind `bonus`: what the customer pays for more than was promised, by the same rules.
    `tiers_passage`: the passage that holds the tier table open. `before_first_use`: days before the first use of the
    service count as good; `used_once`: time that a successful claim rested on counts in no later claim.
    `eligible`: a condition in words that a log cannot show.
    """

    name: str
    title: str
    level: str
    points: str | None = None
    bonus: bool = False
    base: Base | None = None
    tiers: tuple[Tier, ...] = ()
    each: tuple[Each, ...] = ()
    gives: DaysOfFee | None = None
    takes: Takes | None = None
    caps: tuple[Cap, ...] = ()
    pays_if: PaysIf | None = None
    repeat: Repeat | None = None
    claim: Claim | None = None
    before_first_use: bool = False
    used_once: bool = False
    earn_back: tuple[EarnBack, ...] = ()
    paid_as: str | None = None
    combine: Combine | None = None
    eligible: str | None = None
    held: tuple[Held, ...] = ()
    tiers_passage: str | None = None


class ServicePoints(Node):
    """`points kpi`: service points that a missed level earns: by tiers that give points, or a number if missed."""

    name: str
    title: str
    level: str
    tiers: tuple[Tier, ...] = ()
    missed: Decimal | None = None
    repeat: Repeat | None = None


class PoolShare(Node):
    """`share incidents: 50%`: how much of the pool one category may take."""

    name: str
    percent: Percent


class Pool(Node):
    """`pool at-risk`: an amount at risk that is shared out; shares may total more than 100%, payment never more."""

    name: str
    title: str
    size: Percent
    base: Base
    shares: tuple[PoolShare, ...] = ()
