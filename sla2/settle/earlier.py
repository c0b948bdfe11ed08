"""What earlier periods do to this one's figure and target: the average with the previous period, a target raised.

In: the measurements of one level and unit in the order of time. Out: each as it is compared, with the steps that led
there. It runs before a period is judged. `averaged with previous` takes the mean of the exact values of this period and
the one before it; the first period, and one after a period without a value, stands alone. A ratchet raises the target
to the midpoint of itself and the mean of the exact values, once so many completed periods in a row were better than the
target; the new one holds from the next period and counting begins at zero. A period that met its target without being
better, or missed it, breaks the row; one that is not judged neither counts nor breaks; one that is undecided is read
both ways. An amendment that changes the target begins anew from the target it sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget
from sla2.contract.quantity import Percent
from sla2.settle.judge import comparison, step, threshold
from sla2.settle.line import plain

if TYPE_CHECKING:
    from sla2.contract.level import Target
    from sla2.measure.measurement import Measurement
    from sla2.settle.verdict import Status, Step, Verdict

_SHOWN = Decimal("0.000001")
_SILENT: tuple[Status, ...] = ("not judged", "insufficient data", "not in force")


class RaisedPercent(Percent):
    """A percentage that was raised to a midpoint: `value` is rounded for the eye, `over` is exact (a share of one)."""

    over: str

    @property
    def ratio(self) -> Fraction:
        """The exact share of one."""
        return Fraction(self.over)


@dataclass(slots=True)
class _Row:
    """One reading of the past: the target as signed, the target now, and the values in a row that were better."""

    signed: Fraction | None = None
    bar: Fraction | None = None
    values: tuple[Fraction, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A measurement as it is compared; `targets`: both targets where it is open whether the target was raised."""

    measurement: Measurement
    steps: tuple[Step, ...] = ()
    targets: tuple[Target, ...] = ()


class Series:
    """The past of one level and unit: feed it each period's measurement, then its verdict."""

    def __init__(self, opening: Fraction | None = None) -> None:
        """`opening`: the target that was in force before the first period measured, if it had been raised before."""
        self.opening = opening
        self.previous: Measurement | None = None
        self.cautious, self.eager = _Row(), _Row()

    def adjust(self, measurement: Measurement) -> Adjusted:
        """The measurement averaged with the previous one and held against the raised target, as the level says."""
        steps: tuple[Step, ...] = ()
        compared = measurement
        if measurement.terms.averaged_with_previous:
            compared, steps = self._averaged(measurement)
            self.previous = measurement
        rule, target = measurement.terms.ratchet, measurement.terms.target
        limit = None if target is None else threshold(target)
        if rule is None or target is None or limit is None or not raisable(target):
            return Adjusted(compared, steps)
        for row in (self.cautious, self.eager):
            if row.signed != limit:
                row.bar = self.opening if row.signed is None and self.opening is not None else limit
                row.signed, row.values, row.steps = limit, (), ()
        low, high = (with_bar(target, row.bar) for row in (self.cautious, self.eager))
        terms = measurement.terms.model_copy(update={"target": low})
        both = () if self.cautious.bar == self.eager.bar else (low, high)
        return Adjusted(replace(compared, terms=terms), (*steps, *self.cautious.steps), both)

    def _averaged(self, measurement: Measurement) -> tuple[Measurement, tuple[Step, ...]]:
        before = self.previous
        if before is None or before.value is None or measurement.value is None:
            return measurement, ()
        values = [_mean(getattr(measurement, key), getattr(before, key)) for key in ("value", "low", "high")]
        made = replace(measurement, value=values[0], low=values[1], high=values[2])
        done = step(
            "averaged", measurement.terms.span, str(values[0]), value=str(measurement.value),
            previous=str(before.value), period=before.period.label,
        )  # fmt: skip
        return made, (done,)

    def learn(self, verdict: Verdict) -> None:
        """Remember what a judged period means for the target of the next one."""
        rule, target, value = verdict.measurement.terms.ratchet, verdict.measurement.terms.target, None
        if rule is None or target is None or "period running" in verdict.provisional:
            return
        raw = verdict.raw or verdict.measurement
        value = raw.value
        if verdict.status in _SILENT or verdict.reason == "no cases" or value is None:
            return
        for row, bound in ((self.cautious, raw.low), (self.eager, raw.high)):
            held = value if bound is None else bound
            if row.bar is None:
                continue
            row.values = (*row.values, held) if _better(held, row.bar, target) else ()
            if len(row.values) >= rule.periods:
                mean = sum(row.values, Fraction(0)) / len(row.values)
                raised = (row.bar + mean) / 2
                row.steps = (
                    step(
                        "ratchet", rule.span, plain(raised), before=plain(row.bar), average=plain(mean),
                        periods=rule.periods, after=verdict.period.label,
                    ),
                )  # fmt: skip
                row.bar, row.values = raised, ()


def raisable(target: Target) -> bool:
    """True for a target in percent: the only kind of which a midpoint can always be written."""
    return isinstance(target, ShareTarget) or (isinstance(target, BoundTarget) and target.percent is not None)


def with_bar(target: Target, bar: Fraction | None) -> Target:
    """`target` raised to `bar`; unchanged where that is its own value."""
    if bar is None or threshold(target) == bar:
        return target
    with localcontext() as context:
        context.prec = 40
        value = (Decimal(bar.numerator) * 100 / Decimal(bar.denominator)).quantize(_SHOWN, ROUND_HALF_UP).normalize()
    percent = RaisedPercent(value=value, over=str(bar))
    return target.model_copy(update={"share" if isinstance(target, ShareTarget) else "percent": percent})


def _better(value: Fraction, bar: Fraction, target: Target) -> bool:
    return value < bar if comparison(target) in ("at most", "below") else value > bar


def _mean(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else (one + other) / 2
