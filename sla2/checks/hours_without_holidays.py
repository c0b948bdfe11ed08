"""What it checks
    A calendar with office hours says which days are holidays.

Why it matters
    Without holidays the clock of a ticket runs through Christmas, and the supplier misses targets on days when nobody
    works at either side.

Example
    calendar office "Office hours"
      timezone: Europe/Amsterdam
      open: mon-fri 08:00-18:00
    end

Write instead
    calendar office "Office hours"
      timezone: Europe/Amsterdam
      open: mon-fri 08:00-18:00
      holidays: NL from "calendars/nl-2026.toml"
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA346", "hours-without-holidays", Severity.WARNING, __doc__ or "")


_WEEK = 7


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per calendar that is closed on some weekday, and knows no holiday at all."""
    for calendar in contract.calendars:
        days = {day for rule in calendar.opening for day in rule.days}
        if len(days) < _WEEK and calendar.holidays is None and not calendar.closed:
            yield CODE.at(
                calendar.span,
                f'The calendar "{calendar.name}" has office hours but no holidays: its clock runs on Christmas Day.',
                help='Add `holidays: NL from "calendars/nl-2026.toml"` (`sla2 calendar lock` writes that file), '
                'or single days such as `closed every: 12-25 "Christmas Day"`.',
            )
