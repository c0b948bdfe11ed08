"""What a level may ask that is not computed yet: refused by name, never half computed.

In: a folded contract and one of its levels. Out: an error for each rule of the level that measurement does not know,
as `contract/unmeasured.py` lists them. Runs while a plan is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.unmeasured import reasons
from sla2.measure.codes import NOT_EVALUATED

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.diagnostics import Diagnostic


def refusals(contract: Contract, level: Level) -> tuple[Diagnostic, ...]:
    """An error for each rule of `level` that is not computed."""
    return tuple(
        NOT_EVALUATED.at(
            level.span,
            f"Level {level.name} is not judged: {what} is not computed yet.",
            help="Leave that line out, or judge this level by hand; all other levels are judged.",
        )
        for what in dict.fromkeys(reasons(contract, level))
    )
