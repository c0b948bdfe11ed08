"""The surroundings of the service levels: parties, calendars, services, priorities, clock stops, exclusions.

In: built by from_syntax. Out: parts of `Contract`. Names in here are short names of other blocks as resolved by
`names`; nothing is computed (calendars become open hours in `calendar`).
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Literal

from sla2.contract.node import Node, Value
from sla2.contract.quantity import Duration, Money, Percent

Language = Literal["nl", "en", "de"]
Role = Literal["customer", "supplier", "both"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Texts = tuple[tuple[Language, str], ...]


class Mailbox(Value):
    """A named person or function and an address, e.g. "Head of the counter" <balie@stad.example>."""

    name: str
    address: str


class Contact(Node):
    """A contact of a party. `speaks_for`: how many `speaks_for_what` (users) this contact speaks for, if stated."""

    mailbox: Mailbox
    function: str
    speaks_for: int | None = None
    speaks_for_what: str = "users"


class Party(Node):
    """One of the two parties."""

    name: str
    title: str
    represented_by: str | None = None
    address: str | None = None
    language: Language | None = None
    contacts: tuple[Contact, ...] = ()


class Hours(Value):
    """Open from `start` to `end` local time; `end` None means 24:00."""

    start: time
    end: time | None


class OpeningRule(Node):
    """`open: mon-fri 08:00-12:00, 13:00-18:00`."""

    days: tuple[Weekday, ...]
    hours: tuple[Hours, ...]


class Holiday(Value):
    """One day of a holiday lock file."""

    day: date
    name: str


class HolidaySource(Node):
    """`holidays: NL from "calendars/nl-2026.toml"`: the reviewed lock file, read when the contract is loaded.

    `days` are its days and `years` the years it covers; an instant in another year may not be judged.
    """

    region: str
    file: str
    days: tuple[Holiday, ...] = ()
    years: tuple[int, ...] = ()


class ClosedDay(Node):
    """`closed: 2026-12-24 "…"` (day) or `closed every: 12-31 "…"` (month, day)."""

    name: str
    day: date | None = None
    month: int | None = None
    day_of_month: int | None = None


class ShortDay(Node):
    """`short day: 2026-02-16 09:00-12:00`: on this day these hours and no others."""

    day: date
    hours: tuple[Hours, ...]


class Calendar(Node):
    """Service hours: opening rules, holidays and days off in one time zone."""

    name: str
    title: str
    timezone: str
    opening: tuple[OpeningRule, ...]
    holidays: HolidaySource | None = None
    closed: tuple[ClosedDay, ...] = ()
    short_days: tuple[ShortDay, ...] = ()
    on_holidays: Literal["closed", "as sunday", "open"] = "closed"

    @property
    def round_the_clock(self) -> bool:
        """True if the calendar is always open."""
        days = {day for rule in self.opening for day in rule.days if Hours(start=time(0), end=None) in rule.hours}
        exceptions = self.closed or self.short_days or (self.holidays and self.on_holidays != "open")
        return len(days) == 7 and not exceptions


class UnitNumber(Node):
    """`number of devices: 40`: how many of a unit a fee per unit is multiplied by."""

    unit: str
    number: int


class Service(Node):
    """A service and the hours in which it is owed. `users`: their number; other units stand in `numbers`."""

    name: str
    title: str
    hours: str
    description: str | None = None
    components: tuple[str, ...] = ()
    nature: Literal["utility", "core"] | None = None
    asset_owner: Literal["customer", "supplier"] | None = None
    underpinned_by: str | None = None
    users: int | None = None
    numbers: tuple[UnitNumber, ...] = ()
    fee: str | None = None


class ImpactRow(Node):
    """`impact department: P2, P3, P4`: one priority per urgency, in the order of `urgencies`."""

    impact: str
    priorities: tuple[str, ...]


class Priorities(Node):
    """The urgency and impact matrix that gives a ticket its priority."""

    name: str
    title: str
    urgencies: tuple[str, ...] = ()
    rows: tuple[ImpactRow, ...] = ()
    default: str | None = None


class ClockStop(Node):
    """A reason for which the clock of a level stands still.

    Either `from_status`/`until_status` (statuses as the ticket tool writes them; without `until_status` the stop
    ends with the next status) or a `reason` recorded with a pause. `more_…`: further statuses or reasons on the line.
    """

    name: str
    title: str
    from_status: str | None = None
    until_status: str | None = None
    reason: str | None = None
    at_most: Duration | None = None
    attributed_to: Literal["customer", "third party"] | None = None
    needs_visible_message: bool = False
    more_from: tuple[str, ...] = ()
    more_until: tuple[str, ...] = ()
    more_reasons: tuple[str, ...] = ()


class Recurrence(Node):
    """`recurring: sun 02:00-06:00` in the contract's time zone."""

    day: Weekday
    hours: Hours


class Exclusion(Node):
    """Time or cases that do not count against the supplier, and on what conditions.

    `budget` with `budget_per`: at most so much per month, quarter, contract year or calendar year, or "rolling" over
    any stretch of `budget_rolling`.
    """

    name: str
    title: str
    announced: Duration | None = None
    budget: Duration | None = None
    budget_per: str | None = None
    budget_rolling: Duration | None = None
    beyond_counts: bool = False
    causes: tuple[str, ...] = ()
    approved_by: Role | None = None
    recurring: tuple[Recurrence, ...] = ()


class Fee(Node):
    """`fee hosting: EUR 17000.00 per month`, in force from `valid_from` (None: from the start).

    `per` is month, quarter, year, or once; `as_invoiced` fees come from a table of invoices (per `each`, if stated).
    """

    name: str
    amount: Money | None
    per: Literal["month", "quarter", "year", "once", "as invoiced"]
    per_user: bool = False
    each: str | None = None
    valid_from: date | None = None
    indexed_by: str | None = None


class Term(Node):
    """`term: 3 years from 2026-02-01` or `from … until ended with notice of …`. `end` is exclusive, None if open."""

    start: date
    length: Duration | None = None
    notice: Duration | None = None
    end: date | None = None


class Renewal(Node):
    """`renewal: 2 times 1 year unless notice of 6 months`."""

    times: int
    length: Duration
    notice: Duration


class Records(Node):
    """`records: supplier prevails unless contested within 10 working days`."""

    prevails: Role
    contested_within: Duration | None = None


class Exposure(Node):
    """`maximum exposure: supplier 20% of yearly fees`: the most one side can lose."""

    side: Literal["customer", "supplier"]
    amount: Money | None = None
    share_of_yearly_fees: Percent | None = None


class MoneyRounding(Node):
    """`money rounding: half up to 0.01`."""

    step: Decimal
