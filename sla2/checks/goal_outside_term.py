"""What it checks
    A goal is to be reached within the term, and differs from where it starts.

Why it matters
    A goal after the end of the contract binds nobody, and one that is reached on the first day helps nobody.

Example
    term: 2 years from 2026-02-01
    figure: "calls per user per month" from 1.8 to 1.2 by 2030-02-01

Write instead
    figure: "calls per user per month" from 1.8 to 1.2 by 2027-02-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.periods import term_end
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA396", "goal-outside-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per goal outside the term, or reached at the start."""
    end, term = term_end(contract), contract.term
    for goal in contract.goals:
        if goal.start == goal.goal:
            message = f'The goal "{goal.name}" is reached at the start: from {goal.start} to {goal.goal}.'
            yield CODE.at(goal.span, message, help="Write where the figure stands today, and where it should be.")
        elif term is not None and (goal.by < term.start or (end is not None and goal.by > end)):
            message = f'The goal "{goal.name}" is to be reached by {goal.by}, outside the term.'
            yield CODE.at(
                goal.span, message, help=f"Choose a day from {term.start}" + (f" to {end}." if end else " on.")
            )
