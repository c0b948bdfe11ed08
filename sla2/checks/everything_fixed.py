"""What it checks
    A contract that fixes its term, its fees and all its targets leaves at least one passage open.

Why it matters
    The classic service level agreement writes everything down before anyone knows what it means, and then pinches. What
    neither side has experienced yet is better left open on purpose, with an interim rule and a date.

Example
    term: 3 years from 2026-02-01
    fee hosting: EUR 17000.00 per month     # and a dozen fixed targets, no open passage

Write instead
    Ask of each target: have both sides lived with it? If not, leave it open:
    target: open, see peak-response
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA372", "everything-fixed", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding if term, fees and all targets are fixed and nothing is open."""
    fixed = contract.term is not None and contract.fees and contract.levels
    if fixed and not contract.passages:
        yield CODE.at(
            contract.span,
            f'The contract "{contract.name}" fixes term, fees and every target, and leaves nothing open.',
            help="Leave what neither side has experienced yet open on purpose: `target: open, see <passage>`.",
        )
