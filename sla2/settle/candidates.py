"""What a measurement may turn out to be: one value where all is decided, several where cases are undecided.

In: a `Verdict`. Out: every outcome that money has to be reckoned for, worst and best included. It runs before the tier
or formula, so that an undecided measurement gives an interval of money. It reckons no money itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import ShareTarget
from sla2.settle.judge import bounds, cases, holds, rounded, threshold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.credits import Tier
    from sla2.settle.verdict import Verdict

_ENUMERATED = 2_000
"""Up to so many undecided cases each number of misses is tried; beyond that the two ends and the tier bounds are."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible outcome: the value as compared, the number of misses, whether the target is missed.

    `silent`: nothing is owed whatever the value, for the reason named (a verdict that is not judged, a period met by
    a small-numbers rule).
    """

    value: Fraction | None
    misses: int
    missed: bool
    silent: str = ""


def candidates(verdict: Verdict, tiers: Iterable[Tier]) -> tuple[Candidate, ...]:
    """The possible outcomes, the one with most misses or the lowest value first; never empty."""
    counts = verdict.measurement.counts
    if verdict.status in ("not judged", "insufficient data", "not in force"):
        return (Candidate(None, counts.missed, False, verdict.status),)
    if verdict.reason == "no cases":
        return (Candidate(None, 0, False, "no cases"),)
    if isinstance(verdict.measurement.terms.target, ShareTarget) and cases(verdict.measurement):
        return _by_misses(verdict)
    return _by_value(verdict, tiers)


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
    assert value is not None and terms.target is not None
    return Candidate(value, misses, not holds(value, terms.target))


def _by_value(verdict: Verdict, tiers: Iterable[Tier]) -> tuple[Candidate, ...]:
    target = verdict.measurement.terms.target
    low, high = bounds(verdict.measurement)
    misses = verdict.measurement.counts.missed
    marks = {low, high}
    limits = [bound.exact for tier in tiers for bound in (tier.lower, tier.upper) if bound is not None]
    if target is not None and (limit := threshold(target)) is not None:
        limits.append(limit)
    marks.update(limit for limit in limits if low < limit < high)
    ordered = sorted(marks)
    between = [(one + other) / 2 for one, other in zip(ordered, ordered[1:], strict=False)]
    return tuple(
        Candidate(value, misses, target is not None and not holds(value, target))
        for value in sorted([*ordered, *between])
    )
