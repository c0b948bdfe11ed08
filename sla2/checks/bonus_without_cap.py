"""What it checks
    A bonus that counts something has a cap.

Why it matters
    The customer's budget has an end. A bonus that grows without one is paid out of the next project, or not at all.

Example
    bonus early "Bonus for early delivery"
      level: avail
      base: fee hosting of the period
      each: 0.1% below target gives 1%
    end

Write instead
    cap: 10% of base per period
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA316", "bonus-without-cap", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per bonus that grows without end."""
    for bonus in contract.bonuses:
        if bonus.each and not bonus.caps:
            yield CODE.at(
                bonus.each[0].span,
                f'The bonus "{bonus.name}" grows without end: no line caps it.',
                help="Add a cap, for instance `cap: 10% of base per period`.",
            )
