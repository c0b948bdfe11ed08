"""What it checks
    A fee that changes on a date changes within the term.

Why it matters
    A fee from a day after the end is never charged, and one from a day before the start is the fee from the start: most
    often the year is wrong.

Example
    term: 2 years from 2026-02-01
    fee hosting from 2072-02-01: EUR 10300.00 per month

Write instead
    fee hosting from 2027-02-01: EUR 10300.00 per month
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.periods import term_end
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA391", "fee-outside-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per fee whose first day lies outside the term with its renewals."""
    term, end = contract.term, term_end(contract)
    if term is None:
        return
    for fee in contract.fees:
        day = fee.valid_from
        if day is None or (term.start <= day and (end is None or day < end)):
            continue
        where = f"before the term begins on {term.start}" if day < term.start else f"when the term has ended ({end})"
        yield CODE.at(
            fee.span,
            f'The fee "{fee.name}" is charged from {day}, {where}.',
            help="Correct the date. A fee that holds from the start needs none: `fee hosting: EUR 10000.00 per month`.",
        )
