"""What it checks
    Service points are used: by credits, or by a right to terminate.

Why it matters
    Points that nothing counts cost nobody anything. Most often a block of credits lacks its `points:` line.

Example
    points kpi "Service points"
      level: avail
      missed: 5 points
    end                                     # and nothing names them

Write instead
    credits points-credit "Points into money"
      points: kpi
      base: fee hosting of the next period
      each: point gives 0.5%
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.rights import PointsReach
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA314", "unused-points", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per block of points that nothing uses."""
    used: set[str | None] = {credits.points for credits in (*contract.credits, *contract.bonuses)}
    used |= {
        trigger.points
        for right in contract.terminations
        for trigger in right.triggers
        if isinstance(trigger, PointsReach)
    }
    for points in contract.points:
        if points.name not in used:
            yield CODE.at(
                points.span,
                f'Nothing uses the service points "{points.name}": they cost nobody anything.',
                help=f"Add credits with `points: {points.name}` and `each: point gives 0.5%`, or a right with "
                f"`trigger: points {points.name} reach 12 in 3 periods`.",
            )
