"""Balances carried over from before the log: credits paid, points given, targets raised.

In: the rows of the table `opening` (a name and a value) and the contract. Out: typed balances, and a finding for each
row that is about nothing. It runs first, so that a run need not begin with the contract. A balance of credits counts as
paid on the day before the first day that is measured; a target in percent is written with its sign (`99.85%`).
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.settle.balance import OpeningBalance
from sla2.settle.codes import OPENING_UNKNOWN

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic
    from sla2.settle.given import Opening

_KINDS: tuple[Literal["credits", "points", "target"], ...] = ("credits", "points", "target")


def opening_balances(
    rows: tuple[Opening, ...], contract: Contract, first: date
) -> tuple[tuple[OpeningBalance, ...], tuple[Diagnostic, ...]]:
    """The balances of `rows`, in their order; `first` is the first day that is measured."""
    names = {
        "credits": {block.name for block in (*contract.credits, *contract.bonuses)},
        "points": {block.name for block in contract.points},
        "target": {level.name for level in contract.levels},
    }
    found: list[OpeningBalance] = []
    told: list[Diagnostic] = []
    seen: set[tuple[str, str]] = set()
    for row in rows:
        word, _, ident = row.name.strip().partition(" ")
        kind = next((one for one in _KINDS if one == word), None)
        value = _number(row.value, percent=kind == "target")
        if kind is None or ident.strip() not in names[kind] or value is None or (kind, ident) in seen:
            told.append(_unknown(row, names))
            continue
        seen.add((kind, ident))
        found.append(OpeningBalance(kind, ident.strip(), value, first))
    return tuple(found), tuple(told)


def _unknown(row: Opening, names: dict[str, set[str]]) -> Diagnostic:
    known = [f"{kind} {name}" for kind in _KINDS for name in sorted(names[kind])]
    return OPENING_UNKNOWN.at(
        None,
        f'The opening balance "{row.name}" with the value "{row.value}" is not used: it names nothing of this '
        "contract, stands there twice, or has no number.",
        help=f"Write one row per balance, name and value. The names are: {', '.join(known) or 'none'}.",
    )


def _number(text: str, *, percent: bool) -> Fraction | None:
    """The exact value; a percentage as a share of one. None for what is no finite number."""
    stripped = text.strip()
    share = percent and stripped.endswith("%")
    try:
        number = Decimal(stripped.removesuffix("%") if share else stripped)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30 or number < 0:
        return None
    return Fraction(number) / 100 if share else Fraction(number)
