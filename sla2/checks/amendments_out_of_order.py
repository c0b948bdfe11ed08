"""What it checks
    Amendments take effect in the order in which they are numbered.

Why it matters
    A reader takes A2 for the later word. If A2 took effect before A1, then A1 prevails where both say something, and
    hardly anybody expects that.

Example
    amendment A1 ...
      effective: 2026-09-01
    end
    amendment A2 ...
      effective: 2026-06-01
    end

Write instead
    effective: 2026-10-01                   # in A2
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA363", "amendments-out-of-order", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per amendment that takes effect before the one above it."""
    dated = [amendment for amendment in contract.amendments if amendment.effective is not None]
    for former, later in pairwise(dated):
        if former.effective is not None and later.effective is not None and later.effective < former.effective:
            yield CODE.at(
                later.span,
                f"{later.name} takes effect on {later.effective}, before {former.name} above it ({former.effective}); "
                f"where both say something, {former.name} prevails from {former.effective} on.",
                help="Correct the date, or put the amendments in the order in which they take effect.",
                related=(Related(former.span, f"the amendment {former.name}"),),
            )
