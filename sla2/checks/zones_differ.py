"""What it checks
    The hours of a calendar and the periods of the contract are in the same time zone, or in zones with the same clock.

Why it matters
    With periods in UTC and hours in Amsterdam the month ends at one in the morning: a case of the last evening counts
    in another month than both sides expect.

Example
    contract ICT-1 "Hosting"
      timezone: UTC
    end
    calendar office "Office hours"
      timezone: Europe/Amsterdam
    end

Write instead
    timezone: Europe/Amsterdam              # in both
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA395", "zones-differ", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per calendar with opening hours in another zone than the contract."""
    for calendar in contract.calendars:
        if contract.timezone in (None, calendar.timezone) or calendar.round_the_clock:
            continue
        yield CODE.at(
            calendar.span,
            f'The hours of "{calendar.name}" are in {calendar.timezone}, and the periods of the contract in '
            f"{contract.timezone}: a case of the last evening may count in another period than it seems.",
            help=f'Write `timezone: {contract.timezone}` here, or if the places differ on purpose `allow SLA395: "…"`.',
        )
