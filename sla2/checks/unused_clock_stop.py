"""What it checks
    Every clock stop is named by at least one level.

Why it matters
    A clock stop that no level names never stops a clock. Most often a level lacks its `clock stops:` line, and tickets
    that wait for the customer count against the supplier.

Example
    clock stop waiting-customer "Waiting for the customer"
      from status: "Pending customer"
    end                                     # and no level names it

Write instead
    level resolve-p2 "Resolution"
      clock stops: waiting-customer
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA341", "unused-clock-stop", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per clock stop that no level names."""
    used: set[str | None] = {name for level in contract.levels for name in level.clock_stops}
    used |= {duty.failing_stops for duty in contract.obligations}
    for stop in contract.clock_stops:
        if stop.name not in used:
            yield CODE.at(
                stop.span,
                f'No level names the clock stop "{stop.name}", so it has no effect.',
                help=f"Name it on a level: `clock stops: {stop.name}`. If it is not needed, remove the block.",
            )
