"""What a reminder says, in the recipient's language; and that the lines it offers can be pasted."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from sla2.contract.contract import Contract
from sla2.contract.credits import Cap
from sla2.contract.passage import CapTerm, Fill, HoursTerm
from sla2.contract.passage_state import states
from sla2.contract.quantity import Money
from sla2.remind.from_contract import due_messages, plan
from sla2.remind.messages import Message, messages
from sla2.remind.record import BLANK, free_name, written
from tests.remind_support import contract_of, contract_text, read

MOVED = "agreed: customer 2016-06-01, supplier 2016-06-02\n  effective: 2016-06-02\n" + (
    '  move: speed review to 2016-06-29 because "May was no normal month."'
)
PROPOSED = "agreed: customer 2016-06-10\n  effective: 2016-07-01\n  fill: speed with option strict"


def said(contract: Contract, day: str, *, since: str | None = None) -> dict[str, Message]:
    """The messages of a day by address."""
    today = date.fromisoformat(day)
    missed = date.fromisoformat(since) if since else None
    found = messages([(contract, due_messages(plan(contract, today), missed, today))], today)
    return {one.recipient.address: one for one in found}


@pytest.mark.parametrize(
    ("address", "subject", "lead"),
    [
        ("head@town.example", "VB-7: Speed of answers – in te vullen uiterlijk 15 juni 2016", "dat is over 14 dagen."),
        ("sdm@acme.example", "VB-7: Speed of answers – auszufüllen bis zum 15. Juni 2016", "sind es 14 Tage."),
    ],
)
def test_each_is_spoken_to_in_the_language_of_their_party(address: str, subject: str, lead: str) -> None:
    message = said(contract_of(), "2016-06-01")[address]
    assert message.subject == subject
    assert lead in message.body


@pytest.mark.parametrize(
    ("day", "subject", "lead"),
    [
        # sent on Friday 10 June for the stage of Sunday 12 June: it counts from the day on which it is read
        ("2016-06-10", "in te vullen uiterlijk 15 juni 2016", "dat is over 5 dagen."),
        ("2016-06-15", "vandaag in te vullen", "Vandaag, 15 juni 2016, is de dag"),
        ("2016-06-22", "had uiterlijk 15 juni 2016 ingevuld moeten zijn", "dat is 7 dagen geleden."),
        ("2016-07-08", "niet ingevuld, de terugvalregeling gaat gelden", "Vanaf 9 juli 2016 geldt de terugvalregeling"),
    ],
)
def test_a_message_speaks_of_the_day_on_which_it_is_sent(day: str, subject: str, lead: str) -> None:
    message = said(contract_of(), day)["head@town.example"]
    assert message.subject == f"VB-7: Speed of answers – {subject}"
    assert lead in message.body


def test_a_review_on_a_sunday_is_not_called_today_on_friday() -> None:
    message = said(contract_of(review="2016-06-12", remind=None), "2016-06-10")["head@town.example"]
    assert "dat is over 2 dagen." in message.body and "Vandaag" not in message.body


def test_a_late_run_counts_from_today() -> None:
    message = said(contract_of(), "2016-06-13", since="2016-06-01")["head@town.example"]
    assert "dat is over 2 dagen." in message.body


def test_the_message_lays_the_passage_out() -> None:
    body = said(contract_of(), "2016-06-29")["board@town.example"].body
    for line in (
        "- Agreement: VB-7, Workplace services (case.sla:36)",
        "- Question: How long does an answer take?",
        "- Why it is open: Nobody knows the load.",
        "- Until it is filled, this applies: at least 80% of the cases within 60 business minutes",
        "- The customer expected at signing: Fast.",
        "- The supplier expected at signing: As fast as the load allows.",
        "- Option strict: at least 90% of the cases within 30 business minutes",
        "- Option relaxed: at least 70% of the cases within 90 business minutes",
        "- Who decides: for the customer Head of information (head@town.example) and for the supplier Service manager "
        "(sdm@acme.example).",
        "- If nobody fills it, option strict applies from 9 July 2016: at least 90% of the cases within 30 business "
        "minutes",
    ):
        assert line in body.splitlines()
    assert "folder/" not in body


def test_a_move_stays_visible() -> None:
    body = said(contract_of(amendments=(MOVED,)), "2016-06-15")["sdm@acme.example"].body
    assert (
        "- Zuerst auszufüllen bis zum 15. Juni 2016; einmal verschoben, zuletzt weil: May was no normal month." in body
    )


def test_a_filling_that_one_side_has_signed_waits_for_the_other() -> None:
    body = said(contract_of(amendments=(PROPOSED,)), "2016-06-15")["sdm@acme.example"].body
    assert "- Town of Sampleton hat der Änderungsvereinbarung A1 zugestimmt; sie wartet auf Acme Desk Ltd." in body
    assert "Lassen Sie beide Parteien die Änderungsvereinbarung A1 datieren." in body and BLANK not in body


def test_one_person_gets_one_message_of_all_passages_and_contracts() -> None:
    one = contract_of()
    two = read(contract_text(review="2016-06-10").replace("contract VB-7", "contract VB-8"))
    today = date(2016, 6, 15)
    found = messages([(each, due_messages(plan(each, today), date(2016, 6, 9), today)) for each in (one, two)], today)
    assert [message.recipient.address for message in found] == ["head@town.example", "sdm@acme.example"]
    head = found[0]
    assert head.subject == "VB-8, VB-7: 2 open passages vragen uw aandacht"
    assert len(head.keys) == 2
    assert head.body.index("VB-8") < head.body.index("-" * 72) < head.body.index("VB-7")


def pasted(body: str) -> str:
    """The lines of the amendment, with days in the blanks."""
    found = re.search(r"^  amendment .*?^  end$", body, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0].replace(BLANK, "2016-06-20")


@pytest.mark.parametrize("title", ["Speed of answers", "Tijd van 8–10 # peak: 100% 'fast'"])
@pytest.mark.parametrize("address", ["head@town.example", "sdm@acme.example"])
def test_the_lines_to_paste_fill_the_passage(address: str, title: str) -> None:
    text = contract_text(title=title)
    body = said(read(text), "2016-06-15")[address].body
    assert pasted(body).count("2016-06-20") == 3
    filled = read(f"{text}\n{pasted(body)}\n")
    (amendment,) = filled.amendments
    (verb,) = amendment.verbs
    assert isinstance(verb, Fill) and (verb.passage, verb.option) == ("speed", "strict")
    assert [one.state for one in states(filled, date(2016, 6, 20))] == ["filled"]


def test_without_options_the_interim_rule_stands_there_as_an_example() -> None:
    text = contract_text(options="", fallback="from 2016-07-09 interim stays", amendments=(MOVED,))
    body = said(read(text), "2016-06-15")["head@town.example"].body
    assert "fill: speed with 80% within 60 business minutes" in body
    filled = read(f"{text}\n{pasted(body)}\n")
    assert [one.name for one in filled.amendments] == ["A1", "A2"]
    assert [one.state for one in states(filled, date(2016, 6, 20))] == ["filled"]


def test_a_number_that_is_taken_is_not_offered_again() -> None:
    text = contract_text(amendments=(MOVED,)).replace("amendment A1", "amendment A2")
    assert free_name(read(text)) == "A3"


TICKETS = """  measure: response time
  when: priority P1
  priority is: at opening
  target: open, see speed
  no cases: not judged"""
OUTAGES = "  measure: {measure}\n  down when: any component is down\n  target: open, see speed"
WORDS = TICKETS.replace("open, see speed", "80% within 60 business minutes")


@pytest.mark.parametrize(
    ("value", "lines", "concerns"),
    [
        ("80% within 60 business minutes", TICKETS, "answer target"),
        ("every case within 2 working days", TICKETS, "answer target"),
        ("median within 30 elapsed minutes", TICKETS, "answer target"),
        ("at least 99.95%", OUTAGES.format(measure="availability"), "answer target"),
        ("at most 3", OUTAGES.format(measure="number of outages"), "answer target"),
        ('text "As agreed."', WORDS, "words only"),
    ],
)
def test_a_value_is_written_as_it_was_read(value: str, lines: str, concerns: str) -> None:
    text = contract_text(options=f"  option strict: {value}", fallback="from 2016-07-09 interim stays")
    text = text.replace(TICKETS, lines).replace("concerns: answer target", f"concerns: {concerns}")
    text = re.sub(r"interim: .*", f"interim: {value}", text).replace("  counts in: period of decision\n", "")
    assert written(read(text).passages[0].options[0].filling) == value


def test_hours_and_caps_are_written_as_they_were_read() -> None:
    passage = contract_of().passages[0]
    cap = Cap(span=passage.span, money=Money(currency="EUR", amount=Decimal("250.00")), per="contract year")
    assert written(HoursTerm(span=passage.span, calendar="office")) == "hours office"
    assert written(CapTerm(span=passage.span, cap=cap)) == "EUR 250.00 per contract year"


def test_nothing_of_a_contract_starts_a_new_line_in_a_subject() -> None:
    hostile = contract_of()
    passage = hostile.passages[0].model_copy(update={"title": "Speed\r\nBcc: all@town.example"})
    contract = hostile.model_copy(update={"passages": (passage,)})
    for message in said(contract, "2016-06-15").values():
        assert "\n" not in message.subject and "\r" not in message.subject


def test_the_same_day_gives_the_same_words() -> None:
    assert said(contract_of(), "2016-06-15") == said(contract_of(), "2016-06-15")
