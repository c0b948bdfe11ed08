"""Every check on its case file: what is marked is found, and nothing else of that check."""

from __future__ import annotations

import casefile
import pytest

from sla2.checks import run as checks
from sla2.contract import readings
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import HolidayFile
from sla2.diagnostics import has_errors
from sla2.source.read import read_document

SURROUNDINGS = (casefile.CASES / "checks" / "_surroundings.sla").read_text(encoding="utf-8")
CODES = [code for code in (*(check.CODE for check in checks.CHECKS), *checks.CODES) if code.id != "SLA901"]
BY_SLUG = {code.slug: code for code in CODES}


HOLIDAYS = {"nl-2026.toml": HolidayFile("nl-2026.toml", "NL", (2026,), ())}
"""The one lock file that a case may name; what its days are makes no difference to a check."""


def contract_of(text: str):
    document, found = read_document(f"sla 2.0\n{text}", "case.sla")
    assert document is not None and not found, found
    contract, found = from_syntax(document, holidays=HOLIDAYS)
    return contract, found


@pytest.mark.parametrize("case", casefile.cases("checks"), ids=casefile.name)
def test_what_is_marked_is_found(case: casefile.Case) -> None:
    code = BY_SLUG[case.file.stem]
    contract, found = contract_of(case.completed(SURROUNDINGS))
    assert contract is not None, found
    shown = checks.run(contract).shown
    lines = sorted((one.span.line - 1, one.code) for one in shown if one.code == code.id and one.span is not None)
    assert lines == case.expected


def test_every_check_has_bad_and_clean_cases() -> None:
    all_cases = casefile.cases("checks")
    assert {case.file.stem for case in all_cases} == set(BY_SLUG)
    for code in CODES:
        own = [case for case in all_cases if case.file.stem == code.slug]
        assert any(case.expected for case in own), f"{code.slug}: no case that is found"
        assert any(not case.expected for case in own), f"{code.slug}: no clean case"


def test_a_broken_check_does_not_stop_the_others() -> None:
    class Broken:
        CODE = checks.CHECKS[0].CODE

        @staticmethod
        def check(contract):
            raise KeyError("oops")

    case = next(case for case in casefile.cases("checks") if case.file.stem == "tier-overlap")
    contract, _ = contract_of(case.completed(SURROUNDINGS))
    shown = checks.run(contract, (Broken(), *checks.CHECKS)).shown
    assert [one.code for one in shown].count("SLA901") == 1
    assert Broken.CODE.slug in next(one.message for one in shown if one.code == "SLA901")
    assert "SLA302" in [one.code for one in shown]


def test_an_allow_line_silences_on_its_block_only_and_keeps_the_reason() -> None:
    case = next(case for case in casefile.cases("checks") if case.title == "fine, the free range is meant")
    other = "".join(case.text.partition("credits ")[1:]).replace("credits-a", "credits-b")
    other = other.replace('  allow SLA301: "the first tenth is free"\n', "")
    contract, _ = contract_of(casefile.Case(case.file, "", case.text + other).completed(SURROUNDINGS))
    findings = checks.run(contract)
    assert [(one.found.code, one.allow.reason) for one in findings.silenced] == [("SLA301", "the first tenth is free")]
    (shown,) = [one for one in findings.shown if one.code == "SLA301"]
    assert "credits-b" in shown.message


@pytest.mark.parametrize("case", casefile.cases("checks"), ids=casefile.name)
def test_messages_are_sentences_with_a_remedy(case: casefile.Case) -> None:
    contract, found = contract_of(case.completed(SURROUNDINGS))
    assert not has_errors(found) or case.file.stem == "two-passages-on-one-line"
    for one in checks.run(contract).shown:
        assert one.message.endswith((".", "?")) and "\n" not in one.message
        assert one.help and one.span is not None


MARKED = [case for case in casefile.cases("checks") if case.expected]


@pytest.mark.parametrize("code", [code for code in CODES if code.id not in ("SLA309", "SLA380")], ids=lambda c: c.slug)
def test_an_allow_line_silences_every_check(code) -> None:
    """An `allow` in the block in which a finding stands takes it away and keeps its reason."""
    case = next(case for case in MARKED if case.file.stem == code.slug)
    number = case.expected[0][0]
    lines = case.text.split("\n")
    end = next(place for place in range(number, len(lines)) if lines[place] == "end")
    text = "\n".join([*lines[:end], f'  allow {code.id}: "both sides know"', *lines[end:]])
    contract, found = contract_of(casefile.Case(case.file, case.title, text).completed(SURROUNDINGS))
    assert contract is not None, found
    findings = checks.run(contract)
    assert (code.id, "both sides know") in [(one.found.code, one.allow.reason) for one in findings.silenced]
    assert number not in [one.span.line - 1 for one in findings.shown if one.code == code.id and one.span is not None]


def test_the_checks_are_grouped_and_none_is_listed_twice() -> None:
    grouped = [check for _, family in checks.FAMILIES for check in family]
    assert tuple(grouped) == checks.CHECKS
    assert len(set(grouped)) == len(grouped) >= 65
    assert len(checks.FAMILIES) == 9


def test_a_contract_of_a_financial_entity_is_told_each_item_it_lacks() -> None:
    text = """contract C-1 "Contract"
  customer: town
  supplier: acme
  languages: en authoritative
  timezone: Europe/Amsterdam
  currency: EUR
  term: 2 years from 2026-02-01
  requires: dora 30.2, dora 30.3
end
"""
    contract, _ = contract_of(casefile.Case(casefile.CASES, "", text).completed(SURROUNDINGS))
    messages = [one.message for one in checks.run(contract).shown if one.code == "SLA399"]
    of_2 = [message for message in messages if message.startswith("DORA article 30(2)")]
    assert {message.partition(" asks for ")[2][:3] for message in of_2} == {f"({item})" for item in "abcdefghi"}
    assert not any("not verified" in message for message in of_2)
    of_3 = [message for message in messages if message.startswith("DORA article 30(3)")]
    assert of_3 and all("not verified" in message for message in of_3)


def test_an_unstated_rule_offers_both_lines_and_either_answers_it() -> None:
    case = next(case for case in MARKED if "what happens when a ticket" in case.title)
    text = f"sla 2.0\n{case.completed(SURROUNDINGS)}"
    document, _ = read_document(text, "case.sla")
    contract, _ = from_syntax(document)
    (found,) = [one for one in checks.run(contract).shown if one.code == "SLA401"]
    assert len(found.choices) == 2
    for choice in found.choices:
        (edit,) = choice.edits
        mended, _ = from_syntax(read_document(text[: edit.span.start] + edit.text + text[edit.span.end :], "c.sla")[0])
        assert "SLA401" not in [one.code for one in checks.run(mended).shown]


def test_a_fix_of_a_check_takes_its_finding_away_and_brings_no_other() -> None:
    tried = set()
    for case in MARKED:
        text = f"sla 2.0\n{case.completed(SURROUNDINGS)}"
        contract, _ = from_syntax(read_document(text, "case.sla")[0], holidays=HOLIDAYS)
        before = checks.run(contract).shown if contract is not None else ()
        for one in before:
            if one.fix is None:
                continue
            (edit,) = one.fix.edits
            document, found = read_document(text[: edit.span.start] + edit.text + text[edit.span.end :], "case.sla")
            assert not found, one.fix
            after = checks.run(from_syntax(document, holidays=HOLIDAYS)[0]).shown
            assert {two.message for two in after} == {two.message for two in before} - {one.message}
            tried.add(one.code)
    assert tried == {"SLA334", "SLA380"}


@pytest.mark.parametrize("case", [case for case in MARKED if case.file.stem == "unstated-rule"], ids=casefile.name)
def test_stating_either_reading_answers_the_question(case: casefile.Case) -> None:
    contract, _ = contract_of(case.completed(SURROUNDINGS))
    for one in readings.unstated(contract):
        for choice in one.reading.readings:
            said = readings.state(contract, one.level, one.reading.id, choice.id)
            left = {(each.level, each.reading.id) for each in readings.unstated(said)}
            assert (one.level, one.reading.id) not in left


def test_every_rule_that_is_asked_is_asked_in_a_case() -> None:
    asked = set()
    for case in MARKED:
        contract, _ = contract_of(case.completed(SURROUNDINGS))
        asked |= {one.reading.id for one in readings.unstated(contract)} if contract is not None else set()
    assert asked == {reading.id for reading in readings.READINGS}
