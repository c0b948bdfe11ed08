"""What it checks
    Every open passage has a date on which both sides look at it again.

Why it matters
    What has no date is never filled. The reminders, the review pack and the state "due" or "overdue" all come from
    this date.

Example
    open passage peak-response "Response in peak hours"
      opened: 2026-01-12
    end

Write instead
    open passage peak-response "Response in peak hours"
      opened: 2026-01-12
      review: 2026-06-01
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA321", "passage-without-review-date", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage without a review date."""
    for passage in contract.passages:
        if passage.review is None:
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" has no review date, so nobody will be reminded to fill it.',
                help="Add a line such as `review: 2026-06-01`: late enough to have learnt something, "
                "early enough to use it.",
            )
