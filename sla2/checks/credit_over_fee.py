"""What it checks
    Credits that can exceed the fee they are taken from have a cap.

Why it matters
    A credit of 150%, or of ten times the fee of the time lost, is money out of the supplier's pocket and no deduction.
    If that is meant, a cap says how far it goes.

Example
    tier: below 95% gives 150%

Write instead
    tier: below 95% gives 100%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import Percent, TimesFee
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Tier
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA318", "credit-over-fee", Severity.WARNING, __doc__ or "")


_ALL = 100


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per block whose tiers exceed the fee and that has no cap."""
    for credits in contract.credits:
        over = [tier for tier in credits.tiers if _over(tier)]
        if over and not credits.caps:
            yield CODE.at(
                over[0].span,
                f'"{credits.name}" gives {over[0].gives}, which can be more than the whole fee, and no line caps it.',
                help="Add `cap: 100% of base per period`, or say with a higher cap how far it may go.",
            )


def _over(tier: Tier) -> bool:
    if isinstance(tier.gives, Percent):
        return tier.gives.value > _ALL
    return isinstance(tier.gives, TimesFee) and tier.gives.times > 1
