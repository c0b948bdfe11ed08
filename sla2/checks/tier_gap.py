"""What it checks
    Every attainment that misses the target falls in a tier of the credits for that level.

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

from typing import TYPE_CHECKING

from sla2.checks.bands import gaps, threshold
from sla2.checks.terms import tables
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.checks.bands import Range
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Tier
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA301", "tier-gap", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per range of missed values that no tier covers, when it first occurs."""
    seen: set[tuple[str, str]] = set()
    for credits, level, since in tables(contract):
        if not credits.tiers or threshold(level.target) is None:
            continue
        for hole in gaps(credits.tiers, level.target):
            if (credits.name, hole.words) in seen:
                continue
            seen.add((credits.name, hole.words))
            yield CODE.at(
                _beside(credits.tiers, hole).span,
                f'A value {hole.words} misses the target of "{level.name}"{since}, but it falls in no tier of '
                f'"{credits.name}" and so gives no credit.',
                help="Let the tiers meet: give each `from` the value at which the tier above says `to below`. "
                'If the free range is meant, write `allow SLA301: "…"` with the reason.',
                related=(Related(level.span, f'the level "{level.name}"'),),
            )


def _beside(tiers: tuple[Tier, ...], hole: Range) -> Tier:
    """The tier that ends where the hole begins, else the one that begins where it ends, else the first."""
    below = [tier for tier in tiers if tier.upper is not None and tier.upper.value == hole.low]
    above = [tier for tier in tiers if tier.lower is not None and tier.lower.value == hole.high]
    return (*below, *above, *tiers)[0]
