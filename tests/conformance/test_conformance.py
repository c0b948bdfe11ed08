"""Figures that this project did not make: published terms and other systems' tests, through the whole pipeline.

Each case of contracts/ and peers/ has the figures of its source, each of own/ figures worked by hand. A contract is
read from a file, its log from files with a mapping; what comes out is compared exactly. Which case enters how, and what
is compared, stands in docs/conformance.md.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.compare import differences
from tests.conformance.runner import AREAS, ENTERS, Case, Ran, cases

SKIPPED: dict[str, str] = {
    "snow-3": "The peer is handed a due date of 20:30 and moves it to the next opening. Here nobody hands in due "
    "dates: an allowance in business time never ends outside the hours, one in elapsed time ends when it ends. What "
    "happens to a ticket that comes in at 20:30 is the case intake-outside-hours of own/.",
}
"""Cases that cannot apply, and why."""

PENDING: dict[str, str] = {
    "allspice_94": 'its line "tier in other than percentages" is read',
    "aws_ec2_2008_service_year_53_periods": "`period: 365 days before claim`",
    "aws_s3_average_of_interval_error_rates": "`measure: success rate`",
    "chronic_30day_window_across_months": "chronic (termination)",
    "dir_pool_example": 'its line "takes" is read and drafted',
    "fastly_exactly_7_2_hours": "degraded-month (termination)",
    "gcf_error_rate_threshold_and_min_volume": "`measure: success rate`",
    "oneneck_two_of_four_months": "minimum (termination)",
    "ratchet_halfway_after_12_months": "`ratchet` of uptime",
    "uk_msc_example2": "kpi-points (points)",
    "uk_msc_threshold_repeat": "kpi-points (points)",
    "accord-late-1": "too-late (termination)",
    "accord-mini-1": "too-late (termination)",
    "governify-11": 'its line "tier in other than percentages" is read',
    "governify-16": 'its line "tier in other than percentages" is read',
    "governify-21": 'its line "tier in other than percentages" is read',
    "governify-26": 'its line "tier in other than percentages" is read',
    "governify-31": 'its line "tier in other than percentages" is read',
    "governify-36": "`measure: reopened share`",
    "governify-41": "`measure: reopened share`",
    "governify-6": "`measure: reopened share`",
    "a-bonus-is-owed-by-the-customer": "early (bonus)",
    "average-below-the-bound": "leave (termination)",
    "average-exactly-on-the-bound": "leave (termination)",
    "averaged-with-the-previous-month": "`earlier periods` of score",
    "chronic-at-the-bounds": "chronic (termination)",
    "credits-in-two-of-four": "leave (termination)",
    "credits-just-under-the-bar": "leave (termination)",
    "credits-two-of-five": "leave (termination)",
    "days-of-fee-in-february": 'its line "tier in other than percentages" is read',
    "delivered-on-the-day": 'its line "each: day late" is read',
    "empty-slots": "`measure: success rate`",
    "misses-in-a-row-broken": "leave (termination)",
    "misses-in-a-row": "leave (termination)",
    "misses-twice-in-four": "leave (termination)",
    "misses-twice-in-three": "leave (termination)",
    "no-report-missed": "`measure: reported figure`",
    "no-report-previous": "`measure: reported figure`",
    "no-report-undecided": "`measure: reported figure`",
    "percentile-of-latencies": "`measure: latency`",
    "points-and-a-good-month": "kpi-points (points)",
    "points-do-not-reach": "leave (termination)",
    "points-into-money": "kpi (points)",
    "points-reach-eleven": "leave (termination)",
    "pool-is-not-exceeded": 'its line "takes" is read and drafted',
    "ratchet-and-a-month-on-target": "`ratchet` of score",
    "reopened-exactly-two-percent": "`measure: reopened share`",
    "service-year-52-periods": "`period: 365 days before claim`",
    "slots-at-the-bounds": "`measure: success rate`",
}
"""Cases that the toolkit reads but refuses to judge, with a part of the refusal. One that starts to work fails here."""

CASES = {area: cases(area) for area in AREAS}
ALL = [case for area in AREAS for case in CASES[area]]
RUNS = [(case, reading) for case in ALL if case.name not in SKIPPED for reading in case.readings]


def name(value: Case | str) -> str:
    return value if isinstance(value, str) else f"{value.area}-{value.name}"


@pytest.mark.parametrize(("case", "reading"), RUNS, ids=name)
def test_case(case: Case, reading: str, tmp_path: Path) -> None:
    ran = Ran(case, reading, tmp_path)
    pending = PENDING.get(case.name)
    if pending is not None:
        assert any(pending in one for one in ran.refusals), "\n".join(ran.refusals) or "it is judged now: move it"
        return
    assert not ran.refusals, "\n".join(ran.refusals)
    assert not differences(ran), "\n".join(differences(ran))
    for other in _altered(ran.expected):
        ran.expected = other
        assert differences(ran), f"a wrong expectation goes unnoticed: {other}"


def _altered(expected: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The expectations with one of them wrong, each in turn."""
    for table, rows in expected.items():
        if isinstance(rows, list):
            for number, row in enumerate(rows):
                for key, value in row.items():
                    other = copy.deepcopy(expected)
                    other[table][number][key] = _wrong(key, value)
                    yield other
        elif table == "total":
            yield {**expected, table: "987654.32"}


def _wrong(key: str, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if key in ("due", "started"):
        return "1999-12-31T23:59:59"
    return [*value, 99] if isinstance(value, list) else 987654 if isinstance(value, int | float) else "98765"


@pytest.mark.parametrize("case", ALL, ids=name)
def test_a_case_says_where_it_comes_from(case: Case) -> None:
    assert case.title and case.head["source"] and case.enters in ENTERS
    assert case.area == "own" or "://" in case.head["address"]
    assert (case.enters == "skipped") == (case.name in SKIPPED)
    for reading in case.readings:
        assert {"contract.sla", "expected.toml"} <= set(case.of(reading)) or case.name in SKIPPED


def test_the_cases_worked_by_hand_show_the_work() -> None:
    for case in CASES["own"]:
        assert any("# " in case.of(reading)["expected.toml"] for reading in case.readings), case.name


def test_all_cases_are_there() -> None:
    assert len(CASES["contracts"]) == 36
    assert len(CASES["peers"]) == 43
    assert len(CASES["own"]) >= 50
    names = [case.name for case in ALL]
    assert len(names) == len(set(names))
    assert set(PENDING) | set(SKIPPED) <= set(names)
    assert not set(PENDING) & set(SKIPPED)
