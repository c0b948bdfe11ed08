"""The proof of a figure for machines: the same values as `explain`, as sorted JSON.

In: the name of a figure, the frame of a report and the log. Out: a text ending in one line end, or None for a name that
no figure has. It runs for `sla2 explain FIGURE --json`. The forms of values are those of `to_json`. `schema` changes
when a name changes its meaning or goes; names may be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.report import balance_to_json as balances
from sla2.report.case_tables import of_periods
from sla2.report.figures import Found, find, sources
from sla2.report.frame import case_figure
from sla2.report.json_forms import instant
from sla2.report.json_text import json_text
from sla2.report.proof import prove
from sla2.report.to_json import case_json, owed_json, piece_json, verdict_json
from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightState
from sla2.settle.verdict import Owed, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.logs.log import Log
    from sla2.measure.measurement import Case
    from sla2.report.frame import Frame
    from sla2.report.json_text import Json

SCHEMA = "sla2-figure/1"


def explain_json(name: str, frame: Frame, log: Log | None = None) -> str | None:
    """The proof of the figure `name` as JSON; None if there is none of that name."""
    found = find(name, frame)
    if not found:
        return None
    below = [one for one in dict.fromkeys(part for value in found for part in sources(frame, value)) if one != name]
    return json_text(
        {
            "schema": SCHEMA,
            "figure": name,
            "kind": _KINDS[type(found[0]).__name__],
            "contract": {
                "name": frame.contract.name,
                "path": frame.contract.path,
                "sha256": frame.contract.source_hash,
                "versions": [one.label for one in frame.terms.versions],
            },
            "as_of": instant(frame.measurements.as_of),
            "rests_on": below,
            "proof": [_proof(frame, one, log) for one in found],
        }
    )


_KINDS = {
    "Verdict": "verdict",
    "Owed": "amount",
    "PointsAccount": "points",
    "PoolUse": "pool",
    "RightState": "right",
    "Exposed": "exposure",
    "OpeningBalance": "opening balance",
    "Case": "case",
}


def _proof(frame: Frame, found: Found, log: Log | None) -> Mapping[str, Json]:
    match found:
        case Verdict():
            return _verdict(frame, found)
        case Owed():
            return {**owed_json(found), "version": frame.terms.version(found.period.terms_day).label}
        case PointsAccount():
            return balances.points(found)
        case PoolUse():
            return balances.pool(found)
        case RightState():
            return balances.right(found)
        case Exposed():
            return balances.exposure(found)
        case OpeningBalance():
            return balances.opening(found)
        case _:
            return _case(frame, found, log)


def _verdict(frame: Frame, verdict: Verdict) -> Mapping[str, Json]:
    """A verdict with everything behind it: cases that were not in time, downtime, slots, rows of the log."""
    measured = frame.measurements

    def mine(level: str, period: str, unit: str) -> bool:
        return (level, period) == (verdict.level, verdict.period.label) and verdict.unit in ("", unit)

    cases: dict[str, Json] = {}
    for outcome in ("missed", "undecided", "excluded"):
        found = of_periods(frame, (verdict,), outcome)
        cases[outcome] = [case_json(frame, one) for one in found if verdict.unit in ("", one.unit)]
    return {
        **verdict_json(verdict),
        "cases": cases,
        "downtime": [piece_json(one) for one in measured.pieces if mine(one.level, one.period, one.unit)],
        "slots": [balances.slot(one) for one in measured.slots if mine(one.level, one.period, one.unit)],
        "evidence": [balances.evidence(one) for one in measured.evidence if mine(one.level, one.period, one.unit)],
    }


def _case(frame: Frame, case: Case, log: Log | None) -> Mapping[str, Json]:
    """A case with the history of its ticket and the stretches of time in which its clock ran or stood still."""
    version = next((one for one in frame.terms.versions if one.label == case.version), frame.terms.versions[0])
    level = next((one for one in version.contract.levels if one.name == case.level), None)
    proof = None
    if log is not None and level is not None:
        proof = prove(case, log, version.contract, level, frame.measurements.as_of)
    history: list[Json] = []
    spans: list[Json] = []
    if proof is not None:
        history = [{"at": instant(one.at), "field": one.field, "value": one.value} for one in proof.events]
        spans = [
            {"start": instant(one.start), "end": instant(one.end), "stopped_by": one.why, "total_us": one.total}
            for one in proof.spans
        ]
    values = case_json(frame, case)
    return {**values, "figure": case_figure(case.ticket_id, case.level), "history": history, "spans": spans}
