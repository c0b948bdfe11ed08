"""One measurement, one verdict: met, missed, undecided, insufficient data, not judged, not in force.

In: a `Measurement` with the terms in force. Out: a `Verdict` with its steps. It runs before any money is reckoned, in
the order: rounding before comparing, no cases, small numbers, target, minimum. Undecided cases give bounds: only if
both bounds agree is there a verdict. It compares exact fractions only and does not know credits.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, OpenTarget, ShareTarget
from sla2.contract.quantity import HOUR
from sla2.settle.rounding import half_up
from sla2.settle.verdict import Status, Step, StepKind, Verdict

if TYPE_CHECKING:
    from sla2.contract.level import Level, SmallNumbers, Target
    from sla2.diagnostics import Span
    from sla2.measure.measurement import Measurement

_DAY = 24 * HOUR
_STANDING: dict[str, tuple[Status, str, int]] = {
    "missed": ("missed", "no report", 0),
    "undecided": ("undecided", "no report", 0),
    "insufficient data": ("insufficient data", "no report", 0),
}
"""What holds where nothing was measured that could decide, as the level says."""


def step(kind: StepKind, rule: Span | None, result: str, **values: object) -> Step:
    """A step of proof; values are kept as text, in the order given, those that are None left out."""
    named = tuple((name, str(value)) for name, value in values.items() if value is not None)
    return Step(kind, rule, named, result)


def threshold(target: Target) -> Fraction | None:
    """The value that a measurement is held against: a share of one, microseconds, days or a number.

    None if the target is left open, or counts in units that only a calendar can turn into time (working days, months).
    """
    if isinstance(target, OpenTarget):
        return None
    if isinstance(target, ShareTarget):
        return target.share.ratio
    if isinstance(target, BoundTarget):
        if target.percent is not None:
            return target.percent.ratio
        if target.number is not None:
            return Fraction(target.number)
        return _time(target) if target.duration is not None else None
    if target.within.unit in ("day", "working day"):
        return Fraction(target.within.value)
    length = target.within.microseconds
    return None if length is None else Fraction(length)


def _time(target: BoundTarget) -> Fraction | None:
    duration = target.duration
    assert duration is not None
    if target.late:
        return Fraction(duration.value) if duration.unit in ("day", "working day") else None
    if duration.unit == "day":
        return Fraction(duration.value) * _DAY
    return None if duration.microseconds is None else Fraction(duration.microseconds)


def comparison(target: Target) -> str:
    """How the value is held against the threshold: at least, above, at most or below."""
    if isinstance(target, BoundTarget):
        return target.comparison
    return "at least" if isinstance(target, ShareTarget) else "at most"


def holds(value: Fraction, target: Target) -> bool:
    """True if `value` meets `target`; both sides are exact, so this is a cross-multiplication of integers."""
    bound = threshold(target)
    if bound is None:
        raise ValueError("an open target, or one in working days, is not compared")
    left, right = value.numerator * bound.denominator, bound.numerator * value.denominator
    match comparison(target):
        case "at least":
            return left >= right
        case "above":
            return left > right
        case "at most":
            return left <= right
        case _:
            return left < right


def rounded(value: Fraction | None, terms: Level) -> Fraction | None:
    """`value` as it is compared: rounded if the level says `rounding: … before comparing`, else unchanged."""
    if value is None or terms.rounding is None or terms.rounding.step is None:
        return value
    return half_up(value, terms.rounding.step.exact)


def cases(measurement: Measurement) -> int:
    """How many cases the small-numbers rule counts: met, missed and undecided ones."""
    return measurement.counts.met + measurement.counts.missed + measurement.counts.undecided


def small_rule(measurement: Measurement) -> SmallNumbers | None:
    """The small-numbers rule that applies: of those whose number is not reached, the one with the lowest number.

    None for measures that count no cases.
    """
    number = cases(measurement)
    if not number:
        return None
    fitting = [rule for rule in measurement.terms.small_numbers if number < rule.under]
    return min(fitting, key=lambda rule: rule.under, default=None)


def judge(
    measurement: Measurement,
    *,
    in_force: bool,
    as_of: int,
    raw: Measurement | None = None,
    before: tuple[Step, ...] = (),
    targets: tuple[Target, ...] = (),
) -> Verdict:
    """The verdict on one measurement. `in_force`: the level is part of the contract at the start of the period.

    `raw`: what was measured, where `measurement` was made of it by the steps `before`. `targets`: the two targets that
    are possible where an undecided earlier period leaves it open which one holds.
    """
    terms = measurement.terms
    steps: list[Step] = [_measured(raw or measurement), *before]
    status, reason, allowed = _status(measurement, in_force, steps)
    provisional = []
    if targets and status in ("met", "missed"):
        provisional.append("raised target")
        other = replace(measurement, terms=terms.model_copy(update={"target": targets[-1]}))
        if _status(other, in_force, [])[0] != status:
            status = "undecided"
    if as_of < measurement.period.end:
        provisional.append("period running")
    if measurement.counts.open or (measurement.standing == "rising" and status == "undecided"):
        provisional.append("open cases")
    return Verdict(
        level=measurement.level,
        unit=measurement.unit,
        period=measurement.period,
        status=status,
        measurement=measurement,
        reason=reason,
        allowed_misses=allowed,
        minimum=_beside(measurement, terms.minimum, status, reason) if terms.minimum is not None else None,
        steps=tuple(steps),
        provisional=tuple(provisional),
        expected=_beside(measurement, terms.expected, status, reason) if terms.expected is not None else None,
        raw=raw,
        targets=targets,
    )


def _measured(measurement: Measurement) -> Step:
    counts = measurement.counts
    return step(
        "measure",
        measurement.terms.span,
        _text(measurement.value),
        met=counts.met,
        missed=counts.missed,
        open=counts.open,
        excluded=counts.excluded,
        undecided=counts.undecided,
        numerator=measurement.numerator,
        denominator=measurement.denominator,
        low=_text(measurement.low),
        high=_text(measurement.high),
    )


def _text(value: Fraction | None) -> str:
    return "" if value is None else str(value)


def _status(measurement: Measurement, in_force: bool, steps: list[Step]) -> tuple[Status, str, int]:
    terms = measurement.terms
    if not in_force:
        return "not in force", "", 0
    if terms.report_only:
        return "not judged", "report only", 0
    if terms.target is None or threshold(terms.target) is None:
        return "not judged", "no target" if terms.target is None else "open target", 0
    if measurement.standing in ("missed", "undecided", "insufficient data"):
        return _STANDING[measurement.standing]
    if measurement.value is None and measurement.low is None:
        return ("met" if terms.no_cases == "met" else "not judged"), "no cases", 0
    rule = small_rule(measurement)
    if rule is not None:
        return _small(measurement, rule, steps)
    status = _against(measurement, terms.target, steps)
    certain = "met" if comparison(terms.target) in ("at least", "above") else "missed"
    if measurement.standing == "rising" and status != certain:
        return "undecided", "not over", 0
    return status, "", 0


def _small(measurement: Measurement, rule: SmallNumbers, steps: list[Step]) -> tuple[Status, str, int]:
    missed, number = measurement.counts.missed, cases(measurement)
    if rule.allow_misses is None:
        steps.append(step("small numbers", rule.span, "insufficient data", cases=number, under=rule.under))
        return "insufficient data", f"under {rule.under} cases", 0
    status = _agreed(missed <= rule.allow_misses, missed + measurement.counts.undecided <= rule.allow_misses)
    steps.append(
        step("small numbers", rule.span, status, cases=number, under=rule.under, allow=rule.allow_misses, missed=missed)
    )
    return status, "allowed misses", rule.allow_misses


def _agreed(one: bool, other: bool) -> Status:
    if one != other:
        return "undecided"
    return "met" if one else "missed"


def bounds(measurement: Measurement) -> tuple[Fraction, Fraction]:
    """Lowest and highest value as compared. Raises: ValueError if nothing was measured."""
    given = (measurement.low, measurement.high, measurement.value)
    values = [rounded(value, measurement.terms) for value in given if value is not None]
    known = [value for value in values if value is not None]
    if not known:
        raise ValueError("nothing was measured")
    return min(known), max(known)


def _against(measurement: Measurement, target: Target, steps: list[Step]) -> Status:
    low, high = bounds(measurement)
    rounding = measurement.terms.rounding
    if rounding is not None and rounding.step is not None:
        value = rounded(measurement.value, measurement.terms)
        steps.append(step("rounding", rounding.span, _text(value), value=_text(measurement.value), step=rounding.step))
    status = _agreed(holds(low, target), holds(high, target))
    steps.append(
        step(
            "target",
            target.span,
            status,
            comparison=comparison(target),
            target=threshold(target),
            low=low,
            high=high,
        )
    )
    return status


def _beside(measurement: Measurement, bar: Target | None, status: Status, reason: str) -> Status:
    """The verdict on `minimum:` or `expected:`; where no figure decides, or cases are too few, it is the target's.

    A minimum that a small-numbers rule let pass is met with the target.
    """
    if status not in ("met", "missed", "undecided") or reason in ("no cases", "no report"):
        return _alone(measurement, bar) if reason == "report only" else status
    if bar is None or threshold(bar) is None:
        return "not judged"
    if status == "met" and reason == "allowed misses" and bar is measurement.terms.minimum:
        return "met"
    return _against(measurement, bar, [])


def _alone(measurement: Measurement, bar: Target | None) -> Status:
    """The verdict on a bar of a level that is reported only."""
    if bar is None or threshold(bar) is None or (measurement.value is None and measurement.low is None):
        return "not judged"
    return _against(measurement, bar, [])
