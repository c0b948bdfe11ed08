"""What it checks
    Every open passage says what each side expects.

Why it matters
    The review puts the evidence beside what both sides expected. An expectation that was never written down is
    remembered in the light of the outcome.

Example
    expects customer: "Someone answers before the counter opens."

Write instead
    expects customer: "Someone answers before the counter opens."
    expects supplier: "Five minutes on a normal day, half an hour on Mondays."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA323", "passage-without-expectation", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage that lacks the expectation of one side or of both."""
    for passage in contract.passages:
        said = {"customer": passage.expects_customer, "supplier": passage.expects_supplier}
        missing = [side for side, words in said.items() if not (words or "").strip()]
        if missing:
            who = f"the {missing[0]}" if len(missing) == 1 else "either side"
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" does not say what {who} expects.',
                help="Ask, and add " + " and ".join(f'`expects {side}: "…"`' for side in missing) + ".",
            )
