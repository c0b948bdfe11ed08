"""The calendar of reviews, read back with the library that other programs use."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from sla2.contract.contract import Contract
from sla2.remind.ics import calendar_file, default_domain, is_domain
from tests.remind_support import contract_of, contract_text, read

DOMAIN = "contracts.town.example"
MOVED = "agreed: customer 2016-06-01, supplier 2016-06-02\n  effective: 2016-06-02\n" + (
    '  move: speed review to 2016-06-29 because "May was no normal month."'
)
FILLED = "agreed: customer 2016-06-18, supplier 2016-06-20\n  effective: 2016-07-01\n  fill: speed with option strict"
WITHDRAWN = 'agreed: customer 2016-06-18, supplier 2016-06-20\n  effective: 2016-07-01\n  withdraw: speed because "No."'


def event_of(contract: Contract, today: str, language: str = "en") -> Event:
    content = calendar_file([contract], date.fromisoformat(today), language, DOMAIN)  # type: ignore[arg-type]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_review_is_an_event_of_the_whole_day() -> None:
    event = event_of(contract_of(), "2016-05-01")
    assert event["uid"] == f"VB-7.speed@{DOMAIN}"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2016, 6, 15), date(2016, 6, 16))
    assert type(event["dtstart"].dt) is date
    assert (event["status"], event["transp"], event["sequence"]) == ("CONFIRMED", "TRANSPARENT", 0)
    assert event["summary"] == "Fill Speed of answers (VB-7)"
    assert (
        "Until it is filled, this applies: at least 80% of the cases within 60 business minutes" in event["description"]
    )
    assert event["dtstamp"].dt == datetime(2016, 2, 1, tzinfo=UTC)


def test_the_alarms_ring_at_nine_on_the_days_of_the_ladder() -> None:
    event = event_of(contract_of(), "2016-05-01")
    start = datetime(2016, 6, 15)
    rung = [start + alarm["trigger"].dt for alarm in event.walk("VALARM")]
    # 16 May is a holiday and 12 June a Sunday: the Friday before
    assert rung == [datetime(2016, 5, 13, 9), datetime(2016, 6, 1, 9), datetime(2016, 6, 10, 9)]
    assert event.walk("VALARM")[1]["description"] == "Speed of answers is to be filled in 14 days"


def test_without_a_ladder_the_alarm_rings_a_week_before() -> None:
    (alarm,) = event_of(contract_of(remind=None), "2016-05-01").walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-7, hours=9)


def test_a_moved_review_keeps_its_name_and_counts_up() -> None:
    contract = contract_of(amendments=(MOVED,))
    before, after = event_of(contract, "2016-06-01"), event_of(contract, "2016-06-02")
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2016, 6, 15), date(2016, 6, 29))
    assert before["dtstamp"].dt < after["dtstamp"].dt == datetime(2016, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amendments", "today", "sequence", "summary"),
    [
        ((FILLED,), "2016-06-20", 2, "Filled: Speed of answers (VB-7)"),
        ((MOVED, FILLED), "2016-06-20", 3, "Filled: Speed of answers (VB-7)"),
        ((WITHDRAWN,), "2016-06-20", 2, "Withdrawn: Speed of answers (VB-7)"),
        ((), "2016-07-09", 1, "Not filled, fallback in force: Speed of answers (VB-7)"),
    ],
)
def test_a_passage_at_its_end_stays_as_a_cancelled_event(
    amendments: tuple[str, ...], today: str, sequence: int, summary: str
) -> None:
    event = event_of(contract_of(amendments=amendments), today)
    assert (event["status"], event["sequence"], event["summary"]) == ("CANCELLED", sequence, summary)
    assert event["uid"] == f"VB-7.speed@{DOMAIN}" and event.walk("VALARM") == []


def test_the_sequence_never_falls() -> None:
    late = "agreed: customer 2016-07-18, supplier 2016-07-20\n  effective: 2016-08-01\n  fill: speed with option strict"
    contract = contract_of(amendments=(MOVED, late))
    day, seen = date(2016, 5, 1), []
    while day < date(2016, 8, 1):
        seen.append(event_of(contract, day.isoformat())["sequence"])
        day += timedelta(days=1)
    assert seen == sorted(seen) and sorted(set(seen)) == [0, 1, 2, 3]


def test_the_end_is_told_in_the_description() -> None:
    event = event_of(contract_of(amendments=(FILLED,)), "2016-06-20")
    assert event["description"] == (
        "Filled by amendment A1, in force from 1 July 2016: at least 90% of the cases within 30 business minutes"
    )


def test_the_file_says_what_other_programs_need() -> None:
    content = calendar_file([contract_of()], date(2016, 5, 1), "nl", DOMAIN)
    calendar = Calendar.from_ical(content)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH") and calendar["prodid"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert calendar_file([contract_of()], date(2016, 5, 1), "de", DOMAIN) == calendar_file(
        [contract_of()], date(2016, 6, 1), "de", DOMAIN
    )


def test_two_contracts_share_a_file() -> None:
    other = read(contract_text().replace("contract VB-7", "contract VB-8"))
    content = calendar_file([contract_of(), other], date(2016, 5, 1), "en", DOMAIN)
    assert [event["uid"] for event in Calendar.from_ical(content).walk("VEVENT")] == [
        f"VB-7.speed@{DOMAIN}",
        f"VB-8.speed@{DOMAIN}",
    ]


@pytest.mark.parametrize("bad", ["\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:free", "\nX-EVIL:1", "; , \\ :"])
def test_a_title_cannot_begin_a_line_of_its_own(bad: str) -> None:
    contract = contract_of()
    passage = contract.passages[0].model_copy(update={"title": f"Speed{bad}", "learn": f"Why{bad}?"})
    hostile = contract.model_copy(update={"passages": (passage,), "title": f"Services{bad}"})
    content = calendar_file([hostile], date(2016, 5, 1), "en", DOMAIN)
    calendar = Calendar.from_ical(content)
    assert len(calendar.walk("VEVENT")) == 1
    names = {line.split(b":")[0].split(b";")[0] for line in content.replace(b"\r\n ", b"").split(b"\r\n") if line}
    assert b"X-EVIL" not in names
    assert calendar.walk("VEVENT")[0]["summary"].startswith("Fill Speed")


@pytest.mark.parametrize(
    ("domain", "good"),
    [
        ("town.example", True),
        ("a.b-c.example", True),
        ("town.example\r\nX-EVIL:1", False),
        ("", False),
        ("-town.example", False),
        ("town..example", False),
        ("a b.example", False),
        ("x" * 254, False),
    ],
)
def test_what_ends_the_names_of_events_is_a_domain(domain: str, good: bool) -> None:
    assert is_domain(domain) is good
    if not good:
        with pytest.raises(ValueError, match="no domain"):
            calendar_file([contract_of()], date(2016, 5, 1), "en", domain)


def test_the_domain_comes_from_the_customers_owner() -> None:
    assert default_domain([contract_of()]) == "town.example"
    bare = contract_of().model_copy(update={"passages": ()})
    assert default_domain([bare]) == "vb-7.invalid" and default_domain([]) == "contracts.invalid"
