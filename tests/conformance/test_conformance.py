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
    "slots-of-downtime": "`slot of an availability`",
}
"""Cases that the toolkit reads but refuses to judge, with a part of the refusal. One that starts to work fails here."""

FAULTS: dict[str, str] = {}
"""Cases that come out wrong today, and what is wrong. One that comes out right fails here until it is moved."""

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
    if case.name in FAULTS:
        assert differences(ran), "it comes out right now: move it"
        return
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
    assert len(CASES["own"]) >= 120
    names = [case.name for case in ALL]
    assert len(names) == len(set(names))
    listed = [*PENDING, *SKIPPED, *FAULTS]
    assert set(listed) <= set(names)
    assert len(listed) == len(set(listed))
