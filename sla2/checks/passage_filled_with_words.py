"""What it checks
    A passage that holds a judged line open is filled, or falls back, with a value and not with words.

Why it matters
    "As soon as reasonably possible" cannot be judged, so the level would count as not judged for ever. That undoes what
    the passage was opened for.

Example
    fill: peak-response with text "As soon as reasonably possible."

Write instead
    fill: peak-response with 92% within 45 business minutes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import fills
from sla2.contract.passage import TextTerm
from sla2.contract.versions import filling_of
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA332", "passage-filled-with-words", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per filling or fallback in words of a passage on a judged line."""
    for passage in contract.passages:
        if passage.concerns is None or passage.concerns.block is None:
            continue
        for span, what in _worded(contract, passage):
            yield CODE.at(
                span,
                f'{what} "{passage.name}" with words that cannot be checked.',
                help=f'Use a value that "{passage.concerns.block}" can be judged by, '
                "for instance `with 92% within 45 business minutes`.",
            )


def _worded(contract: Contract, passage: Passage) -> Iterator[tuple[Span, str]]:
    if passage.fallback is not None and passage.fallback.text is not None:
        yield passage.fallback.span, "The fallback would fill"
    for amendment, fill in fills(contract, passage):
        if isinstance(filling_of(passage, fill), TextTerm):
            yield fill.span, f"{amendment.name} fills"
