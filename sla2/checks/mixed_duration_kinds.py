"""What it checks
    Interim rule, options, guard and fillings of one open passage count time in the same way: all in service hours
    (`business minutes`, `working days`), all elapsed, or all in calendar days.

Why it matters
    "30 business minutes" and "45 elapsed minutes" cannot be compared: which is stricter depends on the hour of the day.
    Parties that choose between them choose blindly.

Example
    interim: 80% within 60 business minutes
    option strict: 95% within 30 elapsed minutes

Write instead
    interim: 80% within 60 business minutes
    option strict: 95% within 30 business minutes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import duration_of, fills
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.quantity import Duration
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA329", "mixed-duration-kinds", Severity.ERROR, __doc__ or "")

_WORDS = {
    "service": "runs in service hours only",
    "elapsed": "runs day and night",
    "calendar": "counts calendar days",
}


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per line that counts time otherwise than the first line of the passage."""
    for passage in contract.passages:
        lines = tuple(_durations(contract, passage))
        for span, duration in lines[1:]:
            first_span, first = lines[0]
            if duration.kind != first.kind:
                yield CODE.at(
                    span,
                    f'In "{passage.name}", {duration} {_WORDS[duration.kind]}, but {first} {_WORDS[first.kind]}: '
                    "the two cannot be compared.",
                    help=f"Write every duration of this passage like the first one, in {first.unit}s.",
                    related=(Related(first_span, "the first duration of the passage"),),
                )


def _durations(contract: Contract, passage: Passage) -> Iterator[tuple[Span, Duration]]:
    lines: list[tuple[Span, Duration | None]] = []
    if passage.interim is not None:
        lines.append((passage.interim.span, duration_of(passage.interim)))
    lines += [(option.span, duration_of(option.filling)) for option in passage.options]
    if passage.guard is not None:
        lines += [(passage.guard.span, passage.guard.low_duration), (passage.guard.span, passage.guard.high_duration)]
    lines += [(fill.span, duration_of(fill.filling)) for _, fill in fills(contract, passage)]
    return ((span, duration) for span, duration in lines if duration is not None)
