"""What it checks
    A passage is filled or withdrawn by one amendment only.

Why it matters
    A passage is closed when it is filled. A second filling is a change of an agreed term, and should look like one, so
    that both sides see what they give up.

Example
    amendment A1 ...
      fill: peak with option strict
    end
    amendment A2 ...
      fill: peak with option relaxed
    end

Write instead
    amendment A2 ...
      change: response-peak target to 80% within 60 business minutes
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import verbs
from sla2.contract.passage import Fill, Reopen, Withdraw
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Amendment, Verb
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA338", "passage-filled-twice", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per filling or withdrawal after the first, unless the passage was opened again in between."""
    closing: dict[str, tuple[Amendment, Verb]] = {}
    for amendment, verb in verbs(contract):
        if isinstance(verb, Reopen):
            closing.pop(verb.passage, None)
        if not isinstance(verb, Fill | Withdraw):
            continue
        former = closing.setdefault(verb.passage, (amendment, verb))
        if former[1] is not verb:
            yield CODE.at(
                verb.span,
                f'{amendment.name} fills or withdraws "{verb.passage}", which {former[0].name} has closed already.',
                help="Write what changes as `change: <level> target to …`, or remove one of the two lines.",
                related=(Related(former[1].span, f"the line of {former[0].name}"),),
            )
