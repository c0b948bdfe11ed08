"""What it checks
    Every open passage has an owner at the customer and an owner at the supplier.

Why it matters
    A passage with an owner on one side only is filled by that side, or not at all. The reminders go to both owners.

Example
    owner: supplier "Service delivery manager" <sdm@acme.example>

Write instead
    owner: customer "Head of the counter" <desk@town.example>, supplier "Service delivery manager" <sdm@acme.example>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA322", "passage-without-owner", Severity.WARNING, __doc__ or "")

_SIDES: tuple[Literal["customer", "supplier"], ...] = ("customer", "supplier")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per passage that lacks the owner of one side or of both."""
    for passage in contract.passages:
        missing = [side for side in _SIDES if passage.owner(side) is None]
        if missing:
            yield CODE.at(
                passage.span,
                f'The open passage "{passage.name}" has no owner at the {" and none at the ".join(missing)}.',
                help='Name one person on each side: `owner: customer "…" <…>, supplier "…" <…>`.',
            )
