"""Which figures a report has, what each name stands for, and on which figures each rests.

In: a frame, and a name or a value. Out: names and values. It runs for `explain`. From an amount the way leads down:
to the points or the verdict it is reckoned from, to the missed cases of that verdict, to the history of each ticket.
It words nothing and reckons nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.measure.measurement import Case
from sla2.report.frame import (
    case_figure,
    exposure_figure,
    figure,
    opening_figure,
    owed_figure,
    points_figure,
    pool_figure,
    right_figure,
)
from sla2.report.rights_section import fact_figure
from sla2.settle.balance import Exposed, OpeningBalance, PointsAccount, PoolUse, RightState
from sla2.settle.verdict import Owed, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.report.frame import Frame

Found = Verdict | Owed | PointsAccount | PoolUse | RightState | Exposed | OpeningBalance | Case

MOST = 20
"""So many cases are named below a verdict; all of them stand in the workbook."""


def _all(frame: Frame) -> Iterator[tuple[str, Found]]:
    """Every figure but the cases, verdicts first."""
    found = frame.settlement
    yield from ((figure(one), one) for one in found.history)
    yield from ((figure(unit), unit) for one in found.history for unit in one.units)
    yield from ((owed_figure(one), one) for one in found.ledger)
    yield from ((points_figure(one), one) for one in found.points)
    yield from ((pool_figure(one), one) for one in found.pools)
    yield from ((right_figure(one), one) for one in found.rights)
    yield from ((exposure_figure(one), one) for one in found.exposures)
    yield from ((opening_figure(one), one) for one in found.opening)


def names(frame: Frame) -> tuple[str, ...]:
    """The names of all figures of a report but those of cases, in the order of the report."""
    return tuple(dict.fromkeys(name for name, _ in _all(frame)))


def find(name: str, frame: Frame) -> tuple[Found, ...]:
    """What a name stands for; several rights, or several cases of one ticket, can bear one name. None: empty."""
    found: tuple[Found, ...] = tuple(one for known, one in _all(frame) if known == name)
    if found:
        return found if all(isinstance(one, RightState) for one in found) else found[:1]
    ticket, _, level = name.rpartition("/")
    return tuple(case for case in frame.measurements.cases.ticket(ticket) if case.level == level)


def sources(frame: Frame, found: Found) -> tuple[str, ...]:
    """The names of the figures that one value rests on, nearest first."""
    return tuple(dict.fromkeys(name for name in _sources(frame, found) if name))


def _sources(frame: Frame, found: Found) -> Iterator[str]:
    match found:
        case Owed():
            yield from _of_owed(frame, found)
        case PointsAccount():
            for one in frame.settlement.history:
                if (one.level, one.period) == (found.level, found.period):
                    yield figure(one)
        case PoolUse():
            for owed in frame.settlement.ledger:
                taken = {(one.credits, one.unit) for one in found.taken}
                if owed.period.label == found.period.label and (owed.credits, owed.unit) in taken:
                    yield owed_figure(owed)
        case RightState():
            yield from (fact_figure(fact) for fact in found.facts)
        case Exposed():
            for owed in frame.settlement.ledger:
                if owed.owed_by == found.side and owed.high and found.first <= owed.period.last <= found.last:
                    yield owed_figure(owed)
            bonuses = {block.name for block in frame.contract.bonuses}
            for balance in frame.settlement.opening:
                if balance.kind == "credits" and (balance.ident in bonuses) == (found.side == "customer"):
                    yield opening_figure(balance)
        case Verdict():
            yield from _of_verdict(frame, found)


def _of_owed(frame: Frame, owed: Owed) -> Iterator[str]:
    named = owed.block.points if owed.block is not None else None
    for account in frame.settlement.points:
        if named == account.points and account.period == owed.period:
            yield points_figure(account)
    taken = owed.block.takes if owed.block is not None else None
    for pool in frame.settlement.pools:
        if taken is not None and pool.pool == taken.pool and pool.period.label == owed.period.label:
            yield pool_figure(pool)
    for one in frame.settlement.history:
        if (one.level, one.period, one.unit) == (owed.level, owed.period, owed.unit):
            yield figure(one)


def _of_verdict(frame: Frame, verdict: Verdict) -> Iterator[str]:
    yield from (figure(unit) for unit in verdict.units)
    label, number = verdict.period.label, 0
    for outcome in ("missed", "undecided"):
        for case in frame.measurements.cases.of(verdict.level, label, outcome):
            if verdict.unit in ("", case.unit) and number < MOST:
                number += 1
                yield case_figure(case.ticket_id, case.level)
