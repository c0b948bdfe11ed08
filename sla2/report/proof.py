"""The proof of one case: its history, the stretches of service time, and the running total on the clock.

In: a case, the log it came from, the contract version whose terms applied. Out: stretches of time, each with whether
the clock ran, and the total after it. It runs for `explain` only. It reads the history of this one ticket again and
walks through it stretch by stretch, so a figure of the engine is added up a second time for the reader's eyes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import open_intervals
from sla2.measure.from_contract import within
from sla2.measure.naive_tickets import History, Row, history, stood
from sla2.measure.plan import NEVER, LevelTerms

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.logs.log import Log
    from sla2.measure.measurement import Case


@dataclass(frozen=True, slots=True)
class Span:
    """Open time from `start` to `end`; `total` is what was on the clock at its end.

    `why` "": the clock ran, without a break of the service hours; the stretch is cut at the instant at which the
    allowance was used up. Else it stood still for this reason all the time, also over breaks of the service hours: the
    name of a clock stop, or "done" between a resolution and a reopening.
    """

    start: int
    end: int
    why: str
    total: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a ticket: a state, a priority, or its opening."""

    at: int
    field: Literal["opened", "state", "priority"]
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What happened and how the clock of the level ran. `elapsed` is the sum of the stretches in which it ran."""

    events: tuple[Event, ...]
    spans: tuple[Span, ...]
    elapsed: int


def prove(case: Case, log: Log, contract: Contract, level: Level, as_of: int) -> Proof | None:
    """The proof of `case` under `level` as `contract` (folded for the version of the case) has it.

    None if the log no longer holds the ticket.
    """
    tables = _rows(log, case.ticket)
    if not tables["tickets"]:
        return None
    past = history(tables["tickets"][0], tables, as_of)
    if past is None:
        return None
    spans = _spans(case, past, _terms(contract, level, case), as_of)
    elapsed = sum(span.end - span.start for span in spans if not span.why)
    return Proof(_events(past, tables), spans, elapsed)


def _rows(log: Log, ticket: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for name, order in (("tickets", "ticket"), ("status_events", "seq"), ("pauses", "seq")):
        cursor = log.cursor().execute(f"SELECT * FROM {name} WHERE ticket = ? ORDER BY {order}", [ticket])
        names = [column[0] for column in cursor.description or ()]
        found[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def _terms(contract: Contract, level: Level, case: Case) -> LevelTerms:
    length = within(level)
    service = length is not None and length.kind == "service"
    calendar = contract.level_hours(level) if service else None
    return LevelTerms(0, level, contract, case.version, 0, NEVER, calendar, None)


def _events(past: History, tables: dict[str, list[Row]]) -> tuple[Event, ...]:
    found = [Event(int(past.row["opened_at"] or 0), "opened", "")]
    for row in tables["status_events"]:
        if int(row["at"] or 0) <= past.as_of:
            raw, mapped = str(row["to_raw"]), str(row["to_value"])
            if row["field"] == "state":
                found.append(Event(int(row["at"] or 0), "state", raw))
            elif row["field"] == "priority":
                found.append(Event(int(row["at"] or 0), "priority", mapped))
    return tuple(sorted(found, key=lambda event: event.at))


def _spans(case: Case, past: History, terms: LevelTerms, as_of: int) -> tuple[Span, ...]:
    """Open time from the start to the stop (or the as-of instant), cut where the clock stops and where time is up."""
    start, stop = case.started, as_of if case.stopped is None else case.stopped
    pauses = [
        (max(low, start), min(stop if high is None else high, stop), why) for low, high, why in _stops(past, terms)
    ]
    pauses = [(low, high, why) for low, high, why in pauses if low < high]
    marks = {edge for low, high, _ in pauses for edge in (low, high)} | {case.deadline or stop}
    opens = open_intervals(terms.calendar, start, stop) if terms.calendar else ((start, stop),)
    spans: list[Span] = []
    total = 0
    for low, high in opens:
        edges = [low, *(mark for mark in sorted(marks) if low < mark < high), high]
        for begin, end in zip(edges, edges[1:], strict=False):
            why = next((name for one, other, name in pauses if one <= begin < other), "")
            total += 0 if why else end - begin
            if why and spans and spans[-1].why == why:
                spans[-1] = Span(spans[-1].start, end, why, total)
            else:
                spans.append(Span(begin, end, why, total))
    return tuple(spans)


def _stops(past: History, terms: LevelTerms) -> list[tuple[int, int | None, str]]:
    """When the clock stood still and for which reason, one clock stop of the level after the other."""
    found: list[tuple[int, int | None, str]] = []
    for name in ("", *terms.level.clock_stops):
        alone = terms.level.model_copy(update={"clock_stops": (name,) if name else ()})
        stretches = stood(past, replace(terms, level=alone)).stretches
        found.extend((low, high, name or "done") for low, high in stretches)
    gaps = {(low, high) for low, high, why in found if why == "done"}
    return [one for one in found if one[2] == "done" or one[:2] not in gaps]
