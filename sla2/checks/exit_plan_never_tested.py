"""What it checks
    An exit plan says how often it is tried.

Why it matters
    A plan that was never tried is a wish. What is missing shows on the day of leaving, when the supplier has least
    reason to help.

Example
    exit plan leave "Exit plan"
      clause: exit-terms
    end

Write instead
    tested every: 1 year
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA379", "exit-plan-never-tested", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per exit plan that is never tried."""
    for plan in contract.exit_plans:
        if plan.tested_every is None:
            yield CODE.at(
                plan.span,
                f'The exit plan "{plan.name}" does not say how often it is tried.',
                help="Add for instance `tested every: 1 year`.",
            )
