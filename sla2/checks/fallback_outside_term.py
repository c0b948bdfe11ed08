"""What it checks
    The fallback of a passage takes effect after the passage was opened and before the term ends.

Why it matters
    A fallback after the end never takes effect, and one before the opening leaves no time to learn anything: the
    passage is not open at all.

Example
    opened: 2026-01-12
    fallback: from 2025-10-01 option relaxed

Write instead
    fallback: from 2026-10-01 option relaxed
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.periods import term_end
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA336", "fallback-outside-term", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per fallback that comes too early or too late to mean anything."""
    end = term_end(contract)
    for passage in contract.passages:
        fallback = passage.fallback
        if fallback is None:
            continue
        if passage.opened is not None and fallback.since <= passage.opened:
            why = f"not after the passage was opened on {passage.opened}, so it was never open"
        elif end is not None and fallback.since >= end:
            why = f"when the term has ended ({end}), so it never takes effect"
        else:
            continue
        yield CODE.at(
            fallback.span,
            f'The fallback of "{passage.name}" takes effect on {fallback.since}, {why}.',
            help="Choose a day after the review and before the end of the term.",
        )
