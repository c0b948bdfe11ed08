"""The maximum exposure: the most that one side can owe in a contract year.

In: lines after the combination, the contract's `maximum exposure:`, what was paid before in the contract year. Out: the
lines held back, and what the report says about room left. It runs between the combination and "pays if", over all
blocks by which a side owes: credits for the supplier, bonuses for the customer. Yearly fees are all fees of the year.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.settle.balance import Exposed
from sla2.settle.fees import FeeBook, Unknown
from sla2.settle.rounding import down, money, money_step
from sla2.settle.spans import ONE_DAY, Days, contract_year

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Exposure, Role
    from sla2.settle.line import Line
    from sla2.settle.used import Used


def side_of(line: Line) -> Role:
    """Who owes the line."""
    return "customer" if line.block.bonus else "supplier"


def limit_of(rule: Exposure, fees: FeeBook, year: Days) -> Fraction | None:
    """The most that the side can owe in the contract year; None if the yearly fees cannot be reckoned."""
    if rule.amount is not None:
        return Fraction(rule.amount.amount)
    total = fees.of((), year)
    if isinstance(total, Unknown) or rule.share_of_yearly_fees is None:
        return None
    return rule.share_of_yearly_fees.ratio * total


def _blocks(contract: Contract, side: str) -> tuple[str, ...]:
    return tuple(block.name for block in (contract.bonuses if side == "customer" else contract.credits))


def cap_exposure(line: Line, used: Used, fees: FeeBook) -> Line:
    """The line, at most the room that the maximum exposure of its side leaves in the contract year."""
    contract = line.contract
    if contract.term is None or not line.amount:
        return line
    year = contract_year(line.verdict.period.last, contract.term.start)
    for rule in contract.exposures:
        limit = limit_of(rule, fees, year) if rule.side == side_of(line) else None
        if limit is None:
            continue
        before = used.within(_blocks(contract, rule.side), year, None)
        room = down(max(limit - before, Fraction(0)), Fraction(money_step(contract)))
        if line.amount > room:
            line = line.after(
                "maximum exposure", rule.span, room, amount=line.amount, side=rule.side, limit=limit, used=before,
                first=year.first, last=year.after - ONE_DAY,
            )  # fmt: skip
    return line


def exposures(contract: Contract, fees: FeeBook, used: tuple[Used, Used], days: Iterable[date]) -> tuple[Exposed, ...]:
    """Each side's exposure in each contract year that holds one of `days`. `used`: what was paid, least and most."""
    if contract.term is None:
        return ()
    step = money_step(contract)
    found = []
    for year in sorted({contract_year(day, contract.term.start) for day in days}):
        for rule in contract.exposures:
            limit = limit_of(rule, fees, year)
            least, most = (one.within(_blocks(contract, rule.side), year, None) for one in used)
            found.append(
                Exposed(
                    side=rule.side,
                    first=year.first,
                    last=year.after - ONE_DAY,
                    limit=None if limit is None else money(limit, step),
                    owed=money(least, step),
                    owed_high=money(most, step),
                    left=None if limit is None else money(max(limit - least, Fraction(0)), step),
                    left_low=None if limit is None else money(max(limit - most, Fraction(0)), step),
                    rule=rule,
                )
            )
    return tuple(found)
