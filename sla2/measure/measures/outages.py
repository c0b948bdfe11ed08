"""The measures of outages: availability, number of outages, longest outage, mean time between failures.

In: the slices of one unit and the terms of the level. Out: the figures of one period, and the pieces behind them.
Order: clip to period and hours, union per unit, subtract exclusions, minimum length, whole minutes, weight,
denominator. An outage is what remains in one stretch of service time: closing time does not cut it, an excluded
stretch or the end of the period does. For the number and the longest, an outage belongs to the period in which it
begins and is not cut at its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.quantity import MINUTE
from sla2.measure.measurement import Piece
from sla2.measure.overlay import COUNTS, EXCLUDED, Mark, Slice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod

TOO_SHORT = "too short"
PART_MINUTE = "part of a minute"
LASTING = "no end recorded"

Stretch = tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one unit comes to in one period: weighted downtime, outages counted, the longest of them, the pieces."""

    downtime: Fraction
    number: int
    longest: int
    pieces: tuple[Piece, ...]


def stretches(found: tuple[Slice, ...], counts: Callable[[Slice], bool]) -> Iterator[Stretch]:
    """Runs of slices that count, one after the other in service time: closed time in between does not part them."""
    run: list[Slice] = []
    for one in found:
        if not one.open:
            continue
        if counts(one):
            run.append(one)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def length(stretch: Stretch) -> int:
    """Service time of a stretch."""
    return sum(one.end - one.start for one in stretch)


def outages(found: tuple[Slice, ...], level: Level) -> tuple[tuple[Stretch, ...], ...]:
    """The outages that count: of each union of down time, the stretches that remain and are long enough."""
    kept = []
    for raw in stretches(found, lambda one: one.raw):
        first, last = raw[0].start, raw[-1].end
        inside = tuple(one for one in found if first <= one.start and one.end <= last)
        parts = tuple(stretches(inside, lambda one: one.down))
        if level.minimum_length_judged == "before exclusions":
            parts = parts if _long_enough(length(raw), level) else ()
        else:
            parts = tuple(part for part in parts if _long_enough(length(part), level))
        if parts:
            kept.append(parts)
    return tuple(kept)


def _long_enough(time: int, level: Level) -> bool:
    if level.counts is None:
        return True
    least = level.counts.length.microseconds or 0
    return time > least if level.counts.strict else time >= least


def available(found: tuple[Slice, ...], level: Level, unit: str, period: JudgedPeriod, until: int) -> Figures:
    """The figures of the slices within [period.start, until)."""
    inside = tuple(one for one in found if period.start <= one.start and one.end <= until)
    if level.at_the_end_of_a_period != "length counts whole":
        return _figures(outages(inside, level), inside, level, unit, period)
    kept = (tuple(_cut(part, period.start, until) for part in parts) for parts in outages(found, level))
    mine = (tuple(part for part in parts if part) for parts in kept)
    return _figures(tuple(parts for parts in mine if parts), inside, level, unit, period)


def _cut(part: Stretch, low: int, high: int) -> Stretch:
    return tuple(one for one in part if low <= one.start and one.end <= high)


def begun(found: tuple[Slice, ...], level: Level, unit: str, period: JudgedPeriod, until: int) -> Figures:
    """The figures of the outages that begin within [period.start, until), each in its whole length."""
    kept = tuple(parts for parts in outages(found, level) if period.start <= parts[0][0].start < until)
    mine = {one.start for parts in kept for part in parts for one in part}
    inside = tuple(one for one in found if one.start in mine or period.start <= one.start < until)
    return _figures(kept, inside, level, unit, period)


def _figures(
    kept: tuple[tuple[Stretch, ...], ...], inside: tuple[Slice, ...], level: Level, unit: str, period: JudgedPeriod
) -> Figures:
    counted = {one.start: (end, _first(part)) for parts in kept for part in parts for one, end in _ends(part, level)}
    pieces = tuple(_pieces(inside, counted, level, unit, period))
    downtime = sum(((piece.ended - piece.started) * piece.weight for piece in pieces if piece.counted), Fraction(0))
    longest = max((length(part) for parts in kept for part in parts), default=0)
    return Figures(downtime, len(kept), longest, pieces)


def _first(part: Stretch) -> str:
    """The id of the outage under which a stretch is counted: the first one that counts in it."""
    return next(mark.outage.id for mark in part[0].marks if mark.why == COUNTS)


def _ends(part: Stretch, level: Level) -> Iterator[tuple[Slice, int]]:
    """Each slice of a stretch, and up to where it counts: with `whole minutes`, to the last whole minute."""
    room = length(part)
    room -= room % MINUTE if level.whole_minutes else 0
    for one in part:
        end = min(one.end, one.start + room)
        yield one, end
        room -= end - one.start


def _pieces(
    inside: tuple[Slice, ...],
    counted: dict[int, tuple[int, str]],
    level: Level,
    unit: str,
    period: JudgedPeriod,
) -> Iterator[Piece]:
    """Every outage, slice by slice; neighbours that are alike become one piece. Ordered by start, then outage."""
    made: list[Piece] = []
    open_ends: dict[int, int] = {}
    for one in inside:
        for mark in one.marks:
            parts = [(one.start, one.end, mark.why, mark.outage.id)]
            if mark.why == COUNTS and one.start not in counted:
                parts = [(one.start, one.end, TOO_SHORT, mark.outage.id)]
            elif mark.why == COUNTS:
                until, outage = counted[one.start]
                parts = [(one.start, until, COUNTS, outage), (until, one.end, PART_MINUTE, mark.outage.id)]
            for start, end, why, counted_as in parts:
                if start == end:
                    continue
                new = _piece(mark, start, end, why, counted_as, level, unit, period)
                last = open_ends.get(mark.outage.number)
                if (
                    last is not None
                    and made[last].ended == start
                    and replace(made[last], ended=end) == replace(new, started=made[last].started)
                ):
                    made[last] = replace(made[last], ended=end)
                else:
                    open_ends[mark.outage.number] = len(made)
                    made.append(new)
    return iter(sorted(made, key=lambda piece: (piece.started, piece.recorded_id, piece.ended)))


def _piece(
    mark: Mark, start: int, end: int, why: str, counted_as: str, level: Level, unit: str, period: JudgedPeriod
) -> Piece:
    counts = why == COUNTS
    if counts and mark.outage.lasting:
        why = LASTING
    window = mark.window if why == EXCLUDED else None
    return Piece(
        level=level.name,
        unit=unit,
        period=period.label,
        outage_id=counted_as if counts else mark.outage.id,
        started=start,
        ended=end,
        counted=counts,
        why=why,
        exclusion_id=window.exclusion if window else "",
        approved_by=window.approved_by if window else "",
        weight=mark.weight,
        recorded_id=mark.outage.id,
        exclusion_row=window.row if window else "",
    )
