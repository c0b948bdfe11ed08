"""The trust report for machines: every class, every promise not kept, every incident felt otherwise, as sorted JSON.

In: the same values as `trust`. Out: a text, ending in one line end; the same input gives the same bytes. It runs beside
the document. Exact shares are texts ("17/20"), quantiles are decimal texts, instants are ISO 8601 in UTC, lengths of
time are integer microseconds (names that end in `_us`), days are ISO dates. Groups of a survey that are too small to
show carry no figure here either, and no answer of a person is exported. `schema` changes when a name changes its
meaning or goes; names may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.report.frame import place
from sla2.report.json_forms import instant
from sla2.report.json_text import json_text
from sla2.report.trust_evidence import rank_names
from sla2.trust.passages_kept import due_date
from sla2.trust.trust import decided

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

    from sla2.contract.passage_state import PassageState
    from sla2.report.frame import Frame
    from sla2.report.json_text import Json
    from sla2.trust.promises import Standing
    from sla2.trust.stream import Promise
    from sla2.trust.trust import Question, RepeatResult, Row, SideResult, Trust

SCHEMA = "sla2-trust/1"
_MOST_DIGITS = 12


def trust_to_json(frame: Frame, trust: Trust) -> str:
    """The report as JSON, keys sorted, one flat object per line."""
    return json_text(_report(frame, trust))


def _report(frame: Frame, trust: Trust) -> Mapping[str, Json]:
    contract = frame.contract
    judged = [row for row in trust.rows if row.stream.target is not None]
    return {
        "schema": SCHEMA,
        "contract": {
            "name": contract.name,
            "title": contract.title,
            "path": contract.path,
            "sha256": contract.source_hash,
            "timezone": contract.timezone,
            "customer": contract.party("customer").title,
            "supplier": contract.party("supplier").title,
        },
        "report": {
            "start": frame.start.isoformat(),
            "end": frame.end.isoformat(),
            "today": frame.today.isoformat(),
            "year_start": instant(trust.year_start),
            "as_of": instant(trust.as_of),
            "fictional": any(entry.fictional for entry in frame.imports),
            "language": frame.language,
        },
        "sides": [_side(one) for one in trust.sides],
        "decided": {"classes": len(judged), "period": decided(judged), "year": decided(judged, year=True)},
        "compliance": {"judged": trust.verdicts_judged, "missed": trust.verdicts_missed},
        "classes": [_row(trust, row) for row in trust.rows],
        "questions": [_question(one) for one in trust.questions],
        "perception": _perception(frame, trust),
        "repeats": [_repeat(one) for one in trust.repeats],
        "passages": [_passage(one) for one in trust.passages],
        "not_evaluated": [
            {"block": one.block, "what": one.what, "clause": place(one.span)} for one in trust.not_evaluated
        ],
        "imports": [
            {"file": one.file, "table": one.table, "sha256": one.sha256, "fictional": one.fictional}
            for one in frame.imports
        ],
    }


def _side(one: SideResult) -> Mapping[str, Json]:
    return {
        "side": one.side,
        "colour": one.colour,
        "dimensions": [
            {
                "dimension": found.dimension,
                "status": found.status,
                "classes": found.classes,
                "without_evidence": found.without_evidence,
            }
            for found in one.dimensions
        ],
    }


def _row(trust: Trust, row: Row) -> Mapping[str, Json]:
    stream = row.stream
    return {
        "kind": stream.kind,
        "block": stream.block,
        "title": stream.title,
        "side": stream.side,
        "dimension": stream.dimension,
        "clause": place(stream.span),
        "target": _exact(stream.target),
        "confidence": str(stream.confidence),
        "capped": stream.capped,
        "notes": dict(stream.notes),
        "period": _standing(row.period),
        "year": _standing(row.year),
        "not_kept": [_promise(trust, one) for one in _not_kept(trust, row)],
    }


def _standing(found: Standing) -> Mapping[str, Json]:
    """Counts always; what follows from them only where something is decided."""
    tally = found.tally
    known = tally.n > 0
    return {
        "kept": tally.kept,
        "broken": tally.broken,
        "pending": tally.pending,
        "untested": tally.untested,
        "moved": tally.moved,
        "status": found.status,
        "more_kept": found.more_kept,
        "expected": _exact(found.expected if known else None),
        "low": _digits(found.low if known else None),
        "high": _digits(found.high if known else None),
        "belief": _exact(found.belief if known else None),
        "disbelief": _exact(found.disbelief if known else None),
        "uncertainty": _exact(found.uncertainty if known else None),
        "at_target": _digits(found.at_target if known else None),
    }


def _not_kept(trust: Trust, row: Row) -> list[Promise]:
    """Every promise of the year that is not simply kept: broken, pending, untested or moved."""
    found = [
        one
        for one in row.stream.promises
        if one.fate != "kept"
        and (one.made < trust.end if one.fate == "pending" else trust.year_start <= one.at < trust.end)
    ]
    return sorted(found, key=lambda one: (one.at, one.ref))


def _promise(trust: Trust, one: Promise) -> Mapping[str, Json]:
    return {
        "ref": one.ref,
        "fate": one.fate,
        "at": instant(one.at),
        "detail": one.detail,
        "in_period": one.fate == "pending" or one.at >= trust.start,
    }


def _question(one: Question) -> Mapping[str, Json]:
    result = one.result
    return {
        "survey": one.survey,
        "item": one.item,
        "question": one.question,
        "asked": result.side,
        "about": one.about,
        "target": _exact(one.target),
        "answered": result.answered,
        "shown": result.shown,
        "show_from": result.show_from,
        "n": result.n if result.shown else None,
        "satisfied": result.satisfied if result.shown else None,
        "mean": _exact(result.mean),
        "invited": result.invited if result.shown else None,
        "worst": _exact(result.worst),
        "best": _exact(result.best),
        "comparison": one.comparison,
    }


def _perception(frame: Frame, trust: Trust) -> Json:
    found = trust.perception
    if found is None:
        return None
    ranks = rank_names(frame, trust)
    return {
        "table": trust.perception_of,
        "known": len(found.rows),
        "without_users": found.without_users,
        "under_share": _exact(found.under_share),
        "weighted_gap": _exact(found.weighted_gap),
        "judged_both": found.judged_both,
        "as_logged": _exact(found.as_logged),
        "as_felt": _exact(found.as_felt),
        "hidden_user_time_us": found.hidden_user_time,
        "incidents": [
            {
                "ticket": row.ref,
                "users": row.users,
                "assigned": ranks[row.assigned],
                "expected": ranks[row.expected],
                "gap": row.gap,
                "open_us": row.hindered,
                "met": row.met,
                "met_as_felt": row.met_as_felt,
            }
            for row in found.rows
        ],
    }


def _repeat(one: RepeatResult) -> Mapping[str, Json]:
    found = one.found
    return {
        "block": one.block,
        "same": list(one.same),
        "judged": not found.coarse,
        "repeats": list(found.repeats),
        "duplicates": list(found.duplicates),
        "eligible": found.eligible,
        "unknown": found.unknown,
        "share": _exact(found.share),
    }


def _passage(one: PassageState) -> Mapping[str, Json]:
    due = due_date(one)
    return {
        "passage": one.passage,
        "state": one.state,
        "review": one.review.isoformat() if one.review else None,
        "first_review": one.first_review.isoformat() if one.first_review else None,
        "binding_review": due.isoformat() if due else None,
        "moves": [
            {"amendment": move.amendment, "agreed": move.agreed.isoformat(), "to": move.to.isoformat()}
            for move in one.moves
        ],
        "amendment": one.amendment,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _digits(value: Decimal | None) -> str | None:
    """A probability with twelve places, so that it never reads 1E-7."""
    return None if value is None else f"{value:.{_MOST_DIGITS}f}"
