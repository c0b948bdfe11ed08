"""What it checks
    Every exclusion is named by at least one level.

Why it matters
    An exclusion that no level names excludes nothing. Most often a level lacks its `excludes:` line, and planned
    maintenance counts as downtime.

Example
    exclusion maintenance "Planned maintenance"
      announced: 5 working days before
    end                                     # and no level names it

Write instead
    level resolve-p2 "Resolution"
      excludes: maintenance
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA343", "unused-exclusion", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per exclusion that no level names."""
    used = {name for level in contract.levels for name in level.excludes}
    for exclusion in contract.exclusions:
        if exclusion.name not in used:
            yield CODE.at(
                exclusion.span,
                f'No level names the exclusion "{exclusion.name}", so it has no effect.',
                help=f"Name it on a level: `excludes: {exclusion.name}`. If it is not needed, remove the block.",
            )
