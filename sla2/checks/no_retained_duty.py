"""What it checks
    The contract says which duties the customer keeps.

Why it matters
    Outsourced work fails most often on what was never handed over: who approves, who informs the users, who knows the
    business. A contract with duties of one side only leaves these to chance.

Example
    contract ICT-1 "Hosting"                # and no obligation of the customer

Write instead
    obligation approve-changes "The customer approves changes"
      duty of: customer
      due: 5 working days after "request for approval"
      retained: yes
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA370", "no-retained-duty", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if no obligation is a duty that the customer keeps."""
    duties = contract.obligations
    if contract.levels and not any(duty.retained and duty.duty_of in ("customer", "both") for duty in duties):
        yield CODE.at(
            contract.span,
            f'The contract "{contract.name}" does not say which duties the customer keeps.',
            help="Add an `obligation` with `duty of: customer` and the line `retained: yes`.",
        )
