"""What it checks
    A worse result never gives a smaller credit than a better one.

Why it matters
    If 98% costs less than 99%, the supplier gains by letting a bad month become worse. It is nearly always two figures
    that changed places.

Example
    tier: from 99.0% to below 99.9% gives 20%
    tier: below 99.0% gives 10%

Write instead
    tier: from 99.0% to below 99.9% gives 10%
    tier: below 99.0% gives 20%
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from sla2.checks.terms import level_of, level_target
from sla2.contract.level import BoundTarget, ShareTarget
from sla2.contract.quantity import DaysOfFee, Money, Percent, Points, TimesFee
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, ServicePoints, Tier
    from sla2.contract.level import Level
    from sla2.contract.quantity import Gift
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA319", "worse-costs-less", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pair of neighbouring tiers in which the worse one gives less."""
    blocks: tuple[Credits | ServicePoints, ...] = (*contract.credits, *contract.points)
    for block in blocks:
        level = level_of(contract, block.level)
        if level is None or _higher_is_better(contract, level) is None:
            continue
        ordered = sorted(block.tiers, key=_height, reverse=_higher_is_better(contract, level) is True)
        for better, worse in combinations(ordered, 2):
            if type(better.gives) is type(worse.gives) and _amount(worse.gives) < _amount(better.gives):
                yield CODE.at(
                    worse.span,
                    f'In "{block.name}" a worse result gives {worse.gives} and a better one {better.gives}.',
                    help="Let the worse result give at least as much; the two figures may have changed places.",
                    related=(Related(better.span, "the better result"),),
                )
                break


def _higher_is_better(contract: Contract, level: Level) -> bool | None:
    target = level_target(contract, level)
    if isinstance(target, ShareTarget):
        return True
    return target.comparison in ("at least", "above") if isinstance(target, BoundTarget) else None


def _height(tier: Tier) -> Decimal:
    """Where the tier lies: its upper bound, or beyond its lower one."""
    if tier.upper is not None:
        return tier.upper.value
    return tier.lower.value + 1 if tier.lower is not None else Decimal(0)


def _amount(gift: Gift) -> Decimal:
    match gift:
        case Money(amount=amount):
            return amount
        case Percent(value=value) | Points(value=value):
            return value
        case DaysOfFee(days=days):
            return days
        case TimesFee(times=times):
            return times
