"""What it checks
    Every calendar is used: by a service, a level, an open passage, an amendment, or for the working days of the
    contract.

Why it matters
    A calendar that nothing uses is either left over or forgotten: tickets may be judged in other hours than the parties
    believe.

Example
    calendar extended "Extended hours"
      timezone: Europe/Amsterdam
      open: mon-sat 07:00-22:00
    end                                     # and nothing uses it

Write instead
    service workplace "Workplace"
      hours: extended
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import verbs
from sla2.contract.passage import Change, Fill, HoursTerm
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA342", "unused-calendar", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per calendar that nothing uses."""
    used = set(_used(contract))
    for calendar in contract.calendars:
        if calendar.name not in used:
            yield CODE.at(
                calendar.span,
                f'Nothing uses the calendar "{calendar.name}".',
                help=f"Use it (`hours: {calendar.name}` on a service or a level), or remove the block.",
            )


def _used(contract: Contract) -> Iterator[str | None]:
    yield contract.working_days
    yield from (service.hours for service in contract.services)
    yield from (level.hours for level in contract.levels)
    for passage in contract.passages:
        for filling in (passage.interim, *(option.filling for option in passage.options)):
            yield filling.calendar if isinstance(filling, HoursTerm) else None
    for _, verb in verbs(contract):
        if isinstance(verb, Change):
            yield verb.hours
        elif isinstance(verb, Fill) and isinstance(verb.filling, HoursTerm):
            yield verb.filling.calendar
