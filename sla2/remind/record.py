"""The amendment that fills a passage, as lines to paste into the contract.

In: a contract and a passage. Out: lines of the language with blanks for the days; with days put in, they parse. It
chooses no value: the first option stands there as an example, the others behind it in a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget
from sla2.contract.passage import CapTerm, HoursTerm, TargetTerm, TextTerm

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.level import Target
    from sla2.contract.passage import Filling, Passage

BLANK = "____-__-__"
"""Where a day is to be written."""


def filling_lines(contract: Contract, passage: Passage, either: str) -> tuple[str, ...]:
    """The lines of the amendment. `either` is the word before the other options ("or")."""
    title = passage.title.replace('"', "'")
    options = [f"option {option.name}" for option in passage.options]
    own = written(passage.interim) if passage.interim is not None else None
    choices = options or ([own] if own else [])
    fill = f"fill: {passage.name} with {choices[0]}" if choices else f"# fill: {passage.name} with …"
    others = f"   # {either} {f', {either} '.join(choices[1:])}" if choices[1:] else ""
    return (
        f'amendment {free_name(contract)} "{title}"',
        f"  agreed: customer {BLANK}, supplier {BLANK}",
        f"  effective: {BLANK}",
        f"  {fill}{others}",
        "end",
    )


def free_name(contract: Contract) -> str:
    """The first name A1, A2, … after those that the contract has."""
    taken = {amendment.name.lower() for amendment in contract.amendments}
    number = len(contract.amendments) + 1
    while f"a{number}" in taken:
        number += 1
    return f"A{number}"


def written(filling: Filling) -> str | None:
    """A value as the language writes it; None for a kind that is seldom filled by hand."""
    if isinstance(filling, TargetTerm):
        return _target(filling.target)
    if isinstance(filling, HoursTerm):
        return f"hours {filling.calendar}"
    if isinstance(filling, CapTerm) and not filling.cap.together_with:
        amount = filling.cap.money or filling.cap.percent_of_base
        base = "" if filling.cap.money is not None else " of base"
        return f"{amount}{base} per {filling.cap.per}" if amount is not None else None
    if isinstance(filling, TextTerm) and '"' not in filling.text and "\n" not in filling.text:
        return f'text "{filling.text}"'
    return None


def _target(target: Target) -> str | None:
    if isinstance(target, ShareTarget):
        return f"every case within {target.within}" if target.every else f"{target.share} within {target.within}"
    if isinstance(target, StatisticTarget):
        return f"{target.statistic} within {target.within}"
    if isinstance(target, BoundTarget) and not target.late:
        value = target.percent or target.duration or target.number
        return None if value is None else f"{target.comparison} {value}"
    return None
