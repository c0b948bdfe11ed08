"""What it checks
    Where only whole minutes count, outages are not held to a length in seconds.

Why it matters
    With whole minutes an outage of 50 seconds counts for nothing, so a minimum length of 30 seconds has no effect: one
    of the two lines is not meant.

Example
    counts: outages over 30 seconds
    whole minutes: yes

Write instead
    counts: outages over 1 minute
    whole minutes: yes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import MINUTE
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA351", "whole-minutes-of-seconds", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level that counts whole minutes of outages shorter than one."""
    for level in contract.levels:
        length = level.counts.length.microseconds if level.counts is not None else None
        if level.whole_minutes and level.counts is not None and length is not None and length % MINUTE:
            yield CODE.at(
                level.counts.span,
                f'"{level.name}" counts whole minutes only, but holds outages to {level.counts.length}.',
                help="Write the length in whole minutes, or remove `whole minutes: yes`.",
            )
