"""What it checks
    Where the contract keeps score of promises, both sides make some.

Why it matters
    Trust has two directions. A score of the supplier's promises alone is an appraisal, and the customer's late
    approvals, which delay the same tickets, stay out of sight.

Example
    promise early-warning "Bad news travels first"
      by: supplier
    end                                     # and none by the customer

Write instead
    promise early-warning "Bad news travels first"
      by: both
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA375", "one-sided-promises", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding at the first promise, if one side promises nothing and has no duty that is checked."""
    bound = [promise.by for promise in contract.promises]
    bound += [duty.duty_of for duty in contract.obligations if duty.checked_by is not None or duty.due is not None]
    for side in ("customer", "supplier"):
        if contract.promises and side not in bound and "both" not in bound:
            yield CODE.at(
                contract.promises[0].span,
                f"The contract keeps score of promises, but none of them binds the {side}.",
                help="Write `by: both` where a promise holds in both directions, "
                f"or add a promise or a dated obligation of the {side}.",
            )
