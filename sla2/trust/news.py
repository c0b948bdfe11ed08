"""News during incidents: how old was the customer's last news, and was the promised rhythm kept?

In: opening, resolution and the instants of visible messages of one incident. Out: a `News`. Bursts of empty messages
buy nothing: coverage counts the time during which the last news was fresh.

Rule: the gaps run from opening over each message to the resolution (or the as-of instant). Coverage = sum of min(gap,
limit) over the sum of gaps, the limit being `first` for the first gap and `then` for the others. Kept if no gap is
longer than its limit. An incident that was over before its first news was due is untested, whatever was said in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.trust.stream import Fate


@dataclass(frozen=True, slots=True)
class News:
    """Judgement of one incident; times in microseconds. `at` is when its fate became known: silent for too long, or
    over."""

    gaps: tuple[int, ...]
    coverage: Fraction | None
    longest_silence: int
    fate: Fate
    at: int


def judge_news(
    opened: int, ended: int, messages: Sequence[int], first: int, then: int | None, *, still_open: bool = False
) -> News:
    """Judge one incident from `opened` to `ended` (resolution, or the as-of instant if `still_open`).

    Messages outside the incident do not count. With `then` None only the first news is promised.
    """
    inside = sorted({at for at in messages if opened <= at <= ended})
    edges = [opened, *inside, ended]
    gaps = tuple(later - earlier for earlier, later in zip(edges, edges[1:], strict=False))
    if then is None:
        gaps = gaps[:1]
    limits = [first, *([then or 0] * (len(gaps) - 1))]
    spans = list(zip(edges, gaps, limits, strict=False))
    late = next((begin + limit for begin, gap, limit in spans if gap > limit), None)
    fate: Fate = "kept"
    if late is not None:
        fate = "broken"
    elif still_open:
        fate = "pending"
    elif ended - opened <= first:
        fate = "untested"
    total = sum(gaps)
    fresh = sum(min(gap, limit) for _, gap, limit in spans)
    coverage = Fraction(fresh, total) if total else None
    return News(gaps, coverage, max(gaps, default=0), fate, ended if late is None else late)
