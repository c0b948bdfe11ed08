"""Unit rounding, caps, combination, pays if: the steps between the formula and the claim.

In: lines of one period, and what earlier periods have already used of each cap. Out: the lines after each step.
It runs period by period in the order of time, for the least and for the most that may be owed. A percentage cap is of
the sum of the bases of its span; a cap that names other blocks is shared with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.settle.fees import FeeBook, Unknown
from sla2.settle.gross import base_days
from sla2.settle.rounding import down, half_up, money_step
from sla2.settle.spans import Days, calendar_year, contract_year, days_of, rolling_year

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.credits import Cap, Combine
    from sla2.settle.line import Line, Part


@dataclass(slots=True)
class Used:
    """What has been paid so far: per credits block, the last day of the period, the unit and the amount."""

    paid: dict[str, list[tuple[date, str, Fraction]]] = field(default_factory=dict)

    def copy(self) -> Used:
        """The same, to be tried on."""
        return Used({name: list(paid) for name, paid in self.paid.items()})

    def within(self, blocks: tuple[str, ...], days: Days, unit: str | None) -> Fraction:
        """What the blocks have paid for periods that end within `days`; for one unit, or (None) for all units."""
        total = Fraction(0)
        for block in blocks:
            for last, of, amount in self.paid.get(block, []):
                if days.first <= last < days.after and unit in (None, of):
                    total += amount
        return total

    def add(self, line: Line) -> None:
        """Remember what this line finally pays."""
        self.paid.setdefault(line.block.name, []).append((line.verdict.period.last, line.verdict.unit, line.amount))


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
        limit = _limit(cap, line, days_of(line.verdict.period), fees)
        if isinstance(limit, Unknown) or not all(_is_per(cap, part) for part in line.parts):
            return f"cap per {cap.per}"
        parts = tuple(replace(part, amount=min(part.amount, limit * part.count)) for part in line.parts)
        total = down(sum((part.amount for part in parts), Fraction(0)), Fraction(money_step(line.contract)))
        if total < line.amount:
            line = line.after("cap", cap.span, total, amount=line.amount, per=cap.per, limit=limit)
        line = replace(line, parts=parts)
    return line


def _is_per(cap: Cap, part: Part) -> bool:
    return bool(part.of) and (part.of == "case") == (cap.per == "case")


def cap_span(line: Line, cap: Cap, used: Used, fees: FeeBook, measured_from: date) -> Line | str:
    """One cap per period, contract year, calendar year or twelve months."""
    days = span_of(cap, line)
    if days is None:
        return f"cap per {cap.per}"
    limit = _limit(cap, line, days, fees)
    if isinstance(limit, Unknown):
        return f"cap per {cap.per}"
    blocks = (line.block.name, *cap.together_with)
    per_unit = line.block.base is not None and line.block.base.of == "same unit and period"
    before = used.within(blocks, days, line.verdict.unit if per_unit else None)
    room = down(max(limit - before, Fraction(0)), Fraction(money_step(line.contract)))
    if days.first < measured_from and _started(line, measured_from) and line.amount:
        line = line.depending("earlier periods")
    if line.amount <= room:
        return line
    return line.after("cap", cap.span, room, amount=line.amount, per=cap.per, limit=limit, used=before)


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
    if cap.per == "contract year" and line.contract.term is not None:
        return contract_year(period.last, line.contract.term.start)
    return None


def _limit(cap: Cap, line: Line, days: Days, fees: FeeBook) -> Fraction | Unknown:
    if cap.money is not None:
        return Fraction(cap.money.amount)
    assert cap.percent_of_base is not None
    if cap.per in ("period", "outage", "case"):
        return cap.percent_of_base.ratio * (line.base or Fraction(0))
    names = line.block.base.fees if line.block.base else ()
    base = fees.of(names, base_days(line.block.base, days))
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
