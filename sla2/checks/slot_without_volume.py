"""What it checks
    A slot that fails above a share of errors needs a least number of requests.

Why it matters
    At night one failed request of two is 50% errors: the slot fails, and five minutes count as lost for one click.

Example
    slot: 5 minutes
    slot fails: above 5% errors

Write instead
    slot: 5 minutes
    slot fails: above 5% errors
    slot needs: 60 requests
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA350", "slot-without-volume", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level whose slots fail by a share without a least number of requests."""
    for level in contract.levels:
        if level.slot_fails is not None and level.slot_needs is None:
            yield CODE.at(
                level.span,
                f'A slot of "{level.name}" fails above {level.slot_fails} errors, however few requests it has: one '
                "failed request at night may be enough.",
                help="Add a least number, for instance `slot needs: 60 requests`.",
            )
