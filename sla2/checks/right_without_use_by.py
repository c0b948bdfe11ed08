"""What it checks
    A right to terminate says until when it can be used.

Why it matters
    Without a last day a bad spring can be used as a reason years later, when the real reason is another one. The other
    side lives with a notice that may come any day.

Example
    termination chronic "Chronic failure"
      right of: customer
      trigger: avail misses its target 3 times in 6 periods
    end

Write instead
    use within: 60 days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA383", "right-without-use-by", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per right without a last day."""
    for right in contract.terminations:
        if right.use_within is None:
            yield CODE.at(
                right.span,
                f'The right "{right.name}" does not say until when it can be used once it has arisen.',
                help="Add for instance `use within: 60 days`.",
            )
