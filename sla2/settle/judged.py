"""All verdicts of a run: every measurement judged in the order of time, units judged together as one.

In: `Measurements` from the contract's start on, the versions of the contract, opening balances, the time that earlier
claims used. Out: the history of verdicts in order of period, level and unit, and findings. It runs before any money.
It measures nothing: a measurement is only averaged, relieved of time used, or held against a raised target.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.settle.earlier import Series
from sla2.settle.judge import judge, step, threshold
from sla2.settle.refusals import target_not_compared
from sla2.settle.together import together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.diagnostics import Diagnostic
    from sla2.measure.measurement import Measurement, Measurements
    from sla2.settle.balance import OpeningBalance
    from sla2.settle.terms import Terms
    from sla2.settle.verdict import Step, Verdict

Key = tuple[str, str, str]
"""Level, unit and label of the period."""


def key_of(verdict: Verdict) -> Key:
    """What identifies a verdict."""
    return verdict.level, verdict.unit, verdict.period.label


def judge_all(
    measurements: Measurements,
    terms: Terms,
    opening: tuple[OpeningBalance, ...],
    used: Mapping[Key, Fraction],
) -> tuple[tuple[Verdict, ...], tuple[Diagnostic, ...]]:
    """The history. `used`: weighted microseconds of downtime that an earlier claim rested on."""
    targets = {one.ident: one.value for one in opening if one.kind == "target"}
    series: dict[tuple[str, str], Series] = {}
    done: list[Verdict] = []
    found: list[Diagnostic] = []
    in_time = sorted(measurements.measurements, key=lambda one: (one.period.end, one.period.start, one.unit))
    for measured in in_time:
        contract = terms.on(measured.period.terms_day)
        target = measured.terms.target
        if target is not None and target.kind != "open" and threshold(target) is None:
            found.append(target_not_compared(measured.terms))
        past = series.setdefault((measured.level, measured.unit), Series(targets.get(measured.level)))
        relieved, steps = _relieved(measured, used)
        adjusted = past.adjust(relieved)
        verdict = judge(
            adjusted.measurement,
            in_force=any(level.name == measured.level for level in contract.levels),
            as_of=measurements.as_of,
            raw=measured if adjusted.measurement != measured else None,
            before=(*steps, *adjusted.steps),
            targets=adjusted.targets,
        )
        past.learn(verdict)
        done.append(verdict)
    order = {level.name: number for number, level in enumerate(measurements.contract.levels)}
    whole = sorted(
        together(done), key=lambda one: (one.period.start, one.period.end, order.get(one.level, -1), one.unit)
    )
    return tuple(whole), tuple(dict.fromkeys(found))


def _relieved(measured: Measurement, used: Mapping[Key, Fraction]) -> tuple[Measurement, tuple[Step, ...]]:
    """The measurement without the downtime that an earlier claim rested on."""
    time = used.get((measured.level, measured.unit, measured.period.label), Fraction(0))
    if not time or not measured.denominator or measured.value is None:
        return measured, ()
    back = time / measured.denominator
    values = [None if one is None else min(one + back, Fraction(1)) for one in (measured.low, measured.high)]
    value = min(measured.value + back, Fraction(1))
    done = step("used by a claim", measured.terms.span, str(value), value=str(measured.value), time=str(time))
    numerator = int(value * measured.denominator)
    return replace(measured, value=value, low=values[0], high=values[1], numerator=numerator), (done,)
