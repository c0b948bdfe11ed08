"""Outages as events: what single outages a right may rest upon, and the day on which it arises.

In: the pieces of downtime that counted, over all periods. Out: the days on which a trigger over outages was fulfilled,
with the outages as facts. An outage is what is left after exclusions, one per union, dated by the day on which it
began; where the end of a period cut it, its parts are one again. "3 outages in any 30 days" counts calendar days, first
and last included. It looks at each unit for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date, shift
from sla2.contract.quantity import HOUR
from sla2.settle.balance import RightFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.quantity import Duration
    from sla2.contract.rights import LongOutage, ManyOutages
    from sla2.measure.measurement import Piece

_DAY = 24 * HOUR
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Single:
    """One outage: unit, id, first and last instant, and how long it lasted after exclusions."""

    unit: str
    ident: str
    started: int
    ended: int
    length: int


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger over outages that was fulfilled: when, for which unit, by which outages."""

    unit: str
    at: int
    facts: tuple[RightFact, ...]


def singles(pieces: Iterable[Piece]) -> tuple[Single, ...]:
    """The outages of one level, each once, in the order of time and unit.

    Pieces of one outage belong together; so do two of them of which one begins the instant the other ends.
    """
    seen = {(piece.unit, piece.outage_id, piece.started, piece.ended) for piece in pieces if piece.counted}
    found: list[Single] = []
    open_: dict[str, Single] = {}
    for unit, ident, started, ended in sorted(seen, key=lambda one: (one[0], one[2], one[3], one[1])):
        last = open_.get(unit)
        if last is not None and started < last.ended:
            started = last.ended
        if started >= ended:
            continue
        if last is not None and (last.ident == ident or started == last.ended):
            open_[unit] = Single(unit, last.ident, last.started, ended, last.length + ended - started)
            continue
        if last is not None:
            found.append(last)
        open_[unit] = Single(unit, ident, started, ended, ended - started)
    return tuple(sorted([*found, *open_.values()], key=lambda one: (one.started, one.unit)))


def _fact(level: str, one: Single, zone: str) -> RightFact:
    return RightFact(
        "outage", level, one.unit, ident=one.ident, day=local_date(one.started, zone), value=Fraction(one.length)
    )


def long_outages(trigger: LongOutage, outages: tuple[Single, ...], zone: str) -> Iterator[Event]:
    """Each outage that lasted longer; it counts from the moment at which it had."""
    over = microseconds(trigger.over)
    for one in outages:
        if over is not None and one.length > over:
            yield Event(one.unit, one.ended - (one.length - over), (_fact(trigger.level, one, zone),))


def many_outages(trigger: ManyOutages, outages: tuple[Single, ...], zone: str) -> Iterator[Event]:
    """Each outage that is the nth long one within the stretch of days that ends with the day on which it began."""
    over = microseconds(trigger.over)
    long = [one for one in outages if over is not None and one.length > over]
    for unit in sorted({one.unit for one in long}):
        own = [one for one in long if one.unit == unit]
        for number, last in enumerate(own):
            group = [one for one in own[: number + 1] if _within(one, last, trigger.within, zone)]
            if len(group) >= trigger.number:
                yield Event(unit, last.started, tuple(_fact(trigger.level, one, zone) for one in group))


def _within(one: Single, last: Single, stretch: Duration, zone: str) -> bool:
    if stretch.microseconds is not None:
        return last.started - one.started < stretch.microseconds
    after = local_date(last.started, zone) + timedelta(days=1)
    return local_date(one.started, zone) >= _back(after, stretch)


def _back(day: date, stretch: Duration) -> date:
    return shift(day, stretch, "before", None)


def microseconds(length: Duration) -> int | None:
    """A length as time that passes; a day is 24 hours. None for lengths that only a calendar can measure."""
    if length.unit in _DAYS:
        return int(length.value * _DAYS[length.unit] * _DAY)
    return length.microseconds
