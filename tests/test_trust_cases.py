"""Every file of tests/cases/trust: a contract's trust blocks, a log of a few rows, and what both sides kept, by hand.

A case names only the classes it is about (`expect`); `sides`, `perception`, `repeats`, `not_evaluated` and `findings`
are compared where it states them. No figure in these files was taken from the engine; how each was worked out stands
beside it. `also` is written behind the blocks that all cases of a file share.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sla2.trust.felt import felt_log
from sla2.trust.trust import Trust
from tests.trust_support import Told, judged, line_of, log_told

FOLDER = Path(__file__).parent / "cases" / "trust"


def all_cases() -> list[tuple[str, dict]]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in data.items() if key != "case"}
        found += [(f"{path.stem}: {case['about']}", {**shared, **case}) for case in data["case"]]
    return found


CASES = all_cases()
_NOT_TOLD = {"about", "also", "why", "log", "expect", "sides", "perception", "repeats", "not_evaluated", "findings"}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


def perception_of(found: Trust) -> list[str]:
    seen = found.perception
    if seen is None:
        return ["none"]
    shares = f"under {seen.under_share}, gap {seen.weighted_gap}, logged {seen.as_logged}, felt {seen.as_felt}"
    return [f"{len(seen.rows)} known, {seen.without_users} without", f"{shares} of {seen.judged_both}"]


def repeats_of(found: Trust) -> list[str]:
    return [
        f"{one.block}: {len(one.found.repeats)} of {one.found.eligible}, {len(one.found.duplicates)} duplicates, "
        f"{one.found.unknown} unknown"
        for one in found.repeats
    ]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case(case: dict) -> None:
    given = {key: value for key, value in case.items() if key not in _NOT_TOLD}
    told = Told(tables=case.get("log", {}), **given | {"blocks": case["blocks"] + case.get("also", "")})
    found, findings = judged(told)
    assert [one.code for one in findings] == lines(case.get("findings", ""))
    if found is None:
        assert "expect" not in case
        return
    rows = [line_of(row) for row in found.rows]
    expected = lines(case["expect"])
    classes = {line.partition(":")[0] for line in expected}
    assert [row for row in rows if row.partition(":")[0] in classes] == expected, "\n".join(rows)
    if "sides" in case:
        shown = [
            f"{one.side} {one.colour}: "
            + "; ".join(
                f"{d.dimension} {d.status}, {d.without_evidence} of {d.classes} without" for d in one.dimensions
            )
            for one in found.sides
        ]
        assert shown == lines(case["sides"])
    if "perception" in case:
        assert perception_of(found) == lines(case["perception"])
    if "repeats" in case:
        assert repeats_of(found) == lines(case["repeats"])
    if "not_evaluated" in case:
        assert [f"{one.block}: {one.what}" for one in found.not_evaluated] == lines(case["not_evaluated"])


def test_there_are_cases() -> None:
    assert len(CASES) > 25


def test_the_felt_log_leaves_the_log_as_it_is() -> None:
    case = next(case for name, case in CASES if "history of priorities" in name)
    told = Told(case["blocks"], case["log"], case["start"], case["end"], case["as_of"])
    log = log_told(told)
    felt = felt_log(log, {1: "P4"})
    query = "SELECT priority, (SELECT count(*) FROM status_events) FROM tickets"
    assert felt.cursor().execute(query).fetchall() == [("P4", 0)]
    assert log.cursor().execute(query).fetchall() == [("P3", 2)]
    assert felt_log(log, {}).cursor().execute(query).fetchall() == [("P3", 2)]
