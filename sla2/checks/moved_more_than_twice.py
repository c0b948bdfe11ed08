"""What it checks
    The review of an open passage is not put off more than twice.

Why it matters
    A review that moves for the third time is a decision not to decide. The interim rule has become the agreement
    without anybody having agreed to it.

Example
    amendment A3 "Third delay"
      move: peak-response review to 2027-03-01 because "no time"
    end

Write instead
    amendment A3 "Peak response settled"
      fill: peak-response with option relaxed
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import moves
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA333", "moved-more-than-twice", Severity.WARNING, __doc__ or "")

_ALLOWED = 2


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage, at the third move."""
    for passage in contract.passages:
        moved = moves(contract, passage)
        if len(moved) > _ALLOWED:
            yield CODE.at(
                moved[_ALLOWED].span,
                f'The review of "{passage.name}" has been moved {len(moved)} times.',
                help=f'Fill the passage, or end it: `withdraw: {passage.name} because "…"` makes the interim rule '
                "the agreed term.",
                related=(Related(passage.span, "the passage"),),
            )
