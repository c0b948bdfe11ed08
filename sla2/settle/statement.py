"""Lines become what stands in the statement: amounts with both sides, and the sums.

In: pairs of lines, least and most. Out: `Owed` values and a `Statement`. It runs after all steps; it reckons nothing
but sums. What the customer owes (a bonus) has sums of its own and is never netted with what the supplier owes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from sla2.settle.exposure import side_of
from sla2.settle.rounding import money, money_step
from sla2.settle.spans import ONE_DAY
from sla2.settle.used import Used
from sla2.settle.verdict import Owed, Statement

if TYPE_CHECKING:
    from sla2.settle.balance import OpeningBalance
    from sla2.settle.line import Line

Both = tuple[Owed, Decimal]
"""The line as it stands in the statement, and the amount if the undecided cases cost most."""


def owed_of(least: Line, most: Line) -> Both:
    """The line as it stands in the statement, and the amount if the undecided cases cost most."""
    step = money_step(least.contract)
    amount, other = money(least.amount, step), money(most.amount, step)
    due = [money(line.amount if line.due is None else line.due, step) for line in (least, most)]
    verdict = least.verdict
    owed = Owed(
        credits=least.block.name,
        level=verdict.level,
        unit=verdict.unit,
        period=verdict.period,
        currency=least.currency,
        amount=amount,
        low=min(amount, other),
        high=max(amount, other),
        steps=least.steps,
        share=least.share,
        claim_by=least.claim_by or most.claim_by,
        claimed=least.claimed if least.claimed is not None else most.claimed,
        provisional=tuple(dict.fromkeys((*least.provisional, *most.provisional))),
        steps_high=most.steps if amount != other else (),
        block=least.block,
        owed_by=side_of(least),
        base=least.base,
        due=min(due),
        due_high=max(due),
        cap_reached=_reached(least.cap_reached, most.cap_reached),
    )
    return owed, other


def _reached(one: bool, other: bool) -> Literal["no", "possible", "yes"]:
    if one and other:
        return "yes"
    return "possible" if one or other else "no"


def statement(currency: str, both: tuple[Both, ...]) -> Statement:
    """The sums of both sides: a cap that one period uses up leaves less for the next, so bounds do not simply add."""
    credits = tuple(one for one in both if one[0].owed_by == "supplier")
    bonuses = tuple(one for one in both if one[0].owed_by == "customer")
    least, most = _sums(credits)
    bonus_least, bonus_most = _sums(bonuses)
    return Statement(
        currency=currency,
        owed=tuple(one for one, _ in credits),
        total=least,
        low=min(least, most),
        high=max(least, most),
        bonuses=tuple(one for one, _ in bonuses),
        bonus_total=bonus_least,
        bonus_low=min(bonus_least, bonus_most),
        bonus_high=max(bonus_least, bonus_most),
    )


def _sums(both: tuple[Both, ...]) -> tuple[Decimal, Decimal]:
    least = sum((one.amount for one, _ in both), Decimal(0))
    return least, sum((amount for _, amount in both), Decimal(0))


def used_of(pairs: tuple[tuple[Line, Line], ...], side: int, opening: tuple[OpeningBalance, ...]) -> Used:
    """What was paid on one side (0 least, 1 most), balances that were carried over included."""
    carried = [one for one in opening if one.kind == "credits"]
    used = Used.opened({one.ident: one.value for one in carried}, carried[0].first - ONE_DAY) if carried else Used()
    for pair in pairs:
        used.add(pair[side])
    return used
