"""What it checks
    A day that is closed by name would otherwise be open.

Why it matters
    A closed day on a Sunday changes nothing. Often the date is a day off, and the day that was meant stays open.

Example
    open: mon-fri 08:00-18:00
    closed: 2026-12-27 "After Christmas"    # a Sunday

Write instead
    closed: 2026-12-28 "After Christmas"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import day_hours
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA394", "closed-day-without-effect", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per closure (one line) none of whose days is open without it."""
    for calendar in contract.calendars:
        bare = calendar.model_copy(update={"closed": ()})
        lines: dict[int, list[bool]] = {}
        for closed in calendar.closed:
            if closed.day is not None:
                lines.setdefault(closed.span.start, []).append(bool(day_hours(bare, closed.day)))
        for closed in calendar.closed:
            if not any(lines.pop(closed.span.start, [True])):
                yield CODE.at(
                    closed.span,
                    f'The calendar "{calendar.name}" is closed on {closed.day} anyway: this line changes nothing.',
                    help="Check the date, or remove the line.",
                )
