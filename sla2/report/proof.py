"""The proof of one case: its history, the stretches of service time, and the running total on the clock.

In: a case, the log it came from, the contract version whose terms applied. Out: stretches of time, each with whether
the clock ran, and the total after it. It runs for `explain` only. It reads the history of this one ticket again and
walks through it stretch by stretch, so a figure of the engine is added up a second time for the reader's eyes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import open_intervals
from sla2.measure.naive_tickets import History, Row, history, stood
from sla2.measure.naive_walk import limited
from sla2.measure.plan import NEVER, LevelTerms
from sla2.measure.rules import allowance_of

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
    field: Literal["opened", "responded", "resolved", "state", "priority"]
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What happened and how the clock of the level ran. `elapsed` is the sum of the stretches in which it ran.

    `vague`: the log gives only a total of the time in which the clock stood still, so no stretch can show it.
    """

    events: tuple[Event, ...]
    spans: tuple[Span, ...]
    elapsed: int
    vague: bool = False


def prove(case: Case, log: Log, contract: Contract, level: Level, as_of: int) -> Proof | None:
    """The proof of `case` under `level` as `contract` (folded for the version of the case) has it.

    None if the log no longer holds the ticket.
    """
    tables = _rows(log, case.ticket)
    if not tables["tickets"]:
        return None
    past = history(tables["tickets"][0], tables, as_of, any(entry.table == "updates" for entry in log.imports))
    if past is None:
        return None
    spans = _spans(case, past, _terms(contract, level, case), as_of)
    elapsed = sum(span.end - span.start for span in spans if not span.why)
    vague = bool(level.clock_stops) and past.paused_total is not None and not any(span.why for span in spans)
    return Proof(_events(past, tables), spans, elapsed, vague)


def _rows(log: Log, ticket: int) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for name, order in (("tickets", "ticket"), ("status_events", "seq"), ("pauses", "seq"), ("updates", "at")):
        cursor = log.cursor().execute(f'SELECT * FROM {name} WHERE ticket = ? ORDER BY "{order}"', [ticket])
        names = [column[0] for column in cursor.description or ()]
        found[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def _terms(contract: Contract, level: Level, case: Case) -> LevelTerms:
    length = allowance_of(level)
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
    told = {event.at for event in found if event.field == "state"}
    moments: tuple[tuple[Literal["responded", "resolved"], str], ...] = (
        ("responded", "first_response_at"),
        ("resolved", "resolved_at"),
    )
    for field, column in moments:
        at = past.row.get(column)
        if isinstance(at, int) and at <= past.as_of and at not in told:
            found.append(Event(at, field, ""))
    return tuple(sorted(found, key=lambda event: event.at))


def _spans(case: Case, past: History, terms: LevelTerms, as_of: int) -> tuple[Span, ...]:
    """Open time from the start to the stop (or the as-of instant), cut where the clock stops and where time is up."""
    start, stop = case.started, as_of if case.stopped is None else case.stopped
    pauses = _stops(past, terms, start, stop)
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


def _stops(past: History, terms: LevelTerms, start: int, stop: int) -> list[tuple[int, int, str]]:
    """When the clock stood still between two instants and for which reason, one clock stop after the other."""
    found: list[tuple[int, int, str]] = []
    for group in stood(past, terms):
        clipped = [(max(low, start), min(stop if high is None else high, stop)) for low, high in group.stretches]
        if group.stop is not None and group.stop.at_most is not None:
            clipped, _ = limited(terms, group.stop, clipped)
        name = group.stop.name if group.stop is not None else "done"
        found.extend((low, high, name) for low, high in clipped if low < high and not group.unsure)
    return found
