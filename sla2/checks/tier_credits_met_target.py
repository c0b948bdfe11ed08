"""What it checks
    No tier gives a credit for an attainment that meets the target.

Why it matters
    A value that both meets the target and earns a credit is a contradiction: the report says "met" and the invoice
    shows a deduction. A published contract credits "99.9% or less" against a target of "99.9% or more", so a month at
    exactly 99.9% is both.

Example
    target: at least 99.9%
    tier: above 99.0% up to and including 99.9% gives 10%

Write instead
    target: at least 99.9%
    tier: above 99.0% to below 99.9% gives 10%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.bands import met_in, threshold
from sla2.checks.terms import tables
from sla2.contract.quantity import Points
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA303", "tier-credits-met-target", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per tier and range that meets the target, when it first occurs."""
    seen: set[tuple[str, str]] = set()
    for credits, level, since in tables(contract):
        for tier in credits.tiers:
            for shared in met_in(tier, level.target):
                if (credits.name, shared.words) in seen:
                    continue
                seen.add((credits.name, shared.words))
                yield CODE.at(
                    tier.span,
                    f'A value {shared.words} meets the target of "{level.name}"{since}, and yet gives '
                    f"{tier.gives}{'' if isinstance(tier.gives, Points) else ' credit'}.",
                    help=f"End the tier before the target: `to below {threshold(level.target)}%`, "
                    "or set the target where the credits begin.",
                    related=(Related(level.span, f'the level "{level.name}"'),),
                )
