"""What it checks
    A contract that states `requires: dora 30.2` (or `dora 30.3`, `iso 19086`) holds something on each item of that
    checklist: a block that is modelled, or a clause, obligation or promise whose short name or title names the item.

Why it matters
    Article 30 of the Digital Operational Resilience Act lists what a contract of a financial entity on ICT services
    must contain. A missing item is found by the supervisor, after the signature. The list for 30.3 and that for
    ISO/IEC 19086 were not verified against the full text; the message says so.

Example
    contract ICT-1 "Hosting"
      requires: dora 30.2
    end                                     # and not a word on where the data is kept

Write instead
    clause data-locations "Where the data is kept"
      text en: "The data is kept in the Netherlands; a change is announced three months before."
    end
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.checks.requirements import CHECKLISTS
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Clause, Obligation, Promise
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA399", "requirement-not-met", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per item of a required checklist that nothing in the contract is about."""
    blocks: tuple[Clause | Obligation | Promise, ...] = (
        *contract.clauses,
        *contract.obligations,
        *contract.promises,
    )
    named = " | ".join(f"{block.name} {block.title}" for block in blocks)
    for requirement in contract.requires:
        checklist = CHECKLISTS.get((requirement.profile, requirement.part))
        for item in checklist.items if checklist is not None else ():
            if item.present(contract) or re.search(item.names, named, re.IGNORECASE):
                continue
            yield CODE.at(
                requirement.span,
                f"{checklist.title if checklist else ''} asks for {item.what}, and nothing in the contract is about it"
                f"{'' if checklist is None or checklist.verified else ' (this list was not verified)'}.",
                help=f"Add {item.remedy}.",
            )
