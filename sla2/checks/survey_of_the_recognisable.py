"""What it checks
    A survey does not show the answers of groups so small that one can guess who answered.

Why it matters
    Whoever can be recognised gives the answer that is wanted, and the survey measures politeness.

Example
    survey pulse "Relationship pulse"
      asks: customer, supplier
      item trust: "The other party tells us bad news in time." for delight.trust
    end

Write instead
    show from: 5 respondents
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA367", "survey-of-the-recognisable", Severity.ADVICE, __doc__ or "")


_FEWEST = 3


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per survey that shows groups of one or two."""
    for survey in contract.surveys:
        if survey.show_from is None or survey.show_from < _FEWEST:
            shown = "any group" if survey.show_from is None else f"groups of {survey.show_from}"
            yield CODE.at(
                survey.span,
                f'The survey "{survey.name}" shows the answers of {shown}: one can guess who answered.',
                help="Add for instance `show from: 5 respondents`.",
            )
