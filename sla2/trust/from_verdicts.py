"""From verdicts and companion files to trust.

In: the contract, what was settled, the log, and (for perception) the measurements of the same log with each ticket at
the priority that its hindered users call for. Out: `Trust`. It runs last of the judging stages and changes none of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.contract.passage_state import states
from sla2.trust import evidence, streams
from sla2.trust.codes import UNKNOWN_COLUMN
from sla2.trust.combine import compare, overall, weakest
from sla2.trust.passages_kept import punctuality
from sla2.trust.perception import Felt, expected_priority, perceive
from sla2.trust.promises import Tally, standing
from sla2.trust.stream import Stream
from sla2.trust.surveys import item_result, latest
from sla2.trust.trust import Question, RepeatResult, Row, SideResult, Trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Impact, Survey, SurveyItem
    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Log
    from sla2.measure.measurement import Case, Measurements
    from sla2.settle.verdict import Settlement
    from sla2.trust.perception import Perception
    from sla2.trust.promises import Status
    from sla2.trust.stream import Dimension, Side

DIMENSIONS: tuple[Dimension, ...] = ("ability", "integrity", "benevolence")
_YEAR = 365 * 86_400_000_000
_TOPICS: tuple[tuple[str, Dimension], ...] = (
    ("output.competence", "ability"),
    ("output.", "benevolence"),
    ("delight.trust", "integrity"),
    ("delight.", "benevolence"),
    ("", "ability"),
)


def trust(
    contract: Contract,
    settlement: Settlement,
    measurements: Measurements,
    log: Log,
    start: int,
    end: int,
    *,
    as_felt: Measurements | None = None,
) -> tuple[Trust | None, tuple[Diagnostic, ...]]:
    """Judge both sides over [start, end) and over the year before `end` (microseconds UTC).

    `as_felt`: the same measurement on `felt_log`; None leaves perception out. A zero-repeat block that names a column
    the log does not have is refused by name.
    """
    faults = tuple(_unknown_columns(contract))
    if faults:
        return None, faults
    as_of = measurements.as_of
    today = local_date(as_of, contract.timezone or "UTC")
    found, repeats = _streams(contract, settlement, log, as_of)
    passages = states(contract, today)
    courts = {row.ref: row.court for row in evidence.ledger(log) if row.kind == "passage" and row.court}
    found += list(punctuality(contract, passages, courts, today))
    year_start = end - _YEAR
    compliance = _compliance(settlement)
    questions, asked = _surveys(contract, log, start, end, as_of, compliance)
    found += asked
    rows = tuple(_row(stream, start, end, year_start) for stream in found)
    perception, of = _perception(contract, measurements, as_felt, log, start, end)
    return (
        Trust(
            contract=contract,
            start=start,
            end=end,
            year_start=year_start,
            as_of=as_of,
            rows=rows,
            sides=tuple(_side(side, rows) for side in streams.SIDES),
            repeats=repeats,
            perception=perception,
            perception_of=of,
            questions=questions,
            passages=passages,
        ),
        (),
    )


def felt_priorities(contract: Contract, log: Log) -> dict[int, str]:
    """The priority that each ticket's hindered users call for, by the first impact table; empty without one."""
    impact = next(iter(contract.impacts), None)
    if impact is None:
        return {}
    return {
        ticket.ticket: expected
        for ticket in evidence.tickets(log)
        if ticket.users is not None and (expected := expected_priority(impact, ticket.users)) is not None
    }


def _unknown_columns(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.repeats:
        for column in block.same:
            if column not in evidence.SAME_COLUMNS:
                yield UNKNOWN_COLUMN.at(
                    block.span,
                    f'"{column}" is not something by which two tickets of a log can be the same.',
                    help="Write `same:` with one or more of: " + ", ".join(evidence.SAME_COLUMNS) + ".",
                )


def _streams(
    contract: Contract, settlement: Settlement, log: Log, as_of: int
) -> tuple[list[Stream], tuple[RepeatResult, ...]]:
    found = list(streams.reliability(contract, settlement.history))
    repeats: list[RepeatResult] = []
    for repeat in contract.repeats:
        stream, result = streams.zero_repeat(repeat, log, as_of)
        found.append(stream)
        repeats.append(result)
    for updates in contract.updates:
        found += streams.updates(updates, log, as_of)
    for promise in contract.promises:
        found += streams.promises(promise, log, as_of)
    for obligation in contract.obligations:
        found += streams.obligation(obligation, log, as_of)
    found += streams.reviews(contract, log, as_of)
    return found, tuple(repeats)


def _row(stream: Stream, start: int, end: int, year_start: int) -> Row:
    period = standing(stream.tally(start, end), stream.target, stream.confidence)
    year = standing(stream.tally(year_start, end), stream.target, stream.confidence)
    if stream.capped:
        period, year = (
            replace(found, status="unproven, on target so far") if found.status == "demonstrated" else found
            for found in (period, year)
        )
    return Row(stream, period, year, stream.broken(start, end))


def _side(side: Side, rows: tuple[Row, ...]) -> SideResult:
    statuses: dict[Dimension, Status] = {
        dimension: weakest(
            row.period.status for row in rows if row.stream.side == side and row.stream.dimension == dimension
        )
        for dimension in DIMENSIONS
    }
    return SideResult(side, tuple(statuses.items()), overall(statuses))


def _compliance(settlement: Settlement) -> bool | None:
    statuses = {verdict.status for verdict in settlement.verdicts}
    if "missed" in statuses:
        return False
    return True if "met" in statuses else None


def _surveys(
    contract: Contract, log: Log, start: int, end: int, as_of: int, met: bool | None
) -> tuple[tuple[Question, ...], list[Stream]]:
    questions: list[Question] = []
    found: list[Stream] = []
    for survey in contract.surveys:
        for party in dict.fromkeys(side for role in survey.asks for side in streams.sides_of(role)):
            about: Side = "supplier" if party == "customer" else "customer"
            for item in survey.items:
                question, stream = _item(survey, item, party, about, log, (start, end, as_of), met)
                questions.append(question)
                found.append(stream)
    return tuple(questions), found


def _item(
    survey: Survey, item: SurveyItem, party: Side, about: Side, log: Log, time: tuple[int, int, int], met: bool | None
) -> tuple[Question, Stream]:
    start, end, as_of = time
    given = latest(answer for answer in evidence.answers(log, about, start, end) if answer.party == party)
    cut, show_from = survey.satisfied_from or 7, survey.show_from or 5
    result = item_result(item.name, party, given, evidence.invited(log, party), cut, show_from)
    target = survey.target.ratio if survey.target else None
    tally = Tally(result.satisfied, result.n - result.satisfied) if result.shown else Tally()
    stream = Stream(
        "survey", survey.name, item.question, about, _dimension(item.topic), target, streams.CONFIDENCE, survey.span,
        (), () if result.shown else (("too few answers", str(result.n)),), counted=((min(end, as_of) - 1, tally),),
    )  # fmt: skip
    shown = standing(tally, target)
    asked = result.n if result.shown else 0
    of_supplier = met if about == "supplier" else None
    comparison = compare(of_supplier, asked, shown.low, shown.high, target) if target is not None else "no compliance"
    return Question(survey.name, item.question, about, target, result, comparison), stream


def _dimension(topic: str) -> Dimension:
    return next(dimension for prefix, dimension in _TOPICS if topic.startswith(prefix))


def _perception(
    contract: Contract, measurements: Measurements, as_felt: Measurements | None, log: Log, start: int, end: int
) -> tuple[Perception | None, str]:
    impact = next(iter(contract.impacts), None)
    if impact is None or as_felt is None:
        return None, ""
    ranks = _ranks(impact)
    levels = [level.name for level in contract.levels if level.measure == "resolution time" and not level.report_only]
    logged = _outcomes(measurements, levels)
    felt = _outcomes(as_felt, levels)
    rows: list[Felt] = []
    without = 0
    for ticket in evidence.tickets(log):
        if not start <= ticket.opened < end:
            continue
        expected = expected_priority(impact, ticket.users) if ticket.users is not None else None
        if ticket.users is None or expected is None or ticket.priority not in ranks:
            without += 1
            continue
        until = min(ticket.resolved or measurements.as_of, measurements.as_of)
        rows.append(
            Felt(
                ticket.ref,
                ticket.users,
                ranks[ticket.priority],
                ranks[expected],
                until - ticket.opened,
                logged.get(ticket.ref),
                felt.get(ticket.ref),
            )  # fmt: skip
        )
    return perceive(rows, without), impact.name


def _ranks(impact: Impact) -> dict[str, int]:
    ordered = sorted(impact.floors, key=lambda floor: (floor.below, -floor.number))
    return {priority: rank for rank, priority in enumerate(dict.fromkeys(f.priority for f in ordered), start=1)}


def _outcomes(measurements: Measurements, levels: list[str]) -> dict[str, bool]:
    """Per ticket: met by every level that decided it."""
    found: dict[str, bool] = {}
    for level in levels:
        case: Case
        for case in measurements.cases.of(level):
            if case.outcome in ("met", "missed"):
                found[case.ticket_id] = found.get(case.ticket_id, True) and case.outcome == "met"
    return found
