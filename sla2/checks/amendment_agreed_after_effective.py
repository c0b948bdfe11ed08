"""What it checks
    An amendment is agreed by both sides before it takes effect.

Why it matters
    An amendment that takes effect before it was agreed changes results that both sides have seen already, and the
    credits that were paid on them.

Example
    agreed: customer 2026-06-20, supplier 2026-06-22
    effective: 2026-06-01

Write instead
    agreed: customer 2026-06-20, supplier 2026-06-22
    effective: 2026-07-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA360", "amendment-agreed-after-effective", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per amendment that a side agreed to after it took effect."""
    for amendment in contract.amendments:
        agreed = [day for day in (amendment.agreed_customer, amendment.agreed_supplier) if day is not None]
        if amendment.effective is not None and agreed and max(agreed) > amendment.effective:
            yield CODE.at(
                amendment.span,
                f"{amendment.name} takes effect on {amendment.effective}, but was agreed only on {max(agreed)}.",
                help="Let it take effect at the next start of a period. If it is to work backwards, say so: "
                '`allow SLA360: "…"`.',
            )
