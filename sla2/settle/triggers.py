"""The tests over history from which a right arises: one function per form of trigger.

In: the verdicts, outages, amounts and points up to the end of a period. Out: whether the test holds at the end of that
period, certainly or possibly, and the facts it rests upon. A test over "3 of 6 periods" looks at the last six completed
periods, this one included; "in a row" leaves out periods that were not judged; each needs a fact of this period itself,
so that a right does not arise twice from the same facts. Undecided verdicts give "possible". It knows no dates of use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.rights import (
    AverageBelow,
    CreditsReach,
    CreditsReachCap,
    DowntimeOver,
    LateDelivery,
    MissesInARow,
    MissesTimes,
    PointsReach,
    Trigger,
)
from sla2.settle.balance import RightFact
from sla2.settle.outage_events import microseconds
from sla2.settle.spans import ONE_DAY
from sla2.settle.together import worst

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Measurement
    from sla2.settle.balance import OpeningBalance, PointsAccount
    from sla2.settle.verdict import Owed, Status, Verdict

_SILENT: tuple[Status, ...] = ("not judged", "insufficient data", "not in force")


@dataclass(frozen=True, slots=True)
class Past:
    """One level's completed periods in the order of time, its units together; the last one is judged now."""

    level: str
    periods: tuple[tuple[Verdict, ...], ...]

    @property
    def now(self) -> JudgedPeriod:
        """The period at whose end the tests are made."""
        return self.periods[-1][0].period

    def until(self, number: int) -> Past:
        """The past as it stood at the end of one of the periods."""
        return Past(self.level, self.periods[: number + 1])


@dataclass(frozen=True, slots=True)
class Held:
    """A test that holds: certainly, or only if undecided cases turn out one way; with its facts."""

    certain: bool
    facts: tuple[RightFact, ...]


@dataclass(frozen=True, slots=True)
class Books:
    """What triggers look at beside verdicts: all amounts, all accounts of points, balances carried over."""

    ledger: tuple[Owed, ...]
    points: tuple[PointsAccount, ...]
    opening: tuple[OpeningBalance, ...] = ()


def holds_now(trigger: Trigger, past: Past, books: Books) -> Held | None:
    """Whether a trigger over verdicts, amounts or points holds at the end of the last period of `past`.

    Triggers over single outages are not tested here (see `outage_events`).
    """
    match trigger:
        case MissesTimes():
            return _times(trigger, past)
        case MissesInARow():
            return _in_a_row(trigger, past)
        case AverageBelow():
            return _average(trigger, past)
        case LateDelivery():
            return _late(trigger, past)
        case DowntimeOver():
            return _downtime(trigger, past)
        case CreditsReach():
            return _credits(trigger, past, books.ledger)
        case CreditsReachCap():
            return _cap(trigger, past, books.ledger)
        case PointsReach():
            return _points(trigger, past, books)
        case _:
            return None


def status_of(verdicts: tuple[Verdict, ...], bar: str) -> Status:
    """One status for all units of a period: missed as soon as one unit missed."""
    if bar == "target":
        return worst([verdict.status for verdict in verdicts])
    return worst([verdict.minimum or "not judged" for verdict in verdicts])


def _misses(past: Past, bar: str) -> list[tuple[Status, RightFact]]:
    found = []
    for verdicts in past.periods:
        status = status_of(verdicts, bar)
        of = [one for one in verdicts if (one.status if bar == "target" else one.minimum) == status]
        unit = of[0].unit if of else ""
        fact = RightFact("verdict", past.level, unit, verdicts[0].period.label, ident=bar, certain=status == "missed")
        found.append((status, fact))
    return found


def _times(trigger: MissesTimes, past: Past) -> Held | None:
    seen = _misses(past, trigger.bar)[-trigger.periods :]
    if seen[-1][0] not in ("missed", "undecided"):
        return None
    facts = [fact for status, fact in seen if status in ("missed", "undecided")]
    certain = [fact for fact in facts if fact.certain]
    if len(facts) < trigger.times:
        return None
    return Held(len(certain) >= trigger.times and seen[-1][0] == "missed", tuple(facts))


def _in_a_row(trigger: MissesInARow, past: Past) -> Held | None:
    seen = [one for one in _misses(past, trigger.bar) if one[0] not in _SILENT]
    silent_now = _misses(past.until(len(past.periods) - 1), trigger.bar)[-1][0] in _SILENT
    last = seen[-trigger.periods :]
    if silent_now or len(last) < trigger.periods or any(status == "met" for status, _ in last):
        return None
    return Held(all(status == "missed" for status, _ in last), tuple(fact for _, fact in last))


def _average(trigger: AverageBelow, past: Past) -> Held | None:
    bound = trigger.bound.exact
    units = sorted({verdict.unit for verdicts in past.periods for verdict in verdicts})
    found = [_average_of(trigger.periods, bound, past, unit) for unit in units]
    held = [one for one in found if one is not None]
    return min(held, key=lambda one: not one.certain, default=None)


def _average_of(periods: int, bound: Fraction, past: Past, unit: str) -> Held | None:
    """The mean of the exact measures of the last periods that have one; this period must be among them."""
    own = [verdict for verdicts in past.periods for verdict in verdicts if verdict.unit == unit]
    raw = [verdict.raw or verdict.measurement for verdict in own if verdict.status != "not in force"]
    if not raw or raw[-1].value is None or raw[-1].period.label != past.now.label:
        return None
    last = [one for one in raw if one.value is not None][-periods:]
    if len(last) < periods:
        return None
    lows = [one.value if one.low is None else one.low for one in last]
    highs = [one.value if one.high is None else one.high for one in last]
    low, high = (sum((one for one in values if one is not None), Fraction(0)) / periods for values in (lows, highs))
    if min(low, high) >= bound:
        return None
    certain = max(low, high) < bound
    mean = sum((one.value for one in last if one.value is not None), Fraction(0)) / periods
    facts = tuple(RightFact("verdict", past.level, unit, one.period.label, value=one.value) for one in last)
    return Held(certain, (RightFact("average", past.level, unit, past.now.label, value=mean, certain=certain), *facts))


def _late(trigger: LateDelivery, past: Past) -> Held | None:
    over = Fraction(trigger.over.value) * (7 if trigger.over.unit == "week" else 1)
    for verdict in past.periods[-1]:
        found = verdict.raw or verdict.measurement
        days = [one for one in (found.low, found.high, found.value) if one is not None]
        if days and max(days) > over and verdict.status != "not in force":
            fact = RightFact("delivery", past.level, verdict.unit, past.now.label, value=max(days))
            return Held(min(days) > over, (replace(fact, certain=min(days) > over),))
    return None


def _downtime(trigger: DowntimeOver, past: Past) -> Held | None:
    """More downtime than so much in each of the last periods: of one unit, after exclusions and weighted."""
    over = microseconds(trigger.over)
    judged = [verdicts for verdicts in past.periods if any(one.measurement.value is not None for one in verdicts)]
    last = judged[-trigger.periods :]
    if over is None or len(last) < trigger.periods or last[-1] != past.periods[-1]:
        return None
    for unit in sorted({verdict.unit for verdicts in last for verdict in verdicts}):
        own = [verdict for verdicts in last for verdict in verdicts if verdict.unit == unit]
        found = [verdict.raw or verdict.measurement for verdict in own if verdict.status != "not in force"]
        times = [(_down(one, one.high), _down(one, one.low), one.period.label) for one in found]
        if len(times) == trigger.periods and all(most is not None and most > over for _, most, _ in times):
            certain = all(least is not None and least > over for least, _, _ in times)
            facts = (RightFact("downtime", past.level, unit, label, value=most) for _, most, label in times)
            return Held(certain, tuple(facts))
    return None


def _down(found: Measurement, value: Fraction | None) -> Fraction | None:
    """The downtime in microseconds behind an availability."""
    return None if value is None or not found.denominator else (1 - value) * found.denominator


def _in(ledger: Iterable[Owed], name: str, label: str) -> list[Owed]:
    return [one for one in ledger if one.credits == name and one.period.label == label]


def _credits(trigger: CreditsReach, past: Past, ledger: tuple[Owed, ...]) -> Held | None:
    """How many of the last periods brought credits of so much of their base, before claims and earn-back."""
    seen: list[tuple[bool, bool, RightFact]] = []
    for verdicts in past.periods[-trigger.periods :]:
        label = verdicts[0].period.label
        owed = _in(ledger, trigger.credits, label)
        bases = [one.base for one in owed if one.base is not None]
        each_unit = any(one.block and one.block.base and one.block.base.of == "same unit and period" for one in owed)
        base = sum(bases, Fraction(0)) if each_unit else max(bases, default=Fraction(0))
        bar = trigger.share.ratio * base
        least = sum((Fraction(one.due or 0) for one in owed), Fraction(0))
        most = sum((Fraction(one.due_high or 0) for one in owed), Fraction(0))
        reached = bool(base) and least >= bar
        fact = RightFact("credit", past.level, "", label, trigger.credits, None, least, reached)
        seen.append((reached, bool(base) and most >= bar, fact))
    if not seen or not seen[-1][1] or sum(1 for one in seen if one[1]) < trigger.times:
        return None
    certain = seen[-1][0] and sum(1 for one in seen if one[0]) >= trigger.times
    return Held(certain, tuple(fact for _, possible, fact in seen if possible))


def _cap(trigger: CreditsReachCap, past: Past, ledger: tuple[Owed, ...]) -> Held | None:
    owed = [one for one in _in(ledger, trigger.credits, past.now.label) if one.cap_reached != "no" and one.due_high]
    if not owed:
        return None
    certain = any(one.cap_reached == "yes" and one.due for one in owed)
    facts = tuple(
        RightFact("credit", past.level, one.unit, past.now.label, one.credits, None, Fraction(one.due or 0), certain)
        for one in owed
    )
    return Held(certain, facts)


def _points(trigger: PointsReach, past: Past, books: Books) -> Held | None:
    """The points of the last periods, with those carried over where the periods go back to before the first measured.

    How many of the points carried over belong to these periods is not known: a right that needs them is only possible.
    """
    labels = [verdicts[0].period.label for verdicts in past.periods[-trigger.periods :]]
    seen = [one for one in books.points if one.points == trigger.points and one.period.label in labels]
    low, high = sum((one.low for one in seen), Fraction(0)), sum((one.high for one in seen), Fraction(0))
    now = [one for one in seen if one.period.label == past.now.label and one.high]
    bar = Fraction(trigger.number)
    facts = [
        RightFact("points", past.level, "", one.period.label, one.points, None, one.low, one.low == one.high)
        for one in seen
        if one.high
    ]
    if len(past.periods) < trigger.periods and low < bar:
        for one in books.opening:
            if one.kind == "points" and one.ident == trigger.points and one.value:
                high += one.value
                day = one.first - ONE_DAY
                facts.insert(0, RightFact("points", past.level, "", "", one.ident, day, one.value, certain=False))
    if high < bar or not now:
        return None
    return Held(low >= bar and bool(now[0].low), tuple(facts))
