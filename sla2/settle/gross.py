"""From a verdict to the credit before rounding and caps: tier or formula, repeat, base.

In: a credits block in force, a verdict and its measurement, the fees. Out: a `Line` per side (least and most), or the
name of what cannot be reckoned. It runs first in the order of operations for money; it rounds nothing and caps nothing.
Tiers are applied as worded: a bound that is included is included, a value in no tier gives nothing. A formula other
than "each missed case" pays only where the target is missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.periods import period_at
from sla2.contract.quantity import Percent
from sla2.settle.candidates import Candidate, candidates
from sla2.settle.each import parts_of
from sla2.settle.fees import FeeBook, Unknown, anchor_of
from sla2.settle.judge import step
from sla2.settle.line import Line, Part, plain
from sla2.settle.spans import ONE_DAY, Days, days_of, moved

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, Tier
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Piece
    from sla2.settle.verdict import Step, Verdict


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a block cannot be reckoned: a key and the words of the contract it is about."""

    why: str
    what: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the credit of one period is reckoned from.

    `run`: for the sides least and most, the how-manieth period in a row this is that missed its target (0: it does
    not repeat). `pieces`: the downtime that counted in this period.
    """

    block: Credits
    contract: Contract
    verdict: Verdict
    fees: FeeBook
    pieces: tuple[Piece, ...]
    run: tuple[int, int]


def gross(setting: Setting) -> tuple[Line, Line] | Refusal:
    """The least and the most that the block comes to before rounding and caps."""
    base = base_of(setting)
    if isinstance(base, Unknown):
        return Refusal(base.why, base.fee)
    possible = candidates(setting.verdict, setting.block.tiers)
    least = [_line(setting, one, base, setting.run[0]) for one in reversed(possible)]
    most = [_line(setting, one, base, setting.run[1]) for one in possible]
    for line in (*least, *most):
        if isinstance(line, Refusal):
            return line
    return min(_lines(least), key=_amount), max(_lines(most), key=_amount)


def _lines(found: list[Line | Refusal]) -> list[Line]:
    return [line for line in found if isinstance(line, Line)]


def _amount(line: Line) -> Fraction:
    return line.amount


def base_of(setting: Setting) -> Fraction | None | Unknown:
    """The base of the period: the fees that a percentage is of; None if the block needs none."""
    block, period = setting.block, setting.verdict.period
    if not _needs_base(block):
        return None
    names = block.base.fees if block.base else ()
    of = block.base.of if block.base else "period"
    unit = setting.verdict.unit if of == "same unit and period" else ""
    other = _other_period(setting)
    if other is None:
        anchor = anchor_of(period, setting.contract)
        return setting.fees.of(names, base_days(block, days_of(period)), anchor=anchor, period=period.label, unit=unit)
    return setting.fees.of(
        names, days_of(other), anchor=anchor_of(other, setting.contract), period=other.label, unit=unit
    )


def _other_period(setting: Setting) -> JudgedPeriod | None:
    """The next or preceding period that the base is of; None if it is this one, or lies outside the term."""
    of = setting.block.base.of if setting.block.base else "period"
    asked = setting.verdict.measurement.terms.period
    if of not in ("next period", "preceding period") or asked is None:
        return None
    period = setting.verdict.period
    day = period.last + ONE_DAY if of == "next period" else period.first - ONE_DAY
    return period_at(setting.contract, asked, day)


def base_days(block: Credits, days: Days) -> Days:
    """The days whose fees are the base of the stretch `days`."""
    if block.base is None or block.base.of in ("period", "same unit and period"):
        return days
    return moved(days, 1 if block.base.of == "next period" else -1)


def _needs_base(block: Credits) -> bool:
    percents = bool(block.tiers) or any(each.gives_percent is not None for each in block.each)
    return percents or any(cap.percent_of_base is not None for cap in block.caps)


def _line(setting: Setting, candidate: Candidate, base: Fraction | None, run: int) -> Line | Refusal:
    block, verdict = setting.block, setting.verdict
    factor = Fraction(block.repeat.factor) if block.repeat is not None and run > 1 and candidate.missed else Fraction(1)
    if block.tiers:
        share, steps = tier_share(block.tiers, candidate)
        if factor != 1 and share:
            share = share * factor
            steps = (*steps, _repeat(block, share, factor, run))
        return _of_base(setting, share, steps, base)
    counted = parts_of(block, candidate, verdict, setting.pieces, setting.fees, base)
    if isinstance(counted, str):
        return Refusal("formula", counted)
    parts, steps, of_base = counted
    if factor != 1:
        parts = tuple(Part(part.of, part.amount * factor, part.count) for part in parts)
    total = sum((part.amount for part in parts), Fraction(0))
    if factor != 1 and total:
        steps = (*steps, _repeat(block, total, factor, run))
    of_base = None if of_base is None else of_base * factor
    proof = (*verdict.steps, *steps)
    return Line(block, setting.contract, verdict, total, of_base, base, parts, proof)


def _repeat(block: Credits, result: Fraction, factor: Fraction, run: int) -> Step:
    """The period's own percentage or credit, multiplied in the second and each later missed period in a row."""
    rule = block.repeat.span if block.repeat else None
    what = "share" if block.tiers else "amount"
    return step("repeat", rule, plain(result), factor=plain(factor), in_a_row=run, what=what)


def tier_share(tiers: tuple[Tier, ...], candidate: Candidate) -> tuple[Fraction, tuple[Step, ...]]:
    """The percentage, as a share of one, that the tiers give for a value; with the step that says which tier."""
    if candidate.silent or candidate.value is None:
        return Fraction(0), (step("tier", tiers[0].span, "0", none=candidate.silent or "no value"),)
    for tier in tiers:
        if isinstance(tier.gives, Percent) and in_tier(candidate.value, tier):
            values = _bounds(tier)
            return tier.gives.ratio, (
                step("tier", tier.span, plain(tier.gives.ratio), value=plain(candidate.value), **values),
            )
    why = "target met" if not candidate.missed else "no tier"
    return Fraction(0), (step("tier", tiers[0].span, "0", value=plain(candidate.value), none=why),)


def _bounds(tier: Tier) -> dict[str, str]:
    values = {}
    if tier.lower is not None:
        values["from" if tier.lower_included else "above"] = plain(tier.lower.exact)
    if tier.upper is not None:
        values["up_to" if tier.upper_included else "below"] = plain(tier.upper.exact)
    return values


def in_tier(value: Fraction, tier: Tier) -> bool:
    """True if `value` lies in the tier, its bounds taken as worded."""
    if tier.lower is not None:
        low = tier.lower.exact
        if value < low or (value == low and not tier.lower_included):
            return False
    if tier.upper is not None:
        high = tier.upper.exact
        if value > high or (value == high and not tier.upper_included):
            return False
    return True


def _of_base(setting: Setting, share: Fraction, steps: tuple[Step, ...], base: Fraction | None) -> Line:
    assert base is not None
    block = setting.block
    rule = block.base.span if block.base else block.span
    other = _other_period(setting)
    days = days_of(other) if other else base_days(block, days_of(setting.verdict.period))
    based = step(
        "base",
        rule,
        plain(base),
        fees=", ".join(block.base.fees if block.base else ()) or "all",
        first=days.first,
        last=days.after - ONE_DAY,
    )
    credit = share * base
    credited = step("credit", block.span, plain(credit), share=plain(share), base=plain(base))
    proof = (*setting.verdict.steps, *steps, based, credited) if share else (*setting.verdict.steps, *steps)
    return Line(block, setting.contract, setting.verdict, credit, share, base, (Part("", credit),), proof)
