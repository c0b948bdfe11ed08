"""What it checks
    Every open passage says what is to be learned before it is filled.

Why it matters
    A passage is left open to learn something. Without the question nobody knows which evidence to gather, and the
    review becomes the negotiation that was postponed.

Example
    open passage peak-response "Response in peak hours"
      review: 2026-06-01
    end

Write instead
    open passage peak-response "Response in peak hours"
      learn: "How long do P2 responses take between 08:00 and 10:00?"
      review: 2026-06-01
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA324", "passage-without-question", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage without a question."""
    for passage in contract.passages:
        if not (passage.learn or "").strip():
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" does not say what is to be learned before it is filled.',
                help='Add a question that a log or a person can answer: `learn: "How long do …?"`.',
            )
