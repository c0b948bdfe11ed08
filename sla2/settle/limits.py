"""Unit rounding, caps, combination, pays if: the steps between the formula and the claim.

In: lines of one period, and what earlier periods have already used of each cap. Out: the lines after each step.
It runs period by period in the order of time, for the least and for the most that may be owed. A percentage cap is of
the sum of the bases of its span; a cap that names other blocks is shared with them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import shift
from sla2.settle.fees import FeeBook, Unknown
from sla2.settle.gifts import Purse
from sla2.settle.gross import Setting, base_days, fees_for, pool_size
from sla2.settle.rounding import down, half_up, money_step
from sla2.settle.spans import ONE_DAY, Days, calendar_year, contract_year, days_of, rolling_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.credits import Cap, Combine, Credits
    from sla2.settle.line import Line, Part
    from sla2.settle.used import Used


def round_unit(line: Line) -> Line:
    """Money rounding: as the contract states it, else to the decimals of the currency; half up."""
    rule, step = line.contract.money_rounding, money_step(line.contract)
    rounded = half_up(line.amount, Fraction(step))
    if rounded == line.amount:
        return line
    span = rule.span if rule is not None else None
    return replace(line.after("unit rounding", span, rounded, amount=line.amount, step=step), unrounded=line.amount)


def cap_small(line: Line, fees: FeeBook) -> Line | str:
    """The caps per outage and per case: each part on its own. A text names the cap that cannot be applied."""
    for cap in line.block.caps:
        if cap.per not in ("outage", "case"):
            continue
        if cap.together_with:
            return f"cap together per {cap.per}"
        limit = _of_line(cap, line, fees)
        if isinstance(limit, Unknown) or not all(_is_per(cap, part) for part in line.parts if part.amount):
            return f"cap per {cap.per}"
        parts = tuple(replace(part, amount=min(part.amount, limit * part.count)) for part in line.parts)
        total = down(sum((part.amount for part in parts), Fraction(0)), Fraction(money_step(line.contract)))
        if total < line.amount:
            line = line.after("cap", cap.span, total, amount=line.amount, per=cap.per, limit=limit)
        line = replace(line, parts=parts)
    return line


def _is_per(cap: Cap, part: Part) -> bool:
    return bool(part.of) and (part.of == "case") == (cap.per == "case")


def joint_caps(line: Line) -> Iterator[tuple[Credits, Cap]]:
    """The caps of the block, then those of other blocks that are shared with it; each with the block that states it."""
    for cap in line.block.caps:
        yield line.block, cap
    for owner in (*line.contract.credits, *line.contract.bonuses):
        if owner.name != line.block.name:
            yield from ((owner, cap) for cap in owner.caps if line.block.name in cap.together_with)


def cap_span(line: Line, owner: Credits, cap: Cap, used: Used, fees: FeeBook, measured_from: date) -> Line | str:
    """One cap per period, contract year, calendar year or rolling stretch. `owner`: the block that states it."""
    days = span_of(cap, line)
    if days is None:
        return f"cap per {cap.stretch}"
    blocks = tuple(dict.fromkeys((line.block.name, owner.name, *cap.together_with)))
    per_unit = line.block.base is not None and line.block.base.of == "same unit and period"
    unit = line.verdict.unit if per_unit else None
    limit = _limit(cap, owner, line, days, used, fees, unit)
    if isinstance(limit, Unknown):
        return f"cap per {cap.stretch}"
    before = used.within(blocks, days, unit)
    room = down(max(limit - before, Fraction(0)), Fraction(money_step(line.contract)))
    unknown = days.first < measured_from and _started(line, measured_from) and not used.carried.issuperset(blocks)
    if unknown and line.amount:
        line = line.depending("earlier periods")
    if line.amount >= room:
        line = replace(line, cap_reached=True)
    if line.amount <= room:
        return line
    return line.after("cap", cap.span, room, amount=line.amount, per=cap.stretch, limit=limit, used=before)


def cap_pool(line: Line, used: Used, fees: FeeBook) -> Line:
    """At most the size of the pool in its period, over all blocks that take from it."""
    takes = line.block.takes
    pool = next((one for one in line.contract.pools if takes is not None and one.name == takes.pool), None)
    if pool is None:
        return line
    size = pool_size(pool, Setting(line.block, line.contract, line.verdict, fees, (), (0, 0), pool=pool))
    if isinstance(size, Unknown):
        return line
    takers = takers_of(pool.name, line.contract.credits)
    before = used.within(takers, days_of(line.verdict.period), None)
    room = down(max(size - before, Fraction(0)), Fraction(money_step(line.contract)))
    if line.amount <= room:
        return line
    return line.after("pool", pool.span, room, amount=line.amount, pool=pool.name, limit=size, used=before)


def takers_of(pool: str, blocks: tuple[Credits, ...]) -> tuple[str, ...]:
    """The blocks that take from a pool."""
    return tuple(block.name for block in blocks if block.takes is not None and block.takes.pool == pool)


def _started(line: Line, day: date) -> bool:
    """True if the contract ran before `day`, so that earlier periods may have used up something."""
    term = line.contract.term
    return term is None or term.start < day


def span_of(cap: Cap, line: Line) -> Days | None:
    """The span over which `cap` accumulates, for the period of `line`; None without a term for a contract year."""
    period = line.verdict.period
    if cap.per == "period":
        return days_of(period)
    if cap.per == "calendar year":
        return calendar_year(period.last)
    if cap.per == "12 months rolling":
        return rolling_year(period.last)
    if cap.per == "rolling" and cap.rolling is not None:
        after = period.last + ONE_DAY
        return Days(shift(after, cap.rolling, "before", None), after)
    if cap.per == "contract year" and line.contract.term is not None:
        return contract_year(period.last, line.contract.term.start)
    return None


def _of_line(cap: Cap, line: Line, fees: FeeBook) -> Fraction | Unknown:
    """The limit of a cap of one period: an amount, days of fee, or a percentage of the base of that period."""
    if cap.money is not None:
        return Fraction(cap.money.amount)
    if cap.days_of_fee is not None:
        period, base = line.verdict.period, line.block.base
        purse = Purse(base.fees if base else (), line.base, days_of(period), period, (), fees)
        return purse.price(cap.days_of_fee) or Fraction(0)
    assert cap.percent_of_base is not None
    if cap.base is None:
        return cap.percent_of_base.ratio * (line.base or Fraction(0))
    own = fees_for(cap.base, Setting(line.block, line.contract, line.verdict, fees, (), (0, 0)))
    return own if isinstance(own, Unknown) else cap.percent_of_base.ratio * own


def _limit(
    cap: Cap, owner: Credits, line: Line, days: Days, used: Used, fees: FeeBook, unit: str | None
) -> Fraction | Unknown:
    """The limit of a cap; a percentage is of the sum of the bases of its span.

    Of a fee that is paid as invoiced, the bases are those of the periods measured so far. A cap with a base of its own
    is of the fees of that base, for the span as a whole.
    """
    if cap.percent_of_base is None or (cap.per == "period" and (owner.name == line.block.name or cap.base)):
        return _of_line(cap, line, fees)
    of = cap.base or owner.base
    names = of.fees if of else ()
    base = fees.of(names, base_days(of, days), period=line.verdict.period.label)
    invoiced = any(fee.per == "as invoiced" and fee.name in names for fee in line.contract.fees)
    if cap.per != "period" and cap.base is None and invoiced:
        base = used.based(owner.name, days, unit) + (line.base or Fraction(0))
    return base if isinstance(base, Unknown) else cap.percent_of_base.ratio * base


def combine(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """`highest of a, b`: of the blocks named, only the one that comes to most in this period is paid.

    The first named prevails if two come to the same. `either …, customer chooses` is reckoned as the highest and
    depends on the choice.
    """
    for rule in dict.fromkeys(line.block.combine for line in lines if line.block.combine is not None):
        if rule is not None and rule.how != "all add up":
            lines = _only_highest(lines, rule)
    return lines


def _only_highest(lines: tuple[Line, ...], rule: Combine) -> tuple[Line, ...]:
    totals = {name: Fraction(0) for name in rule.credits}
    for line in lines:
        if line.block.name in totals:
            totals[line.block.name] += line.amount
    if sum(1 for total in totals.values() if total) < 2:
        return lines
    winner = max(totals, key=lambda name: totals[name])
    done = []
    for line in lines:
        if line.block.name in totals and line.block.name != winner and line.amount:
            line = line.after("combination", rule.span, Fraction(0), amount=line.amount, highest=winner)
        if line.block.name in totals and rule.how == "either":
            line = line.depending("choice")
        done.append(line)
    return tuple(done)


def pays_if(line: Line) -> Line:
    """Nothing below the smallest amount that is paid; "more than" is strict. Compared before the amount was rounded."""
    rule = line.block.pays_if
    if rule is None or not line.amount:
        return line
    least = Fraction(rule.money.amount)
    amount = line.amount if line.unrounded is None else line.unrounded
    if amount > least or (amount == least and not rule.strict):
        return line
    worded = "more than" if rule.strict else "at least"
    return line.after("pays if", rule.span, Fraction(0), amount=amount, **{worded: str(rule.money)})
