"""Clock stops as rows: in which ways a clock stops, which levels they concern, and for how long at most.

In: the terms of the ticket levels and the clockwork. Out: tables for the engine, and what both judges ask about the
limits of a clock stop. Used while a plan is made. A limit (`at most: …`) is one for all stops of that name in a case.
A limit in business time runs in the hours of the level, one in elapsed time always. A limit in days is as much time on
that clock as passes from the first stop of the case to the same local time so many days later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import HOUR
from sla2.measure.plan import ALWAYS, Cell, LevelTerms, Rows, rows
from sla2.measure.rules import reason_words, rules, statuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.surroundings import Calendar, ClockStop
    from sla2.measure.clockwork import Clockwork

REOPENED = 0
"""The number of the pause between a resolution and a reopening, where the clock continues."""

Way = tuple[tuple[str, ...], tuple[str, ...]] | str
"""Statuses that begin and end a stop, or the reason of a pause."""


def clock_stops(terms: LevelTerms) -> tuple[ClockStop, ...]:
    """The clock stops of a level in the version of the contract at hand."""
    return tuple(terms.contract.clock_stop(name) for name in terms.level.clock_stops)


def limits(terms: LevelTerms) -> tuple[ClockStop, ...]:
    """Those of its clock stops that hold the clock only so long."""
    return tuple(stop for stop in clock_stops(terms) if stop.at_most is not None)


def waits(terms: LevelTerms) -> bool:
    """True if waiting may have counted only in part: by a limit, or for want of a message."""
    return any(stop.at_most is not None or stop.needs_visible_message for stop in clock_stops(terms))


def limit_calendar(terms: LevelTerms, stop: ClockStop) -> Calendar | None:
    """The hours in which the limit of a clock stop runs; None: it always runs."""
    if stop.at_most is None or stop.at_most.kind != "service":
        return None
    hours = terms.contract.level_hours(terms.level)
    if hours is not None and hours.round_the_clock and stop.at_most.microseconds is not None:
        return None
    return hours


def other_hours(terms: LevelTerms) -> Calendar | None:
    """The hours that a level needs beside those of its allowance: for its intake rule or for limits of clock stops."""
    if terms.level.intake is not None:
        return terms.contract.level_hours(terms.level)
    return next((hours for stop in limits(terms) if (hours := limit_calendar(terms, stop)) is not None), None)


def longest_stop(terms: LevelTerms) -> int:
    """The most open time that a limit can be."""
    lengths = [stop.at_most for stop in limits(terms) if stop.at_most is not None]
    return max((one.microseconds or (int(one.value) + 1) * 25 * HOUR for one in lengths), default=0)


def stop_tables(kept: list[LevelTerms], work: Clockwork) -> Iterator[Rows]:
    """Each way in which a clock stops once: by status (`p_stop`, `p_from`, `p_until`) or by reason (`p_reason`).

    `p_stopped` says which of them stop the clock of which level, `p_needs` which of them count only with a message,
    `p_limit` for how long the stops of one name (`grp`, numbered from 1 within the level) count in a case.
    """
    stops: dict[tuple[Way, bool], int] = {}
    stopped: dict[tuple[int, int, int], None] = {}
    limited: list[tuple[Cell, ...]] = []
    for terms in kept:
        kind = rules(terms.level)
        if kind.kind == "continues" or (kind.kind == "backlog" and not kind.fresh):
            stopped[terms.term, REOPENED, 0] = None
        for place, stop in enumerate(clock_stops(terms), start=1):
            group = place if stop.at_most is not None else 0
            if group:
                limited.append(_limit(terms, stop, group, work))
            for way in _ways(stop):
                number = stops.setdefault((way, stop.needs_visible_message), len(stops) + 1)
                stopped[terms.term, number, group] = None
    status = [(number, *way) for (way, _), number in stops.items() if not isinstance(way, str)]
    yield rows("p_stop", "stop any_status", [(number, int(not ends)) for number, _, ends in status])
    yield rows("p_from", "stop raw$", [(number, word) for number, begins, _ in status for word in begins])
    yield rows("p_until", "stop raw$", [(number, word) for number, _, ends in status for word in ends])
    yield rows(
        "p_reason", "stop reason$", [(number, way) for (way, _), number in stops.items() if isinstance(way, str)]
    )
    yield rows("p_needs", "stop", [(number,) for (_, needs), number in stops.items() if needs])
    yield rows("p_stopped", "term stop grp", sorted(stopped))
    yield rows("p_limit", "term grp clock width most due_set due_width", limited)


def _ways(stop: ClockStop) -> list[Way]:
    begins, ends = statuses(stop)
    return [*reason_words(stop), *([(begins, ends)] if begins else [])]


def _limit(terms: LevelTerms, stop: ClockStop, group: int, work: Clockwork) -> tuple[Cell, ...]:
    calendar = limit_calendar(terms, stop)
    clock, width = work.calendar(calendar) if calendar else (ALWAYS, 1)
    assert stop.at_most is not None
    most = stop.at_most.microseconds
    due_set, due_width = (None, 1) if most is not None else work.due(stop.at_most, calendar)
    return terms.term, group, clock, width, most, due_set, due_width
