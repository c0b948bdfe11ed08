"""What it checks
    A recurring window is at least partly within the hours of a level that excludes it.

Why it matters
    A window on Sunday night takes nothing out of office hours. Most often the day or the zone is wrong, and the work
    is done in time that counts.

Example
    recurring: sun 02:00-06:00              # the level counts mon-fri 08:00-18:00

Write instead
    recurring: fri 16:00-18:00
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Calendar, Recurrence
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA353", "window-outside-hours", Severity.WARNING, __doc__ or "")

_DAYS: dict[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per window that lies outside the hours of every level that excludes it."""
    for exclusion in contract.exclusions:
        hours = [
            contract.level_hours(level)
            for level in contract.levels
            if exclusion.name in level.excludes and level.of in (None, "service hours")
        ]
        known = [calendar for calendar in hours if calendar is not None]
        if not known or len(known) < len(hours):
            continue
        outside = [window for window in exclusion.recurring if not any(_meets(each, window) for each in known)]
        if outside and len(outside) == len(exclusion.recurring):
            window = outside[0]
            yield CODE.at(
                window.span,
                f'The window of "{exclusion.name}" on {_DAYS[window.day]} lies outside the hours of every level '
                "that excludes it, so it changes nothing.",
                help="Check the day and the time, or remove the line.",
            )


def _meets(calendar: Calendar, window: Recurrence) -> bool:
    return any(
        window.day in rule.days
        and (hours.end is None or window.hours.start < hours.end)
        and (window.hours.end is None or hours.start < window.hours.end)
        for rule in calendar.opening
        for hours in rule.hours
    )
