"""Terms over time: the contract of tests/cases/contract/whole, folded day by day, by hand from its dates.

Signed 2026-01-12; A1 from 2026-06-01, fallback of the desk hours 2026-07-01, A2 from 2026-09-01, A3 never (the customer
did not agree), fallback of "what is down" 2026-12-01, A4 from 2027-03-01, fallback of what it opened 2027-09-01.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from contract_cases import whole

from sla2.contract.contract import Contract
from sla2.contract.level import BoundTarget, ShareTarget, Target
from sla2.contract.lines import open_lines
from sla2.contract.passage import Amendment, Fill, TargetTerm, TiersTerm
from sla2.contract.passage_state import PassageState, state, states
from sla2.contract.quantity import Money
from sla2.contract.versions import as_of, version_at, versions, with_option


def on(text: str) -> Contract:
    return as_of(whole(), date.fromisoformat(text))


def share(target: Target | None) -> str:
    assert isinstance(target, ShareTarget)
    return f"{target.share} within {target.within}"


def held(contract: Contract) -> dict[str, str]:
    blocks = (*contract.levels, *contract.credits)
    return {f"{block.name} {record.line}": record.by for block in blocks for record in block.held}


def test_versions_follow_the_dates() -> None:
    found = versions(whole())
    assert [(v.label, str(v.since), str(v.until)) for v in found] == [
        ("as signed", "None", "2026-06-01"),
        ("A1", "2026-06-01", "2026-07-01"),
        ("fallback desk-hours", "2026-07-01", "2026-09-01"),
        ("A2", "2026-09-01", "2026-12-01"),
        ("fallback what-is-down", "2026-12-01", "2027-03-01"),
        ("A4", "2027-03-01", "2027-09-01"),
        ("fallback desk-response", "2027-09-01", "None"),
    ]
    for version in found:
        assert version.contract == as_of(whole(), version.since or date(2026, 2, 1))
        assert open_lines(version.contract) == ()
    assert version_at(found, date(2026, 6, 30)).label == "A1"
    assert version_at(found, date(2020, 1, 1)).label == "as signed"


def test_an_open_target_holds_the_interim_rule_then_its_fillings() -> None:
    assert share(on("2026-05-31").level("response-p2-peak").target) == "80% within 60 business minutes"
    assert share(on("2026-06-01").level("response-p2-peak").target) == "95% within 30 business minutes"
    assert share(on("2026-08-31").level("response-p2-peak").target) == "95% within 30 business minutes"
    assert share(on("2026-09-01").level("response-p2-peak").target) == "92% within 45 business minutes"
    # the fallback of 2026-10-01 comes after the filling and has no effect
    assert share(on("2026-10-02").level("response-p2-peak").target) == "92% within 45 business minutes"


def test_held_says_by_what_a_line_is_filled() -> None:
    assert held(on("2026-02-01")) == {
        "response-p2 hours": "interim rule",
        "response-p2-peak target": "interim rule",
        "avail-hosting down when": "interim rule",
        "hosting-credits cap per contract year": "interim rule",
    }
    assert held(on("2027-10-01")) == {
        "response-p2 target": "fallback",
        "response-p2 hours": "fallback",
        "response-p2-peak target": "amendment A2",
        "avail-hosting down when": "fallback",
        "hosting-credits cap per contract year": "amendment A2",
    }


def test_hours_change_with_the_fallback() -> None:
    for day, calendar in (("2026-06-30", "office"), ("2026-07-01", "extended")):
        terms = on(day)
        hours = terms.level_hours(terms.level("response-p2"))
        assert hours is not None
        assert hours.name == calendar


def test_a_change_of_a_fixed_line_and_a_removed_block() -> None:
    before, after = on("2026-05-31"), on("2026-06-01")
    assert isinstance(before.level("avail-hosting").target, BoundTarget)
    assert before.level("avail-hosting").excludes == ("maintenance",)
    target = after.level("avail-hosting").target
    assert isinstance(target, BoundTarget)
    assert str(target.percent) == "99.9%"
    assert after.level("avail-hosting").excludes == ()
    assert after.exclusions == ()
    assert "avail-hosting target" not in held(after)


def test_a_block_that_is_added_is_not_in_force_before() -> None:
    assert "resolve-p1" not in [level.name for level in on("2026-08-31").levels]
    assert on("2026-09-01").level("resolve-p1").measure == "resolution time"


def test_a_fee_changes_and_overrides_the_steps_that_were_planned() -> None:
    def fees(contract: Contract) -> list[tuple[str, str]]:
        return [(str(f.amount), str(f.valid_from)) for f in contract.fees if f.name == "hosting"]

    assert fees(on("2026-08-31")) == [("EUR 17000.00", "None"), ("EUR 17300.00", "2027-02-01")]
    assert fees(on("2026-09-01")) == [("EUR 17000.00", "None"), ("EUR 17500.00", "2026-09-01")]


def test_a_cap_is_filled_with_its_own_amount() -> None:
    def yearly(day: str) -> str:
        (cap,) = [cap for cap in on(day).credits[0].caps if cap.per == "contract year"]
        assert cap.passage is None
        return str(cap.money)

    assert (yearly("2026-08-31"), yearly("2026-09-01")) == ("EUR 25000.00", "EUR 20000.00")
    assert len(on("2027-01-02").credits[0].caps) == 2


def test_down_when_follows_the_fallback_and_no_proposal() -> None:
    days = ("2026-09-30", "2026-10-01", "2026-11-30", "2026-12-01")
    kinds = [down.kind for day in days if (down := on(day).level("avail-hosting").down_when)]
    assert kinds == ["any component", "any component", "any component", "all components"]


def test_a_fixed_line_that_is_opened_again() -> None:
    assert share(on("2027-02-28").level("response-p2").target) == "90% within 4 business hours"
    assert "desk-response" not in [passage.name for passage in on("2027-02-28").passages]
    assert share(on("2027-03-01").level("response-p2").target) == "85% within 4 business hours"
    assert on("2027-03-01").passage("desk-response").name == "desk-response"


def test_a_tier_table_is_held_open_and_filled() -> None:
    contract = whole()
    credits = contract.credits[0]
    tier = credits.tiers[2]
    opened = credits.model_copy(update={"tiers": (), "tiers_passage": "table"})
    passage = contract.passage("yearly-cap").model_copy(
        update={
            "name": "table",
            "concerns": contract.passage("yearly-cap").concerns.model_copy(update={"line": None, "per": None}),
            "interim": TiersTerm(span=tier.span, tiers=(tier,)),
            "fallback": None,
        }
    )
    terms = as_of(
        contract.model_copy(update={"credits": (opened,), "passages": (*contract.passages, passage)}), date(2026, 2, 1)
    )
    assert terms.credits[0].tiers == (tier,)
    assert terms.credits[0].tiers_passage is None
    assert held(terms)["hosting-credits tiers"] == "interim rule"


def test_a_passage_without_interim_rule_stays_open() -> None:
    contract = whole()
    bare = contract.passage("peak-response").model_copy(update={"interim": None})
    passages = tuple(bare if each.name == bare.name else each for each in contract.passages)
    terms = as_of(contract.model_copy(update={"passages": passages}), date(2026, 2, 1))
    assert [name for _, name in open_lines(terms)] == ["peak-response"]


def test_with_option_replaces_the_history_of_one_passage_only() -> None:
    trial = with_option(whole(), "peak-response", "relaxed")
    terms = as_of(trial, date(2026, 11, 1))
    assert share(terms.level("response-p2-peak").target) == "90% within 60 business minutes"
    assert held(terms)["response-p2-peak target"] == "option relaxed"
    assert held(terms)["response-p2 hours"] == "fallback"
    target = terms.level("avail-hosting").target
    assert isinstance(target, BoundTarget)
    assert str(target.percent) == "99.9%"
    with pytest.raises(KeyError):
        with_option(whole(), "peak-response", "none")


def passage_on(name: str, day: str) -> PassageState:
    contract = whole()
    return state(contract, contract.passage(name), date.fromisoformat(day), contract.calendar("office"))


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("peak-response", "2026-01-11", "not yet open"),
        ("peak-response", "2026-01-12", "open"),
        ("peak-response", "2026-05-21", "open"),  # only the customer agreed
        ("peak-response", "2026-05-22", "filled"),
        ("desk-hours", "2026-03-31", "open"),
        ("desk-hours", "2026-04-01", "due"),
        ("desk-hours", "2026-04-02", "overdue"),
        ("desk-hours", "2026-06-30", "overdue"),
        ("desk-hours", "2026-07-01", "fallback in force"),
        ("what-is-down", "2026-09-01", "due"),
        ("exit-formats", "2026-11-02", "overdue"),
        ("exit-formats", "2027-02-24", "fallback in force"),
        ("exit-formats", "2027-02-25", "withdrawn"),
        ("desk-response", "2027-02-28", "not yet open"),
        ("desk-response", "2027-03-01", "open"),
        ("desk-response", "2027-09-01", "fallback in force"),
    ],
)
def test_states(name: str, day: str, expected: str) -> None:
    assert passage_on(name, day).state == expected


def test_a_filled_passage_knows_who_agreed_when_and_to_what() -> None:
    found = passage_on("peak-response", "2026-06-02")
    assert (found.amendment, found.effective) == ("A1", date(2026, 6, 1))
    assert (found.agreed_customer, found.agreed_supplier) == (date(2026, 5, 20), date(2026, 5, 22))
    assert isinstance(found.filling, TargetTerm)
    assert share(found.filling.target) == "95% within 30 business minutes"
    assert found.court is None


def test_a_passage_filled_twice_says_what_it_was_filled_with_last() -> None:
    # A2 of the same contract, agreed on 2026-08-20, gives peak-response a figure of its own.
    before, after = passage_on("peak-response", "2026-08-19"), passage_on("peak-response", "2026-08-20")
    assert isinstance(before.filling, TargetTerm) and isinstance(after.filling, TargetTerm)
    assert share(before.filling.target) == "95% within 30 business minutes"
    assert share(after.filling.target) == "92% within 45 business minutes"
    assert (after.agreed_customer, after.agreed_supplier) == (date(2026, 5, 20), date(2026, 5, 22)), "punctual at first"


def test_a_moved_review_keeps_its_first_date() -> None:
    before, after = passage_on("what-is-down", "2026-05-21"), passage_on("what-is-down", "2026-05-22")
    assert (before.review, before.moves) == (date(2026, 6, 1), ())
    assert (after.review, after.first_review) == (date(2026, 9, 1), date(2026, 6, 1))
    assert [(move.amendment, move.because) for move in after.moves] == [("A1", "There were no outages yet.")]


def test_in_whose_court_a_passage_lies() -> None:
    assert passage_on("what-is-down", "2026-09-09").court == "both"
    assert passage_on("what-is-down", "2026-09-10").court == "customer"  # the supplier agreed to A3
    assert passage_on("peak-response", "2026-05-21").court == "supplier"


def test_days_to_review_and_escalation() -> None:
    # Monday 25 May 2026 is a holiday; review on Monday 1 June
    found = passage_on("peak-response", "2026-05-20")
    assert (found.days_to_review, found.working_days_to_review) == (12, 7)
    assert found.escalates == date(2026, 6, 15)  # ten working days later
    # passed since the review: 1, 2, 3 and 7 April; the 6th is Easter Monday
    late = passage_on("desk-hours", "2026-04-08")
    assert (late.days_to_review, late.working_days_to_review) == (
        -7,
        -4,
    )
    assert late.fallback == date(2026, 7, 1)


def test_states_of_a_contract() -> None:
    assert [found.state for found in states(whole(), date(2026, 10, 1))] == [
        "filled",
        "overdue",
        "fallback in force",
        "filled",
        "open",
        "not yet open",  # A4 opens it
    ]


def test_amendments_apply_in_the_order_of_their_dates_not_of_the_file() -> None:
    contract = whole()
    turned = contract.model_copy(update={"amendments": tuple(reversed(contract.amendments))})
    for version in versions(contract):
        day = version.since or date(2026, 2, 1)
        assert as_of(turned, day).levels == version.contract.levels


def test_an_amendment_without_a_date_changes_nothing() -> None:
    contract = whole()
    (first, *_) = contract.amendments
    undated = first.model_copy(update={"effective": None})
    assert isinstance(undated, Amendment)
    assert isinstance(first.verbs[0], Fill)
    terms = as_of(contract.model_copy(update={"amendments": (undated,)}), date(2026, 6, 2))
    assert share(terms.level("response-p2-peak").target) == "80% within 60 business minutes"
    assert Money(currency="EUR", amount=Decimal("25000.00")) in [cap.money for cap in terms.credits[0].caps]
