"""What it checks
    An amendment changes only what is still in force.

Why it matters
    A change of a level that an earlier amendment removed has no effect, though somebody negotiated it.

Example
    amendment A1 ...
      effective: 2026-06-01
      remove: resolve-p3
    end
    amendment A2 ...
      effective: 2026-09-01
      change: resolve-p3 target to 90% within 3 working days
    end

Write instead
    remove one of the two lines
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sla2.contract.passage import Add, Change, Remove, Reopen
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Amendment, Verb
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA366", "change-of-removed-block", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per line that changes a block which an amendment before it has removed."""
    removed: dict[str, tuple[Amendment, Verb]] = {}
    for amendment in sorted(contract.amendments, key=lambda one: one.effective or date.max):
        for verb in amendment.verbs:
            if isinstance(verb, Remove):
                removed[verb.block] = (amendment, verb)
            elif isinstance(verb, Add):
                removed.pop(verb.block, None)
            elif isinstance(verb, Change | Reopen) and verb.block in removed:
                former = removed[verb.block]
                yield CODE.at(
                    verb.span,
                    f'{amendment.name} changes "{verb.block}", which {former[0].name} has removed.',
                    help="Remove this line, or bring the block back first.",
                    related=(Related(former[1].span, f"the line of {former[0].name}"),),
                )
