"""Instants: the SQL reading against zoneinfo, one value at a time, and the date forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sla2.logs.dates import MONTHS, date_form
from sla2.logs.instants import Reading, create_stamps
from sla2.logs.log import connect
from sla2.logs.zones import load_zone, wall_spans, wall_to_utc, zone_names

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(moment: datetime) -> int:
    """Integer microseconds of an aware datetime."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def read(texts: list[str], form: str, **rules: object) -> dict[str, tuple[int | None, str | None]]:
    """The instant and the problem of each text."""
    declared = date_form(form)
    assert not isinstance(declared, str), declared
    zone = rules.pop("zone", "UTC")
    connection = connect()
    connection.execute("CREATE TEMP TABLE raw_rows (row_no BIGINT, a VARCHAR)")
    connection.executemany("INSERT INTO raw_rows VALUES (1, ?)", [[text] for text in texts])
    how = Reading(declared, load_zone(str(zone)) if zone else None, **rules)  # type: ignore[arg-type]
    create_stamps(connection, "stamps", "raw_rows", ["a"], how)
    rows = connection.execute('SELECT text, "at", problem FROM stamps').fetchall()
    connection.close()
    assert len(rows) == len(set(texts))
    return {text: (at, problem) for text, at, problem in rows}


def naive(wall: datetime, zone: ZoneInfo) -> set[int]:
    """All instants whose wall time in `zone` is `wall`, found by trying every quarter of an hour of offset."""
    found = set()
    for quarter in range(-14 * 4, 15 * 4):
        moment = wall.replace(tzinfo=UTC) - timedelta(minutes=15 * quarter)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            found.add(micros(moment))
    return found


ZONES = ["Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "UTC"]
walls = st.datetimes(datetime(1995, 1, 1), datetime(2035, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
near = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([datetime(2016, 3, 27), datetime(2016, 10, 30), datetime(2024, 4, 7), datetime(2021, 3, 14)]),
    st.integers(-60, 300),
)


@settings(max_examples=40, deadline=None)
@given(moments=st.lists(st.one_of(walls, near), min_size=1, max_size=20, unique=True), zone=st.sampled_from(ZONES))
def test_instants_are_those_of_the_zone(moments: list[datetime], zone: str) -> None:
    texts = [moment.strftime("%d-%m-%Y %H:%M:%S") for moment in moments]
    refused = read(texts, "dd-MM-yyyy HH:mm:ss", zone=zone)
    earlier = read(texts, "dd-MM-yyyy HH:mm:ss", zone=zone, ambiguous="earlier", nonexistent="next")
    later = read(texts, "dd-MM-yyyy HH:mm:ss", zone=zone, ambiguous="later", nonexistent="next")
    tz = load_zone(zone)
    assert tz is not None
    for moment, text in zip(moments, texts, strict=True):
        possible = naive(moment, tz)
        if len(possible) == 1:
            assert refused[text] == earlier[text] == later[text] == (possible.pop(), None)
        elif possible:
            assert refused[text][1] == "fold"
            assert earlier[text] == (min(possible), None)
            assert later[text] == (max(possible), None)
        else:
            assert refused[text] == (None, "gap")
            instant, problem = earlier[text]
            assert problem is None and instant is not None
            before = EPOCH + timedelta(microseconds=instant - 1)
            after = EPOCH + timedelta(microseconds=instant)
            assert before.astimezone(tz).replace(tzinfo=None) < moment <= after.astimezone(tz).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("d/M/yyyy HH:mm", "29/2/2016 01:16", datetime(2016, 2, 29, 1, 16)),
        ("yyyy-MM-dd'T'HH:mm:ss.SSS", "2026-07-01T09:00:00.250", datetime(2026, 7, 1, 9, 0, 0, 250000)),
        ("d/MMM/yy h:mm a", "25/Feb/26 10:17 PM", datetime(2026, 2, 25, 22, 17)),
        ("d/MMM/yy h:mm a", "25/mrt/26 12:00 AM", datetime(2026, 3, 25, 0, 0)),
        ("d. MMMM yyyy HH:mm", "3. März 2026 09:00", datetime(2026, 3, 3, 9, 0)),
        ("d MMM yyyy H:mm", "3 févr. 2026 9:00", datetime(2026, 2, 3, 9, 0)),
        ("yyyyMMddHHmmss", "20260203040506", datetime(2026, 2, 3, 4, 5, 6)),
        ("iso", "2026-02-03 04:05", datetime(2026, 2, 3, 4, 5)),
        ("iso", "2026-02-03T04:05:06+0130", datetime(2026, 2, 3, 2, 35, 6)),
        ("MM/dd/yyyy HH:mm XXX", "02/03/2026 04:05 -05:00", datetime(2026, 2, 3, 9, 5)),
    ],
)
def test_forms_that_fit(form: str, text: str, expected: datetime) -> None:
    assert read([text], form)[text] == (micros(expected.replace(tzinfo=UTC)), None)


@pytest.mark.parametrize(
    ("form", "text", "problem"),
    [
        ("dd-MM-yyyy HH:mm", "31-04-2026 09:00", "date"),
        ("dd-MM-yyyy HH:mm", "29-02-2025 09:00", "date"),
        ("dd-MM-yyyy HH:mm", "03-13-2026 09:00", "date"),
        ("dd-MM-yyyy HH:mm", "03-12-2026 24:00", "date"),
        ("dd-MM-yyyy HH:mm:ss", "03-12-2026 09:00:60", "date"),
        ("dd-MM-yyyy HH:mm", "03-12-2026 9:00", "form"),
        ("dd-MM-yyyy HH:mm", "03-12-26 09:00", "form"),
        ("dd-MM-yyyy HH:mm", "03/12/2026 09:00", "form"),
        ("dd-MM-yyyy HH:mm", "2026-12-03T09:00:00Z", "form"),
        ("dd-MM-yyyy HH:mm", "tomorrow", "text"),
        ("dd-MM-yyyy HH:mm", "46000.375", "text"),
        ("dd-MM-yyyy HH:mm", "01-01-1900 00:00", "year"),
        ("d/MMM/yy h:mm a", "25/Foo/26 10:17 PM", "date"),
        ("d/MMM/yy h:mm a", "25/Feb/26 13:17 PM", "date"),
    ],
)
def test_forms_that_do_not_fit(form: str, text: str, problem: str) -> None:
    assert read([text], form)[text] == (None, problem)


def test_a_date_without_time_is_read_as_declared() -> None:
    amsterdam = {"zone": "Europe/Amsterdam"}
    start = read(["27-03-2016"], "dd-MM-yyyy", date_only="start", **amsterdam)
    end = read(["27-03-2016"], "dd-MM-yyyy", date_only="end", **amsterdam)
    assert start["27-03-2016"] == (micros(datetime(2016, 3, 26, 23, tzinfo=UTC)), None)
    assert end["27-03-2016"] == (micros(datetime(2016, 3, 27, 22, tzinfo=UTC)), None)
    day = read(["27-03-2016 15:30"], "dd-MM-yyyy HH:mm", mode="date", **amsterdam)
    assert day["27-03-2016 15:30"] == start["27-03-2016"]


def test_a_midnight_that_does_not_exist_is_the_first_time_of_its_day() -> None:
    # Santiago put its clock forward at midnight of 2022-09-11: that day begins at 01:00, 04:00 UTC.
    read_day = read(["2022-09-11"], "yyyy-MM-dd", mode="date", zone="America/Santiago")
    assert read_day["2022-09-11"] == (micros(datetime(2022, 9, 11, 4, tzinfo=UTC)), None)
    santiago = load_zone("America/Santiago")
    assert santiago is not None
    assert wall_to_utc(santiago, datetime(2022, 9, 11)) == micros(datetime(2022, 9, 11, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    "text",
    ["", "dd-MM HH:mm", "dd-MM-yyyy HH", "dd-MM-yyyy hh:mm", "dd-mm-yyyy HH:mm", "dd-MM-yyyy 'at HH:mm", "Q-MM-yyyy"],
)
def test_forms_that_mean_nothing_are_explained(text: str) -> None:
    assert isinstance(date_form(text), str)


def test_months_and_zones() -> None:
    assert sorted(set(MONTHS.values())) == list(range(1, 13))
    assert load_zone("Amsterdam") is None
    assert load_zone("../../etc/passwd") is None
    assert load_zone("Europe") is None
    assert load_zone("__init__.py") is None
    assert "Europe/Amsterdam" in zone_names()
    spans = wall_spans(ZoneInfo("Europe/Amsterdam"), 2016, 2016)
    assert [span.kind for span in spans].count("gap") == [span.kind for span in spans].count("fold") == 3
