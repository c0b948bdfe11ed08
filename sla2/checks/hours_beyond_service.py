"""What it checks
    The hours of a level are not longer than those of its service.

Why it matters
    If the service is owed from 08:00 to 18:00 and the clock runs round the clock, tickets of the night are missed while
    nobody is obliged to be there.

Example
    service workplace "Workplace"
      hours: office
    end
    level resolve-p2 "Resolution"
      service: workplace
      hours: always
    end

Write instead
    service workplace "Workplace"
      hours: always
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Calendar, Hours
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA354", "hours-beyond-service", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level whose hours reach beyond those of its service."""
    calendars = {calendar.name: calendar for calendar in contract.calendars}
    services = {service.name: service for service in contract.services}
    for level in contract.levels:
        service = services.get(level.service or "")
        own = calendars.get(level.hours or "")
        owed = calendars.get(service.hours) if service is not None else None
        if service is None or own is None or owed is None or level.hours_passage or own.timezone != owed.timezone:
            continue
        if not _covers(owed, own):
            yield CODE.at(
                level.span,
                f'The clock of "{level.name}" runs in "{own.name}", but the service "{service.name}" is owed only in '
                f'"{owed.name}".',
                help="Give the service the longer hours, or the level the shorter ones.",
                related=(Related(service.span, f'the service "{service.name}"'),),
            )


def _covers(owed: Calendar, own: Calendar) -> bool:
    """True if every opening of `own` lies within one of `owed` on the same weekday."""
    return all(
        any(day in rule.days and _within(hours, wide) for rule in owed.opening for wide in rule.hours)
        for mine in own.opening
        for day in mine.days
        for hours in mine.hours
    )


def _within(part: Hours, whole: Hours) -> bool:
    return whole.start <= part.start and (whole.end is None or (part.end is not None and part.end <= whole.end))
