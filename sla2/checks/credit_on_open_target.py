"""What it checks
    Credits are not tied to a target that is still open, unless both sides know that the interim rule decides the money.

Why it matters
    While a target is open the interim rule is judged, so money is paid on a figure that both sides called unknown. That
    may be agreed, but it should be seen before the first invoice.

Example
    target: open, see peak-response         # and a credits block on this level

Write instead
    Give the credits a level whose target is agreed, or say that the interim rule counts:
    allow SLA307: "both sides accept credits under the interim rule"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import OpenTarget
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA307", "credit-on-open-target", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per credits block on a level with an open target."""
    levels = {level.name: level for level in contract.levels}
    for credits in contract.credits:
        level = levels.get(credits.level)
        if level is not None and isinstance(level.target, OpenTarget):
            yield CODE.at(
                credits.span,
                f'"{credits.name}" pays on "{level.name}", whose target is still open: '
                f'until "{level.target.passage}" is filled its interim rule decides the money.',
                help='If that is meant, say so in the block: `allow SLA307: "both sides accept credits under the '
                'interim rule"`. If not, put the credits on a level with an agreed target.',
                related=(Related(level.target.span, "the open target"),),
            )
