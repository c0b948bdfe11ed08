"""Outages, exclusions and service hours laid over each other: for every slice of time, who was down and what counts.

In: a `Scene`, everything that bears on one unit of one level. Out: `Slice` values in order of time that cover the
scene: open or closed, down with and without the excluded outages, and for each outage of the slice whether it counts
or why not. Budgets of exclusions are used up in time order; only time taken off a unit that was down uses them.
It knows no periods beyond the cuts it is given, no minimum length and no target: that is for the measures.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.level import Down
    from sla2.measure.exclusions import Window
    from sla2.measure.intervals import Intervals
    from sla2.measure.outage_rows import Outage

COUNTS = ""
OUTSIDE_HOURS = "outside hours"
STILL_UP = "unit still up"
NOT_THERE = "unit not there"
EXCLUDED = "excluded"
OVERLAPS = "overlaps another"


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `amount` microseconds of `exclusion` in each of the spans."""

    exclusion: str
    amount: int
    spans: Intervals


@dataclass(frozen=True, slots=True)
class Scene:
    """What bears on one unit.

    `outages`: (outage, weight) in order of start. `parts`: the components, zones, … that make up the unit; empty:
    whatever is recorded. `down` None: any of them. `opens`: service hours in which the unit existed. `lives`: when it
    existed, None: always. `overlap`: whether weights of outages at the same time add up (to 1 at most) or the highest
    counts.
    """

    low: int
    high: int
    outages: tuple[tuple[Outage, Fraction], ...]
    windows: tuple[Window, ...]
    opens: Intervals
    budgets: tuple[Budget, ...]
    parts: tuple[str, ...]
    down: Down | None
    overlap: Literal["add", "highest"]
    cuts: tuple[int, ...] = ()
    lives: Intervals | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One outage in one slice: it counts with `weight` (`why` empty), or `why` it does not."""

    outage: Outage
    why: str
    weight: Fraction
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of time in which nothing changes. `raw`: the unit was down; `down`: also without excluded outages."""

    start: int
    end: int
    open: bool
    raw: bool
    down: bool
    marks: tuple[Mark, ...]


class _Purse:
    """What is left of the budgets; a budget without a span at an instant is not limited there."""

    def __init__(self, budgets: tuple[Budget, ...]) -> None:
        self._spans = {budget.exclusion: budget.spans for budget in budgets}
        self._left = {(budget.exclusion, span): budget.amount for budget in budgets for span in budget.spans}

    def left(self, exclusion: str, at: int) -> int | None:
        """What is left of a budget at an instant; None: no limit."""
        span = self._span(exclusion, at)
        return None if span is None else self._left[exclusion, span]

    def use(self, exclusion: str, at: int, amount: int) -> None:
        """Take `amount` from the budget."""
        span = self._span(exclusion, at)
        if span is not None:
            self._left[exclusion, span] -= amount

    def _span(self, exclusion: str, at: int) -> tuple[int, int] | None:
        return next((span for span in self._spans.get(exclusion, ()) if span[0] <= at < span[1]), None)


def slices(scene: Scene) -> Iterator[Slice]:
    """The scene from `low` to `high`, slice by slice."""
    purse = _Purse(scene.budgets)
    edges = _edges(scene)
    opens = [pair[0] for pair in scene.opens]
    waiting = list(scene.outages)
    active: list[tuple[Outage, Fraction]] = []
    at = scene.low
    for edge in edges[1:]:
        while waiting and waiting[0][0].started <= at:
            active.append(waiting.pop(0))
        active = [one for one in active if one[0].ended > at]
        place = bisect_right(opens, at) - 1
        is_open = place >= 0 and at < scene.opens[place][1]
        while at < edge:
            found = _slice(scene, purse, at, edge, is_open, active)
            yield found
            at = found.end


def _edges(scene: Scene) -> list[int]:
    found = {scene.low, scene.high, *scene.cuts}
    for outage, _ in scene.outages:
        found.update((outage.started, outage.ended))
    for window in scene.windows:
        found.update((window.started, window.ended))
    for pair in (*scene.opens, *(scene.lives or ()), *(span for budget in scene.budgets for span in budget.spans)):
        found.update(pair)
    return sorted(edge for edge in found if scene.low <= edge <= scene.high)


def _slice(
    scene: Scene, purse: _Purse, start: int, end: int, is_open: bool, active: list[tuple[Outage, Fraction]]
) -> Slice:
    if not active:
        return Slice(start, end, is_open, False, False, ())
    raw = is_down(scene, [outage for outage, _ in active])
    if not is_open or not raw:
        there = scene.lives is None or any(low <= start < high for low, high in scene.lives)
        why = STILL_UP if is_open else OUTSIDE_HOURS if there else NOT_THERE
        marks = tuple(Mark(outage, why, weight) for outage, weight in active)
        return Slice(start, end, is_open, raw, False, marks)
    excused = [_window(scene, purse, start, outage) for outage, _ in active]
    for exclusion in sorted({window.exclusion for window in excused if window is not None}):
        left = purse.left(exclusion, start)
        end = end if left is None else min(end, start + left)
    for exclusion in sorted({window.exclusion for window in excused if window is not None}):
        purse.use(exclusion, start, end - start)
    rest = [one for one, window in zip(active, excused, strict=True) if window is None]
    down = bool(rest) and is_down(scene, [outage for outage, _ in rest])
    weights = _weights(scene, rest) if down else []
    cause = next((window for window in excused if window is not None), None)
    found: list[Mark] = []
    for (outage, weight), window in zip(active, excused, strict=True):
        if window is not None:
            found.append(Mark(outage, EXCLUDED, weight, window))
        elif not down:
            found.append(Mark(outage, EXCLUDED if cause else STILL_UP, weight, cause))
        else:
            counted = weights.pop(0)
            found.append(Mark(outage, OVERLAPS, weight) if counted is None else Mark(outage, COUNTS, counted))
    return Slice(start, end, True, True, down, tuple(found))


def is_down(scene: Scene, active: list[Outage]) -> bool:
    """Whether the unit is down while these outages last."""
    down = scene.down
    if down is None or down.kind == "any component" or any(outage.part is None for outage in active):
        return bool(active)
    names = {outage.part for outage in active}
    if down.kind == "all components":
        return set(scene.parts) <= names
    return len(names) >= (down.number or 1)


def _window(scene: Scene, purse: _Purse, at: int, outage: Outage) -> Window | None:
    """The first window that excuses the outage at this instant and whose budget is not used up."""
    for window in scene.windows:
        fits = window.component is None or window.component == outage.component
        if fits and window.started <= at < window.ended and purse.left(window.exclusion, at) != 0:
            return window
    return None


def _weights(scene: Scene, rest: list[tuple[Outage, Fraction]]) -> list[Fraction | None]:
    """The weight with which each outage counts; None: others cover it."""
    if scene.overlap == "add":
        room = Fraction(1)
        found: list[Fraction | None] = []
        for _, weight in rest:
            found.append(min(weight, room) if room else None)
            room -= found[-1] or 0
        return found
    heights = [weight for _, weight in rest]
    highest = heights.index(max(heights))
    return [weight if place == highest else None for place, weight in enumerate(heights)]
