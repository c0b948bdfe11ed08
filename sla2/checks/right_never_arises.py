"""What it checks
    A right to terminate can arise at all: its trigger lies within the caps, the points and the term.

Why it matters
    A right that needs credits of 50% under a cap of 20%, or nine misses in a term of six periods, comforts one side and
    binds nobody.

Example
    cap: 20% of base per period
    trigger: credits hosting-credits reach 50% of base in 2 of 4 periods

Write instead
    trigger: credits hosting-credits reach 20% of base in 2 of 4 periods
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_of, periods_in_term
from sla2.contract.quantity import Points
from sla2.contract.rights import CreditsReach, CreditsReachCap, MissesInARow, MissesTimes, PointsReach
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.rights import Trigger
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA381", "right-never-arises", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per trigger that can never be true."""
    for right in contract.terminations:
        for trigger in right.triggers:
            why = _impossible(contract, trigger)
            if why:
                yield CODE.at(
                    trigger.span,
                    f'The right "{right.name}" can never arise: {why}.',
                    help="Choose a test that can come true, or remove the line.",
                )


def _impossible(contract: Contract, trigger: Trigger) -> str:
    match trigger:
        case CreditsReach(credits=name, share=share):
            caps = [
                cap.percent_of_base
                for credits in contract.credits
                if credits.name == name
                for cap in credits.caps
                if cap.per == "period" and cap.percent_of_base is not None
            ]
            low = min(caps, key=lambda cap: cap.value, default=None)
            if low is not None and low.value < share.value:
                return f'the credits "{name}" are capped at {low} of base per period, below {share}'
        case CreditsReachCap(credits=name):
            if not any(credits.caps for credits in contract.credits if credits.name == name):
                return f'the credits "{name}" have no cap to reach'
        case MissesTimes(level=str(name), times=number) | MissesInARow(level=str(name), periods=number):
            return _too_often(contract, name, number)
        case PointsReach(points=name, number=wanted, periods=number):
            return _too_many(contract, name, int(wanted), number)
    return ""


def _too_often(contract: Contract, name: str, number: int) -> str:
    level = level_of(contract, name)
    if level is not None and level.report_only:
        return f'"{name}" is reported only and is never missed'
    known = periods_in_term(contract, level)
    return f'"{name}" has only {known} periods in the whole term' if known is not None and number > known else ""


def _too_many(contract: Contract, name: str, wanted: int, periods: int) -> str:
    """Why so many points cannot come together; points that multiply by repeating are never ruled out."""
    for points in contract.points:
        given = [tier.gives.value for tier in points.tiers if isinstance(tier.gives, Points)]
        given += [points.missed] if points.missed is not None else []
        if points.name == name and points.repeat is None and given and max(given) * periods < wanted:
            return f'"{name}" gives at most {max(given)} points a period, so never {wanted} in {periods}'
    return ""
