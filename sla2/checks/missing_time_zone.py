"""What it checks
    The contract and each of its calendars name a time zone.

Why it matters
    Without a time zone nobody can say when a month ends or what a working hour is. March has 743 hours in Amsterdam and
    744 in UTC, so the percentage and the credit of the same outage differ.

Example
    contract ICT-1 "Hosting"
      currency: EUR
    end

Write instead
    contract ICT-1 "Hosting"
      timezone: Europe/Amsterdam
      currency: EUR
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA304", "missing-time-zone", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if the contract says nothing of its time zone."""
    if not contract.timezone:
        yield CODE.at(
            contract.span,
            f'The contract "{contract.name}" names no time zone, so nothing in it can be measured.',
            help="Add a line such as `timezone: Europe/Amsterdam` (or `timezone: UTC`) to the contract block.",
        )
