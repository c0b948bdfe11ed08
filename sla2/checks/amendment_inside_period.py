"""What it checks
    An amendment that touches a service level or its credits takes effect at the start of a judged period.

Why it matters
    A target that changes on the tenth leaves a month that is judged by two targets, and a credit for which nobody knows
    which table holds.

Example
    effective: 2026-06-10                   # and the level is judged by month

Write instead
    effective: 2026-07-01
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sla2.contract.passage import Add, Change, Fill, Remove, Reopen
from sla2.contract.periods import periods
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.passage import Amendment, Verb
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA362", "amendment-inside-period", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per amendment and level whose period it cuts in two."""
    for amendment in contract.amendments:
        day = amendment.effective
        if day is None:
            continue
        for level in _levels(contract, amendment):
            cut = (
                next(iter(periods(contract, level.period, day, day + timedelta(days=1))), None)
                if level.period
                else None
            )
            if cut is not None and cut.first < day:
                yield CODE.at(
                    amendment.span,
                    f"{amendment.name} takes effect on {day}, inside the period {cut.first} to {cut.last} of "
                    f'"{level.name}".',
                    help=f"Let it take effect on {cut.last + timedelta(days=1)}, when the next period starts.",
                    related=(Related(level.span, f'the level "{level.name}"'),),
                )


def _levels(contract: Contract, amendment: Amendment) -> tuple[Level, ...]:
    """The levels that the amendment touches, in the order of the file."""
    touched = {_block(contract, verb) for verb in amendment.verbs}
    touched |= {credits.level for credits in contract.credits if credits.name in touched}
    return tuple(level for level in contract.levels if level.name in touched)


def _block(contract: Contract, verb: Verb) -> str | None:
    if isinstance(verb, Fill):
        concern = next((passage.concerns for passage in contract.passages if passage.name == verb.passage), None)
        return concern.block if concern is not None else None
    return verb.block if isinstance(verb, Change | Reopen | Add | Remove) else None
