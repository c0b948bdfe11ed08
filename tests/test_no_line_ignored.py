"""No line is silently ignored: each is reckoned with, or is words alone, or is refused by name.

The list of lines is the last table of docs/language.md. A line that is reckoned with has a witness: a conformance case
whose figures change when that line is left out or changed (every fourth witness by default, all with SLA2_ALL=1). What
has no witness stands below with the reason, or with the test that holds it.
"""

from __future__ import annotations

import ast
import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import line_effects
import pytest
from pydantic import BaseModel

from sla2.contract.contract import Contract
from tests.conformance.runner import AREAS, Case, cases

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8").split("## 19.", 1)[1]
EVERY = 1 if os.environ.get("SLA2_ALL") else 4

WITNESSES = (
    ("amendment", "agreed", "amended-tiers", "left out"),
    ("amendment", "change", "amended-tiers", "left out"),
    ("bonus", "cap", "a-bonus-is-owed-by-the-customer", "left out"),
    ("bonus", "tier", "a-bonus-is-owed-by-the-customer", "left out"),
    ("calendar", "closed", "claim-of-five-working-days", "left out"),
    ("calendar", "open", "a-bonus-is-owed-by-the-customer", "more"),
    ("calendar", "short day", "wh-7", "left out"),
    ("contract", "fee", "a-bonus-is-owed-by-the-customer", "more"),
    ("contract", "maximum exposure", "exposure-of-the-supplier", "left out"),
    ("contract", "money rounding", "a-bonus-is-owed-by-the-customer", "more"),
    ("contract", "working days", "claim-of-five-working-days", "left out"),
    ("credits", "before first use", "downtime-used-by-an-earlier-claim", "left out"),
    ("credits", "cap together with", "a-joint-cap", "left out"),
    ("credits", "cap", "a-cap-of-days-of-fee", "left out"),
    ("credits", "claim", "billing-cycles-after-an-outage", "left out"),
    ("credits", "each", "below-the-target-capped", "left out"),
    ("credits", "earn back", "earn-back-on-and-above-target", "left out"),
    ("credits", "pays if", "pays-if-before-rounding", "more"),
    ("credits", "repeat", "a-month-without-cases-breaks-nothing", "left out"),
    ("credits", "tier", "a-cap-of-days-of-fee", "left out"),
    ("credits", "used by a claim", "downtime-used-by-an-earlier-claim", "left out"),
    ("exclusion", "announced", "notice-across-the-clock-change", "left out"),
    ("exclusion", "approved by", "approval-is-missing", "left out"),
    ("exclusion", "at most", "a-budget-of-ten-hours-a-year", "left out"),
    ("exclusion", "recurring", "a-daily-window-in-one-line", "left out"),
    ("level", "after priority change", "each-priority-while-held", "left out"),
    ("level", "after reopening", "zammad-6", "left out"),
    ("level", "at the end of a period", "length-across-the-end-of-the-month", "left out"),
    ("level", "clock starts", "ovh_per_hour_beyond_sla", "left out"),
    ("level", "clock stops", "pauses-overlap-and-lie-outside-hours", "left out"),
    ("level", "counts in", "counted-in-three-ways", "left out"),
    ("level", "counts", "cap-per-interruption", "left out"),
    ("level", "degraded counts", "degraded-counts-half", "left out"),
    ("level", "down when", "minutes-with-errors-as-downtime", "more"),
    ("level", "due", "delivered-after-midnight", "left out"),
    ("level", "empty slot", "empty-slots", "left out"),
    ("level", "excludes", "a-budget-of-ten-hours-a-year", "left out"),
    ("level", "intake", "intake-before-the-cut-off", "less"),
    ("level", "overlapping users", "overlapping-users", "left out"),
    ("level", "priority is", "each-priority-while-held", "left out"),
    ("level", "rounding", "half-a-hundredth", "left out"),
    ("level", "slot fails", "slots-at-the-bounds", "left out"),
    ("level", "slot needs", "slots-at-the-bounds", "left out"),
    ("level", "slot", "empty-slots", "more"),
    ("level", "slots", "empty-slots", "left out"),
    ("level", "target", "a-bonus-is-owed-by-the-customer", "left out"),
    ("level", "unit", "born-within-the-month", "left out"),
    ("level", "weighted by", "half-a-hundredth", "left out"),
    ("level", "when", "each-priority-while-held", "more"),
    ("level", "whole minutes", "whole-minutes-of-each-stretch", "left out"),
    ("open passage", "fallback", "an-open-target-and-its-fallback", "left out"),
    ("open passage", "interim", "an-open-target-and-its-fallback", "left out"),
    ("open passage", "option strict", "an-open-target-and-its-fallback", "less"),
    ("points", "repeat", "points-of-two-units", "left out"),
    ("points", "tier", "points-of-two-units", "left out"),
    ("service", "components", "born-within-the-month", "more"),
    ("termination", "trigger", "an-outage-over-24-hours", "less"),
    ("termination", "use within", "degraded-over-432-minutes", "left out"),
)
"""Kind of block, label, conformance case, what is done to the line."""

SWAPS = (
    ("level", "of", "excluded-time-off-the-denominator", "of: period minus exclusions", "of: period"),
    ("level", "period", "a-fee-that-rises-in-the-quarter", "period: quarter", "period: month"),
    ("level", "no cases", "a-month-without-cases-breaks-nothing", "no cases: not judged", "no cases: met"),
    ("level", "judged", "each-unit-of-its-own-fee", "each unit on its own", "all units together"),
    ("level", "minimum length judged", "minimum-length-and-maintenance", "judged: after", "judged: before"),
    ("credits", "combine", "highest-of-two-levels", "combine: .*", "combine: all add up"),
    ("credits", "base", "a-fee-that-rises-in-the-quarter", "base: .*", "base: all fees of the next period"),
    ("contract", "timezone", "month-boundary-kolkata", "Asia/Kolkata", "UTC"),
    ("contract", "term", "last-month-of-the-term", "from 2023-06-16", "from 2023-06-10"),
    ("termination", "right of", "misses-in-a-row", "right of: customer", "right of: supplier"),
    ("amendment", "effective", "amended-tiers", r"effective: (\d+)-\d+-\d+", r"effective: \g<1>-12-01"),
)
"""The same, where the words that stand on the line decide: what is written instead."""


@cache
def known() -> dict[str, Case]:
    return {case.name: case for area in AREAS for case in cases(area)}


def figures(case: Case, folder: Path) -> tuple[object, ...] | None:
    return line_effects.figures(case, case.readings[0], folder)


@pytest.mark.parametrize(("kind", "label", "name", "way"), WITNESSES[::EVERY])
def test_a_line_that_is_altered_changes_a_figure(kind: str, label: str, name: str, way: str, tmp_path: Path) -> None:
    case = known()[name]
    text = case.of(case.readings[0])["contract.sla"]
    found = [one for one in line_effects.places(text) if (one.kind, one.label) == (kind, label)]
    before = figures(case, tmp_path / "before")
    assert found and before is not None
    others = [line_effects.altered(case, case.readings[0], place, way) for place in found]
    after = [figures(one, tmp_path / f"{number}") for number, one in enumerate(others) if one is not None]
    assert any(one is not None and one != before for one in after)


@pytest.mark.parametrize(("kind", "label", "name", "old", "new"), SWAPS[::EVERY])
def test_other_words_change_a_figure(kind: str, label: str, name: str, old: str, new: str, tmp_path: Path) -> None:
    case = known()[name]
    text = case.of(case.readings[0])["contract.sla"]
    file = ("contract.sla", case.readings[0], re.sub(old, new, text))
    other = replace(case, files=(*(one for one in case.files if one[:2] != file[:2]), file))
    before, after = figures(case, tmp_path / "before"), figures(other, tmp_path / "after")
    assert before is not None and after is not None and before != after


NAMES = "it names another block, a side or the unit of all figures; a wrong name is an error"
ELSEWHERE = {
    ("contract", "signed"): "tests/cases/checks/signed-after-start.sla",
    ("contract", "renewal"): "tests/test_contract_periods.py",
    ("contract", "override"): "tests/test_contract_findings.py",
    ("calendar", "holidays"): "tests/test_calendar.py",
    ("calendar", "closed every"): "tests/test_calendar.py",
    ("calendar", "on holidays"): "tests/test_calendar.py",
    ("calendar", "timezone"): "tests/conformance/own/two-calendars-in-two-zones.case",
    ("service", "number of"): "tests/cases/settle/fee_per_device.toml",
    ("clock stop", "from status"): "tests/cases/measure/business_hours.toml",
    ("clock stop", "until status"): "tests/test_measure_cases.py",
    ("clock stop", "reason"): "tests/conformance/own/pauses-overlap-and-lie-outside-hours.case",
    ("clock stop", "at most"): "tests/cases/measure/clock_stop_limits.toml",
    ("clock stop", "needs"): "tests/cases/measure/clock_stop_limits.toml",
    ("exclusion", "cause"): "tests/cases/measure/selection.toml",
    ("exclusion", "beyond that"): "tests/cases/checks/budget-without-consequence.sla",
    ("termination", "notice"): "tests/cases/settle/amended_right.toml",
    ("termination", "cure"): "tests/cases/settle/amended_right.toml",
    ("level", "minimum"): "tests/cases/settle/minimum_beside_target.toml",
    ("level", "expected"): "tests/test_settle_examples.py",
    ("level", "hours"): "tests/conformance/own/two-calendars-in-two-zones.case",
    ("level", "answered by"): "tests/test_measure_cases.py",
    ("level", "small numbers"): "tests/cases/settle/low_volume_39_2_late.toml",
    ("level", "no report"): "tests/conformance/own/no-report-missed.case",
    ("level", "earlier periods"): "tests/cases/settle/averaged_with_previous.toml",
    ("level", "ratchet"): "tests/cases/settle/ratchet_counts_anew.toml",
    ("credits", "gives"): "tests/cases/settle/gives_days_of_a_quarter.toml",
    ("credits", "takes"): "tests/cases/settle/pool_never_pays_more_than_its_size.toml",
    ("credits", "points"): "tests/cases/settle/credits_from_points_tiers.toml",
    ("credits", "eligible"): "tests/test_settle_cases.py",
    ("points", "missed"): "tests/cases/settle/points_repeat_3_2_6.toml",
    ("pool", "size"): "tests/cases/settle/dir_pool_example.toml",
    ("pool", "share"): "tests/cases/settle/dir_pool_example.toml",
    ("amendment", "fill"): "tests/test_versions.py",
    ("amendment", "move"): "tests/test_versions.py",
    ("amendment", "open"): "tests/test_versions.py",
    ("amendment", "withdraw"): "tests/test_versions.py",
    ("amendment", "add"): "tests/cases/settle/not_in_force_and_amended.toml",
    ("amendment", "remove"): "tests/test_versions.py",
}
"""Held by a test of its own."""

TRUST = {
    "updates": "tests/cases/trust/updates.toml",
    "zero repeat": "tests/cases/trust/repeats.toml",
    "promise": "tests/cases/trust/ledger.toml",
    "survey": "tests/cases/trust/surveys.toml",
    "review": "tests/cases/trust/reviews.toml",
    "obligation": "tests/cases/trust/ledger.toml",
    "open passage": "tests/cases/trust/passages.toml",
    "example": "tests/test_settle_examples.py",
    "improvement": "tests/cases/trust/not_evaluated.toml",
    "goal": "tests/cases/trust/not_evaluated.toml",
    "scorecard": "tests/cases/trust/not_evaluated.toml",
    "exit plan": "tests/cases/trust/not_evaluated.toml",
    "impact": "tests/test_trust_cases.py",
}
"""Kinds of block that move no verdict and no amount: judged for trust or reminded of, or named there as not judged."""

WORDS = {
    ("contract", "under"): "the framework that governs; what is taken from it is included",
    ("contract", "languages"): "of the drafts",
    ("contract", "requires"): "a checklist of the checker",
    ("contract", "records"): "whose record prevails in a dispute; both records are in the log",
    ("service", "description"): "words",
    ("service", "nature"): "words, and the checks",
    ("service", "asset owner"): "words, and the checks",
    ("service", "underpinned by"): "words, and the checks",
    ("clock stop", "attributed to"): "words, and the checks: who causes a stop does not lengthen it",
    ("level", "delivered means"): "what a delivery is; the log holds its date",
    ("credits", "paid as"): "how it is paid, not how much",
    ("amendment", "text"): "words",
}
STRUCTURE = {
    ("contract", "customer"), ("contract", "supplier"), ("contract", "currency"), ("level", "service"),
    ("level", "measure"), ("credits", "level"), ("points", "level"), ("service", "hours"),
}  # fmt: skip
WORDS |= dict.fromkeys(STRUCTURE, NAMES)
WORD_BLOCKS = ("party", "clause", "principle", "priorities")
"""Parties, texts, and the matrix by which people set the priority that a ticket carries."""


def rows() -> set[tuple[str, str]]:
    found = set()
    for kinds, table in re.findall(r"^### Lines of ([^\n]+)\n(.*?)(?=^###|\Z)", PAGE, re.M | re.S):
        kind = re.findall(r"`([^`]+)`", kinds)[0]
        labels = re.findall(r"^\| `([^`]+)` \| `[^`]+` \| [^|]+ \| [^|]+ \|$", table, re.M)
        found |= {(kind, label) for label in labels}
    return found


def test_every_line_is_reckoned_with_or_has_its_reason() -> None:
    witnessed = {(kind, label) for kind, label, *_ in (*WITNESSES, *SWAPS)}
    left = {row for row in rows() if row[0] not in TRUST and row[0] not in WORD_BLOCKS}
    assert left - witnessed - ELSEWHERE.keys() - WORDS.keys() == set()
    assert (ELSEWHERE.keys() | WORDS.keys()) - rows() == set(), "a line that the language does not have"
    assert not witnessed & (ELSEWHERE.keys() | WORDS.keys()), "it has a witness by now"


@pytest.mark.parametrize("path", sorted({*ELSEWHERE.values(), *TRUST.values()}))
def test_the_tests_that_hold_the_others_are_there(path: str) -> None:
    assert (ROOT / path).is_file()


# ------------------------------------------------------------------ values that no stage asks for
NOT_ASKED = {
    "Contract": ("languages", "requires", "overrides", "clauses", "principles", "translations"),
    "Fee": ("indexed_by",),
    "Level": ("delivered_means",),
    "Credits": ("paid_as",),
    "Exclusion": ("beyond_counts",),
    "ClockStop": ("attributed_to",),
    "Party": ("represented_by",),
    "Contact": ("function", "speaks_for", "speaks_for_what"),
    "Service": ("nature", "asset_owner", "underpinned_by"),
    "Priorities": ("urgencies",),
    "ImpactRow": ("impact",),
    "Obligation": ("failing_stops", "failing_approved", "retained", "asset", "retained_what", "asset_what"),
    "Passage": ("guard", "consulted", "principle"),
    "Guard": ("low_duration", "high_duration", "low_money", "high_money", "low_percent", "high_percent"),
    "Impact": ("correct_within",),
    "SettingTerm": ("fields", "written"),
    "TranslatedText": ("original",),
}
"""Values that are words, or that reading and the checks have used up: nothing is reckoned with them.

An index is drafted (the new fee is written with its date); what exceeds a budget counts as downtime in any case; the
clock stop that follows on a duty is one of the clock stops, and holds by its own status; a guard is checked.
"""
NAMED = {
    "Exclusion": ("budget_rolling",),
    "Passage": ("observe_when",),
    "Impact": ("prevails_over",),
    "Contract": ("scorecards", "exit_plans"),
    "Goal": ("goal",),
    "Improvement": ("direction", "over_periods", "shown_at"),
    "Scorecard": ("model", "next_step"),
    "ExitPlan": ("clause", "tested_every", "lessons"),
}
"""Values of lines that the report names as not judged."""
STAGES = ("measure", "settle", "trust", "passages", "report", "remind")
OF_TERMS = (
    "calendar",
    "periods",
    "versions",
    "passage_state",
    "unmeasured",
    "reading",
    "readings",
    "quantity",
    "lines",
)


def models(kind: object, found: dict[type[BaseModel], None]) -> dict[type[BaseModel], None]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in found:
            found[kind] = None
            for field in kind.model_fields.values():
                models(field.annotation, found)
    else:
        for part in get_args(kind):
            models(part, found)
    return found


def test_every_value_is_asked_for_by_a_stage_that_reckons() -> None:
    files = [path for stage in STAGES for path in (ROOT / "sla2" / stage).rglob("*.py")]
    files += [ROOT / "sla2" / "contract" / f"{name}.py" for name in OF_TERMS]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    asked = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    missing = {
        (model.__name__, field)
        for model in models(Contract, {})
        for field in model.model_fields
        if field not in asked and field not in ("span", "verb")
    }
    assert missing == {(name, field) for table in (NOT_ASKED, NAMED) for name in table for field in table[name]}
