"""What it checks
    Where the contract counts working days for claims, notices, announcements or records, it names the calendar that
    says which days are working days.

Why it matters
    A claim "within 10 working days" that arrives around Easter is in time under one calendar and late under another.

Example
    contract ICT-1 "Hosting"
      records: supplier prevails unless contested within 10 working days
    end

Write instead
    contract ICT-1 "Hosting"
      working days: office
      records: supplier prevails unless contested within 10 working days
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA309", "working-days-without-calendar", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per line that counts working days, if the contract names no calendar for them."""
    if contract.working_days is not None:
        return
    for span, duration in _lines(contract):
        if duration is not None and duration.unit == "working day":
            yield CODE.at(
                span,
                f"This counts {duration}, but the contract does not say which days are working days.",
                help=f"Add `working days: {_calendar(contract)}` to the contract block.",
            )


def _lines(contract: Contract) -> Iterator[tuple[Span, Duration | None]]:
    if contract.records is not None:
        yield contract.records.span, contract.records.contested_within
    for credits in contract.credits:
        if credits.claim is not None:
            yield credits.claim.span, credits.claim.within
    for exclusion in contract.exclusions:
        yield exclusion.span, exclusion.announced
    for obligation in contract.obligations:
        if obligation.due is not None:
            yield obligation.due.span, obligation.due.within
    for impact in contract.impacts:
        yield impact.span, impact.correct_within
    for passage in contract.passages:
        if passage.remind is not None:
            yield passage.remind.span, passage.remind.then_every
        if passage.escalate is not None:
            yield passage.escalate.span, passage.escalate.after


def _calendar(contract: Contract) -> str:
    return next((calendar.name for calendar in contract.calendars if not calendar.round_the_clock), "office")
