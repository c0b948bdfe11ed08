"""What it checks
    Each open passage names the principle that decides if the parties cannot agree.

Why it matters
    An open term works if both sides agree beforehand on what a reasonable division is. Experiments with contracts show
    less resentment where guiding principles are written down.

Example
    open passage peak "Response in peak hours"
      ...
    end                                     # and no principle

Write instead
    principle equity "Neither side gains from the other's surprise"
      text: "Burdens that nobody foresaw are shared in proportion."
    end
    open passage peak "Response in peak hours"
      principle: equity
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA337", "passage-without-principle", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage without a principle."""
    for passage in contract.passages:
        if passage.principle is None:
            named = contract.principles[0].name if contract.principles else "equity"
            yield CODE.at(
                passage.span,
                f'"{passage.name}" does not name the principle that decides if the parties cannot agree.',
                help=f"Add `principle: {named}`"
                + ("." if contract.principles else ', and a block `principle equity "…"` with its text.'),
            )
