"""The compliance report for machines: everything in it, and every case behind it, as sorted JSON.

In: the same values as `compliance`. Out: a text, ending in one line end; the same input gives the same bytes. It runs
beside the document. Exact values are texts ("17/20", "850.00"), instants are ISO 8601 in UTC, lengths of time are
integer microseconds (names that end in `_us`), days are ISO dates. `schema` changes when a name changes its meaning or
goes; names may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.passage_state import states
from sla2.report.balance_to_json import balances
from sla2.report.case_tables import late, of_periods, open_cases
from sla2.report.frame import case_figure, figure, owed_figure, place
from sla2.report.json_forms import exact, instant, period, steps
from sla2.report.json_text import json_text
from sla2.settle.judge import comparison, threshold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.contract.level import Level
    from sla2.logs.log import Import
    from sla2.measure.measurement import Case, Piece
    from sla2.report.frame import Frame
    from sla2.report.json_text import Json
    from sla2.settle.options import OptionColumn
    from sla2.settle.verdict import Otherwise, Owed, Verdict

SCHEMA = "sla2-report/2"


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
        "verdicts": [verdict_json(one) for one in frame.settlement.verdicts],
        "cases": {level.name: _cases(frame, level) for level in frame.levels()},
        "downtime": [piece_json(one) for one in _reported_pieces(frame)],
        "statement": {
            "currency": statement.currency,
            "total": str(statement.total),
            "low": str(statement.low),
            "high": str(statement.high),
            "owed": [owed_json(one) for one in statement.owed],
            "bonus_total": str(statement.bonus_total),
            "bonus_low": str(statement.bonus_low),
            "bonus_high": str(statement.bonus_high),
            "bonuses": [owed_json(one) for one in statement.bonuses],
        },
        **balances(frame),
        "passages": _passages(frame),
        "options": [_option(one) for one in frame.options],
        "imports": [_import(entry) for entry in frame.imports],
        "unstated": [
            {
                "rule": one.rule,
                "level": one.level,
                "used": one.used,
                "other": one.other,
                "flips": None if one.flips is None else list(one.flips),
                "total": None if one.total is None else str(one.total),
                "bonus_total": None if one.bonus_total is None else str(one.bonus_total),
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


def verdict_json(verdict: Verdict) -> Mapping[str, Json]:
    """One verdict with its figures and steps."""
    found = verdict.measurement
    target = found.terms.target
    counts = found.counts
    return {
        "figure": figure(verdict),
        "level": verdict.level,
        "unit": verdict.unit,
        "period": period(verdict.period),
        "status": verdict.status,
        "reason": verdict.reason,
        "allowed_misses": verdict.allowed_misses,
        "minimum": verdict.minimum,
        "expected": verdict.expected,
        "other_reading": list(verdict.other_reading),
        "provisional": list(verdict.provisional),
        "version": found.version,
        "clause": place(target.span if target else found.terms.span),
        "comparison": comparison(target) if target else None,
        "target": exact(threshold(target)) if target else None,
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
        "value": exact(found.value),
        "low": exact(found.low),
        "high": exact(found.high),
        "standing": found.standing,
        "steps": steps(verdict.steps),
        "units": [verdict_json(unit) for unit in verdict.units],
    }


def _otherwise(other: Otherwise) -> Mapping[str, Json]:
    """An amount under the other reading of an unstated rule; null bounds where there is none then."""
    low, high = other.amount or (None, None)
    return {
        "rule": other.rule,
        "level": other.level,
        "line": other.line,
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
    }


def owed_json(owed: Owed) -> Mapping[str, Json]:
    """One amount, a credit or a bonus, with its steps."""
    return {
        "figure": owed_figure(owed),
        "credits": owed.credits,
        "level": owed.level,
        "unit": owed.unit,
        "period": period(owed.period),
        "currency": owed.currency,
        "owed_by": owed.owed_by,
        "amount": str(owed.amount),
        "low": str(owed.low),
        "high": str(owed.high),
        "share": exact(owed.share),
        "claim_by": owed.claim_by,
        "claimed": owed.claimed,
        "provisional": list(owed.provisional),
        "steps": steps(owed.steps),
        "steps_high": steps(owed.steps_high),
        "otherwise": [_otherwise(one) for one in owed.otherwise],
    }


def _cases(frame: Frame, level: Level) -> Mapping[str, Json]:
    """All missed, undecided, excluded and open cases; of the met ones the counts stand in the verdicts."""
    verdicts = frame.settlement.of(level.name)
    found: dict[str, Json] = {"open": [case_json(frame, case) for case in open_cases(frame, verdicts)]}
    for outcome in ("missed", "undecided", "excluded"):
        found[outcome] = [case_json(frame, case) for case in of_periods(frame, verdicts, outcome)]
    return found


def case_json(frame: Frame, case: Case) -> Mapping[str, Json]:
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
        "restates": case.restates,
        "import": case.import_id,
        "row": case.row_no,
    }
    return {name: value for name, value in values.items() if value not in (None, "")}


def _reported_pieces(frame: Frame) -> list[Piece]:
    reported = {(one.level, one.period.label) for one in frame.settlement.verdicts}
    pieces = [one for one in frame.measurements.pieces if (one.level, one.period) in reported]
    return sorted(pieces, key=lambda one: (one.level, one.unit, one.started, one.ended, one.outage_id))


def piece_json(piece: Piece) -> Mapping[str, Json]:
    """One stretch of downtime."""
    return {
        "level": piece.level,
        "unit": piece.unit,
        "period": piece.period,
        "outage": piece.outage_id,
        "recorded": piece.recorded_id,
        "started": instant(piece.started),
        "ended": instant(piece.ended),
        "counted": piece.counted,
        "why": piece.why,
        "exclusion": piece.exclusion_id,
        "approved_by": piece.approved_by,
        "exclusion_row": piece.exclusion_row,
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


def _option(column: OptionColumn) -> Mapping[str, Json]:
    """What one option of an open passage would have come to, in the reported periods since it was opened."""
    return {
        "passage": column.passage,
        "option": column.option,
        "missed": column.missed,
        "missed_cases": column.missed_cases,
        "total": str(column.statement.total),
        "bonus_total": str(column.statement.bonus_total),
        "verdicts": [
            {
                "level": one.level,
                "unit": one.unit,
                "period": one.period.label,
                "status": one.status,
                "value": exact(one.measurement.value),
            }
            for one in column.verdicts
        ],
    }


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
