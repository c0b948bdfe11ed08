"""What it checks
    No attainment falls in two tiers of one credits block.

Why it matters
    Where two tiers cover the same value, nobody can say which credit is owed, or whether both are. The same holds for
    tiers that give service points.

Example
    tier: from 99.0% up to and including 99.5% gives 10%
    tier: from 99.5% to below 99.9% gives 5%

Write instead
    tier: from 99.0% to below 99.5% gives 10%
    tier: from 99.5% to below 99.9% gives 5%
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sla2.checks.bands import overlap
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, ServicePoints
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA302", "tier-overlap", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pair of tiers and range that both cover."""
    blocks: tuple[Credits | ServicePoints, ...] = (*contract.credits, *contract.bonuses, *contract.points)
    for credits in blocks:
        for first, second in combinations(credits.tiers, 2):
            for shared in overlap(first, second):
                yield CODE.at(
                    second.span,
                    f'A value {shared.words} falls in two tiers of "{credits.name}": '
                    f"one gives {first.gives}, the other {second.gives}.",
                    help="Let one tier end where the other begins: `from 99.0% to below 99.5%` and "
                    "`from 99.5% to below 99.9%` share no value.",
                    related=(Related(first.span, "the other tier"),),
                )
