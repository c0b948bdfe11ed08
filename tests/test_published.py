"""The corpus of published contracts: all of it reads, and the checker finds by itself what is wrong with the terms.

The facts about the terms stand in the comments of the files and come from the sources named there. A finding that is
new or gone is explained in `contracts/published/findings.toml`, and `scripts/make_published.py` renews the page.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from sla2.source.format import format_text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import make_published as published  # noqa: E402

NAMES = published.names()
WANTED = {
    *("aws-compute", "aws-s3", "aws-rds", "aws-lambda", "aws-ec2-2008"),
    *("google-functions", "google-composer", "google-compute", "google-storage"),
    *("microsoft-online-services", "azure-vm", "github", "atlassian", "slack-2019", "slack-2024"),
    *("cloudflare", "fastly", "twilio", "digitalocean", "upcloud", "hetzner", "ovh", "rackspace"),
    *("uk-model-services-agreement", "uk-call-off", "texas-dir", "telus"),
    *("german-intake-cutoff", "dutch-daily-window"),
}
READS_WITH: dict[str, tuple[str, str]] = {}
"""Contracts that read with a finding of form or names (SLA1xx, SLA2xx): the code, and why that is as it has to be."""


def told(name: str, code: str, about: str = "") -> list[str]:
    """The messages of the findings with this code on a contract that say `about`."""
    return [one.message for one in published.findings(name) if one.code == code and about in one.message]


# ---------------------------------------------------------------- the corpus


def test_every_contract_that_was_asked_for_is_there():
    assert len(NAMES) >= 27
    assert set(NAMES) >= WANTED


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_reads_without_a_finding_of_form_or_names(name):
    found = [(one.code, one.message) for one in published.findings(name) if one.code < "SLA300"]
    allowed = READS_WITH.get(name, ("", ""))[0]
    assert [one for one in found if one[0] != allowed] == []
    assert published.line(name).contract is not None
    assert not allowed or found, "the exception is not needed any more"


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_is_in_the_standard_form_and_stays_so(name):
    text = published.text(name)
    formatted, found = format_text(text, f"{name}.sla")
    assert not found
    assert formatted == text
    assert format_text(formatted, f"{name}.sla")[0] == formatted


@pytest.mark.parametrize("name", NAMES)
def test_a_contract_names_source_version_and_certainty(name):
    facts = published.facts(name)
    assert facts.get("Source"), "# Source: …"
    assert facts.get("Version read"), "# Version read: …"
    assert facts.get("Invented here"), "# Invented here: …"
    assert any(facts.get(mark) for mark in published.CERTAINTY), f"one of {published.CERTAINTY}"
    assert published.text(name).split("\n")[1].startswith("# ")


@pytest.mark.parametrize("name", NAMES)
def test_the_customer_is_invented_and_no_mail_address_is_real(name):
    contract = published.line(name).contract
    assert contract is not None
    assert contract.party("customer").title == "Example Customer (invented)"
    assert all(mail.endswith(".example") for mail in re.findall(r"[\w.]+@[\w.]+", published.text(name)))


def test_every_form_of_credit_and_most_measures_are_used():
    used = {one for name in NAMES for one in published.constructs(name)}
    for words in ("measure: success rate", "measure: response time", "measure: reported figure", "period: quarter"):
        assert any(one.startswith(words) for one in used), words
    for words in (
        "365 days before claim",
        "30 days rolling",
        "times its fee",
        "in total gives",
        "of downtime gives",
    ):
        assert any(words in one for one in used), words
    assert used >= {"points", "pool", "termination", "takes", "weighted by", "earlier periods", "repeat", "combine"}


# ---------------------------------------------------------------- whose fault a finding is


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_explained(name):
    bare = [f"{one.code} {one.message}" for one, entry in published.judged(name) if entry is None]
    assert not bare, "say in contracts/published/findings.toml whose fault it is, and why"


@pytest.mark.parametrize("name", sorted(set(published.entries()) - {published.ANY}))
def test_every_explanation_has_its_finding(name):
    assert name in NAMES
    met = {entry for _, entry in published.judged(name)}
    gone = [entry for entry in published.entries()[name] if entry not in met]
    assert not gone, "the checker does not say this any more"


def test_an_explanation_blames_one_side_and_says_why():
    for rows in published.entries().values():
        for entry in rows:
            assert entry.whose in published.WHOSE
            assert len(entry.why) > 15
            assert re.fullmatch(r"SLA[3-6]\d\d", entry.code)


def test_the_page_is_current():
    page = (ROOT / published.PAGE).read_text(encoding="utf-8")
    assert page == published.page(), "run scripts/make_published.py"


@pytest.mark.parametrize("name", [name for name in NAMES if "\nexample " in published.text(name)])
def test_published_examples_agree_with_the_terms_except_the_wrong_one(name):
    expected = 1 if name == "thena" else 0
    assert len(told(name, "SLA660")) == expected


# ---------------------------------------------------------------- defects of the published terms, one by one


def test_github_exactly_99_0_percent_is_in_no_tier():
    assert len(told("github", "SLA301", "exactly 99.0%")) == 3


def test_github_exactly_99_9_percent_is_met_and_credited():
    assert len(told("github", "SLA303", "exactly 99.9%")) == 3


def test_zus_tiers_with_two_decimals_leave_gaps_below_the_target_and_between_tiers():
    holes = ("above 99.89% to below 99.9%", "above 98.99% to below 99.0%", "above 94.99% to below 95.0%")
    assert all(len(told("zus", "SLA301", hole)) == 1 for hole in holes)


def test_uk_bands_with_one_decimal_leave_gaps():
    name = "uk-model-services-agreement"
    holes = ("above 98.9% to below 99%", "above 97.9% to below 98.0%", "above 96.9% to below 97.0%")
    assert all(told(name, "SLA301", hole) for hole in holes)


def test_uk_bands_need_a_rounding_rule_that_is_not_stated():
    assert told("uk-model-services-agreement", "SLA401", "rounded")


def test_telus_totals_between_the_printed_ones_are_in_no_tier():
    assert told("telus", "SLA301")


def test_microsoft_tiers_as_printed_overlap():
    assert told("microsoft-online-services", "SLA302", "below 99%")
    assert len(told("azure-vm", "SLA302")) == 9


def test_hetzner_names_no_time_zone():
    assert told("hetzner", "SLA304")
    assert next(entry for one, entry in published.judged("hetzner") if one.code == "SLA304").whose == "theirs"


def test_only_atlassian_among_the_providers_names_a_time_zone():
    assert not told("atlassian", "SLA304")


def test_digitalocean_publishes_two_versions_that_differ():
    assert told("digitalocean", "SLA401", "several credits fall due for one miss: all are paid, or only the highest")


def test_thena_prints_a_due_time_that_is_wrong():
    (message,) = told("thena", "SLA660")
    assert "printed-due-time" in message
    assert "10 business hours, missed" in message


@pytest.mark.parametrize("name", ["google-composer", "upcloud", "digitalocean"])
def test_exclusion_before_or_after_the_minimum_length_is_not_stated(name):
    assert told(name, "SLA401", "long enough before or after excluded time is taken off: after, or before")


@pytest.mark.parametrize("name", ["google-composer", "upcloud", "digitalocean", "ovh"])
def test_minimum_length_at_the_end_of_a_month_is_stated_by_nobody(name):
    assert told(name, "SLA401", "end of a period")


def test_rackspace_does_not_say_whether_half_hours_round_up_per_outage_or_on_the_total():
    assert told("rackspace", "SLA401", "in total")


@pytest.mark.parametrize("name", ["atlassian", "zus", "aws-compute"])
def test_rounding_before_the_comparison_is_not_stated(name):
    assert told(name, "SLA401", "rounded")


@pytest.mark.parametrize("name", ["rackspace", "slack-2024", "uk-call-off"])
def test_a_claim_rule_is_missing(name):
    assert told(name, "SLA310", "until when a credit must be claimed")


def test_whether_an_automatic_message_is_a_response_is_not_stated():
    assert told("ticket-terms-australia", "SLA401", "automatic")


def test_microsoft_does_not_say_whether_users_of_two_incidents_are_added():
    assert told("microsoft-online-services", "SLA401", "users")


def test_slack_does_not_say_what_scheduled_downtime_above_its_budget_is():
    assert told("slack-2024", "SLA355", '"scheduled" excludes at most 10')


def test_whether_an_empty_slot_is_good_is_not_stated():
    assert told("aws-s3", "SLA401", "slot")


def test_azure_credits_are_a_percentage_of_nothing():
    assert len(told("azure-vm", "SLA305")) == 3


def test_cloudflare_counts_business_days_without_a_calendar():
    assert len(told("cloudflare", "SLA309")) == 2


def test_terms_without_a_cap_are_named():
    assert told("slack-2019", "SLA306")
    assert told("uk-call-off", "SLA306")
