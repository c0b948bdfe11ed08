"""What it checks
    An amendment takes effect within the term with its renewals.

Why it matters
    After the end nothing is judged any more, so the amendment changes nothing; before the start it is no amendment but
    another contract. Most often the year is wrong.

Example
    term: 2 years from 2026-02-01
    amendment A1 ...
      effective: 2062-06-01
    end

Write instead
    effective: 2026-06-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.periods import term_end
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA365", "amendment-outside-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per amendment that takes effect before the term begins or when it has ended."""
    term, end = contract.term, term_end(contract)
    if term is None:
        return
    for amendment in contract.amendments:
        day = amendment.effective
        if day is None or (term.start <= day and (end is None or day < end)):
            continue
        where = f"before the term begins on {term.start}" if day < term.start else f"when the term has ended ({end})"
        yield CODE.at(
            amendment.span,
            f"{amendment.name} takes effect on {day}, {where}.",
            help="Correct the date; a change from the first day on belongs into the contract itself.",
        )
