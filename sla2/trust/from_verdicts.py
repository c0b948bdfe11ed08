"""From verdicts and companion files to trust.

In: the contract, what was settled, the log, and (for perception) the measurements of the same log with each ticket at
the priority that its hindered users call for. Out: `Trust`, and findings about companion files. It runs last of the
judging stages and changes none of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start, local_date, shift
from sla2.contract.passage_state import states
from sla2.contract.quantity import Duration
from sla2.trust import evidence
from sla2.trust.asked import surveys
from sla2.trust.codes import LEDGER_WITHOUT_SIDE, UNKNOWN_COLUMN
from sla2.trust.combine import dimension_of, overall
from sla2.trust.evidence import SIDES
from sla2.trust.felt import called_for, impact_of
from sla2.trust.not_evaluated import not_evaluated
from sla2.trust.passages_kept import punctuality
from sla2.trust.perception import Felt, perceive
from sla2.trust.promises import standing
from sla2.trust.streams import Case, streams
from sla2.trust.trust import Row, SideResult, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Impact
    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Log
    from sla2.measure.measurement import Measurements
    from sla2.settle.verdict import Settlement, Verdict
    from sla2.trust.evidence import LedgerRow
    from sla2.trust.perception import Perception
    from sla2.trust.stream import Dimension, Side, Stream

DIMENSIONS: tuple[Dimension, ...] = ("ability", "integrity", "benevolence")
_YEAR = Duration.model_validate({"value": 1, "unit": "year"})


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

    `as_felt`: the same measurement on `felt.felt_log`; None leaves perception out. A zero-repeat block that names a
    column the log does not have is refused by name.
    """
    faults = tuple(_unknown_columns(contract))
    if faults:
        return None, faults
    case = _case(contract, log, start, end, measurements.as_of)
    found, repeats = streams(case, settlement.history, measurements)
    passages = states(contract, case.today)
    courts = {row.ref: row.court for row in case.ledger if row.kind == "passage" and row.court}
    found += punctuality(contract, passages, courts, case.today)
    judged = Counter(_reported(settlement.verdicts))
    questions, asked = surveys(case, judged["missed"] == 0 if judged else None)
    rows = (*(_row(stream, case) for stream in found), *asked)
    perception, of = _perception(case, measurements, as_felt)
    result = Trust(
        contract=contract,
        start=start,
        end=end,
        year_start=case.year_start,
        as_of=case.as_of,
        rows=rows,
        sides=tuple(_side(side, rows) for side in SIDES),
        repeats=repeats,
        perception=perception,
        perception_of=of,
        questions=questions,
        passages=passages,
        not_evaluated=not_evaluated(contract),
        verdicts_missed=judged["missed"],
        verdicts_judged=judged.total(),
    )
    return result, tuple(_without_side(contract, case.ledger))


def _case(contract: Contract, log: Log, start: int, end: int, as_of: int) -> Case:
    zone = contract.timezone or "UTC"
    begun = day_start(contract.term.start, zone) if contract.term is not None else None
    year_start = day_start(shift(local_date(end, zone), _YEAR, "before", None), zone)
    ledger = evidence.ledger(log, zone, as_of)
    first = year_start if begun is None else max(year_start, begun)
    return Case(contract, log, start, end, min(first, start), as_of, begun, ledger)


def _reported(verdicts: Iterable[Verdict]) -> Iterator[str]:
    return (one.status for one in verdicts if one.status in ("met", "missed"))


def _unknown_columns(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.repeats:
        for column in block.same:
            if column not in evidence.SAME_COLUMNS:
                yield UNKNOWN_COLUMN.at(
                    block.span,
                    f'"{column}" is not something by which two tickets of a log can be the same.',
                    help="Write `same:` with one or more of: " + ", ".join(evidence.SAME_COLUMNS) + ".",
                )


def _without_side(contract: Contract, rows: Iterable[LedgerRow]) -> Iterator[Diagnostic]:
    lost = [row.ref for row in rows if not row.owners]
    if lost:
        shown = ", ".join(lost[:5]) + (", …" if len(lost) > 5 else "")
        number = f"{len(lost)} rows of the action list name" if len(lost) > 1 else "One row of the action list names"
        message = f"{number} no side as owner ({shown}); nobody is scored for them."
        yield LEDGER_WITHOUT_SIDE.at(contract.span, message, help="Begin the owner with customer, supplier or both.")


def _row(stream: Stream, case: Case) -> Row:
    period, year = (
        standing(stream.tally(start, case.end), stream.target, stream.confidence, capped=stream.capped)
        for start in (case.start, case.year_start)
    )
    return Row(stream, period, year, stream.broken(case.start, case.end))


def _side(side: Side, rows: tuple[Row, ...]) -> SideResult:
    mine = [row for row in rows if row.stream.side == side]
    found = tuple(
        dimension_of(dimension, (row.period for row in mine if row.stream.dimension == dimension))
        for dimension in DIMENSIONS
    )
    return SideResult(side, found, overall(found))


def _perception(case: Case, measurements: Measurements, as_felt: Measurements | None) -> tuple[Perception | None, str]:
    """The gap over the tickets opened in the period, judged by the levels that promise a time of resolution."""
    impact = impact_of(case.contract)
    if impact is None or as_felt is None:
        return None, ""
    ranks = _ranks(impact)
    levels = [one.name for one in case.contract.levels if one.measure == "resolution time" and not one.report_only]
    logged, felt = _outcomes(measurements, levels), _outcomes(as_felt, levels)
    rows: list[Felt] = []
    without = 0
    for ticket in evidence.tickets(case.log, case.start, case.as_of):
        if ticket.opened >= case.end:
            continue
        expected = called_for(impact, ticket)
        if ticket.users is None or expected is None or ticket.priority not in ranks:
            without += 1
            continue
        hindered = (ticket.resolved or case.as_of) - ticket.opened
        ref = ticket.ref
        rows.append(
            Felt(ref, ticket.users, ranks[ticket.priority], ranks[expected], hindered, logged.get(ref), felt.get(ref))
        )
    return perceive(rows, without), impact.name


def _ranks(impact: Impact) -> dict[str, int]:
    ordered = sorted(impact.floors, key=lambda floor: (floor.below, -floor.number))
    return {priority: rank for rank, priority in enumerate(dict.fromkeys(f.priority for f in ordered), start=1)}


def _outcomes(measurements: Measurements, levels: list[str]) -> dict[str, bool]:
    """Per ticket: met by every level that decided it."""
    found: dict[str, bool] = {}
    for level in levels:
        for case in measurements.cases.of(level):
            if case.outcome in ("met", "missed"):
                found[case.ticket_id] = found.get(case.ticket_id, True) and case.outcome == "met"
    return found
