"""Calendars: clock changes in Amsterdam (27 March and 30 October 2016), closed and short days, dates moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from sla2.contract.calendar import (
    add_working_days,
    coverage,
    day_start,
    instant,
    is_working_day,
    local,
    local_date,
    occurrences,
    open_intervals,
    shift,
    zones,
)
from sla2.contract.quantity import HOUR, MINUTE, Duration
from sla2.contract.surroundings import Calendar, ClosedDay, Holiday, HolidaySource, Hours, OpeningRule, ShortDay
from sla2.diagnostics import Span

SPAN = Span("a.sla", 0, 0, 1, 1, 1, 1)
AMS = "Europe/Amsterdam"
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def utc(text: str) -> int:
    """`2016-03-27 01:00` in UTC as microseconds."""
    stamp = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return int(stamp.timestamp()) * 1_000_000


def hours(text: str) -> Hours:
    start, end = text.split("-")
    return Hours(start=time.fromisoformat(start), end=None if end == "24:00" else time.fromisoformat(end))


def calendar(*opening: str, zone: str = AMS, **more: object) -> Calendar:
    """`calendar("mon-fri 08:00-18:00")`."""
    rules = []
    for line in opening:
        days, *spans = line.replace(",", " ").split()
        first, _, last = days.partition("-")
        chosen = WEEK[WEEK.index(first) : WEEK.index(last or first) + 1]
        rules.append(OpeningRule(span=SPAN, days=chosen, hours=tuple(hours(span) for span in spans)))
    return Calendar(span=SPAN, name="cal", title="Cal", timezone=zone, opening=tuple(rules), **more)


def source(*days: str, years: tuple[int, ...]) -> HolidaySource:
    listed = tuple(Holiday(day=date.fromisoformat(day), name="x") for day in days)
    return HolidaySource(span=SPAN, region="NL", file="nl.toml", days=listed, years=years)


def test_instant_outside_clock_changes() -> None:
    assert instant(datetime(2016, 1, 1, 12), AMS) == utc("2016-01-01 11:00")
    assert instant(datetime(2016, 7, 1, 12), AMS) == utc("2016-07-01 10:00")
    assert instant(datetime(2016, 7, 1, 12, 0, 0, 7), AMS) == utc("2016-07-01 10:00") + 7


def test_instant_in_the_gap_is_the_first_that_exists() -> None:
    # 27 March 2016: 02:00 CET becomes 03:00 CEST, at 01:00 UTC
    for minute in (0, 1, 30, 59):
        assert instant(datetime(2016, 3, 27, 2, minute), AMS) == utc("2016-03-27 01:00")
        assert occurrences(datetime(2016, 3, 27, 2, minute), AMS) == 0
    assert instant(datetime(2016, 3, 27, 3, 0), AMS) == utc("2016-03-27 01:00")
    assert occurrences(datetime(2016, 3, 27, 3, 0), AMS) == 1


def test_instant_in_the_fold_has_two_occurrences() -> None:
    # 30 October 2016: 03:00 CEST becomes 02:00 CET, at 01:00 UTC
    twice = datetime(2016, 10, 30, 2, 30)
    assert occurrences(twice, AMS) == 2
    assert instant(twice, AMS) == utc("2016-10-30 00:30")
    assert instant(twice, AMS, fold=1) == utc("2016-10-30 01:30")
    assert occurrences(datetime(2016, 10, 30, 3, 0), AMS) == 1


@pytest.mark.parametrize("zone", [AMS, "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kolkata"])
def test_local_and_instant_are_inverse(zone: str) -> None:
    start = utc("2016-03-26 00:00")
    for step in range(0, 400 * 24, 7):
        moment = start + step * HOUR + 1
        assert instant(local(moment, zone), zone) == moment


def test_a_local_day_may_be_skipped_or_start_late() -> None:
    # Samoa skipped 30 December 2011; Beirut starts summer time at midnight (27 March 2016: 00:00 becomes 01:00)
    assert day_start(date(2011, 12, 30), "Pacific/Apia") == day_start(date(2011, 12, 31), "Pacific/Apia")
    assert day_start(date(2016, 3, 27), "Asia/Beirut") == utc("2016-03-26 22:00")
    assert local_date(day_start(date(2016, 3, 27), "Asia/Beirut"), "Asia/Beirut") == date(2016, 3, 27)


def test_round_the_clock_days_have_23_and_25_hours() -> None:
    always = calendar("mon-sun 00:00-24:00")
    for day, length in ((date(2016, 3, 27), 23), (date(2016, 10, 30), 25), (date(2016, 5, 1), 24)):
        start, end = day_start(day, AMS), day_start(day + timedelta(days=1), AMS)
        assert open_intervals(always, start, end) == ((start, end),)
        assert end - start == length * HOUR


def test_sunday_only_equals_the_round_the_clock_day() -> None:
    sunday = calendar("sun 00:00-24:00")
    for day, length in ((date(2016, 3, 27), 23), (date(2016, 10, 30), 25)):
        found = open_intervals(sunday, day_start(day, AMS) - 48 * HOUR, day_start(day, AMS) + 72 * HOUR)
        assert [end - start for start, end in found] == [length * HOUR]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("sun 01:00-02:30", 1 * HOUR),  # the half hour from 02:00 does not exist
        ("sun 02:30-04:00", 1 * HOUR),  # begins at 03:00
        ("sun 02:10-02:50", 0),
        ("sun 01:00-05:00", 3 * HOUR),
    ],
)
def test_hours_in_the_gap(written: str, expected: int) -> None:
    start, end = utc("2016-03-26 23:00"), utc("2016-03-27 22:00")
    assert sum(e - s for s, e in open_intervals(calendar(written), start, end)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("sun 01:00-02:30", 2 * HOUR + 30 * MINUTE),  # to the second 02:30
        ("sun 02:30-05:00", 3 * HOUR + 30 * MINUTE),  # from the first 02:30
        ("sun 02:10-02:50", 1 * HOUR + 40 * MINUTE),
        ("sun 00:00-03:00", 4 * HOUR),
    ],
)
def test_hours_in_the_fold(written: str, expected: int) -> None:
    start, end = utc("2016-10-29 22:00"), utc("2016-10-30 23:00")
    assert sum(e - s for s, e in open_intervals(calendar(written), start, end)) == expected


def test_intervals_are_clipped_sorted_and_merged() -> None:
    office = calendar("mon-fri 08:00-12:00, 12:00-18:00", "wed 16:00-20:00")
    found = open_intervals(office, utc("2016-05-31 10:00"), utc("2016-06-02 07:00"))
    assert found == (
        (utc("2016-05-31 10:00"), utc("2016-05-31 16:00")),  # Tuesday, from 12:00 local
        (utc("2016-06-01 06:00"), utc("2016-06-01 18:00")),  # Wednesday to 20:00
        (utc("2016-06-02 06:00"), utc("2016-06-02 07:00")),
    )
    assert open_intervals(office, utc("2016-06-04 00:00"), utc("2016-06-05 00:00")) == ()
    assert open_intervals(office, 5, 5) == ()


def test_closed_short_and_yearly_days() -> None:
    office = calendar(
        "mon-fri 09:00-17:00",
        closed=(
            ClosedDay(span=SPAN, name="Bridge day", day=date(2016, 5, 6)),
            ClosedDay(span=SPAN, name="New Year's Eve", month=12, day_of_month=30),
        ),
        short_days=(
            ShortDay(span=SPAN, day=date(2016, 2, 8), hours=(hours("09:00-12:00"),)),
            ShortDay(span=SPAN, day=date(2016, 12, 30), hours=(hours("09:00-10:00"),)),
        ),
    )

    def length(day: date) -> int:
        found = open_intervals(office, day_start(day, AMS), day_start(day + timedelta(days=1), AMS))
        return sum(end - start for start, end in found)

    assert length(date(2016, 5, 5)) == 8 * HOUR
    assert length(date(2016, 5, 6)) == 0
    assert length(date(2016, 2, 8)) == 3 * HOUR
    assert length(date(2015, 12, 30)) == 0
    assert length(date(2016, 12, 30)) == 1 * HOUR  # what names the day itself prevails


@pytest.mark.parametrize(("policy", "open_hours"), [("closed", 0), ("as sunday", 2), ("open", 10)])
def test_on_holidays(policy: str, open_hours: int) -> None:
    office = calendar(
        "mon-fri 08:00-18:00", "sun 10:00-12:00", holidays=source("2016-03-28", years=(2016,)), on_holidays=policy
    )
    found = open_intervals(office, utc("2016-03-27 22:00"), utc("2016-03-28 22:00"))
    assert sum(end - start for start, end in found) == open_hours * HOUR


def test_coverage_names_the_missing_years() -> None:
    office = calendar("mon-fri 08:00-18:00", holidays=source(years=(2016,)))
    assert coverage(office, utc("2015-12-31 23:00"), utc("2016-12-31 23:00")) == ()
    (found,) = coverage(office, utc("2015-12-31 22:59"), utc("2016-12-31 23:01"))
    assert (found.code, found.message) == (
        "SLA213",
        'Calendar cal needs the holidays of 2015 and 2017, but "nl.toml" does not hold them.',
    )
    assert coverage(calendar("mon-fri 08:00-18:00"), 0, utc("2030-01-01 00:00")) == ()


def test_working_days() -> None:
    office = calendar("mon-fri 08:00-18:00", holidays=source("2016-03-28", years=(2016,)))
    assert add_working_days(date(2016, 3, 24), 2, office) == date(2016, 3, 29)  # Thursday, over Easter Monday
    assert add_working_days(date(2016, 3, 29), -2, office) == date(2016, 3, 24)
    assert add_working_days(date(2016, 3, 26), 0, office) == date(2016, 3, 26)
    assert not is_working_day(office, date(2016, 3, 28))
    with pytest.raises(ValueError, match="no working days"):
        add_working_days(date(2016, 3, 24), 1, calendar())


@pytest.mark.parametrize(
    ("day", "value", "unit", "direction", "expected"),
    [
        ("2016-01-31", 1, "month", "after", "2016-02-29"),
        ("2016-03-31", 1, "month", "before", "2016-02-29"),
        ("2016-02-29", 1, "year", "after", "2017-02-28"),
        ("2016-02-28", 30, "day", "after", "2016-03-29"),
        ("2016-03-01", 2, "week", "before", "2016-02-16"),
        ("2016-03-01", 48, "elapsed hour", "before", "2016-02-28"),
        ("2016-03-01", 25, "elapsed hour", "after", "2016-03-03"),
        ("2016-03-25", 5, "working day", "after", "2016-04-01"),
    ],
)
def test_shift(day: str, value: int, unit: str, direction: str, expected: str) -> None:
    office = calendar("mon-fri 08:00-18:00")
    moved = shift(date.fromisoformat(day), Duration(value=Decimal(value), unit=unit), direction, office)
    assert moved == date.fromisoformat(expected)
    assert type(moved) is date


def test_zones_come_from_the_package() -> None:
    assert {"UTC", AMS, "America/Argentina/Buenos_Aires"} <= set(zones())
