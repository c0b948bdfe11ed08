"""What it checks
    The options of a passage differ from one another, and at least one differs from the interim rule.

Why it matters
    Two options with one value leave nothing to choose: one of the figures was copied and not changed.

Example
    option strict: 90% within 30 business minutes
    option relaxed: 90% within 30 business minutes

Write instead
    option strict: 90% within 30 business minutes
    option relaxed: 80% within 60 business minutes
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA335", "options-alike", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pair of equal options, and per passage all of whose options are the interim rule."""
    for passage in contract.passages:
        for first, second in combinations(passage.options, 2):
            if first.filling == second.filling:
                yield CODE.at(
                    second.span,
                    f'The options "{first.name}" and "{second.name}" of "{passage.name}" say the same.',
                    help="Change the value of one of them, or remove it.",
                    related=(Related(first.span, f'the option "{first.name}"'),),
                )
        if len(passage.options) == 1 and passage.options[0].filling == passage.interim:
            yield CODE.at(
                passage.options[0].span,
                f'The only option of "{passage.name}" is what applies already.',
                help="Add an option that differs from the interim rule.",
            )
