"""What it checks
    A clock stop for a third party lasts only so long.

Why it matters
    The third party is often the supplier's own subcontractor. While the clock stands still for it, nobody is late, and
    the customer waits.

Example
    clock stop vendor "Waiting for the vendor"
      from status: "Pending vendor"
      attributed to: third party
    end

Write instead
    attributed to: third party
    at most: 2 working days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA357", "third-party-stop-without-limit", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per stop for a third party that may last for ever."""
    for stop in contract.clock_stops:
        if stop.attributed_to == "third party" and stop.at_most is None:
            yield CODE.at(
                stop.span,
                f'"{stop.name}" stops the clock for a third party, for as long as that party likes.',
                help="Limit it, for instance `at most: 2 working days`, and ask what that party has promised the "
                "supplier.",
            )
