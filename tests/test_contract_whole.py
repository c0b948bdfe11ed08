"""A whole contract text to a `Contract`: every family of blocks, its values read by eye from the text."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from contract_cases import FOLDER, document_of, whole

from sla2.contract.credits import Cap
from sla2.contract.example import ExpectCount, GivenTicket, Stretch
from sla2.contract.from_syntax import READERS, from_syntax
from sla2.contract.level import BoundTarget, OpenTarget, ShareTarget
from sla2.contract.lines import Line, open_lines
from sla2.contract.passage import Add, Change, Fill, Move, Remove, Reopen, TargetTerm, TextTerm, Withdraw
from sla2.contract.quantity import Duration, Money, Percent
from sla2.contract.schema import schema
from sla2.contract.surroundings import Hours
from sla2.source import forms
from sla2.source.read import read_document


def eur(amount: str) -> Money:
    return Money(currency="EUR", amount=Decimal(amount))


def pc(value: str) -> Percent:
    return Percent(value=Decimal(value))


def test_the_contract_block() -> None:
    contract = whole()
    assert (contract.name, contract.title) == ("ICT-2026-014", "Workplace and hosting services")
    assert (contract.customer, contract.supplier, contract.under) == ("FW.stad", "FW.acme", "FW.FW-2025-017")
    assert contract.languages == ("nl", "en", "de")
    assert contract.authoritative == "nl"
    assert contract.signed == date(2026, 1, 12)
    assert contract.term is not None
    assert (contract.term.start, contract.term.end) == (date(2026, 2, 1), date(2029, 2, 1))
    assert contract.renewal is not None
    assert (contract.renewal.times, str(contract.renewal.notice)) == (2, "6 months")
    assert [(fee.name, fee.amount, fee.valid_from, fee.per_user) for fee in contract.fees] == [
        ("workplace", eur("31500.00"), None, False),
        ("workplace", eur("32400.00"), date(2027, 2, 1), False),
        ("hosting", eur("17000.00"), None, False),
        ("hosting", eur("17300.00"), date(2027, 2, 1), False),
        ("seats", eur("20.00"), None, True),
    ]
    assert contract.fees[1].indexed_by == "CBS DPI 62"
    assert [(e.side, e.amount, e.share_of_yearly_fees) for e in contract.exposures] == [
        ("supplier", None, pc("20")),
        ("customer", eur("50000.00"), None),
    ]
    assert len(contract.source_hash) == 64


def test_the_surroundings() -> None:
    contract = whole()
    customer = contract.party("customer")
    assert (customer.title, customer.contacts[0].speaks_for) == ("City of Exampleton", 250)
    assert [party.name for party in contract.parties] == ["FW.acme", "FW.stad"]
    office = contract.calendar("office")
    assert office.opening[1].days == ("fri",)
    assert office.opening[1].hours[1] == Hours(start=time(13), end=time(17))
    assert [closed.day for closed in office.closed if closed.day] == [
        date(2026, 12, 24),
        date(2026, 7, 27),
        date(2026, 7, 28),
        date(2026, 7, 29),
    ]
    assert office.holidays is not None
    assert (office.holidays.years, len(office.holidays.days)) == ((2026,), 9)
    assert contract.calendar("always").round_the_clock
    assert contract.service("hosting").components == ("web", "db")
    maintenance = contract.exclusion("maintenance")
    assert (str(maintenance.announced), str(maintenance.budget)) == ("5 working days", "8 elapsed hours")
    assert (maintenance.budget_per, maintenance.beyond_counts) == ("contract year", True)
    assert maintenance.recurring[0].hours == Hours(start=time(2), end=time(6))
    assert contract.clock_stop("waiting-customer").from_status == "Pending customer"


def test_the_levels() -> None:
    contract = whole()
    response = contract.level("response-p2")
    assert isinstance(response.target, ShareTarget)
    assert (response.target.share, str(response.target.within)) == (pc("90"), "4 business hours")
    assert response.counts_in == "decision"
    assert [(small.under, small.allow_misses) for small in response.small_numbers] == [(10, 1)]
    assert contract.level_hours(response) == contract.calendar("office")
    peak = contract.level("response-p2-peak")
    assert isinstance(peak.target, OpenTarget)
    assert peak.when is not None
    assert (peak.when.priorities, peak.when.opened_from, peak.when.opened_to) == (("P2", "P3"), time(8), time(10))
    assert peak.period is not None
    assert (peak.period.unit, peak.period.from_month) == ("quarter", 2)
    hosting = contract.level("avail-hosting")
    assert isinstance(hosting.minimum, BoundTarget)
    assert (hosting.minimum.comparison, hosting.minimum.percent) == ("at least", pc("99"))
    assert hosting.counts is not None
    assert (str(hosting.counts.length), hosting.counts.strict) == ("5 elapsed minutes", True)
    assert (hosting.unit, hosting.judged, hosting.whole_minutes) == ("each component", "together", True)
    assert hosting.period is not None
    assert hosting.period.from_day == 16
    p1 = contract.level("resolve-p1")
    assert isinstance(p1.target, ShareTarget)
    assert (p1.target.share, p1.target.every) == (pc("100"), True)


def test_the_money() -> None:
    credits = whole().credits[0]
    assert credits.base is not None
    assert credits.base.fees == ("hosting",)
    bounds = [(t.lower, t.lower_included, t.upper, t.upper_included, t.gives) for t in credits.tiers]
    assert bounds == [
        (pc("99.5"), True, pc("99.8"), False, pc("5")),
        (pc("99.0"), False, pc("99.4"), True, pc("10")),
        (None, False, pc("99.0"), False, pc("20")),
    ]
    assert [(cap.per, cap.percent_of_base, cap.money) for cap in credits.caps] == [
        ("period", pc("20"), None),
        ("contract year", None, eur("25000.00")),
    ]
    assert credits.claim is not None
    assert (credits.claim.by, str(credits.claim.within), credits.claim.after) == ("customer", "30 days", "period")
    assert credits.pays_if is not None
    assert credits.pays_if.strict
    assert whole().credits[1].each[0].gives_money == eur("15.00")


def test_the_open_lines_are_those_that_passages_concern() -> None:
    assert open_lines(whole()) == (
        (Line("response-p2", "hours"), "desk-hours"),
        (Line("response-p2-peak", "target"), "peak-response"),
        (Line("avail-hosting", "down when"), "what-is-down"),
        (Line("hosting-credits", "cap", "contract year"), "yearly-cap"),
    )


def test_the_passages() -> None:
    contract = whole()
    peak = contract.passage("peak-response")
    assert isinstance(peak.interim, TargetTerm)
    assert isinstance(peak.interim.target, ShareTarget)
    assert str(peak.interim.target.within) == "60 business minutes"
    assert [option.name for option in peak.options] == ["strict", "relaxed"]
    assert peak.guard is not None
    assert (str(peak.guard.low_duration), str(peak.guard.high_duration)) == (
        "15 business minutes",
        "120 business minutes",
    )
    owner = peak.owner("supplier")
    assert owner is not None
    assert owner.mailbox.address == "sdm@acme.example"
    assert peak.remind is not None
    assert [str(span) for span in peak.remind.before] == ["30 days", "14 days", "3 days"]
    assert str(peak.remind.then_every) == "5 working days"
    assert peak.fallback is not None
    assert (peak.fallback.since, peak.fallback.option) == (date(2026, 10, 1), "relaxed")
    words = contract.passage("exit-formats")
    assert words.interim == TextTerm(span=words.span, text="The supplier hands over CSV.")


def test_the_amendments() -> None:
    first, second, third, fourth = whole().amendments
    assert [type(verb) for verb in first.verbs] == [Fill, Move, Change, Remove]
    assert [type(verb) for verb in second.verbs] == [Fill, Change, Fill, Add]
    assert [type(verb) for verb in fourth.verbs] == [Reopen, Withdraw]
    assert (third.agreed_customer, third.agreed_supplier) == (None, date(2026, 9, 10))
    assert first.texts == (("nl", "De partijen vullen de passage in."),)
    assert isinstance(second.verbs[1], Change)
    assert second.verbs[1].fee is not None
    assert second.verbs[1].fee.amount == eur("17500.00")


def test_the_trust_blocks() -> None:
    contract = whole()
    assert str(contract.updates[0].then_every) == "30 elapsed minutes"
    assert contract.repeats[0].same == ("service", "cause")
    assert [(f.number, f.below, f.priority, f.unit) for f in contract.impacts[0].floors] == [
        (100, False, "P1", "users"),
        (5, True, "P4", "users"),
    ]
    promise = contract.promises[0]
    assert promise.checked_by is not None
    assert (promise.checked_by.ledger_kind, promise.confidence) == ("notice", pc("90"))
    assert (contract.surveys[0].satisfied_from, contract.surveys[0].show_from) == (7, 5)
    assert contract.goals[0].goal.value == Decimal("1.2")
    assert contract.obligations[0].failing_stops == "waiting-customer"
    assert contract.clauses[0].texts[1] == ("en", "Liability is limited.\n  It is limited.")


def test_the_examples() -> None:
    weekend = whole().examples[1]
    assert weekend.given == (
        GivenTicket(
            span=weekend.span,
            priority="P2",
            opened=datetime(2026, 3, 6, 16, 30),
            pending=(Stretch(start=datetime(2026, 3, 6, 16, 45), end=datetime(2026, 3, 9, 9, 0)),),
            responded=datetime(2026, 3, 9, 10, 30),
        ),
    )
    counts = Duration(value=Decimal("1.75"), unit="business hour")
    assert weekend.expect == (ExpectCount(span=weekend.span, level="response-p2", counts=counts, outcome="met"),)
    assert [(allow.block, allow.code) for allow in whole().allows] == [("outage", "SLA305")]


def test_what_is_evaluated_is_not_listed() -> None:
    assert whole().unevaluated == ()


def test_places_are_no_part_of_the_meaning() -> None:
    text = (FOLDER / "framework.sla").read_text(encoding="utf-8")
    assert "FW-2025-017" in text
    document = document_of("framework.sla")
    once, _ = from_syntax(document)
    assert once is not None
    assert Cap(span=once.span, money=eur("1.00"), per="period") == Cap(
        span=whole().span, money=eur("1.00"), per="period"
    )
    assert '"span"' not in whole().model_dump_json()


def test_every_line_of_the_language_is_read() -> None:
    readers = FOLDER.parents[3] / "sla2" / "contract"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(readers.rglob("*.py")))
    unread = [form.name for form in forms.forms() if form.statement and f'"{form.name}"' not in code]
    assert unread == []
    assert len(READERS) > 20


def test_the_schema_describes_an_export() -> None:
    table = json.loads(schema())
    assert schema() == schema()
    assert "span" not in table["properties"]
    assert all("span" not in entry.get("properties", {}) for entry in table["$defs"].values())
    export = json.loads(whole().model_dump_json())
    assert set(export) == set(table["properties"])
    assert set(table["required"]) <= set(export)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_an_empty_block_gives_findings_and_no_crash(kind: str) -> None:
    document = document_of("framework.sla")
    text = f'sla 2.0\n{kind} x "X"\nend\n'
    empty, _ = read_document(text, "x.sla")
    assert empty is not None
    joined = type(document)(document.path, document.version, (), (*document.blocks, *empty.blocks))
    _, found = from_syntax(joined)
    assert all(one.code.startswith("SLA2") for one in found)
