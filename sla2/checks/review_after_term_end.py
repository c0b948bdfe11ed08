"""What it checks
    The review date of an open passage lies within the term of the contract.

Why it matters
    A passage that is reviewed after the contract has ended is never filled: its interim rule is the contract.

Example
    term: 1 year from 2026-02-01
    review: 2027-03-01                      # in an open passage

Write instead
    term: 1 year from 2026-02-01
    review: 2026-09-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import reviews
from sla2.contract.periods import term_end
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA326", "review-after-term-end", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per review date, as signed or as moved, on or after the day the term ends."""
    term = contract.term
    end = term_end(contract)
    if term is None or end is None:
        return
    for passage, review, span in reviews(contract):
        if review >= end:
            yield CODE.at(
                span,
                f'The review of "{passage.name}" on {review} comes after the contract ends on {end}.',
                help="Choose a review date within the term.",
                related=(Related(term.span, "the term"),),
            )
