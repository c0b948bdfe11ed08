"""What it checks
    The review date of an open passage comes before its fallback applies.

Why it matters
    Once the fallback is in force there is nothing left to review: the passage has been decided by the calendar.

Example
    review: 2026-11-01
    fallback: from 2026-10-01 option relaxed

Write instead
    review: 2026-06-01
    fallback: from 2026-10-01 option relaxed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import reviews
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA327", "review-past-fallback", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per review date, as signed or as moved, on or after the day of the fallback."""
    for passage, review, span in reviews(contract):
        if passage.fallback is not None and review >= passage.fallback.since:
            yield CODE.at(
                span,
                f'The review of "{passage.name}" on {review} comes after its fallback applies '
                f"from {passage.fallback.since}.",
                help="Review before the fallback applies, or let the fallback apply later.",
                related=(Related(passage.fallback.span, "the fallback"),),
            )
