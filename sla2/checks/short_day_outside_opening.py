"""What it checks
    A short day is shorter than the day it replaces, and falls on a day that is open at all.

Why it matters
    A "short day" on a Sunday opens the service on a day it was closed, and one of ten hours is longer than usual. Both
    are most often a wrong date.

Example
    open: mon-fri 08:00-18:00
    short day: 2026-12-06 09:00-12:00       # a Sunday

Write instead
    short day: 2026-12-07 09:00-12:00
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import day_hours
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Hours
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA393", "short-day-outside-opening", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per short day that opens more than the day has without it."""
    for calendar in contract.calendars:
        for short in calendar.short_days:
            usual = day_hours(calendar.model_copy(update={"short_days": (), "holidays": None}), short.day)
            if all(any(_within(part, whole) for whole in usual) for part in short.hours):
                continue
            what = f"is closed on {short.day:%A}s" if not usual else f"is not open so long on {short.day}"
            yield CODE.at(
                short.span,
                f'The short day {short.day} opens the calendar "{calendar.name}", which otherwise {what}.',
                help='Correct the date or the hours. If the day is to be opened on purpose, write `allow SLA393: "…"`.',
            )


def _within(part: Hours, whole: Hours) -> bool:
    return whole.start <= part.start and (whole.end is None or (part.end is not None and part.end <= whole.end))
