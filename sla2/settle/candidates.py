"""What a measurement may turn out to be: one value where all is decided, several where cases are undecided.

In: a `Verdict`. Out: every outcome that money has to be reckoned for, worst and best included. It runs before the tier
or formula, so that an undecided measurement gives an interval of money. It reckons no money itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import ShareTarget
from sla2.settle.judge import bounds, cases, holds, rounded, threshold
from sla2.settle.tiers import exact_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.credits import Tier
    from sla2.contract.level import Level
    from sla2.settle.verdict import Verdict

_ENUMERATED = 2_000
"""Up to so many undecided cases each number of misses is tried; beyond that the two ends and the tier bounds are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible outcome: the value as compared, the number of misses, whether the target is missed.

    `silent`: nothing is owed whatever the value, for the reason named (a verdict that is not judged, a period met by
    a small-numbers rule). `exceeded`: the value is better than the target, not only on it.
    """

    value: Fraction | None
    misses: int
    missed: bool
    silent: str = ""
    exceeded: bool = False


def candidates(verdict: Verdict, tiers: Iterable[Tier]) -> tuple[Candidate, ...]:
    """The possible outcomes, the one with most misses or the lowest value first; never empty."""
    counts = verdict.measurement.counts
    if verdict.status in ("not judged", "insufficient data", "not in force"):
        return (Candidate(None, counts.missed, False, verdict.status),)
    if verdict.reason == "no cases":
        return (Candidate(None, 0, False, "no cases"),)
    if verdict.reason == "no report":
        ways = (True, False) if verdict.status == "undecided" else (True,)
        return tuple(Candidate(None, 0, missed) for missed in ways)
    found = _by_misses(verdict) if _counted(verdict) else _by_value(verdict, tiers)
    if not verdict.targets:
        return found
    terms = [verdict.measurement.terms.model_copy(update={"target": target}) for target in verdict.targets]
    return tuple(one if one.silent else _against(one, each) for one in found for each in terms)


def _counted(verdict: Verdict) -> bool:
    """True if the value is a share of cases of this period alone, so that each number of misses gives one value."""
    terms = verdict.measurement.terms
    return (
        isinstance(terms.target, ShareTarget) and not terms.averaged_with_previous and bool(cases(verdict.measurement))
    )


def candidates_of_points(points: tuple[Fraction, Fraction], tiers: Iterable[Tier]) -> tuple[Candidate, ...]:
    """The possible numbers of points of an account, most first."""
    low, high = points
    limits = [exact_of(bound) for tier in tiers for bound in (tier.lower, tier.upper) if bound is not None]
    marks = {low, high, *(limit for limit in limits if limit is not None and low < limit < high)}
    return tuple(Candidate(value, 0, value > 0, exceeded=value > 0) for value in _with_between(marks)[::-1])


def _with_between(marks: set[Fraction]) -> list[Fraction]:
    """The marks and a value between each two, in order."""
    ordered = sorted(marks)
    between = [(one + other) / 2 for one, other in zip(ordered, ordered[1:], strict=False)]
    return sorted([*ordered, *between])


def _by_misses(verdict: Verdict) -> tuple[Candidate, ...]:
    counts = verdict.measurement.counts
    number = cases(verdict.measurement)
    least, most = counts.missed, counts.missed + counts.undecided
    tried = range(least, most + 1) if counts.undecided <= _ENUMERATED else (least, (least + most) // 2, most)
    return tuple(_outcome(verdict, misses, Fraction(number - misses, number)) for misses in reversed(tuple(tried)))


def _outcome(verdict: Verdict, misses: int, share: Fraction) -> Candidate:
    terms = verdict.measurement.terms
    value = rounded(share, terms)
    if verdict.reason == "allowed misses":
        allowed = misses <= verdict.allowed_misses
        return Candidate(value, misses, not allowed, "allowed misses" if allowed else "")
    assert value is not None
    return _against(Candidate(value, misses, False), terms)


def _against(candidate: Candidate, terms: Level) -> Candidate:
    """The outcome held against the target of `terms`."""
    value, target = candidate.value, terms.target
    if value is None or target is None or (limit := threshold(target)) is None:
        return candidate
    met = holds(value, target)
    return replace(candidate, missed=not met, exceeded=met and value != limit)


def _by_value(verdict: Verdict, tiers: Iterable[Tier]) -> tuple[Candidate, ...]:
    target = verdict.measurement.terms.target
    low, high = bounds(verdict.measurement)
    misses = verdict.measurement.counts.missed
    marks = {low, high}
    measure = verdict.measurement.terms.measure
    limits = [exact_of(bound, measure) for tier in tiers for bound in (tier.lower, tier.upper) if bound is not None]
    limits += [threshold(one) for one in (target, *verdict.targets) if one is not None]
    marks.update(limit for limit in limits if limit is not None and low < limit < high)
    terms = verdict.measurement.terms
    return tuple(_against(Candidate(value, misses, False), terms) for value in _with_between(marks))
