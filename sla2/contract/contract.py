"""The contract as a typed value: everything a `.sla` file says, names resolved, nothing computed.

In: `from_syntax` builds it from a `Document` (and the files it includes). Out: every later stage reads it.
Compared with the syntax it has gained types and resolved names; it has lost comments, order and spelling.
It is as signed: amendments are listed, `versions.as_of` folds them.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeVar

from sla2.contract.credits import Credits, Pool, ServicePoints
from sla2.contract.example import Example
from sla2.contract.level import Level
from sla2.contract.node import Node
from sla2.contract.passage import Amendment, Change, HeldLine, OpenLine, Passage
from sla2.contract.relations import (
    Clause,
    ExitPlan,
    Goal,
    Impact,
    Improvement,
    Obligation,
    Principle,
    Promise,
    Review,
    Scorecard,
    Survey,
    Updates,
    ZeroRepeat,
)
from sla2.contract.rights import Termination
from sla2.contract.surroundings import (
    Calendar,
    ClockStop,
    Exclusion,
    Exposure,
    Fee,
    Language,
    MoneyRounding,
    Party,
    Priorities,
    Records,
    Renewal,
    Service,
    Term,
)

_Named = TypeVar("_Named", Level, Calendar, Service, Passage, ClockStop, Exclusion)


class Unevaluated(Node):
    """A construct that is read, formatted and drafted but not computed yet.

    `report` refuses a contract that holds one for a block it would have to judge, and names it;
    `block` is the block's short name, `what` the words of the language ("points", "each: day late").
    """

    block: str
    what: str


class TranslatedText(Node):
    """One text of the contract and what it says in another language."""

    original: str
    words: str


class Translation(Node):
    """`translation en "English texts"`: the contract's own texts (titles, reasons, questions) in one language.

    `name` is the language. Legal texts are not in here: a clause has a text per language of its own.
    """

    name: Language
    title: str
    texts: tuple[TranslatedText, ...]


class Requirement(Node):
    """`requires: dora 30.2`: a checklist of what a contract of this kind must hold; `part` is the article."""

    profile: str
    part: str


class Allow(Node):
    """`allow SLA305: "reason"`: silences one finding on its block; the report lists it."""

    block: str
    code: str
    reason: str


class Contract(Node):
    """One contract. Tuples keep the order of the file. `path` is the file as the user named it.

    `overrides` are the changes of included blocks, which are applied already. `opened` are the lines that passages hold
    open beside those that say so themselves; `held` says what fills them, for blocks without a record of their own.
    """

    path: str
    source_hash: str
    name: str
    title: str
    kind: Literal["contract", "framework"] = "contract"
    customer: str
    supplier: str
    under: str | None = None
    languages: tuple[Language, ...]
    timezone: str | None
    currency: str | None
    working_days: str | None = None
    signed: date | None = None
    term: Term | None = None
    renewal: Renewal | None = None
    fees: tuple[Fee, ...] = ()
    money_rounding: MoneyRounding | None = None
    records: Records | None = None
    exposures: tuple[Exposure, ...] = ()
    requires: tuple[Requirement, ...] = ()
    overrides: tuple[Change, ...] = ()
    opened: tuple[OpenLine, ...] = ()
    held: tuple[HeldLine, ...] = ()
    parties: tuple[Party, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    services: tuple[Service, ...] = ()
    priorities: tuple[Priorities, ...] = ()
    clock_stops: tuple[ClockStop, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    levels: tuple[Level, ...] = ()
    credits: tuple[Credits, ...] = ()
    bonuses: tuple[Credits, ...] = ()
    points: tuple[ServicePoints, ...] = ()
    pools: tuple[Pool, ...] = ()
    terminations: tuple[Termination, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    passages: tuple[Passage, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    clauses: tuple[Clause, ...] = ()
    principles: tuple[Principle, ...] = ()
    examples: tuple[Example, ...] = ()
    updates: tuple[Updates, ...] = ()
    repeats: tuple[ZeroRepeat, ...] = ()
    impacts: tuple[Impact, ...] = ()
    promises: tuple[Promise, ...] = ()
    surveys: tuple[Survey, ...] = ()
    reviews: tuple[Review, ...] = ()
    goals: tuple[Goal, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    scorecards: tuple[Scorecard, ...] = ()
    exit_plans: tuple[ExitPlan, ...] = ()
    translations: tuple[Translation, ...] = ()
    unevaluated: tuple[Unevaluated, ...] = ()
    allows: tuple[Allow, ...] = ()

    @property
    def authoritative(self) -> Language:
        """The language whose text prevails (the first one)."""
        return self.languages[0]

    def party(self, side: Literal["customer", "supplier"]) -> Party:
        """The party on `side`."""
        name = self.customer if side == "customer" else self.supplier
        return next(party for party in self.parties if party.name == name)

    def level(self, name: str) -> Level:
        """The level with this short name. Raises: KeyError."""
        return _find(self.levels, name)

    def calendar(self, name: str) -> Calendar:
        """The calendar with this short name. Raises: KeyError."""
        return _find(self.calendars, name)

    def service(self, name: str) -> Service:
        """The service with this short name. Raises: KeyError."""
        return _find(self.services, name)

    def passage(self, name: str) -> Passage:
        """The passage with this short name. Raises: KeyError."""
        return _find(self.passages, name)

    def clock_stop(self, name: str) -> ClockStop:
        """The clock stop with this short name. Raises: KeyError."""
        return _find(self.clock_stops, name)

    def exclusion(self, name: str) -> Exclusion:
        """The exclusion with this short name. Raises: KeyError."""
        return _find(self.exclusions, name)

    def level_hours(self, level: Level) -> Calendar | None:
        """The hours in which the clock of `level` runs: its own, else those of its service."""
        name = level.hours or (self.service(level.service).hours if level.service else None)
        return self.calendar(name) if name else None


def _find(items: tuple[_Named, ...], name: str) -> _Named:
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)
