"""The plan of a measurement: the contract as rows, so that one and the same query judges every contract.

In: built by `from_contract`. Out: read by `run`, which loads its tables into an engine. Compared with the contract it
has gained instants and clocks; it has lost titles, prose and money. A difference between two contracts is a
difference of rows, never of the query. It judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import day_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Calendar

Cell = int | str | None
SqlType = Literal["BIGINT", "VARCHAR"]

ALWAYS = -1
"""The number of the clock that never stands still."""
NEVER = 9_000_000_000_000_000_000
"""An instant after all others."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One table of the plan: its name, the names and types of its columns, and its rows."""

    name: str
    columns: tuple[tuple[str, SqlType], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A contract as it would have been, and the levels that are to be judged by it; `prefix` tells its rows apart."""

    prefix: str
    contract: Contract
    levels: frozenset[str]


@dataclass(frozen=True, slots=True)
class LevelTerms:
    """One level as one version of the contract has it, for clocks that start in [since, until).

    `contract` is the contract folded for that version. `calendar` None: the clock always runs.
    `allowance`: microseconds on that clock, None if the allowance is a number of days. `trial`: "", or the prefix of
    the trial to which the level, whose name then begins with it, belongs.
    """

    term: int
    level: Level
    contract: Contract
    version: str
    since: int
    until: int
    calendar: Calendar | None
    allowance: int | None
    trial: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is needed to judge tickets by the levels of a contract, up to the instant `as_of`.

    `periods`: the judged periods of each level, in the order of the contract. `tables`: what the engine loads.
    `outage_terms`: the levels that are judged by outages, for periods that start in [since, until). `row_terms`: those
    that are judged by samples, figures, deliveries and surveys.
    """

    contract: Contract
    as_of: int
    terms: tuple[LevelTerms, ...]
    periods: tuple[tuple[str, tuple[JudgedPeriod, ...]], ...]
    tables: tuple[Rows, ...]
    outage_terms: tuple[LevelTerms, ...] = ()
    row_terms: tuple[LevelTerms, ...] = ()

    def of_level(self, name: str) -> tuple[LevelTerms, ...]:
        """The terms of one level, in order of time."""
        return tuple(terms for terms in self.terms if terms.level.name == name)

    def judged(self, terms: tuple[LevelTerms, ...]) -> Iterator[tuple[LevelTerms, JudgedPeriod]]:
        """Each judged period of these levels with the terms in force in it, in order of level and time."""
        for name, found in self.periods:
            history = [one for one in terms if one.level.name == name]
            for period in found if history else ():
                chosen = in_force(history, period)
                if chosen is not None:
                    yield chosen, period

    def level_periods(self, name: str) -> tuple[JudgedPeriod, ...]:
        """The judged periods of one level."""
        return next((found for level, found in self.periods if level == name), ())


def in_use(terms: LevelTerms, period: JudgedPeriod, until: int) -> tuple[int, int]:
    """The part of a period in which something can have failed: a period before a claim may begin before the term."""
    if period.kind != "before claim" or terms.contract.term is None:
        return period.start, until
    used_from = day_start(terms.contract.term.start, terms.contract.timezone or "UTC")
    return min(max(period.start, used_from), until), until


def in_force(history: Sequence[LevelTerms], period: JudgedPeriod) -> LevelTerms | None:
    """The terms in force at the start of a period; if the level begins within it, the first ones.

    For a period that ends with a day or a claim, those in force on its last day.
    """
    if period.kind != "fixed":
        return next((terms for terms in history if terms.since < period.end <= terms.until), None)
    at_start = [terms for terms in history if terms.since <= period.start < terms.until]
    later = [terms for terms in history if period.start < terms.since < period.end]
    return next(iter(at_start or later), None)


def rows(name: str, columns: str, found: Iterable[tuple[Cell, ...]]) -> Rows:
    """A table from a short form: `columns` lists names, those ending in `$` hold text, the others integers."""
    named: list[tuple[str, SqlType]] = [
        (word.removesuffix("$"), "VARCHAR" if word.endswith("$") else "BIGINT") for word in columns.split()
    ]
    return Rows(name, tuple(named), tuple(found))
