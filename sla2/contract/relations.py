"""Obligations, legal clauses and the trust blocks: promises, updates, zero repeat, impact, surveys, reviews.

In: built by from_syntax. Out: part of `Contract`. `trust` scores them; nothing here knows a log.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from sla2.contract.level import BoundTarget, OpenTarget, When
from sla2.contract.node import Node
from sla2.contract.quantity import Duration, Figure, Percent
from sla2.contract.surroundings import Language, Role

LocalTexts = tuple[tuple[Language | None, str], ...]


class Due(Node):
    """`due: 5 working days after "request for approval"`, or a fixed day."""

    within: Duration | None = None
    after: str | None = None
    day: date | None = None


class CheckedBy(Node):
    """`checked by: ledger kind notice` or `checked by: <level>`."""

    ledger_kind: str | None = None
    level: str | None = None


class Obligation(Node):
    """A duty of one side, or of both; `retained_what` and `asset_what` are the words on those lines, if any."""

    name: str
    title: str
    duty_of: Role
    due: Due | None = None
    failing_stops: str | None = None
    failing_approved: bool = False
    checked_by: CheckedBy | None = None
    retained: bool = False
    asset: bool = False
    texts: LocalTexts = ()
    retained_what: str | None = None
    asset_what: str | None = None


class Clause(Node):
    """A legal clause: a text per language, with modelled values only as `{{ hosting-credits cap }}`."""

    name: str
    title: str
    texts: LocalTexts = ()


class Principle(Node):
    """A guiding principle that decides a dispute about an open passage."""

    name: str
    title: str
    texts: LocalTexts = ()


class Updates(Node):
    """News during incidents: first within, then every, target share of incidents.

    In every block of trust `target` is the percentage of `at least …%`; another bar, or one left open, stands in
    `bar`. `confidence` is that of the line `judged at`, None if the contract does not state one.
    """

    name: str
    title: str
    by: Role
    when: When | None
    first_within: Duration | None
    then_every: Duration | None
    target: Percent | None
    bar: BoundTarget | OpenTarget | None = None
    confidence: Percent | None = None


class ZeroRepeat(Node):
    """The same fault does not return: `same` lists the columns that make two incidents the same."""

    name: str
    title: str
    within: Duration | None
    same: tuple[str, ...]
    target: Percent | None
    bar: BoundTarget | OpenTarget | None = None
    confidence: Percent | None = None


class ImpactFloor(Node):
    """`users from 100: P1` (`below` False) or `users below 5: P4` (`below` True)."""

    number: int
    below: bool
    priority: str
    unit: str = "users"


class Impact(Node):
    """How many users hindered make which priority, and whose word stands."""

    name: str
    title: str
    floors: tuple[ImpactFloor, ...]
    stated_by: Role | None = None
    correct_within: Duration | None = None
    prevails_over: str | None = None


class Promise(Node):
    """A promise in words that a ledger or a level can check."""

    name: str
    title: str
    by: Role
    checked_by: CheckedBy | None
    target: Percent | None
    bar: BoundTarget | OpenTarget | None = None
    confidence: Percent | None = None
    texts: LocalTexts = ()


class SurveyItem(Node):
    """One question; `topic` is where its answer counts, e.g. delight.trust."""

    name: str
    question: str
    topic: str


class Survey(Node):
    """A survey of one or both sides; groups smaller than `show_from` are not shown."""

    name: str
    title: str
    asks: tuple[Role, ...]
    every: str | None
    items: tuple[SurveyItem, ...]
    scale_low: int | None
    scale_high: int | None
    satisfied_from: int | None
    show_from: int | None
    target: Percent | None
    bar: BoundTarget | OpenTarget | None = None
    confidence: Percent | None = None


class Review(Node):
    """A recurring meeting of both sides; actions are kept in the ledger."""

    name: str
    title: str
    every: str | None
    present: tuple[Role, ...]
    actions_in: str | None = None


class Goal(Node):
    """A goal that one side wrote down: figure from a to b by a date."""

    name: str
    title: str
    of: Role
    figure: str
    start: Figure
    goal: Figure
    by: date


class Improvement(Node):
    """A measure that must improve: direction, number of periods, and the level of the test."""

    name: str
    title: str
    of: str
    direction: Literal["up", "down"]
    over_periods: int | None
    shown_at: Percent | None


class Answer(Node):
    """One answer of a scorecard: `happy consultants 7`, `roadmap "yes"`, or `nps from pulse.recommend` (`source`)."""

    what: str
    number: Decimal | None = None
    text: str | None = None
    source: str | None = None


class Scorecard(Node):
    """A maturity model and the answers that both sides gave to it."""

    name: str
    title: str
    model: str
    answers: tuple[Answer, ...] = ()
    next_step: str | None = None


class ExitPlan(Node):
    """How the parties would part: the clause, how often it is tried, and what was learnt before."""

    name: str
    title: str
    clause: str | None = None
    tested_every: Duration | None = None
    lessons: str | None = None
    texts: LocalTexts = ()
