"""What it checks
    Every open passage says what applies until it is filled.

Why it matters
    A passage may be open, never blank. Without an interim rule nothing can be judged or paid, and the first quarrel
    arises about the very point that both sides meant to learn about.

Example
    open passage peak-response "Response in peak hours"
      concerns: response-p2 target
    end

Write instead
    open passage peak-response "Response in peak hours"
      concerns: response-p2 target
      interim: 80% within 60 business minutes
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA320", "passage-without-interim-rule", Severity.ERROR, __doc__ or "")

_SHAPES = {
    "hours": "interim: hours office",
    "cap": "interim: EUR 25000.00 per contract year",
    "down when": "interim: any component is down",
    "target": "interim: 80% within 60 business minutes",
}


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage without an interim rule."""
    for passage in contract.passages:
        if passage.interim is None:
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" does not say what applies until it is filled.',
                help=f"Add a line such as `{_shape(passage)}`.",
            )


def _shape(passage: Passage) -> str:
    line = passage.concerns.line if passage.concerns is not None else None
    return _SHAPES.get(line or "", 'interim: text "…"')
