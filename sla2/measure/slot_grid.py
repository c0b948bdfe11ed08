"""Slots of requests: what was counted in each, and whether it is good, bad, empty or missing.

In: the samples of one unit, added up by slot, and the rules of a level about slots. Out: `Graded` slots in order of
time. A slot is [k * length, (k + 1) * length) in UTC. A slot with fewer requests than the level asks for is empty.
One without any sample is missing if samples are expected at an interval, or if the export does not cover it; otherwise
nobody asked for anything, and it is empty. It knows no periods and no average: those are for the measures.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sla2.contract.quantity import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from sla2.measure.intervals import Interval, Intervals
    from sla2.measure.measurement import SlotKind
    from sla2.measure.plan import Cell

DAY = 24 * HOUR


class Tally(NamedTuple):
    """The samples of one slot; `measured` False: rows stand there, but none holds a measurement."""

    requests: int
    errors: int
    measured: bool


class Graded(NamedTuple):
    """One slot and what it is."""

    at: int
    requests: int
    errors: int
    kind: SlotKind
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class SlotRule:
    """What a level says about slots. `fails`: a slot with a greater share of errors is bad; None: shares count."""

    length: int
    fails: Fraction | None = None
    needs: int | None = None


@dataclass(slots=True)
class Grid:
    """The slots of one unit. `interval`: how often a sample is expected; `probes`: all samples are single probes."""

    rule: SlotRule
    covered: Intervals | None = None
    tallies: dict[int, Tally] = field(default_factory=dict)
    interval: int | None = None
    probes: bool = True
    rows: int = 0

    def slots(self, stretches: Iterable[Interval]) -> Iterator[int]:
        """The slots that begin within the stretches."""
        length = self.rule.length
        for low, high in stretches:
            yield from range(-(-low // length) * length, high, length)

    def grade(self, at: int, excluded: str = "") -> Graded:
        """The slot that begins at `at`. In an excluded slot no error counts, and nothing is missing."""
        tally = self.tallies.get(at)
        if tally is None or not tally.measured:
            missing = tally is not None or self.interval is not None or not self._is_covered(at)
            return Graded(at, 0, 0, "missing" if missing and not excluded else "empty", excluded)
        requests, errors = tally.requests, 0 if excluded else tally.errors
        return Graded(at, requests, errors, self._kind(requests, errors), excluded)

    def _kind(self, requests: int, errors: int) -> SlotKind:
        if requests == 0 or requests < (self.rule.needs or 0):
            return "empty"
        if self.rule.fails is None:
            return "counted"
        return "bad" if errors * self.rule.fails.denominator > self.rule.fails.numerator * requests else "good"

    def _is_covered(self, at: int) -> bool:
        return self.covered is None or inside(self.covered, at, at + self.rule.length) is not None


def grids(
    found: Iterable[tuple[Cell, ...]], rules: dict[int, SlotRule], covered: Intervals | None
) -> dict[int, dict[str, Grid]]:
    """The grids of each level (by the number of its terms) and unit, from the rows of `sample_rows.SLOTS`."""
    made: dict[int, dict[str, Grid]] = {term: {} for term in rules}
    for term, unit, at, requests, errors, measured, counted, expected, number in found:
        grid = made[int(term or 0)].setdefault(str(unit), Grid(rules[int(term or 0)], covered))
        grid.tallies[int(at or 0)] = Tally(int(requests or 0), int(errors or 0), bool(measured))
        grid.rows += int(number or 0)
        grid.probes = grid.probes and not counted
        if expected is not None:
            grid.interval = max(grid.interval or 0, int(expected))
    return made


def inside(stretches: Intervals, low: int, high: int) -> Interval | None:
    """The stretch of sorted, disjoint ones in which [low, high) lies as a whole."""
    place = bisect_right(stretches, low, key=lambda pair: pair[0]) - 1
    return stretches[place] if place >= 0 and high <= stretches[place][1] else None
