"""The compliance report for machines: everything in it, and every case behind it, as sorted JSON.

In: the same values as `compliance`. Out: a text, ending in one line end; the same input gives the same bytes. It runs
beside the document. Exact values are texts ("17/20", "850.00"), instants are ISO 8601 in UTC, lengths of time are
integer microseconds (names that end in `_us`), days are ISO dates. `schema` changes when a name changes its meaning or
goes; names may be added.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sla2.contract.passage_state import states
from sla2.report.case_tables import late, of_periods, open_cases
from sla2.report.frame import case_figure, figure, owed_figure, place
from sla2.report.json_text import json_text
from sla2.settle.judge import comparison, threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.logs.log import Import
    from sla2.measure.measurement import Case, Piece
    from sla2.report.frame import Frame
    from sla2.report.json_text import Json
    from sla2.settle.verdict import Owed, Step, Verdict

SCHEMA = "sla2-report/1"
_EPOCH = datetime(1970, 1, 1)


def to_json(frame: Frame) -> str:
    """The report as JSON, keys sorted, one case per line."""
    return json_text(_report(frame))


def _report(frame: Frame) -> Mapping[str, Json]:
    statement = frame.settlement.statement
    return {
        "schema": SCHEMA,
        "contract": _contract(frame),
        "report": {
            "start": frame.start.isoformat(),
            "end": frame.end.isoformat(),
            "today": frame.today.isoformat(),
            "as_of": instant(frame.measurements.as_of),
            "fictional": any(entry.fictional for entry in frame.imports),
        },
        "levels": [_level(frame, level) for level in frame.levels()],
        "verdicts": [_verdict(one) for one in frame.settlement.verdicts],
        "cases": {level.name: _cases(frame, level) for level in frame.levels()},
        "downtime": [_piece(one) for one in _reported_pieces(frame)],
        "statement": {
            "currency": statement.currency,
            "total": str(statement.total),
            "low": str(statement.low),
            "high": str(statement.high),
            "owed": [_owed(one) for one in statement.owed],
        },
        "passages": _passages(frame),
        "imports": [_import(entry) for entry in frame.imports],
        "unstated": [
            {
                "rule": one.rule,
                "level": one.level,
                "used": one.used,
                "other": one.other,
                "flips": None if one.flips is None else list(one.flips),
            }
            for one in frame.unstated
        ],
        "not_judged": [{"block": one.block, "what": one.what} for one in frame.contract.unevaluated],
        "findings": [
            {"code": found.code, "severity": found.severity.value, "message": found.message, "at": place(found.span)}
            for found in frame.findings
        ],
        "allowed": [{"block": one.block, "code": one.code, "reason": one.reason} for one in frame.contract.allows],
    }


def instant(microseconds: int | None) -> str | None:
    """An instant as ISO 8601 in UTC; whole seconds without a fraction."""
    if microseconds is None:
        return None
    return f"{(_EPOCH + timedelta(microseconds=microseconds)).isoformat()}Z"


def _contract(frame: Frame) -> Mapping[str, Json]:
    contract = frame.contract
    return {
        "name": contract.name,
        "title": contract.title,
        "path": contract.path,
        "sha256": contract.source_hash,
        "timezone": contract.timezone,
        "currency": contract.currency,
        "customer": contract.party("customer").title,
        "supplier": contract.party("supplier").title,
        "versions": [
            {"label": one.label, "since": one.since.isoformat() if one.since else None} for one in frame.terms.versions
        ],
    }


def _level(frame: Frame, level: Level) -> Mapping[str, Json]:
    return {"name": level.name, "title": level.title, "measure": level.measure, "clause": place(level.span)}


def _period(period: JudgedPeriod) -> Mapping[str, Json]:
    return {
        "label": period.label,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "start": instant(period.start),
        "end": instant(period.end),
        "whole": period.full,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _verdict(verdict: Verdict) -> Mapping[str, Json]:
    found = verdict.measurement
    target = found.terms.target
    counts = found.counts
    return {
        "figure": figure(verdict),
        "level": verdict.level,
        "unit": verdict.unit,
        "period": _period(verdict.period),
        "status": verdict.status,
        "reason": verdict.reason,
        "allowed_misses": verdict.allowed_misses,
        "minimum": verdict.minimum,
        "other_reading": list(verdict.other_reading),
        "provisional": list(verdict.provisional),
        "version": found.version,
        "clause": place(target.span if target else found.terms.span),
        "comparison": comparison(target) if target else None,
        "target": _exact(threshold(target)) if target else None,
        "held": [{"line": one.line, "passage": one.passage, "by": one.by} for one in found.terms.held],
        "counts": {
            "met": counts.met,
            "missed": counts.missed,
            "open": counts.open,
            "excluded": counts.excluded,
            "undecided": counts.undecided,
        },
        "numerator": found.numerator,
        "denominator": found.denominator,
        "value": _exact(found.value),
        "low": _exact(found.low),
        "high": _exact(found.high),
        "steps": _steps(verdict.steps),
    }


def _steps(steps: Iterable[Step]) -> list[Json]:
    return [
        {"kind": step.kind, "clause": place(step.rule), "values": dict(step.values), "result": step.result}
        for step in steps
    ]


def _owed(owed: Owed) -> Mapping[str, Json]:
    return {
        "figure": owed_figure(owed),
        "credits": owed.credits,
        "level": owed.level,
        "unit": owed.unit,
        "period": _period(owed.period),
        "currency": owed.currency,
        "amount": str(owed.amount),
        "low": str(owed.low),
        "high": str(owed.high),
        "share": _exact(owed.share),
        "claim_by": owed.claim_by,
        "claimed": owed.claimed,
        "provisional": list(owed.provisional),
        "steps": _steps(owed.steps),
        "steps_high": _steps(owed.steps_high),
    }


def _cases(frame: Frame, level: Level) -> Mapping[str, Json]:
    """All missed, undecided, excluded and open cases; of the met ones the counts stand in the verdicts."""
    verdicts = frame.settlement.of(level.name)
    found: dict[str, Json] = {"open": [_case(frame, case) for case in open_cases(frame, verdicts)]}
    for outcome in ("missed", "undecided", "excluded"):
        found[outcome] = [_case(frame, case) for case in of_periods(frame, verdicts, outcome)]
    return found


def _case(frame: Frame, case: Case) -> Mapping[str, Json]:
    """One case; what a case does not have (a unit, bounds, a reason) is left out."""
    values: dict[str, Json] = {
        "figure": case_figure(case.ticket_id, case.level),
        "ticket": case.ticket_id,
        "unit": case.unit,
        "priority": case.priority,
        "period": case.period,
        "started": instant(case.started),
        "deadline": instant(case.deadline),
        "stopped": instant(case.stopped),
        "elapsed_us": case.elapsed,
        "paused_us": case.paused,
        "allowance_us": case.allowance,
        "late_us": late(case, frame.measurements.as_of) if case.outcome == "missed" else 0,
        "low_us": case.low,
        "high_us": case.high,
        "outcome": case.outcome,
        "reason": case.reason,
        "version": case.version,
        "cycle": case.cycle,
        "import": case.import_id,
        "row": case.row_no,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _reported_pieces(frame: Frame) -> list[Piece]:
    reported = {(one.level, one.period.label) for one in frame.settlement.verdicts}
    pieces = [one for one in frame.measurements.pieces if (one.level, one.period) in reported]
    return sorted(pieces, key=lambda one: (one.level, one.unit, one.started, one.ended, one.outage_id))


def _piece(piece: Piece) -> Mapping[str, Json]:
    return {
        "level": piece.level,
        "unit": piece.unit,
        "period": piece.period,
        "outage": piece.outage_id,
        "started": instant(piece.started),
        "ended": instant(piece.ended),
        "counted": piece.counted,
        "why": piece.why,
        "exclusion": piece.exclusion_id,
        "approved_by": piece.approved_by,
        "weight": str(piece.weight),
    }


def _passages(frame: Frame) -> list[Json]:
    return [
        {
            "passage": state.passage,
            "state": state.state,
            "review": state.review.isoformat() if state.review else None,
            "days_to_review": state.days_to_review,
            "fallback": state.fallback.isoformat() if state.fallback else None,
            "amendment": state.amendment,
        }
        for state in states(frame.contract, frame.today)
    ]


def _import(entry: Import) -> Mapping[str, Json]:
    return {
        "id": entry.id,
        "file": entry.file,
        "table": entry.table,
        "profile": entry.profile,
        "sha256": entry.sha256,
        "mapping_sha256": entry.mapping_sha256,
        "timezone": entry.timezone,
        "rows_in": entry.rows_in,
        "rows_ok": entry.rows_ok,
        "rows_refused": entry.rows_refused,
        "refused": [{"reason": one.reason, "count": one.count, "rows": list(one.rows)} for one in entry.refused],
        "covers_from": instant(entry.covers_from),
        "covers_to": instant(entry.covers_to),
        "fictional": entry.fictional,
        "source": entry.source,
    }
