"""What it checks
    Where one side has a right to terminate, the other has one too.

Why it matters
    A supplier can be let down as well: by a customer who does not answer, does not approve or does not pay. Where only
    one side may leave, the other has nothing but the court.

Example
    termination chronic "Chronic failure"
      right of: customer
      ...
    end                                     # and none of the supplier

Write instead
    termination unanswered "The customer does not answer"
      right of: supplier
      trigger: answers misses its target 3 times in 6 periods
      ...
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA385", "rights-of-one-side", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if all rights belong to one side."""
    holders = {right.right_of for right in contract.terminations}
    if len(holders) == 1 and "both" not in holders:
        (holder,) = holders
        other = "supplier" if holder == "customer" else "customer"
        yield CODE.at(
            contract.terminations[0].span,
            f"Only the {holder} has a right to terminate; the {other} has none.",
            help=f"Ask what would let the {other} leave, and write it as a `termination` with `right of: {other}`.",
        )
