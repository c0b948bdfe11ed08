"""Calendars as open time, and the only place where local time and dates are reckoned.

In: a `Calendar` of the contract, instants, local days. Out: open intervals in integer microseconds UTC, instants of
local times, days shifted by durations. It runs whenever a later stage needs a period, a deadline or a reminder date.
Instants use stdlib `zoneinfo` with the rules of the `tzdata` package (never those of the machine); pendulum is used
for months and years on plain dates only. It measures nothing and words nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from sla2.contract.codes_of_values import HOLIDAY_YEAR_MISSING
from sla2.contract.quantity import Duration
from sla2.contract.surroundings import Calendar, Hours, Weekday
from sla2.diagnostics import Diagnostic
from sla2.later import Later

if TYPE_CHECKING:
    from importlib import metadata

    import pendulum
else:
    metadata = Later("importlib.metadata")
    pendulum = Later("pendulum")

Direction = Literal["after", "before"]

_EPOCH = datetime(1970, 1, 1)
_TICK = timedelta(microseconds=1)
_DAY = 86_400_000_000
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_REST = 3_700
"""A calendar that is closed for ten years in a row has no working days at all."""


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    place = resources.files("tzdata.zoneinfo").joinpath(*name.split("/"))
    with place.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """All time zones of the `tzdata` package, sorted."""
    listing = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii")
    return tuple(sorted(listing.split()))


def tzdata_version() -> str:
    """The release of the time zone rules that every instant was reckoned with."""
    return metadata.version("tzdata")


def occurrences(local: datetime, zone: str) -> int:
    """How often the naive `local` time occurs in `zone`: 0 inside a clock gap, 2 inside a fold, otherwise 1."""
    rules = _zone(zone)
    first = local.replace(tzinfo=rules, fold=0).utcoffset()
    second = local.replace(tzinfo=rules, fold=1).utcoffset()
    if first is None or second is None or first == second:
        return 1
    return 2 if first > second else 0


def instant(local: datetime, zone: str, *, fold: Literal[0, 1] | None = None) -> int:
    """The instant, in microseconds UTC, of the naive time `local` in `zone`.

    A time inside a fold is its first occurrence, or the second with `fold=1` (None: what `local.fold` says).
    A time inside a gap is the first instant that exists after it. Readers of logs ask `occurrences` first.
    """
    rules = _zone(zone)
    chosen = local.fold if fold is None else fold
    offsets = [local.replace(tzinfo=rules, fold=which).utcoffset() or timedelta() for which in (0, 1)]
    naive = local.replace(fold=0)
    if offsets[0] >= offsets[1]:
        return (naive - offsets[chosen] - _EPOCH) // _TICK
    return _transition(naive - offsets[1], naive - offsets[0], rules)


def _transition(low: datetime, high: datetime, rules: ZoneInfo) -> int:
    """The instant between two naive UTC times at which the offset of `rules` changes; transitions are whole seconds."""
    before = _offset(low, rules)
    first, last = int((low - _EPOCH).total_seconds()), int((high - _EPOCH).total_seconds()) + 1
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(_EPOCH + timedelta(seconds=middle), rules) == before:
            first = middle
        else:
            last = middle
    return last * 1_000_000


def _offset(utc: datetime, rules: ZoneInfo) -> timedelta:
    there = rules.fromutc(utc.replace(tzinfo=rules))
    return there.utcoffset() or timedelta()


def local(instant: int, zone: str) -> datetime:
    """The naive local time in `zone` of an instant in microseconds UTC; `fold` is 1 on the second occurrence."""
    rules = _zone(zone)
    return rules.fromutc((_EPOCH + instant * _TICK).replace(tzinfo=rules)).replace(tzinfo=None)


def local_date(instant: int, zone: str) -> date:
    """The local day in `zone` of an instant in microseconds UTC."""
    return local(instant, zone).date()


def day_start(day: date, zone: str) -> int:
    """The first instant of the local `day`: midnight, or the first instant that exists after it."""
    return instant(datetime.combine(day, time()), zone, fold=0)


def day_hours(calendar: Calendar, day: date) -> tuple[Hours, ...]:
    """The hours of `calendar` on a local day, as written.

    What names the day itself prevails over what returns every year: `closed: <date>`, then `short day`, then
    `closed every`, then the holiday file, then the weekday.
    """
    if any(closed.day == day for closed in calendar.closed):
        return ()
    short = tuple(hours for rule in calendar.short_days if rule.day == day for hours in rule.hours)
    if short:
        return short
    if any((closed.month, closed.day_of_month) == (day.month, day.day) for closed in calendar.closed):
        return ()
    weekday = _WEEKDAYS[day.weekday()]
    if calendar.on_holidays != "open" and is_holiday(calendar, day):
        if calendar.on_holidays == "closed":
            return ()
        weekday = "sun"
    return tuple(hours for rule in calendar.opening if weekday in rule.days for hours in rule.hours)


def is_holiday(calendar: Calendar, day: date) -> bool:
    """True if the holiday file of `calendar` names `day`."""
    return calendar.holidays is not None and any(holiday.day == day for holiday in calendar.holidays.days)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """True if the calendar is open at some time of the local `day`; hours that the clock skips are no time."""
    return any(low < high for low, high in _stretches_of(calendar, day))


def open_intervals(calendar: Calendar, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The open stretches [s, e) of `calendar` within [start, end), sorted and merged, in microseconds UTC.

    Hours that begin in a clock gap begin at the first instant that exists; hours that begin or end in a fold run from
    the first to the second occurrence; 24:00 is the start of the next local day. Ask `coverage` beforehand: a year
    that the holiday file does not cover is read here as a year without holidays.
    """
    if start >= end:
        return ()
    if calendar.round_the_clock:
        return ((start, end),)
    merged: list[tuple[int, int]] = []
    for low, high in sorted(_stretches(calendar, start, end)):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def _stretches(calendar: Calendar, start: int, end: int) -> Iterator[tuple[int, int]]:
    zone = calendar.timezone
    day, last = local_date(start, zone) - timedelta(days=1), local_date(end, zone)
    while day <= last:
        for opened, closed in _stretches_of(calendar, day):
            low, high = max(opened, start), min(closed, end)
            if low < high:
                yield low, high
        day += timedelta(days=1)


def _stretches_of(calendar: Calendar, day: date) -> Iterator[tuple[int, int]]:
    """The hours of a local day as instants; one that begins where it ends lies in a clock gap as a whole."""
    zone = calendar.timezone
    for hours in day_hours(calendar, day):
        low = instant(datetime.combine(day, hours.start), zone, fold=0)
        if hours.end is None:
            yield low, day_start(day + timedelta(days=1), zone)
        else:
            yield low, instant(datetime.combine(day, hours.end), zone, fold=1)


def coverage(calendar: Calendar, start: int, end: int) -> tuple[Diagnostic, ...]:
    """An error if [start, end) reaches into years for which the holiday file of `calendar` says nothing."""
    if start >= end:
        return ()
    first, last = local_date(start, calendar.timezone), local_date(end - 1, calendar.timezone)
    return coverage_of_days(calendar, first, last)


def coverage_of_days(calendar: Calendar, first: date, last: date) -> tuple[Diagnostic, ...]:
    """As `coverage`, for the local days `first` to `last`, both included."""
    source = calendar.holidays
    if source is None or calendar.on_holidays == "open":
        return ()
    missing = [str(year) for year in range(first.year, last.year + 1) if year not in source.years]
    if not missing:
        return ()
    years = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    lock = f"sla2 calendar lock --region {source.region} --year {missing[0]}"
    return (
        HOLIDAY_YEAR_MISSING.at(
            source.span,
            f'Calendar {calendar.name} needs the holidays of {years}, but "{source.file}" does not hold them.',
            help=f"Add the missing year with `{lock}`, let both sides look at the file, and run again.",
        ),
    )


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """The nth working day of `calendar` after `day` (before it if n is negative); `day` itself if n is 0.

    Raises: ValueError if the calendar has no working day in ten years (from_syntax refuses a calendar never open).
    """
    step = timedelta(days=1 if n > 0 else -1)
    left, rest = abs(n), 0
    while left:
        day += step
        rest += 1
        if is_working_day(calendar, day):
            left, rest = left - 1, 0
        elif rest > _LONGEST_REST:
            raise ValueError(f"calendar {calendar.name} has no working days")
    return day


def shift(day: date, duration: Duration, direction: Direction, working_days: Calendar | None) -> date:
    """`day` moved by `duration`: for review ladders, claims, notices and terms.

    Months and years keep the day of the month, or the last day of a shorter month. Elapsed hours and minutes count as
    the whole days they fill, rounded up.
    Raises: ValueError for working days without a calendar and for business hours (from_syntax refuses both).
    """
    sign = 1 if direction == "after" else -1
    amount = sign * int(duration.value)
    if duration.unit == "working day":
        if working_days is None:
            raise ValueError("working days need a calendar")
        return add_working_days(day, amount, working_days)
    if duration.unit in ("business minute", "business hour"):
        raise ValueError("a date is not moved by business hours")
    if duration.unit in ("elapsed minute", "elapsed hour"):
        return day + timedelta(days=sign * -(-(duration.microseconds or 0) // _DAY))
    moved = pendulum.date(day.year, day.month, day.day)
    if duration.unit == "day":
        moved = moved.add(days=amount)
    elif duration.unit == "week":
        moved = moved.add(weeks=amount)
    elif duration.unit == "month":
        moved = moved.add(months=amount)
    else:
        moved = moved.add(years=amount)
    return date(moved.year, moved.month, moved.day)
