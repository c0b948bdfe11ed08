"""What it checks
    A right that hangs on a missed target or minimum names a level that has one.

Why it matters
    "Misses its minimum" on a level without a minimum never happens, whatever the service does.

Example
    level avail "Availability"
      target: at least 99.9%                # and no minimum
    end
    termination chronic "Chronic failure"
      right of: customer
      trigger: avail misses its minimum 2 periods in a row
    end

Write instead
    minimum: at least 97%                   # on the level
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_of
from sla2.contract.rights import MissesInARow, MissesTimes
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA382", "right-on-missing-bar", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per trigger on a bar that its level does not have."""
    for right in contract.terminations:
        for trigger in right.triggers:
            if not isinstance(trigger, MissesTimes | MissesInARow) or trigger.level is None:
                continue
            level = level_of(contract, trigger.level)
            if level is None or (level.target if trigger.bar == "target" else level.minimum) is not None:
                continue
            yield CODE.at(
                trigger.span,
                f'The right "{right.name}" needs the {trigger.bar} of "{level.name}", which has none.',
                help=f"Add the line `{trigger.bar}: …` to the level"
                + (", or write `misses its target`." if trigger.bar == "minimum" else "."),
                related=(Related(level.span, f'the level "{level.name}"'),),
            )
