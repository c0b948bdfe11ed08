"""What it checks
    Every level has a target, an open passage for it, or the words `report only`.

Why it matters
    A level without a target is neither met nor missed. If that is meant, the reader should see it; most often the line
    was forgotten, or was to be left open until both sides know more.

Example
    level resolve-p2 "Resolution"
      measure: resolution time
    end

Write instead
    level resolve-p2 "Resolution"
      measure: resolution time
      target: 90% within 4 business hours
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA345", "level-without-target", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level that has no target and is not for information only."""
    for level in contract.levels:
        if level.target is None and not level.report_only:
            yield CODE.at(
                level.span,
                f'The level "{level.name}" has no target.',
                help="Add `target: …`, leave it open on purpose (`target: open, see <passage>`), or mark the level "
                "`target: report only`.",
            )
