"""Service points and amounts at risk: how many points each period earned, and what was taken from each pool.

In: a frame. Out: blocks. It runs after the credits; a contract without such blocks gets nothing. It counts nothing: the
points and sums are those of the settlement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fold, Heading, Items, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.frame import place, points_figure, pool_figure
from sla2.report.step_words import StepWords

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.settle.balance import PointsAccount, PointsGiven, PoolUse


def points_section(frame: Frame) -> tuple[Block, ...]:
    """The points of each block in the reported periods, each with its steps."""
    accounts = frame.settlement.points
    if not accounts:
        return ()
    blocks: list[Block] = [Heading(1, runs(frame.say("points.title")), id="points")]
    blocks.append(Paragraph(runs(frame.say("points.intro"))))
    blocks.append(_table(frame, accounts))
    earned = [one for one in accounts if one.high]
    if earned:
        blocks.append(Heading(2, runs(frame.say("points.steps_title")), id="points-steps"))
    for one in earned:
        head, *steps = account_blocks(frame, one)
        blocks += [head, Fold(runs(frame.say("money.steps", place=place(one.block.span))), tuple(steps))]
    return tuple(blocks)


def number_range(frame: Frame, low: Fraction, high: Fraction) -> str:
    """Fewest and most points; one number where both are the same."""
    if low == high:
        return shown.number(frame, low)
    return frame.say("money.range", low=shown.number(frame, low), high=shown.number(frame, high))


def points_words(frame: Frame, low: Fraction, high: Fraction) -> str:
    """The same with the word for points."""
    key = "points.value_one" if low == high == 1 else "points.value_other"
    return frame.say(key, n=number_range(frame, low, high))


def _table(frame: Frame, accounts: tuple[PointsAccount, ...]) -> Table:
    keys = ("block", "level", "period", "number", "state")
    return Table(
        id="points-table",
        caption=frame.say("points.caption"),
        header=tuple(
            Cell(runs(frame.say(f"points.{key}")), align="right" if key == "number" else "left") for key in keys
        ),
        rows=tuple(_row(frame, one) for one in accounts),
        widths=(5, 5, 4, 2, 3),
    )


def _row(frame: Frame, account: PointsAccount) -> tuple[Cell, ...]:
    key = "undecided" if account.low != account.high else "provisional" if account.provisional else "final"
    return (
        Cell(runs(account.block.title)),
        Cell(runs(frame.title(account.level))),
        Cell(runs(shown.period(frame, account.period)), anchor="" if account.high else points_figure(account)),
        Cell(runs(number_range(frame, account.low, account.high)), align="right"),
        Cell(runs(frame.say(f"points.{key}")), tone="open" if key == "undecided" else ""),
    )


def account_blocks(frame: Frame, account: PointsAccount) -> tuple[Block, ...]:
    """One account: a heading with its points, then the steps of each unit."""
    period = shown.period(frame, account.period)
    number = points_words(frame, account.low, account.high)
    title = f"{account.block.title} – {period}: {number}"
    blocks: list[Block] = [Heading(3, runs(title), id=points_figure(account))]
    for given in account.given:
        if given.unit:
            unit = f"{given.unit}: {points_words(frame, given.low, given.high)}"
            blocks.append(Paragraph(runs(unit, "strong")))
        blocks.extend(_steps(frame, given))
    return tuple(blocks)


def _steps(frame: Frame, given: PointsGiven) -> list[Block]:
    terms = frame.terms_of(given.level, given.period, given.unit)
    wording = StepWords(frame, terms, frame.contract.currency or "")
    label = frame.version_short(frame.terms.version(given.period.terms_day).label)
    blocks: list[Block] = [Items(tuple(wording.line(step, label) for step in given.steps), ordered=True)]
    if given.steps_high:
        blocks.append(Paragraph(runs(frame.say("points.steps_high"))))
        blocks.append(Items(tuple(wording.line(step, label) for step in given.steps_high), ordered=True))
    return blocks


def pool_section(frame: Frame) -> tuple[Block, ...]:
    """Each pool in each reported period: its size, what was taken, what is left."""
    pools = frame.settlement.pools
    if not pools:
        return ()
    blocks: list[Block] = [Heading(1, runs(frame.say("pool.title")), id="pools")]
    blocks.append(Paragraph(runs(frame.say("pool.intro"))))
    blocks.append(_pools(frame, pools))
    taken = [one for one in pools if any(part.asked for part in one.taken)]
    blocks.extend(block for one in taken for block in pool_blocks(frame, one))
    return tuple(blocks)


def _pools(frame: Frame, pools: tuple[PoolUse, ...]) -> Table:
    rows = []
    for one in pools:
        rows.append(
            (
                Cell(runs(one.block.title)),
                Cell(
                    runs(shown.period(frame, one.period)),
                    anchor="" if any(part.asked for part in one.taken) else pool_figure(one),
                ),
                Cell(runs(_amount(frame, one.size)), align="right"),
                Cell(runs(_between(frame, one.paid, one.paid_high)), align="right"),
                Cell(runs(_between(frame, one.left_low, one.left)), align="right"),
            )
        )
    keys = ("pool", "period", "size", "paid", "left")
    header = tuple(
        Cell(runs(frame.say(f"pool.{key}")), align="left" if i < 2 else "right") for i, key in enumerate(keys)
    )
    return Table("pools-table", frame.say("pool.caption"), header, tuple(rows), (5, 4, 3, 4, 4))


def pool_blocks(frame: Frame, pool: PoolUse) -> tuple[Block, ...]:
    """One pool in one period: which credits took how much from it, before and after its limit."""
    title = f"{pool.block.title} – {shown.period(frame, pool.period)}: {_between(frame, pool.paid, pool.paid_high)}"
    keys = ("credits", "share", "asked", "given")
    rows = []
    for part in pool.taken:
        name = frame.block_title(part.credits)
        rows.append(
            (
                Cell(runs(f"{name}, {part.unit}" if part.unit else name)),
                Cell(runs(part.share)),
                Cell(runs(_amount(frame, part.asked)), align="right"),
                Cell(runs(_amount(frame, part.paid)), align="right"),
            )
        )
    table = Table(
        id=f"{pool.pool}-{pool.period.label}-taken",
        caption=f"{frame.say('pool.taken_caption')}: {pool.block.title}, {shown.period(frame, pool.period)}",
        header=tuple(
            Cell(runs(frame.say(f"pool.{key}")), align="left" if i < 2 else "right") for i, key in enumerate(keys)
        ),
        rows=tuple(rows),
        widths=(5, 4, 4, 4),
    )
    where = (*runs(f"{frame.say('explain.clause')}: "), *runs(place(pool.block.span), "code"))
    clause = Paragraph(where, "note")
    return Heading(3, runs(title), id=pool_figure(pool)), table, clause


def _amount(frame: Frame, amount: Decimal) -> str:
    return shown.amount(frame, amount, frame.contract.currency or "")


def _between(frame: Frame, low: Decimal, high: Decimal) -> str:
    if low == high:
        return _amount(frame, low)
    return frame.say("money.range", low=_amount(frame, low), high=_amount(frame, high))
