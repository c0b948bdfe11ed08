"""What it checks
    Every attainment that misses the target falls in a tier of the credits, or of the service points, for that level;
    and every whole number of points above the lowest tier falls in a tier of the credits that count points.

Why it matters
    A value between two tiers, or below the lowest one, is a missed target without a credit. Published contracts have
    such holes at a single value ("above 99.0%" and "below 99.0%" leave exactly 99.0% out), and a very bad month that
    costs less than a bad one is rarely what the parties meant.

Example
    target: at least 99.9%
    tier: above 99.0% to below 99.9% gives 10%
    tier: below 99.0% gives 25%

Write instead
    target: at least 99.9%
    tier: from 99.0% to below 99.9% gives 10%
    tier: below 99.0% gives 25%
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sla2.checks.bands import covers, gaps, threshold
from sla2.checks.terms import tables
from sla2.contract.credits import Credits
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.checks.bands import Range
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Tier
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA301", "tier-gap", Severity.WARNING, __doc__ or "")
_MOST_TOTALS = 1000


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per range of missed values, or of whole points, that no tier covers, when it first occurs."""
    seen: set[tuple[str, str]] = set()
    for block, level, since in tables(contract):
        if not block.tiers or threshold(level.target) is None:
            continue
        for hole in gaps(block.tiers, level.target):
            if (block.name, hole.words) in seen:
                continue
            seen.add((block.name, hole.words))
            yield CODE.at(
                _beside(block.tiers, hole).span,
                f'A value {hole.words} misses the target of "{level.name}"{since}, but it falls in no tier of '
                f'"{block.name}" and so gives no {"credit" if isinstance(block, Credits) else "points"}.',
                help="Let the tiers meet: give each `from` the value at which the tier above says `to below`. "
                'If the free range is meant, write `allow SLA301: "…"` with the reason.',
                related=(Related(level.span, f'the level "{level.name}"'),),
            )
    for credits in contract.credits:
        if credits.points is not None:
            yield from _totals(credits)


def _beside(tiers: tuple[Tier, ...], hole: Range) -> Tier:
    """The tier that ends where the hole begins, else the one that begins where it ends, else the first."""
    below = [tier for tier in tiers if tier.upper is not None and tier.upper.value == hole.low]
    above = [tier for tier in tiers if tier.lower is not None and tier.lower.value == hole.high]
    return (*below, *above, *tiers)[0]


def _totals(credits: Credits) -> Iterator[Diagnostic]:
    """Runs of whole points above the lowest tier that fall in none; fewer points than the lowest tier are free."""
    bounds = [bound.value for tier in credits.tiers for bound in (tier.lower, tier.upper) if bound is not None]
    if not bounds or any(bound % 1 for bound in bounds) or max(bounds) > _MOST_TOTALS:
        return
    free = [
        points
        for points in range(int(min(bounds)), int(max(bounds)) + 1)
        if not any(covers(tier, Decimal(points)) for tier in credits.tiers)
    ]
    runs = [first for first in free if first - 1 not in free]
    for first in runs if not any(tier.lower is None for tier in credits.tiers) else ():
        last = next(points for points in range(first, first + _MOST_TOTALS) if points + 1 not in free)
        total = f"{first} points" if first == last else f"{first} to {last} points"
        yield CODE.at(
            _under(credits.tiers, first).span,
            f'A total of {total} falls in no tier of "{credits.name}" and so gives no credit.',
            help="Let the tiers meet, for instance `from 5 points to below 10 points` and `from 10 points`.",
        )


def _under(tiers: tuple[Tier, ...], points: int) -> Tier:
    """The highest tier that lies below this total, else the first."""
    below = [tier for tier in tiers if tier.upper is not None and tier.upper.value <= points]
    return max(below, key=lambda tier: tier.upper.value if tier.upper is not None else Decimal(0), default=tiers[0])
