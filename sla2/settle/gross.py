"""From a verdict to the credit before rounding and caps: tier or formula, repeat, base.

In: a block of credits or a bonus in force, a verdict and its measurement (or an account of points), the fees. Out: a
`Line` per side (least and most), or the name of what cannot be reckoned. It runs first in the order of operations for
money; it rounds nothing and caps nothing. Credits other than by tiers and "each missed case" pay only where the target
is missed; a bonus pays by its tiers, where the target is met, or by how far the value is better than the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import shift
from sla2.contract.periods import period_at
from sla2.contract.quantity import DaysOfFee, Money, Percent, Points, TimesFee
from sla2.settle.candidates import Candidate, candidates, candidates_of_points
from sla2.settle.each import parts_of
from sla2.settle.fees import FeeBook, Unknown, anchor_of
from sla2.settle.gifts import Purse
from sla2.settle.judge import step
from sla2.settle.line import Line, Part, plain
from sla2.settle.spans import ONE_DAY, Days, days_of, moved
from sla2.settle.tiers import bounds_text, comparable, tier_of

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Base, Credits, Pool
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
    not repeat). `pieces`: the downtime that counted in this period. `points`: fewest and most points of the account
    that the block turns into money, with their steps; `pool`: the pool that it takes from.
    """

    block: Credits
    contract: Contract
    verdict: Verdict
    fees: FeeBook
    pieces: tuple[Piece, ...]
    run: tuple[int, int]
    points: tuple[Fraction, Fraction] | None = None
    steps: tuple[Step, ...] = ()
    pool: Pool | None = None

    @property
    def measure(self) -> str:
        """The measure of the level; empty for credits from points."""
        return "" if self.points is not None else self.verdict.measurement.terms.measure


@dataclass(frozen=True, slots=True)
class _Made:
    """What a block comes to before a repeat: the parts, the steps, and the share of the base if it is one."""

    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    share: Fraction | None = None

    @property
    def amount(self) -> Fraction:
        return sum((part.amount for part in self.parts), Fraction(0))


def gross(setting: Setting) -> tuple[Line, Line] | Refusal:
    """The least and the most that the block comes to before rounding and caps."""
    base = base_of(setting)
    if isinstance(base, Unknown) and _needs_base(setting.block):
        return Refusal(base.why, base.fee)
    tiers = setting.block.tiers
    if not comparable(tiers, setting.measure):
        return Refusal("formula", "tier in days that only a calendar can measure")
    if setting.points is not None:
        possible = candidates_of_points(setting.points, tiers)
    else:
        possible = candidates(setting.verdict, tiers)
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


# ---------------------------------------------------------------- the base


def base_of(setting: Setting) -> Fraction | None | Unknown:
    """The base of the period: the fees that a percentage is of; None if the block names none and needs none."""
    block = setting.block
    if block.base is None and not _needs_base(block):
        return None
    return fees_for(block.base, setting)


def fees_for(base: Base | None, setting: Setting) -> Fraction | Unknown:
    """The named fees (None: all) of the period that a base is of."""
    period = setting.verdict.period
    names = base.fees if base else ()
    of = base.of if base else "period"
    unit = setting.verdict.unit if of == "same unit and period" else ""
    other = _other_period(base, setting)
    if other is None:
        anchor = anchor_of(period, setting.contract)
        return setting.fees.of(names, base_days(base, days_of(period)), anchor=anchor, period=period.label, unit=unit)
    return setting.fees.of(
        names, days_of(other), anchor=anchor_of(other, setting.contract), period=other.label, unit=unit
    )


def _other_period(base: Base | None, setting: Setting) -> JudgedPeriod | None:
    """The next or preceding period that the base is of; None if it is this one, or lies outside the term."""
    of = base.of if base else "period"
    asked = setting.verdict.measurement.terms.period
    if of not in ("next period", "preceding period") or asked is None:
        return None
    period = setting.verdict.period
    day = period.last + ONE_DAY if of == "next period" else period.first - ONE_DAY
    return period_at(setting.contract, asked, day)


def base_days(base: Base | None, days: Days) -> Days:
    """The days whose fees are the base of the stretch `days`.

    "Before the claim" is the length before the day of the claim, which follows the last day of the stretch.
    """
    if base is None or base.of in ("period", "same unit and period"):
        return days
    if base.of == "before claim":
        return days if base.length is None else Days(shift(days.after, base.length, "before", None), days.after)
    return moved(days, 1 if base.of == "next period" else -1)


def _days_of_base(setting: Setting) -> Days:
    other = _other_period(setting.block.base, setting)
    return days_of(other) if other else base_days(setting.block.base, days_of(setting.verdict.period))


def _needs_base(block: Credits) -> bool:
    gifts: list[object] = [tier.gives for tier in block.tiers]
    percents = any(isinstance(gift, Percent) for gift in gifts)
    percents = percents or any(each.gives_percent is not None for each in block.each)
    return percents or any(cap.percent_of_base is not None and cap.base is None for cap in block.caps)


# ---------------------------------------------------------------- one possible outcome


def _line(setting: Setting, candidate: Candidate, base: Fraction | Unknown | None, run: int) -> Line | Refusal:
    block = setting.block
    known = base if isinstance(base, Fraction) else None
    names = block.base.fees if block.base else ()
    purse = Purse(names, base, _days_of_base(setting), setting.verdict.period, setting.pieces, setting.fees)
    made = _made(setting, candidate, purse)
    if isinstance(made, Refusal):
        return made
    proof = (*(setting.steps or setting.verdict.steps), *made.steps)
    parts, share, total = made.parts, made.share, made.amount
    again = block.repeat is not None and run > 1 and (candidate.missed or block.bonus)
    if again and block.repeat is not None and (total or share):
        factor = Fraction(block.repeat.factor)
        of_share = bool(block.tiers) and share is not None
        parts = tuple(Part(part.of, part.amount * factor, part.count) for part in parts)
        share, total = None if share is None else share * factor, total * factor
        shown = share if of_share and share is not None else total
        what = "share" if of_share else "amount"
        proof = (
            *proof, step("repeat", block.repeat.span, plain(shown), factor=plain(factor), in_a_row=run, what=what),
        )  # fmt: skip
    if block.tiers and share and known is not None:
        proof = (*proof, *_based(setting, share, known))
    return Line(block, setting.contract, setting.verdict, total, share, known, parts, proof)


def _based(setting: Setting, share: Fraction, base: Fraction) -> tuple[Step, Step]:
    """The last two steps of a percentage: the base with its days, and the credit."""
    block, days = setting.block, _days_of_base(setting)
    rule = block.base.span if block.base else block.span
    fees = ", ".join(block.base.fees if block.base else ()) or "all"
    based = step("base", rule, plain(base), fees=fees, first=days.first, last=days.after - ONE_DAY)
    return based, step("credit", block.span, plain(share * base), share=plain(share), base=plain(base))


def _made(setting: Setting, candidate: Candidate, purse: Purse) -> _Made | Refusal:
    block = setting.block
    if block.tiers:
        return _by_tier(setting, candidate, purse)
    if block.gives is not None:
        return _days(setting, block.gives, candidate, purse)
    if block.takes is not None:
        return _taken(setting, candidate)
    found = parts_of(block, candidate, setting.verdict, setting.pieces, purse, setting.points)
    if isinstance(found, str):
        return Refusal("formula", found)
    if isinstance(found, Unknown):
        return Refusal(found.why, found.fee)
    return _Made(*found)


def _by_tier(setting: Setting, candidate: Candidate, purse: Purse) -> _Made | Refusal:
    """The gift of the tier that holds the value, with the step that says which tier."""
    tiers, measure = setting.block.tiers, setting.measure
    percents = all(isinstance(tier.gives, Percent) for tier in tiers)
    nothing = Fraction(0) if percents else None
    if candidate.silent or candidate.value is None:
        none = step("tier", tiers[0].span, "0", none=candidate.silent or "no value")
        return _Made((Part("", Fraction(0)),), (none,), nothing)
    tier = tier_of(tiers, candidate.value, measure)
    if tier is None:
        why = "no tier" if candidate.missed else "target met"
        none = step("tier", tiers[0].span, "0", value=plain(candidate.value), none=why)
        return _Made((Part("", Fraction(0)),), (none,), nothing)
    if isinstance(tier.gives, Points):
        return Refusal("formula", "tier that gives points")
    parts = _by_outage(tier.gives, purse) if isinstance(tier.gives, TimesFee) else _whole(tier.gives, purse)
    if isinstance(parts, Unknown):
        return Refusal(parts.why, parts.fee)
    amount = sum((part.amount for part in parts), Fraction(0))
    share = tier.gives.ratio if isinstance(tier.gives, Percent) else None
    values = {"value": plain(candidate.value), **bounds_text(tier, measure)}
    if share is None:
        values["gives"] = str(tier.gives)
        if isinstance(tier.gives, DaysOfFee) and tier.gives.days:
            values["day"] = plain(amount / Fraction(tier.gives.days))
    done = step("tier", tier.span, plain(amount if share is None else share), **values)
    return _Made(parts, (done,), share)


def _whole(gift: Percent | Money | DaysOfFee, purse: Purse) -> tuple[Part, ...] | Unknown:
    """What a gift gives for the period as a whole."""
    amount = purse.price(gift)
    return amount if isinstance(amount, Unknown) else (Part("", amount),)


def _by_outage(gift: TimesFee, purse: Purse) -> tuple[Part, ...] | Unknown:
    """The fee of the lost time, outage by outage, for a cap per outage."""
    parts = []
    for outage in dict.fromkeys(piece.outage_id for piece in purse.pieces):
        lost = purse.lost(tuple(piece for piece in purse.pieces if piece.outage_id == outage))
        if isinstance(lost, Unknown):
            return lost
        parts.append(Part(outage, lost * Fraction(gift.times)))
    return tuple(parts)


def _earns(block: Credits, candidate: Candidate) -> bool:
    """Whether a block that gives one thing pays: credits for a missed target, a bonus for one that is met."""
    if candidate.silent:
        return False
    return candidate.value is not None and not candidate.missed if block.bonus else candidate.missed


def _days(setting: Setting, gives: DaysOfFee, candidate: Candidate, purse: Purse) -> _Made | Refusal:
    """`gives: 2 days of fee` for a missed target."""
    rule = setting.block.span
    if not _earns(setting.block, candidate):
        none = step("gives", rule, "0", gives=str(gives), none=candidate.silent or "target met")
        return _Made((Part("", Fraction(0)),), (none,))
    day = purse.day()
    if isinstance(day, Unknown):
        return Refusal(day.why, day.fee)
    amount = day * Fraction(gives.days)
    return _Made((Part("", amount),), (step("gives", rule, plain(amount), gives=str(gives), day=plain(day)),))


def _taken(setting: Setting, candidate: Candidate) -> _Made | Refusal:
    """`takes: 40% of share incidents of at-risk` for a missed target: a share of a share of the pool's size."""
    takes, pool = setting.block.takes, setting.pool
    assert takes is not None
    share = next((one for one in pool.shares if one.name == takes.of), None) if pool else None
    if pool is None or share is None:
        return Refusal("formula", f"takes: share {takes.of} of {takes.pool}")
    if not _earns(setting.block, candidate):
        none = step("takes", takes.span, "0", pool=pool.name, of=takes.of, none=candidate.silent or "target met")
        return _Made((Part("", Fraction(0)),), (none,))
    size = pool_size(pool, setting)
    if isinstance(size, Unknown):
        return Refusal(size.why, size.fee)
    amount = takes.share.ratio * share.percent.ratio * size
    done = step(
        "takes", takes.span, plain(amount), pool=pool.name, of=takes.of, share=str(takes.share),
        part=str(share.percent), size=plain(size), of_fees=str(pool.size),
    )  # fmt: skip
    return _Made((Part("", amount),), (_pool_base(pool, setting), done))


def _pool_base(pool: Pool, setting: Setting) -> Step:
    """The step with the fees that the size of a pool is a percentage of."""
    days, fees = days_of(setting.verdict.period), fees_for(pool.base, setting)
    other = _other_period(pool.base, setting)
    days = days_of(other) if other else base_days(pool.base, days)
    return step(
        "base", pool.base.span if pool.base else pool.span, "0" if isinstance(fees, Unknown) else plain(fees),
        fees=", ".join(pool.base.fees if pool.base else ()) or "all", first=days.first, last=days.after - ONE_DAY,
    )  # fmt: skip


def pool_size(pool: Pool, setting: Setting) -> Fraction | Unknown:
    """How much is at risk in the pool in the period of `setting`."""
    fees = fees_for(pool.base, setting)
    return fees if isinstance(fees, Unknown) else pool.size.ratio * fees
