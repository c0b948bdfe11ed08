"""What it checks
    An amendment carries the date on which each side agreed to it.

Why it matters
    A change that one side did not agree to is a proposal. It would be judged and paid as if it were a contract.

Example
    agreed: supplier 2026-05-22

Write instead
    agreed: customer 2026-05-20, supplier 2026-05-22
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA361", "amendment-not-agreed", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per amendment that lacks the date of one side or of both."""
    for amendment in contract.amendments:
        dates = {"customer": amendment.agreed_customer, "supplier": amendment.agreed_supplier}
        missing = [side for side, day in dates.items() if day is None]
        if missing:
            yield CODE.at(
                amendment.span,
                f"{amendment.name} does not say when the {' and the '.join(missing)} agreed to it.",
                help="Add the dates: `agreed: customer 2026-05-20, supplier 2026-05-22`.",
            )
