"""A service level: what is measured, for which cases, against which target, over which period.

In: built by from_syntax. Out: part of `Contract`. Values are as written; which value is in force on a day is the
business of `versions`, what they come to on a log that of `measure`.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Literal

from sla2.contract.node import Node
from sla2.contract.quantity import Duration, Number, Percent

Measure = Literal[
    "response time",
    "resolution time",
    "restoration time",
    "update interval",
    "availability",
    "success rate",
    "latency",
    "number of incidents",
    "number of outages",
    "longest outage",
    "mean time between failures",
    "reopened share",
    "backlog age",
    "delivery date",
    "satisfaction",
    "reported figure",
]
TICKET_MEASURES: tuple[Measure, ...] = ("response time", "resolution time")
CASE_MEASURES: tuple[Measure, ...] = (
    *TICKET_MEASURES,
    "restoration time",
    "number of incidents",
    "reopened share",
    "backlog age",
)
"""All measures that are reckoned from tickets."""


class ShareTarget(Node):
    """`90% within 4 business hours`; `every case within …` has share 100% and `every` set.

    `end_of_day`: `within 2 working days, at the end of the day`: the time runs out when that working day closes.
    """

    kind: Literal["share"] = "share"
    share: Percent
    within: Duration
    every: bool = False
    end_of_day: bool = False


class StatisticTarget(Node):
    """`median within …`, `p95 within …`, `p99 within …`, `average within …`."""

    kind: Literal["statistic"] = "statistic"
    statistic: Literal["median", "p95", "p99", "average"]
    within: Duration
    end_of_day: bool = False


class BoundTarget(Node):
    """`at least 99.9%`, `at most 3`, `at most 0 days late`: exactly one of percent, number and duration is set."""

    kind: Literal["bound"] = "bound"
    comparison: Literal["at least", "above", "at most", "below"]
    percent: Percent | None = None
    number: Decimal | None = None
    duration: Duration | None = None
    late: bool = False


class OpenTarget(Node):
    """`open, see <passage>`: the value is left open on purpose; the passage says what applies meanwhile."""

    kind: Literal["open"] = "open"
    passage: str


Target = ShareTarget | StatisticTarget | BoundTarget | OpenTarget


class When(Node):
    """Which tickets a level judges. `opened_from`/`opened_to`: local time of opening, half-open.

    `opened_to` None means 24:00.
    """

    priorities: tuple[str, ...] = ()
    opened_from: time | None = None
    opened_to: time | None = None
    categories: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class Period(Node):
    """The period over which a level is judged.

    `unit`: month, quarter, year (calendar, from `from_month` if given), contract month, contract quarter,
    contract year,
    term, rolling, before claim. `from_day`: day of the month on which a month begins. `length` for the last two.
    """

    unit: Literal[
        "month",
        "quarter",
        "year",
        "contract month",
        "contract quarter",
        "contract year",
        "term",
        "rolling",
        "before claim",
    ]
    from_month: int | None = None
    from_day: int | None = None
    length: Duration | None = None


class SmallNumbers(Node):
    """`under 10 cases allow 1 miss` (allow_misses) or `under 10 cases insufficient data` (allow_misses None)."""

    under: int
    allow_misses: int | None


class Intake(Node):
    """`after 12:00 counts as the next working day` or `outside hours counts as 08:00 on the next working day`."""

    after: time | None = None
    counts_as: time | None = None


class Down(Node):
    """`down when:`. `components` any/all/`at least number of units`, or an error slot, or open (see `passage`)."""

    kind: Literal["any component", "all components", "number down", "error slot", "open"]
    number: int | None = None
    unit: str | None = None
    errors_above: Percent | None = None
    slot: Duration | None = None
    passage: str | None = None


class MinimumLength(Node):
    """`counts: outages over 5 minutes` (strict) or `of at least 10 minutes`."""

    length: Duration
    strict: bool


class Rounding(Node):
    """`rounding: half up to 0.01% before comparing`: `step` is what the measure is rounded to before it is compared.

    `for display only` leaves `step` None; `display_step` is then what reports round to, if stated.
    """

    step: Percent | Number | None
    display_step: Percent | Number | None = None


class Ratchet(Node):
    """`after 12 periods above target, raise to midpoint of target and average`."""

    periods: int


class Held(Node):
    """A line that points at an open passage, and what fills it at the moment for which the contract was folded.

    `by` says what applies: "interim rule", "option strict", "fallback", "amendment A1".
    """

    line: str
    passage: str
    by: str


class Level(Node):
    """One service level. None or empty means: the contract does not say (see `readings` for what then holds)."""

    name: str
    title: str
    service: str | None
    measure: Measure
    figure: str | None = None
    unit: str = "the service"
    judged: Literal["each", "together"] | None = None
    when: When | None = None
    hours: str | None = None
    clock_starts: str | None = None
    clock_stops: tuple[str, ...] = ()
    priority_is: Literal["at opening", "at resolution", "highest held", "each while held"] | None = None
    after_priority_change: Literal["elapsed counts", "clock restarts"] | None = None
    after_reopening: Literal["clock continues", "new case"] | None = None
    answered_by: Literal["a person", "any message"] | None = None
    intake: Intake | None = None
    target: Target | None = None
    minimum: Target | None = None
    expected: Target | None = None
    report_only: bool = False
    small_numbers: tuple[SmallNumbers, ...] = ()
    no_cases: Literal["not judged", "met"] | None = None
    period: Period | None = None
    counts_in: Literal["opening", "resolution", "decision"] | None = None
    excludes: tuple[str, ...] = ()
    down_when: Down | None = None
    counts: MinimumLength | None = None
    whole_minutes: bool = False
    minimum_length_judged: Literal["before exclusions", "after exclusions"] | None = None
    at_the_end_of_a_period: Literal["length counts whole", "length counts after cutting"] | None = None
    of: Literal["period", "period minus exclusions", "service hours", "lifetime in period"] | None = None
    weighted_by: Literal["affected users", "affected share"] | None = None
    overlapping_users: Literal["add", "highest"] | None = None
    degraded_counts: Percent | None = None
    rounding: Rounding | None = None
    due: date | None = None
    delivered_means: str | None = None
    slot: Duration | None = None
    slot_fails: Percent | None = None
    slot_needs: int | None = None
    empty_slot: Literal["good", "ignored"] | None = None
    slots: Literal["averaged", "pooled"] | None = None
    no_report: Literal["missed", "previous", "undecided"] | None = None
    averaged_with_previous: bool = False
    ratchet: Ratchet | None = None
    held: tuple[Held, ...] = ()
    hours_passage: str | None = None
