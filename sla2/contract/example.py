"""Worked examples: cases that the parties wrote into the contract and that `sla2 test` runs.

In: built by from_syntax. Out: part of `Contract`. Times are local to the contract's time zone.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sla2.contract.node import Node, Value
from sla2.contract.quantity import Duration, Money, Number, Percent


class Stretch(Value):
    """From one local time to another."""

    start: datetime
    end: datetime


class Reopened(Value):
    """`reopened … , resolved …`: opened again, and resolved again if the example says so."""

    at: datetime
    resolved: datetime | None = None


class PriorityFrom(Value):
    """`priority P1 from …`."""

    priority: str
    since: datetime


class GivenTicket(Node):
    """`given ticket: P2 opened …, pending … to …, answered …, resolved …`; `responded` is when it was answered.

    `priority` is the one with which it was opened; later ones stand in `changes`.
    """

    kind: Literal["ticket"] = "ticket"
    priority: str
    opened: datetime
    pending: tuple[Stretch, ...] = ()
    responded: datetime | None = None
    resolved: datetime | None = None
    reopened: tuple[Reopened, ...] = ()
    changes: tuple[PriorityFrom, ...] = ()


class GivenOutage(Node):
    """`given outage: web, … to …, cause maintenance`."""

    kind: Literal["outage"] = "outage"
    unit: str
    stretch: Stretch
    cause: str | None = None


class GivenShare(Node):
    """`given: avail-hosting 99.75% in 2026-03`: the measure itself is given."""

    kind: Literal["share"] = "share"
    level: str
    percent: Percent
    month: date


class GivenFigure(Node):
    """`given: score 7.4 in 2026-03`, `given: first-answer 31 elapsed minutes in 2026-03`: other than a percentage."""

    kind: Literal["figure"] = "figure"
    level: str
    figure: Number | Duration
    month: date


class GivenCases(Node):
    """`given: p2 39 cases, 2 missed in 2026-03`."""

    kind: Literal["cases"] = "cases"
    level: str
    cases: int
    missed: int
    month: date


class GivenFee(Node):
    """`given: fee hosting EUR 100.00 in 2026-03`."""

    kind: Literal["fee"] = "fee"
    fee: str
    money: Money
    month: date


Given = GivenTicket | GivenOutage | GivenShare | GivenFigure | GivenCases | GivenFee


class ExpectCredit(Node):
    """`expect: credit EUR 850.00 in 2026-03`; `bonus` if it is one: then the customer pays."""

    kind: Literal["credit"] = "credit"
    money: Money
    bonus: bool = False
    month: date | None = None


class ExpectVerdict(Node):
    """`expect: p2 met in 2026-03`."""

    kind: Literal["verdict"] = "verdict"
    level: str
    outcome: Literal["met", "missed", "undecided", "insufficient data", "not judged", "not in force"]
    month: date | None = None


class ExpectCount(Node):
    """`expect: resolve-p2 counts 2 business hours, met`."""

    kind: Literal["count"] = "count"
    level: str
    counts: Duration
    outcome: Literal["met", "missed"]


class ExpectShare(Node):
    """`expect: avail 99.73% in 2026-03`: rounded half up to the digits written."""

    kind: Literal["expected share"] = "expected share"
    level: str
    percent: Percent
    month: date | None = None


class ExpectFigure(Node):
    """`expect: score 7.4 in 2026-03`: other than a percentage."""

    kind: Literal["expected figure"] = "expected figure"
    level: str
    figure: Number | Duration
    month: date | None = None


class ExpectPoints(Node):
    """`expect: points 3, 2, 6`."""

    kind: Literal["points"] = "points"
    points: tuple[Decimal, ...]


Expect = ExpectCredit | ExpectVerdict | ExpectCount | ExpectShare | ExpectFigure | ExpectPoints


class Example(Node):
    """One worked example: what is given, and what both sides expect of it."""

    name: str
    title: str
    given: tuple[Given, ...]
    expect: tuple[Expect, ...]

    @property
    def needs_log(self) -> bool:
        """True if the example gives tickets or outages, so that it has to be measured."""
        return any(isinstance(given, GivenTicket | GivenOutage) for given in self.given)
