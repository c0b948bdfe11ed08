"""What it checks
    A contract with credits says whose records prevail when those of the two sides differ.

Why it matters
    The supplier's monitoring says 12 minutes, the customer's users say 40. Both are honest, and the credit hangs on it.

Example
    contract ICT-1 "Hosting"                # and credits, but no line on records
    end

Write instead
    records: supplier prevails unless contested within 10 working days
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA368", "records-unstated", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if money hangs on records and nothing says whose."""
    if contract.records is None and (contract.credits or contract.bonuses or contract.points):
        yield CODE.at(
            contract.span,
            f'Money hangs on what is measured, and the contract "{contract.name}" does not say whose records prevail '
            "if they differ: the supplier's, or the customer's?",
            help="Add `records: supplier prevails unless contested within 10 working days`, or `records: customer "
            "prevails …`.",
        )
