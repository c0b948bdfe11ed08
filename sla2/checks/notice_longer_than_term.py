"""What it checks
    Notice against a renewal can still be given: it is shorter than the term it ends, and its last day comes after the
    signature.

Why it matters
    With 12 months' notice in a term of one year the contract renews itself before anybody has seen the service once.

Example
    term: 1 year from 2026-02-01
    renewal: 2 times 1 year unless notice of 12 months

Write instead
    renewal: 2 times 1 year unless notice of 3 months
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import shift
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA387", "notice-longer-than-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding for the first term, and one for the renewals, if notice comes too late by necessity."""
    term, renewal = contract.term, contract.renewal
    if term is None or renewal is None or term.end is None:
        return
    last = _before(contract, term.end, renewal.notice)
    bound = max(term.start, contract.signed or term.start)
    if last is not None and last <= bound:
        yield CODE.at(
            renewal.span,
            f"Notice of {renewal.notice} against the first renewal would have to be given by {last}, and the "
            f"contract is in force only from {bound} on.",
            help="Write a notice that leaves time to see the service, for instance `unless notice of 3 months`.",
        )
        return
    end = shift(term.end, renewal.length, "after", None)
    last = _before(contract, end, renewal.notice)
    if renewal.times > 1 and last is not None and last <= term.end:
        yield CODE.at(
            renewal.span,
            f"Each renewal lasts {renewal.length}, and notice against the next one is {renewal.notice}: it must be "
            "given before the renewal has begun.",
            help="Write a notice shorter than the renewal, for instance `unless notice of 3 months`.",
        )


def _before(contract: Contract, end: date, notice: Duration) -> date | None:
    """The last day for the notice; None if it is counted in hours, or in working days without a calendar."""
    if notice.kind != "calendar" and not (notice.unit == "working day" and contract.working_days is not None):
        return None
    calendar = contract.calendar(contract.working_days) if contract.working_days is not None else None
    return shift(end, notice, "before", calendar)
