"""What it checks
    The review date of an open passage comes after the passage was opened, and after the contract was signed.

Why it matters
    Between opening and review the evidence is gathered. A review before that has nothing to look at, and is most often
    a slip in the year.

Example
    signed: 2026-01-12
    review: 2025-06-01                      # in an open passage

Write instead
    signed: 2026-01-12
    review: 2026-06-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import reviews
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA328", "review-before-signing", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per review date that is not after the day of opening and of signing."""
    for passage, review, span in reviews(contract):
        if passage.opened is not None and review <= passage.opened:
            since = f"the passage was opened on {passage.opened}"
        elif contract.signed is not None and review <= contract.signed:
            since = f"the contract was signed on {contract.signed}"
        else:
            continue
        yield CODE.at(
            span,
            f'The review of "{passage.name}" on {review} is too early: {since}.',
            help="Look at the year, and leave time to gather evidence before the review.",
        )
