"""What stands beside credits, for machines: points, pools, rights, exposure, balances, restatements, rows, evidence.

In: a frame. Out: values for the JSON report, in the forms that `to_json` describes. It runs beside the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.report.frame import (
    case_figure,
    exposure_figure,
    opening_figure,
    place,
    points_figure,
    pool_figure,
    right_figure,
)
from sla2.report.json_forms import day, exact, instant, period, steps
from sla2.report.limits_section import restated_cases
from sla2.report.rights_section import fact_figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.measure.measurement import Accounting, Evidence, Slot
    from sla2.report.frame import Frame
    from sla2.report.json_text import Json
    from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightFact, RightState


def balances(frame: Frame) -> Mapping[str, Json]:
    """The parts of the report that stand beside verdicts and credits, by their names."""
    found = frame.settlement
    return {
        "points": [points(one) for one in found.points],
        "pools": [pool(one) for one in found.pools],
        "rights": [right(one) for one in found.rights],
        "exposures": [exposure(one) for one in found.exposures],
        "opening": [opening(one) for one in found.opening],
        "restated": _restated(frame),
        "rows": [_account(one) for one in frame.measurements.accounting],
        "slots": [slot(one) for one in frame.measurements.slots if (one.level, one.period) in _reported(frame)],
        "evidence": [
            evidence(one) for one in frame.measurements.evidence if (one.level, one.period) in _reported(frame)
        ],
    }


def _reported(frame: Frame) -> frozenset[tuple[str, str]]:
    return frozenset((one.level, one.period.label) for one in frame.settlement.verdicts)


def points(account: PointsAccount) -> Mapping[str, Json]:
    """One account of service points, with the steps of each unit."""
    return {
        "figure": points_figure(account),
        "points": account.points,
        "level": account.level,
        "period": period(account.period),
        "low": exact(account.low),
        "high": exact(account.high),
        "clause": place(account.block.span),
        "provisional": list(account.provisional),
        "units": [
            {
                "unit": one.unit,
                "low": exact(one.low),
                "high": exact(one.high),
                "steps": steps(one.steps),
                "steps_high": steps(one.steps_high),
            }
            for one in account.given
        ],
    }


def pool(found: PoolUse) -> Mapping[str, Json]:
    """One pool in one period."""
    return {
        "figure": pool_figure(found),
        "pool": found.pool,
        "period": period(found.period),
        "clause": place(found.block.span),
        "size": str(found.size),
        "paid": str(found.paid),
        "paid_high": str(found.paid_high),
        "left": str(found.left),
        "left_low": str(found.left_low),
        "taken": [
            {
                "credits": one.credits,
                "unit": one.unit,
                "share": one.share,
                "asked": str(one.asked),
                "paid": str(one.paid),
            }
            for one in found.taken
        ],
    }


def right(found: RightState) -> Mapping[str, Json]:
    """One right that arose, or may have."""
    return {
        "figure": right_figure(found),
        "right": found.right,
        "of": found.right_of,
        "unit": found.unit,
        "status": found.status,
        "trigger": found.trigger.kind,
        "clause": place(found.trigger.span),
        "period": period(found.period),
        "arose": found.arose.isoformat(),
        "cure_by": day(found.cure_by),
        "use_by": day(found.use_by),
        "ends_from": day(found.ends_from),
        "lapsed": found.lapsed,
        "provisional": list(found.provisional),
        "facts": [_fact(one) for one in found.facts],
    }


def _fact(fact: RightFact) -> Mapping[str, Json]:
    return {
        "kind": fact.kind,
        "figure": fact_figure(fact),
        "level": fact.level,
        "unit": fact.unit,
        "period": fact.period,
        "id": fact.ident,
        "day": day(fact.day),
        "value": exact(fact.value),
        "certain": fact.certain,
    }


def exposure(found: Exposed) -> Mapping[str, Json]:
    """The exposure of one side in one contract year."""
    return {
        "figure": exposure_figure(found),
        "side": found.side,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "clause": place(found.rule.span),
        "limit": None if found.limit is None else str(found.limit),
        "owed": str(found.owed),
        "owed_high": str(found.owed_high),
        "left": None if found.left is None else str(found.left),
        "left_low": None if found.left_low is None else str(found.left_low),
    }


def opening(found: OpeningBalance) -> Mapping[str, Json]:
    """One balance carried over."""
    return {
        "figure": opening_figure(found),
        "kind": found.kind,
        "name": found.ident,
        "value": exact(found.value),
        "first": found.first.isoformat(),
    }


def _restated(frame: Frame) -> list[Json]:
    return [
        {
            "figure": case_figure(case.ticket_id, case.level),
            "level": case.level,
            "ticket": case.ticket_id,
            "restates": case.restates,
            "period": case.period,
            "outcome": case.outcome,
        }
        for case in restated_cases(frame)
    ]


def _account(found: Accounting) -> Mapping[str, Json]:
    return {
        "table": found.table,
        "read": found.read,
        "judged": found.judged,
        "excluded": found.excluded,
        "out_of_period": found.out_of_period,
        "refused": found.refused,
        "not_asked": found.not_asked,
    }


def slot(found: Slot) -> Mapping[str, Json]:
    """One run of slots that are alike."""
    return {
        "level": found.level,
        "unit": found.unit,
        "period": found.period,
        "started": instant(found.started),
        "ended": instant(found.ended),
        "slots": found.slots,
        "requests": found.requests,
        "errors": found.errors,
        "kind": found.kind,
        "excluded": found.excluded,
    }


def evidence(found: Evidence) -> Mapping[str, Json]:
    """One row of the log that a figure rests on."""
    return {
        "level": found.level,
        "unit": found.unit,
        "period": found.period,
        "what": found.what,
        "value": found.value,
        "used": found.used,
        "why": found.why,
        "source": found.source,
        "import": found.import_id,
        "row": found.row_no,
    }
