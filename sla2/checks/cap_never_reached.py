"""What it checks
    A cap per period can be reached by the tiers it caps.

Why it matters
    A cap of 50% above tiers that end at 20% looks like an exposure that does not exist. Most often a tier is missing,
    or the cap was copied from another contract.

Example
    tier: from 99.0% to below 99.9% gives 10%
    tier: below 99.0% gives 20%
    cap: 50% of base per period

Write instead
    cap: 20% of base per period
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import Percent
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA313", "cap-never-reached", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per cap per period that no tier reaches."""
    for credits in (*contract.credits, *contract.bonuses):
        most = _most(contract, credits)
        for cap in credits.caps:
            share = cap.percent_of_base
            if most is None or share is None or cap.per != "period" or cap.together_with:
                continue
            if share.value > most.value:
                yield CODE.at(
                    cap.span,
                    f'The tiers of "{credits.name}" give at most {most}, so its cap of {share} of base per period is '
                    "never reached.",
                    help=f"Write `cap: {most} of base per period`, or add the tier that is missing.",
                )


def _most(contract: Contract, credits: Credits) -> Percent | None:
    """The highest percentage that one period can give; None if that is not known from the tiers alone."""
    given = [tier.gives for tier in credits.tiers if isinstance(tier.gives, Percent)]
    unit = next((level.unit for level in contract.levels if level.name == credits.level), "the service")
    counted = credits.each or credits.gives or credits.takes or credits.repeat or unit != "the service"
    if not given or len(given) < len(credits.tiers) or counted:
        return None
    return max(given, key=lambda share: share.value)
