"""The event-log profile on the shipped slice of a real log, against an obvious second implementation."""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sla2.logs import read_log
from sla2.logs.log import Log

FOLDER = Path(__file__).parent.parent / "contracts" / "examples" / "gemeente-werkplek" / "log"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The states of the log: "-100" is shown by the tool for a state without a label.
OPEN = ("New", "Active", "-100", "Awaiting User Info", "Awaiting Problem", "Awaiting Vendor", "Awaiting Evidence")


def instant(text: str) -> int:
    """Integer microseconds; a time in the skipped hour of 2016-03-27 is 03:00, 01:00 UTC."""
    wall = datetime.strptime(text, "%d/%m/%Y %H:%M")
    if datetime(2016, 3, 27, 2) <= wall < datetime(2016, 3, 27, 3):
        wall = datetime(2016, 3, 27, 3)
    return (wall.replace(tzinfo=AMSTERDAM) - EPOCH) // timedelta(microseconds=1)


@pytest.fixture(scope="module")
def log() -> Log:
    read, found = read_log([FOLDER / "mapping.toml"])
    assert read is not None, found
    assert not [entry for entry in found if entry.severity == "error"]
    return read


@pytest.fixture(scope="module")
def incidents() -> dict[str, list[dict[str, str]]]:
    """The rows of each incident in order of time, sequence number and file."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(FOLDER / "incidents.csv.gz", "rt", newline="") as stream:
        for row in csv.DictReader(stream, strict=True):
            groups[row["number"]].append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (instant(row["sys_updated_at"]), int(row["sys_mod_count"])))
    return groups


def naive(rows: list[dict[str, str]]) -> tuple[object, ...]:
    """Opened, first response, resolved, reopened, last priority, cause, number of state and priority changes."""
    response = resolved = None
    reopened = states = priorities = 0
    before: dict[str, str] | None = None
    for row in rows:
        at, state = instant(row["sys_updated_at"]), row["ident_state"]
        if state != "New" and response is None:
            response = at
        if state in OPEN:
            resolved = None
        elif resolved is None:
            resolved = at
        if before is None or state != before["ident_state"]:
            states += 1
        if before is None or row["priority"] != before["priority"]:
            priorities += 1
        if before is not None and before["ident_state"] not in OPEN and state in OPEN:
            reopened += 1
        before = row
    last = rows[-1]
    cause = None if last["closed_code"] == "?" else last["closed_code"]
    opened = instant(last["opened_at"])
    return opened, response, resolved, reopened, "P" + last["priority"], cause, states, priorities


def test_every_incident_is_as_the_obvious_reading_has_it(log: Log, incidents: dict[str, list[dict[str, str]]]) -> None:
    rows = (
        log.cursor()
        .execute(
            "SELECT ticket_id, opened_at, first_response_at, resolved_at, reopened_count, priority, cause, "
            "count(*) FILTER (WHERE field = 'state'), count(*) FILTER (WHERE field = 'priority') "
            "FROM tickets JOIN status_events USING (ticket) GROUP BY ALL"
        )
        .fetchall()
    )
    read = {row[0]: row[1:] for row in rows}
    assert len(read) == len(incidents) == 24_437
    wrong = [number for number, group in incidents.items() if read[number] != naive(group)]
    assert wrong == []


def test_nothing_is_lost(log: Log, incidents: dict[str, list[dict[str, str]]]) -> None:
    (entry,) = log.imports
    assert entry.rows_in == entry.rows_ok == sum(len(rows) for rows in incidents.values()) == 138_723
    assert entry.refused == ()
    skipped = [notice for notice in entry.notices if "does not exist" in notice.reason]
    assert [notice.count for notice in skipped] == [4]
    assert entry.bytes <= 2_000_000
    assert "CC BY 4.0" in entry.source
    assert log.fictional is False


def test_tickets_are_numbered_by_opening(log: Log) -> None:
    rows = log.cursor().execute("SELECT ticket, opened_at, ticket_id, service FROM tickets ORDER BY ticket").fetchall()
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(rows, key=lambda row: row[1:3]) == rows
    assert {row[3] for row in rows} == {"werkplek"}
    first, last = (instant(text) for text in ("1/3/2016 00:00", "1/6/2016 00:00"))
    assert all(first <= row[1] < last for row in rows)
    assert (log.imports[0].covers_from, log.imports[0].covers_to) == (first, last)


def test_events_are_numbered_in_order_of_time(log: Log) -> None:
    broken = (
        log.cursor()
        .execute(
            'SELECT count(*) FROM (SELECT seq, "at", lag(seq) OVER w AS seq0, lag("at") OVER w AS at0 '
            "FROM status_events "
            'WINDOW w AS (PARTITION BY ticket ORDER BY seq)) WHERE seq <> coalesce(seq0, 0) + 1 OR "at" < at0'
        )
        .fetchall()
    )
    assert broken == [(0,)]


def test_the_slice_holds_no_columns_about_people() -> None:
    with gzip.open(FOLDER / "incidents.csv.gz", "rt") as stream:
        header = stream.readline().strip().split(",")
    assert not {"caller_id", "opened_by", "sys_created_by", "sys_updated_by", "assigned_to", "resolved_by"} & set(
        header
    )


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = ["number,incident_state,opened_at,sys_updated_at,priority"]
    states = ("New", "Active", "Awaiting User Info", "Resolved", "Closed")
    for ticket in range(40):
        for step, state in enumerate(states[: 2 + ticket % 4]):
            opened, updated = f"08:{ticket % 7:02d}", f"09:{10 * step + ticket % 9:02d}"
            rows.append(f"T{ticket},{state},2026-01-05 {opened},2026-01-05 {updated},P{1 + step % 2}")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[[import]]\nprofile = "servicenow-event-log"\nfile = "t.csv"\ntimezone = "UTC"\ndates = "yyyy-MM-dd HH:mm"\n'
    )
    results = []
    for seed in range(3):
        body = rows[1:]
        random.Random(seed).shuffle(body)
        (tmp_path / "t.csv").write_text("\n".join([rows[0], *body]) + "\n")
        log, found = read_log([mapping])
        assert log is not None and found == ()
        cursor = log.cursor()
        results.append(
            (
                cursor.execute("SELECT * EXCLUDE (row_no) FROM tickets").fetchall(),
                cursor.execute("SELECT * EXCLUDE (row_no) FROM status_events").fetchall(),
            )
        )
    assert results[0] == results[1] == results[2]
    assert len(results[0][0]) == 40
