"""Pools: how much was at risk in a period, which blocks took from it, and what is left.

In: the settled lines of blocks with a `takes:` line. Out: one `PoolUse` per pool and period. It runs after the amounts:
the limit of the pool itself was held in the step "pool" (see `limits`). It reckons no amount anew.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.settle.balance import PoolTaken, PoolUse
from sla2.settle.gross import Setting, pool_size
from sla2.settle.rounding import money, money_step

if TYPE_CHECKING:
    from sla2.contract.credits import Pool
    from sla2.settle.ledger import Ledger, Pair
    from sla2.settle.line import Line


def pool_uses(pairs: tuple[Pair, ...], ledger: Ledger) -> tuple[PoolUse, ...]:
    """Each pool in each period in which a block that takes from it was reckoned, in the order of the lines."""
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        takes = pair[0].block.takes
        if takes is not None:
            groups.setdefault((takes.pool, pair[0].verdict.period.label), []).append(pair)
    made = (_use(name, tuple(group), ledger) for (name, _), group in groups.items())
    return tuple(one for one in made if one is not None)


def _use(name: str, pairs: tuple[Pair, ...], ledger: Ledger) -> PoolUse | None:
    first = pairs[0][0]
    pool: Pool | None = next((one for one in first.contract.pools if one.name == name), None)
    if pool is None:
        return None
    fees = ledger.fees(first.contract, first.verdict)
    size = pool_size(pool, Setting(first.block, first.contract, first.verdict, fees, (), (0, 0), pool=pool))
    if not isinstance(size, Fraction):
        return None
    step = money_step(first.contract)
    least, most = (sum((pair[side].amount for pair in pairs), Fraction(0)) for side in (0, 1))
    return PoolUse(
        pool=name,
        period=first.verdict.period,
        size=money(size, step),
        taken=tuple(
            PoolTaken(
                line.block.name, line.verdict.unit, line.block.takes.of, money(_asked(line), step),
                money(line.amount, step),
            )
            for line, _ in pairs
            if line.block.takes is not None
        ),
        paid=money(least, step),
        paid_high=money(most, step),
        left=money(max(size - least, Fraction(0)), step),
        left_low=money(max(size - most, Fraction(0)), step),
        block=pool,
    )  # fmt: skip


def _asked(line: Line) -> Fraction:
    """The amount before the limit of the pool."""
    for step in line.steps:
        if step.kind == "pool":
            return Fraction(dict(step.values)["amount"])
    taken = next((step for step in line.steps if step.kind == "takes"), None)
    return Fraction(taken.result) if taken is not None else line.amount
