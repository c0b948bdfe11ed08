"""What it checks
    The minimum of a level is not stricter than its target, and the expected value is neither below the minimum nor
    beyond the target.

Why it matters
    If the minimum is 99.95% and the target 99.9%, a month can meet the target and miss the minimum: nobody can say
    whether the service was good enough.

Example
    target: at least 99.9%
    minimum: at least 99.95%

Write instead
    target: at least 99.9%
    minimum: at least 99.0%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_target, stricter
from sla2.contract.level import OpenTarget
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Target
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA348", "bars-out-of-order", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pair of bars of a level that stand in the wrong order."""
    for level in contract.levels:
        target = level_target(contract, level)
        pairs: tuple[tuple[str, Target | None, str, Target | None], ...] = (
            ("minimum", level.minimum, "target", target),
            ("minimum", level.minimum, "expected value", level.expected),
        )
        for low_name, low, high_name, high in pairs:
            if low is None or high is None or isinstance(low, OpenTarget) or isinstance(high, OpenTarget):
                continue
            if stricter(low, high):
                yield CODE.at(
                    low.span,
                    f'The {low_name} of "{level.name}" is stricter than its {high_name}.',
                    help=f"Let the {low_name} ask for less than the {high_name}; the two figures may have changed "
                    "places.",
                )
