"""The rows of a plan: one per level and version, and what hangs on it (priorities, clock stops, exclusions, scope).

In: the terms of the ticket levels and the clockwork. Out: tables for the engine. Used by `from_contract` only.
The words of `rules` are numbers in the rows, because an engine joins numbers faster: see `KINDS`, `MODES`, `COUNTS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import StatisticTarget
from sla2.contract.quantity import HOUR
from sla2.contract.unmeasured import unit_column
from sla2.measure.plan import ALWAYS, Cell, LevelTerms, Rows, rows
from sla2.measure.rules import CountsIn, Kind, Mode, Rules, allowance_of, rules, until_closing
from sla2.measure.stop_rows import limits, longest_stop, other_hours, stop_tables, waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Calendar
    from sla2.measure.clockwork import Clockwork

ANY = "*"
"""Stands for a ticket without service in the scope of a level."""

KINDS: dict[Kind, int] = {"response": 1, "continues": 2, "new": 3, "count": 4, "reopened": 5, "backlog": 10}
"""Each level that looks at a backlog has a number of its own, from 10 on: its periods end when others do not."""
MODES: dict[Mode, int] = {"opening": 1, "highest": 2, "rising": 3, "resolution": 4, "each": 5}
COUNTS: dict[CountsIn, int] = {"opening": 1, "resolution": 2, "decision": 3, "snapshot": 4}
_TERM_COLUMNS = (
    "term level_no since until kind mode restart clock width allowance due_set due_width intake intake_width "
    "win win_width categories countries counts statistic stops siblings loose limited timed"
)


def term_tables(
    contract: Contract,
    kept: list[LevelTerms],
    work: Clockwork,
    judged: tuple[tuple[str, tuple[JudgedPeriod, ...]], ...],
    as_of: int,
) -> Iterator[Rows]:
    """All tables that depend on the levels."""
    needs: dict[Calendar, int] = {}
    for terms in kept:
        for calendar in _calendars(terms):
            needs[calendar] = max(needs.get(calendar, 0), _longest(terms), longest_stop(terms))
    work.prepare(needs)
    yield rows("p_term", _TERM_COLUMNS, [_term(terms, work, kept) for terms in kept])
    yield rows("p_name", "term level$ version$ unit$", [_name(terms) for terms in kept])
    yield from stop_tables(kept, work)
    yield from work.tables()
    yield rows("p_kind", "kind", sorted({(_kind(terms),) for terms in kept}))
    yield rows("p_snapshot", "kind place moment fresh", _snapshots(kept, dict(judged), as_of))
    yield rows("p_scope", "term service$", [(terms.term, name) for terms in kept for name in _scope(terms)])
    yield rows("p_priority", "term kind mode priority$", [row for terms in kept for row in _looks_at(terms)])
    yield rows("p_rank", "priority$ rank", list(ranks(contract).items()))
    yield rows("p_category", "term category$", [(terms.term, name) for terms in kept for name in _chosen(terms)[0]])
    yield rows("p_country", "term country$", [(terms.term, name) for terms in kept for name in _chosen(terms)[1]])
    yield rows("p_cause", "term cause$ name$", _causes(kept))
    yield rows("p_reading", "r", [(1,), (2,)])


def _looks_at(terms: LevelTerms) -> list[tuple[Cell, ...]]:
    """The priorities whose stretches a level looks at; NULL: all of them."""
    rule = rules(terms.level)
    return [(terms.term, _kind(terms), MODES[rule.mode], name) for name in _priorities(terms) or (None,)]


def _kind(terms: LevelTerms) -> int:
    kind = rules(terms.level).kind
    return KINDS[kind] + terms.term if kind == "backlog" else KINDS[kind]


def _snapshots(
    kept: list[LevelTerms], judged: dict[str, tuple[JudgedPeriod, ...]], as_of: int
) -> list[tuple[Cell, ...]]:
    """The moments at which a level looks at what is open: the ends of its periods, and the as-of date in the last."""
    return [
        (_kind(terms), place, min(period.end, as_of), int(rules(terms.level).fresh))
        for terms in kept
        if rules(terms.level).kind == "backlog"
        for place, period in enumerate(judged.get(terms.level.name, ()), start=1)
        if period.start < as_of
    ]


def _name(terms: LevelTerms) -> tuple[Cell, ...]:
    return terms.term, terms.level.name, terms.version, unit_column(terms.level)


def _longest(terms: LevelTerms) -> int:
    """The most open time that an allowance can be: a day of 25 hours for each day."""
    return (int(_within(terms).value) + 1) * 25 * HOUR if terms.allowance is None else terms.allowance


def _calendars(terms: LevelTerms) -> list[Calendar]:
    return [calendar for calendar in (terms.calendar, other_hours(terms)) if calendar is not None]


def _term(terms: LevelTerms, work: Clockwork, kept: list[LevelTerms]) -> tuple[Cell, ...]:
    level, rule = terms.level, rules(terms.level)
    clock, width = work.calendar(terms.calendar) if terms.calendar else (ALWAYS, 1)
    due_set, due_width = (None, 1)
    if terms.allowance is None:
        due_set, due_width = work.due(_within(terms), terms.calendar, closing=until_closing(level))
    intake, intake_width = (None, 1)
    hours = terms.contract.level_hours(level)
    if level.intake is not None and hours is not None:
        intake, intake_width = work.intake(level.intake, hours)
    win, win_width, when = None, 1, level.when
    if when is not None and when.opened_from is not None:
        win, win_width = work.window(when.opened_from, when.opened_to)
    return (
        terms.term, _level_number(terms, kept), terms.since, terms.until, _kind(terms), MODES[rule.mode],
        int(rule.restart), clock, width, terms.allowance, due_set, due_width, intake, intake_width, win, win_width,
        len(when.categories) if when else 0, len(when.countries) if when else 0, COUNTS[rule.counts_in],
        int(isinstance(level.target, StatisticTarget)), int(bool(level.clock_stops)), _siblings(terms, rule, kept),
        int(rule.kind in ("response", "backlog") or waits(terms)), int(bool(limits(terms))), int(rule.timed),
    )  # fmt: skip


def _level_number(terms: LevelTerms, kept: list[LevelTerms]) -> int:
    """The number of the first terms of the same level: it stands for the level in joins."""
    return next(other.term for other in kept if other.level.name == terms.level.name)


def _within(terms: LevelTerms) -> Duration:
    found = allowance_of(terms.level)
    if found is None:
        raise ValueError(f"level {terms.level.name} has no allowance")
    return found


def _siblings(terms: LevelTerms, rule: Rules, kept: list[LevelTerms]) -> int:
    """The number of the first level that judges the same tickets by another priority (see `rules.mode`)."""
    level = terms.level
    for other in kept:
        if other.level.name == level.name:
            return other.term
        same = (other.level.service, other.level.measure, other.level.unit, other.trial) == (
            level.service,
            level.measure,
            level.unit,
            terms.trial,
        )
        if rule.mode in ("resolution", "rising") and same and rules(other.level) == rule:
            return other.term
    return terms.term


def _scope(terms: LevelTerms) -> list[str]:
    """The services whose tickets a level judges; a ticket without one belongs to the only service of a contract."""
    names = [service.name for service in terms.contract.services]
    if terms.level.service is None:
        return [*names, ANY]
    return [terms.level.service, ANY] if len(names) == 1 else [terms.level.service]


def _priorities(terms: LevelTerms) -> tuple[str, ...]:
    return terms.level.when.priorities if terms.level.when else ()


def ranks(contract: Contract) -> dict[str, int]:
    """Every priority the contract names, from the highest (1): P1 before P2, P2 before P10."""
    named = {name for level in contract.levels if level.when for name in level.when.priorities}
    for matrix in contract.priorities:
        named.update(name for row in matrix.rows for name in row.priorities)
    ordered = sorted(named, key=_natural)
    return {name: place for place, name in enumerate(ordered, start=1)}


def _natural(name: str) -> tuple[str, int, str]:
    digits = "".join(letter for letter in name if letter.isascii() and letter.isdigit())
    return name.rstrip("0123456789"), int(digits or 0), name


def _chosen(terms: LevelTerms) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The categories and the countries of the tickets that a level judges; empty: all of them."""
    when = terms.level.when
    return ((), ()) if when is None else (tuple(dict.fromkeys(when.categories)), tuple(dict.fromkeys(when.countries)))


def _causes(kept: list[LevelTerms]) -> list[tuple[int, str, str]]:
    return [
        (terms.term, cause, name)
        for terms in kept
        for name in terms.level.excludes
        for cause in terms.contract.exclusion(name).causes
    ]
