"""What it checks
    A customer that rents what it depends on (a service whose assets the supplier owns) has a clause or plan for the end
    of the contract.

Why it matters
    Who owns nothing must be able to leave. Without agreed hand-over the price of leaving is set on the day of leaving.

Example
    service hosting "Hosting"
      asset owner: supplier
    end                                     # and no exit plan

Write instead
    clause exit-terms "Exit"
      text en: "The supplier hands over all data in an open format within 30 days."
    end
    exit plan leave "Exit plan"
      clause: exit-terms
      tested every: 1 year
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.relations import Clause, Obligation
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA371", "renter-without-exit", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per service with assets of the supplier, if nothing in the contract is about the exit."""
    if _exit(contract):
        return
    for service in contract.services:
        if service.asset_owner == "supplier":
            yield CODE.at(
                service.span,
                f'The supplier owns the assets of "{service.name}", and the contract has no exit plan.',
                help='Add an `exit plan` block, and a clause whose short name or title says "exit".',
            )


def _exit(contract: Contract) -> bool:
    blocks: tuple[Clause | Obligation | Passage, ...] = (*contract.clauses, *contract.obligations, *contract.passages)
    named = any("exit" in f"{block.name} {block.title}".lower() for block in blocks)
    return named or bool(contract.exit_plans)
