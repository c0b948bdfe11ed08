"""What it checks
    Every block of credits says whether a credit must be claimed, and until when.

Why it matters
    Under one reading the supplier owes the credit as soon as the report shows it; under the other it is lost because
    nobody asked in time. Published terms differ in exactly this.

Example
    credits hosting-credits "Service credits"
      level: avail
      base: fee hosting of the period
      tier: below 99.9% gives 10%
    end

Write instead
    claim: by customer within 30 days after the period, else lost
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA310", "credits-without-claim", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per block of credits without a claim rule."""
    for credits in contract.credits:
        if credits.claim is None:
            yield CODE.at(
                credits.span,
                f'"{credits.name}" does not say whether and until when a credit must be claimed: it is owed without a '
                "claim, or it is lost if nobody claims it?",
                help="Write for instance `claim: by customer within 30 days after the period, else lost`. If it is "
                'owed without a claim, write `allow SLA310: "paid without a claim"`; that is how it is computed.',
            )
