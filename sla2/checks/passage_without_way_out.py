"""What it checks
    Every open passage says what happens if the parties do not agree in time.

Why it matters
    Without a fallback the interim rule lasts for ever, which favours the side that it suits. A fallback with a date
    makes filling the passage better for both than waiting.

Example
    review: 2026-06-01

Write instead
    review: 2026-06-01
    fallback: from 2026-10-01 option relaxed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA325", "passage-without-way-out", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage without a fallback."""
    for passage in contract.passages:
        if passage.fallback is None:
            words = f"option {passage.options[-1].name}" if passage.options else "interim stays"
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" does not say what applies if nobody fills it.',
                help=f"Add a line such as `fallback: from 2026-10-01 {words}`, some months after the review.",
            )
