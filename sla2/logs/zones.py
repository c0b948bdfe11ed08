"""The clock changes of a time zone as plain intervals of wall time.

In: a zone and a range of years. Out: `WallSpan` rows without gaps between them: for each stretch of wall
time whether it is plain, exists twice (autumn) or does not exist (spring), and what to subtract from it.
The rules are those of the `tzdata` package, never those of the machine. It parses no text and
decides no ambiguous hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sla2.logs.schema import SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = 6 * 3600


@dataclass(frozen=True, slots=True)
class WallSpan:
    """Wall time from `start` (microseconds, read as if UTC) up to the start of the next span.

    Subtract `earlier` for the first occurrence and `later` for the second; they differ only in a fold.
    In a gap, `instant` is the first instant that exists after it.
    """

    start: int
    kind: Literal["plain", "fold", "gap"]
    earlier: int
    later: int
    instant: int


@lru_cache(maxsize=64)
def load_zone(name: str) -> ZoneInfo | None:
    """The zone with this name (`Europe/Amsterdam`, `UTC`), or None if there is none."""
    parts = name.split("/")
    if not all(part and part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        return None
    place = resources.files("tzdata.zoneinfo").joinpath(*parts)
    if not place.is_file() or parts[-1].endswith("py"):
        return None
    with place.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def zone_names() -> tuple[str, ...]:
    """All zone names, for suggestions."""
    text = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return tuple(sorted(text.split()))


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = zone.fromutc((_EPOCH + timedelta(seconds=second)).replace(tzinfo=zone)).utcoffset()
    return round(offset.total_seconds()) if offset is not None else 0


def _changes(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Each change in [start, end) seconds UTC: its instant, the offset before and after."""
    if zone.utcoffset(None) is not None:
        return  # a zone without changes, like UTC
    before = _offset(zone, start)
    for low in range(start, end, _STEP):
        after = _offset(zone, low + _STEP)
        if after == before:
            continue
        left, right = low, low + _STEP
        while right - left > 1:
            middle = (left + right) // 2
            if _offset(zone, middle) == before:
                left = middle
            else:
                right = middle
        yield right, before, after
        before = after


@lru_cache(maxsize=64)
def wall_spans(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[WallSpan, ...]:
    """The wall time of all years from `first_year` to `last_year`, both included, and a margin.

    Offsets and instants are microseconds. A change of zero length never occurs.
    """
    start = round((datetime(first_year - 1, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
    end = round((datetime(last_year + 2, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
    offset = _offset(zone, start)
    spans = [_span(start, "plain", offset, offset, 0)]
    for instant, before, after in _changes(zone, start, end):
        kind: Literal["fold", "gap"] = "gap" if after > before else "fold"
        low, high = sorted((instant + before, instant + after))
        spans.append(_span(low, kind, before, after, instant))
        spans.append(_span(high, "plain", after, after, 0))
    return tuple(spans)


def _span(start: int, kind: Literal["plain", "fold", "gap"], earlier: int, later: int, instant: int) -> WallSpan:
    return WallSpan(start * SECOND, kind, earlier * SECOND, later * SECOND, instant * SECOND)


def wall_to_utc(zone: ZoneInfo, wall: datetime) -> int:
    """The instant of a wall time without zone: the first one in a fold, the next existing one in a gap.

    For midnights of declared dates; values of a log go through `instants`, which refuses such hours.
    """
    micros = round((wall.replace(tzinfo=UTC) - _EPOCH).total_seconds()) * SECOND
    span = [entry for entry in wall_spans(zone, wall.year, wall.year) if entry.start <= micros][-1]
    return span.instant if span.kind == "gap" else micros - span.earlier
