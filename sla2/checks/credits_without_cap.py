"""What it checks
    Credits that grow with the trouble (so much per minute, per case, per percent) have a cap.

Why it matters
    An amount per minute or per case has no end of itself: one bad month can cost more than the whole fee. Published
    contracts stop at 10% to 100% of the fee of the period.

Example
    each: minute of downtime gives 10 times its fee

Write instead
    each: minute of downtime gives 10 times its fee
    cap: 100% of base per period
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA306", "credits-without-cap", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per credits block that counts without end."""
    for credits in contract.credits:
        if credits.each and not credits.caps:
            yield CODE.at(
                credits.each[0].span,
                f'The credits of "{credits.name}" grow without end: no line caps them.',
                help="Add a cap, for instance `cap: 100% of base per period`.",
            )
