"""What it checks
    A measure is not rounded before comparing to a coarser step than the target is written in.

Why it matters
    Rounded to a tenth of a percent, 99.95% becomes 100.0% and 99.85% becomes 99.9%: a missed target may turn into a met
    one, and its credit is lost.

Example
    target: at least 99.95%
    rounding: half up to 0.1% before comparing

Write instead
    target: at least 99.95%
    rounding: half up to 0.01% before comparing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_target, target_percent
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA347", "coarse-rounding", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level that rounds coarser than its target."""
    for level in contract.levels:
        step = level.rounding.step if level.rounding is not None else None
        percent = target_percent(level_target(contract, level))
        if level.rounding is None or step is None or percent is None or not step.value:
            continue
        if percent.value % step.value:
            yield CODE.at(
                level.rounding.span,
                f'Rounded to {step} before comparing, "{level.name}" can never be exactly {percent}: a value below the '
                "target may be rounded up to meet it.",
                help="Round to the digits of the target, or for display only.",
            )
