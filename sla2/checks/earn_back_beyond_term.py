"""What it checks
    A credit can be earned back within the term.

Why it matters
    Twelve good periods after a miss do not fit into a contract of one year: the supplier was promised something that
    cannot happen.

Example
    term: 1 year from 2026-02-01
    earn back: 50% after the next 12 periods in a row on target     # and the level is judged by month

Write instead
    earn back: 50% after the next 3 periods in a row on target
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_of, periods_in_term
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA317", "earn-back-beyond-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per earn-back that needs as many periods as the term has, or more."""
    for credits in contract.credits:
        number = periods_in_term(contract, level_of(contract, credits.level))
        for back in credits.earn_back:
            if number is not None and back.periods >= number:
                yield CODE.at(
                    back.span,
                    f'"{credits.name}" is earned back after {back.periods} further periods, but the whole term has '
                    f"only {number}.",
                    help="Write a number of periods that fits into the term: "
                    f"`earn back: {back.share} after the next {max(1, number // 4)} periods in a row on target`.",
                )
