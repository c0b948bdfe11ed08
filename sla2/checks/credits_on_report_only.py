"""What it checks
    Credits stand on a level that has a target, and that is not marked `report only` (`target: report only`).

Why it matters
    A level without a target, or one that is reported for information only, cannot be missed. Its credits would never be
    paid, and a reader may believe that they would.

Example
    target: report only                     # and a credits block on this level

Write instead
    target: at least 99.9%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA308", "credits-on-report-only", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per credits block on a level that cannot be missed."""
    levels = {level.name: level for level in contract.levels}
    for credits in contract.credits:
        level = levels.get(credits.level)
        if level is not None and (level.report_only or level.target is None):
            why = "is reported for information only" if level.report_only else "has no target"
            yield CODE.at(
                credits.span,
                f'"{credits.name}" pays when "{level.name}" misses its target, but that level {why}.',
                help=f'Give "{level.name}" a target, for instance `target: at least 99.5%`, or remove the credits.',
                related=(Related(level.span, f'the level "{level.name}"'),),
            )
