"""The ladder of reminders, with days worked by hand on a calendar of 2016.

The passage is to be filled on Wednesday 15 June 2016. Monday 16 May is Whit Monday; 12 June is a Sunday.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla2.contract.calendar import is_working_day
from sla2.contract.contract import Contract
from sla2.remind.from_contract import due_messages, holidays_missing, plan
from sla2.remind.reminder import Reminder
from tests.remind_support import HOLIDAYS, contract_of

TODAY = date(2016, 5, 1)


def days(reminders: tuple[Reminder, ...], *, to: str = "head@town.example") -> list[str]:
    return [f"{one.send_on:%m-%d} {one.stage}" for one in reminders if one.recipient.address == to]


def keys(reminders: tuple[Reminder, ...]) -> set[str]:
    return {one.key for one in reminders}


def test_the_ladder_of_the_worked_example() -> None:
    found = plan(contract_of(), TODAY)
    assert days(found) == [
        "05-13 before",  # 30 days: Whit Monday 16 May, rolled back over the weekend to Friday
        "06-01 before",  # 14 days
        "06-10 before",  # 3 days: Sunday 12 June, rolled back to Friday
        "06-15 due",
        "06-22 overdue",  # every five working days
        "06-29 overdue",
        "07-06 overdue",
        "07-08 fallback",  # Saturday 9 July, rolled back to Friday
    ]
    assert days(found) == days(found, to="sdm@acme.example")
    # ten working days after 15 June; once, and to its own address only
    assert days(found, to="board@town.example") == ["06-29 escalation"]
    by_stage = {one.stage: (one.on, one.days) for one in found}
    assert by_stage["fallback"] == (date(2016, 7, 9), -24)


def test_a_stage_is_never_later_than_its_day_and_always_a_working_day() -> None:
    contract = contract_of()
    calendar = contract.calendar("office")
    found = plan(contract, TODAY)
    assert all(one.send_on <= one.on and is_working_day(calendar, one.send_on) for one in found)
    assert all(one.send_on <= one.due for one in found if one.stage in ("before", "due"))


def test_a_review_on_a_sunday_is_said_on_the_friday_before() -> None:
    found = plan(contract_of(review="2016-06-12", remind="3 days before"), TODAY)
    assert days(found) == ["06-09 before", "06-10 due", "07-08 fallback"]


def test_without_a_ladder_only_the_day_itself_and_the_fallback_are_said() -> None:
    assert days(plan(contract_of(remind=None), TODAY)) == ["06-15 due", "07-08 fallback"]


def test_a_passage_without_a_review_date_reminds_nobody() -> None:
    contract = contract_of()
    passages = tuple(passage.model_copy(update={"review": None}) for passage in contract.passages)
    assert plan(contract.model_copy(update={"passages": passages}), TODAY) == ()


BOTH = "agreed: customer 2016-05-18, supplier 2016-05-20\n  effective: 2016-07-01\n  "
FILLED, WITHDRAWN = f"{BOTH}fill: speed with option strict", f'{BOTH}withdraw: speed because "Settled."'


@pytest.mark.parametrize(
    ("amendment", "today", "ends"),
    [(FILLED, "2016-05-20", True), (FILLED, "2016-05-19", False), (WITHDRAWN, "2016-05-20", True)],
)
def test_the_ladder_ends_when_both_have_agreed(amendment: str, today: str, ends: bool) -> None:
    contract = contract_of(amendments=(amendment,))
    assert (plan(contract, date.fromisoformat(today)) == ()) is ends


def test_a_moved_review_moves_the_ladder() -> None:
    moved = "agreed: customer 2016-06-01, supplier 2016-06-02\n  effective: 2016-06-02\n" + (
        '  move: speed review to 2016-06-29 because "May was no normal month."'
    )
    contract = contract_of(amendments=(moved,))
    before, after = plan(contract, date(2016, 6, 1)), plan(contract, date(2016, 6, 2))
    assert days(before)[:3] == ["05-13 before", "06-01 before", "06-10 before"]
    # 30 May, 15 June, 26 June (Sunday: Friday 24 June), 29 June
    assert days(after)[:4] == ["05-30 before", "06-15 before", "06-24 before", "06-29 due"]
    assert not keys(before) & keys(after)


def test_a_person_on_both_sides_is_reminded_once() -> None:
    contract = contract_of(supplier_owner='"Head of information" <head@town.example>')
    found = plan(contract, TODAY)
    assert len(keys(found)) == len(found)
    assert days(found)[:2] == ["05-13 before", "06-01 before"]


def test_only_what_is_due_today_is_said() -> None:
    found = plan(contract_of(), TODAY)
    assert [one.stage for one in due_messages(found, None, date(2016, 6, 10))] == ["before", "before"]
    assert due_messages(found, None, date(2016, 6, 11)) == ()


def test_missed_runs_are_caught_up_with_the_latest_stage_only() -> None:
    found = plan(contract_of(), TODAY)
    said = due_messages(found, date(2016, 5, 20), date(2016, 6, 30))
    assert [(one.recipient.address, one.stage, f"{one.send_on:%m-%d}") for one in said] == [
        ("board@town.example", "escalation", "06-29"),
        ("head@town.example", "overdue", "06-29"),
        ("sdm@acme.example", "overdue", "06-29"),
    ]
    # the day of the last run itself is not said again
    assert due_messages(found, date(2016, 6, 29), date(2016, 6, 30)) == ()


def test_of_two_stages_on_one_day_the_graver_is_said() -> None:
    contract = contract_of(escalate='after 10 working days to "Head of information" <head@town.example>')
    said = due_messages(plan(contract, TODAY), None, date(2016, 6, 29))
    assert [(one.recipient.address, one.stage) for one in said] == [
        ("head@town.example", "escalation"),
        ("sdm@acme.example", "overdue"),
    ]


def test_the_language_is_that_of_the_party() -> None:
    found = {one.recipient.address: one.recipient.language for one in plan(contract_of(), TODAY)}
    assert found == {"head@town.example": "nl", "sdm@acme.example": "de", "board@town.example": "en"}


def test_a_year_without_holidays_is_said() -> None:
    contract = contract_of(fallback="from 2017-06-10 option strict")
    calendar = contract.calendar("office")
    locked = calendar.model_copy(update={"holidays": HOLIDAYS})
    contract = contract.model_copy(update={"calendars": (locked,)})
    found = plan(contract, TODAY)
    assert [one.code for one in holidays_missing(contract, found)] == ["SLA213"]
    assert holidays_missing(contract, [one for one in found if one.send_on.year == 2016]) == ()
    assert holidays_missing(contract, ()) == ()


CONTRACT: Contract = contract_of()
FIRST, LAST = date(2016, 5, 2), date(2016, 7, 15)


@given(st.integers(0, (LAST - FIRST).days))
def test_daily_runs_say_every_reminder_once(offset: int) -> None:
    """Running each day says everything; a gap loses nothing but what a later stage replaces."""
    stop = FIRST + timedelta(days=offset)
    said: list[str] = []
    day = FIRST
    while day <= stop:
        said += [one.key for one in due_messages(plan(CONTRACT, day), None, day)]
        day += timedelta(days=1)
    expected = {one.key for one in plan(CONTRACT, FIRST) if FIRST <= one.send_on <= stop}
    assert len(said) == len(set(said)) and set(said) == expected


@given(st.integers(0, 70), st.integers(1, 40))
def test_a_late_run_says_a_part_of_what_daily_runs_say(offset: int, gap: int) -> None:
    since = FIRST + timedelta(days=offset)
    today = since + timedelta(days=gap)
    found = plan(CONTRACT, today)
    late = due_messages(found, since, today)
    missed = [one for one in found if since < one.send_on <= today]
    assert set(late) <= set(missed)
    people = {(one.passage, one.recipient.address) for one in missed}
    assert {(one.passage, one.recipient.address) for one in late} == people and len(late) == len(people)


def test_the_key_names_all_that_makes_a_reminder_another_one() -> None:
    found = plan(contract_of(), TODAY)
    assert len(keys(found)) == len(found)
    assert keys(found) == keys(plan(contract_of(), TODAY + timedelta(days=3)))
