"""What it checks
    A right to terminate says how long before its effect notice must be given.

Why it matters
    A service that ends on the day of the letter leaves nobody time to hand over.

Example
    termination chronic "Chronic failure"
      right of: customer
      trigger: avail misses its target 3 times in 6 periods
      use within: 60 days
    end

Write instead
    notice: 30 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA384", "right-without-notice", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per right without notice."""
    for right in contract.terminations:
        if right.notice is None:
            yield CODE.at(
                right.span,
                f'The right "{right.name}" does not say how long before its effect notice must be given.',
                help="Add for instance `notice: 30 days`.",
            )
