"""What it checks
    A credit can still be claimed when the report that shows it has arrived.

Why it matters
    A claim that must be made within 5 days, while the report comes after 10 working days, is lost before anybody can
    know of it.

Example
    obligation report "Monthly report"
      duty of: supplier
      due: 10 working days after "the end of the month"
    end
    credits hosting-credits "Service credits"
      claim: by customer within 10 days after the period, else lost
    end

Write instead
    claim: by customer within 30 days after the period, else lost
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.checks.terms import days_about
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Obligation
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA311", "claim-before-report", Severity.WARNING, __doc__ or "")


_REPORT = re.compile(r"report|rapport|bericht", re.IGNORECASE)


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per claim of the customer that ends before the supplier's report is due."""
    reports = tuple(_reports(contract))
    for credits in (*contract.credits, *contract.bonuses):
        claim = credits.claim
        if claim is None or claim.by != "customer" or claim.within is None or claim.after != "period":
            continue
        late = [duty for duty, days in reports if days >= days_about(claim.within)]
        if late:
            due = late[0].due.within if late[0].due is not None else None
            yield CODE.at(
                claim.span,
                f'A credit of "{credits.name}" must be claimed within {claim.within}, but the report '
                f'"{late[0].name}" is due only after {due}.',
                help="Give the customer time after the report: `claim: by customer within 30 days after the period, "
                "else lost`.",
                related=(Related(late[0].span, "the report"),),
            )


def _reports(contract: Contract) -> Iterator[tuple[Obligation, int]]:
    """The supplier's duties to report some time after a period, with about how many days that takes."""
    for duty in contract.obligations:
        about = duty.due is not None and duty.due.within is not None and duty.duty_of != "customer"
        if about and duty.due is not None and duty.due.within and _REPORT.search(f"{duty.name} {duty.title}"):
            yield duty, days_about(duty.due.within)
