"""The algebra of intervals [start, end) in whole microseconds: union, difference, intersection, length.

In: pairs of integers in any order, overlapping or not; empty and reversed pairs count as nothing. Out: sorted, disjoint
pairs that do not touch. |a - b| = |a or b| - |b| holds exactly. It knows no outages and no calendars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Interval = tuple[int, int]
Intervals = tuple[Interval, ...]


def union(*parts: Iterable[Interval]) -> Intervals:
    """What is in at least one of the parts; stretches that touch become one."""
    merged: list[Interval] = []
    for low, high in sorted(pair for part in parts for pair in part if pair[0] < pair[1]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def intersection(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """What is in both."""
    left, right = union(first), union(second)
    found: list[Interval] = []
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low < high:
            found.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def difference(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """What is in `first` and not in `second`."""
    found: list[Interval] = []
    gone = union(second)
    for low, high in union(first):
        for start, end in gone:
            if end <= low:
                continue
            if start >= high:
                break
            if low < start:
                found.append((low, start))
            low = max(low, end)
        if low < high:
            found.append((low, high))
    return tuple(found)


def clip(parts: Iterable[Interval], low: int, high: int) -> Intervals:
    """What lies in [low, high)."""
    return intersection(parts, ((low, high),))


def length(parts: Iterable[Interval]) -> int:
    """How much time is in at least one of the parts."""
    return sum(high - low for low, high in union(parts))
