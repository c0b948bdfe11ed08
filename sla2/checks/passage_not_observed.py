"""What it checks
    A passage on a level that is judged names what it observes.

Why it matters
    Without evidence both owners come to the review with the opinion they had at the signature.

Example
    open passage peak "Response in peak hours"
      concerns: response-peak target
    end                                     # and nothing to observe

Write instead
    observe: response-peak
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import below
from sla2.diagnostics import Code, Edit, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA334", "passage-not-observed", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage on a level without anything to observe."""
    levels = {level.name for level in contract.levels}
    for passage in contract.passages:
        concern = passage.concerns
        if concern is not None and concern.block in levels and passage.observe is None:
            line = f"observe: {concern.block}"
            yield CODE.at(
                passage.span,
                f'"{passage.name}" gathers no evidence: it does not say which level it observes.',
                help=f"Add `{line}`.",
                fix=Fix(f"write {line}", (Edit(below(passage.span), f"\n  {line}"),)),
            )
