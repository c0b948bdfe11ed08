"""What it checks
    Customer and supplier are two different parties.

Why it matters
    Nobody can owe himself a credit. Most often one of the two lines was copied and not changed.

Example
    customer: acme
    supplier: acme

Write instead
    customer: town
    supplier: acme
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA388", "same-party", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if both sides are one party, by short name or by title."""
    customer, supplier = contract.customer, contract.supplier
    if customer == supplier:
        yield CODE.at(
            contract.span,
            f'"{customer}" is customer and supplier of the contract at once.',
            help="Name the other party on one of the two lines, and give it a `party` block of its own.",
        )
        return
    titles = {party.name: _plain(party.title) for party in contract.parties}
    if customer in titles and titles[customer] and titles[customer] == titles.get(supplier):
        yield CODE.at(
            contract.party("supplier").span,
            f'The parties "{customer}" and "{supplier}" have the same title "{contract.party("supplier").title}".',
            help="Give each party the name under which it signs.",
        )


def _plain(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
