"""What it checks
    A contract is signed before its term begins, and the term ends after the signature.

Why it matters
    Between the start and the signature nobody was bound: were the levels owed, and may credits be claimed, for a time
    nobody had agreed on? A signature after the end is a wrong date.

Example
    signed: 2026-03-12
    term: 2 years from 2026-02-01

Write instead
    signed: 2026-01-12
    term: 2 years from 2026-02-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA386", "signed-after-start", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if the contract was signed after its term began, or after it ended."""
    signed, term = contract.signed, contract.term
    if signed is None or term is None or signed <= term.start:
        return
    if term.end is not None and signed >= term.end:
        message = f"The contract was signed on {signed}, after its term had ended on {term.end}."
        yield CODE.at(contract.span, message, help="Correct the year of one of the two dates.")
        return
    yield CODE.at(
        term.span,
        f"The term begins on {term.start}, before the contract was signed on {signed}.",
        help="Correct one of the two dates. If the parties want the earlier start, say in a clause that the time "
        'before the signature is judged too, and write `allow SLA386: "…"`.',
    )
