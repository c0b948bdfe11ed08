"""What it checks
    A contract that pays credits has at least one worked example of them.

Why it matters
    An example that both sides signed settles what the words mean, and `sla2 test` runs it: if the rules and the example
    disagree, that shows before the first invoice and not after it.

Example
    credits hosting-credits "Credits"       # and no example with a credit

Write instead
    example credits-march "A month just under target"
      given: avail-hosting 99.75% in 2026-03
      expect: credit EUR 850.00 in 2026-03
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA374", "no-worked-example", Severity.ADVICE, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding at the first credits block, if no example expects a credit."""
    expected = any(expect.kind == "credit" for example in contract.examples for expect in example.expect)
    if contract.credits and not expected:
        yield CODE.at(
            contract.credits[0].span,
            f'The contract pays credits ("{contract.credits[0].name}"), but no worked example shows how much.',
            help="Add one: `given: <level> 99.75% in 2026-03` and `expect: credit EUR 850.00 in 2026-03`.",
        )
