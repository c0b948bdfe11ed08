"""What it checks
    Each party names somebody to write to, where the contract counts on messages: for passages to fill, duties with a
    due date, or reviews.

Why it matters
    A reminder that reaches nobody is no reminder, and a notice to the general address arrives after its date.

Example
    party town "Town of Exampleton"
    end

Write instead
    party town "Town of Exampleton"
      contact: "Head of IT" <it@town.example> as contract manager
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA389", "party-without-contact", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per party without a contact, if the contract counts on messages."""
    due = any(duty.due is not None for duty in contract.obligations)
    if not (contract.passages or contract.reviews or due):
        return
    for party in contract.parties:
        if party.name in (contract.customer, contract.supplier) and not party.contacts:
            yield CODE.at(
                party.span,
                f'The party "{party.name}" names nobody to write to, and the contract counts on messages.',
                help='Add a line such as `contact: "Head of IT" <it@town.example> as contract manager`.',
            )
