"""What it checks
    Each promise says by what it is checked.

Why it matters
    A promise that nothing records can be neither kept nor broken. It is scored as "nobody asked", which is less than
    either side meant.

Example
    promise early-warning "Bad news travels first"
      by: both
      text: "Each party reports a looming breach before the other party notices it."
    end

Write instead
    checked by: ledger kind notice
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA376", "promise-nobody-checks", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per promise that nothing checks."""
    for promise in contract.promises:
        if promise.checked_by is None:
            yield CODE.at(
                promise.span,
                f'Nothing checks the promise "{promise.name}", so it can be neither kept nor broken.',
                help="Add `checked by: ledger kind notice`, or `checked by: <level>`.",
            )
