"""Every file of tests/cases/measure/rows: samples, figures, deliveries, surveys and lifetimes, worked by hand.

The terms are written in the language and measured with a small log. No figure was taken from a program of this project.
"""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sla2.logs.log import Import, log_of
from sla2.measure import measure
from sla2.settle.judge import judge
from tests.measure_contracts import MINUTE
from tests.test_measure_cases import contract_of, moment

FOLDER = Path(__file__).parent / "cases" / "measure" / "rows"
CASES = [
    (path.stem, case)
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
INSTANTS = {"at", "started", "ended", "delivered_at", "due"}
TABLES = ("samples", "figures", "deliveries", "surveys", "units", "outages", "exclusions")


def rows_of(case, table: str) -> list[dict[str, object]]:
    """The rows of a table; `times` repeats a sample every minute, `latency_ms` and `every_s` are durations."""
    zone = case.get("timezone", "UTC")
    found: list[dict[str, object]] = []
    for row in case.get(table, ()):
        made = {name: moment(value, zone) if name in INSTANTS else value for name, value in row.items()}
        if "latency_ms" in made:
            made["latency"] = made.pop("latency_ms") * 1000
        if "every_s" in made:
            made["expected_interval"] = made.pop("every_s") * 1_000_000
        step, times = made.pop("step_minutes", 1), made.pop("times", 1)
        for number in range(times):
            shifted = {"at": made["at"] + number * step * MINUTE} if "at" in made else {}
            place = {"import_id": 1, "row_no": len(found) + 2}
            found.append({**made, **shifted, **place})
    key = {"outages": "outage", "exclusions": "exclusion"}.get(table)
    if key is not None:
        found = [{key: number, f"{key}_id": f"O{number}", **row} for number, row in enumerate(found, start=1)]
    return found


def imports_of(case) -> tuple[Import, ...]:
    """The imports that a case declares: table, and the span that it covers."""
    zone = case.get("timezone", "UTC")
    blank = {"profile": "", "file": "x", "sha256": "", "bytes": 0, "mapping": "", "mapping_sha256": ""}
    blank |= {"timezone": "UTC", "encoding": "", "dates": "", "rows_in": 0, "rows_ok": 0}
    return tuple(
        Import(id=number, table=table, **blank, **dict(zip(
            ("covers_from", "covers_to"), (moment(text, zone) for text in span), strict=False
        )))
        for number, (table, *span) in enumerate(case.get("imports", ()), start=1)
    )  # fmt: skip


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{case['id']}" for name, case in CASES])
def test_case(name: str, case: dict) -> None:
    contract = contract_of(case)
    start, end = (date.fromisoformat(day) for day in case["days"])
    as_of = moment(case["as_of"], case.get("timezone", "UTC"))
    log = log_of({table: rows_of(case, table) for table in TABLES}, imports_of(case))
    result, found = measure(contract, log, start, end, as_of)
    assert result is not None
    assert sorted({one.code for one in found}) == case.get("findings", []), [one.message for one in found]
    for expected in case["expect"]:
        level = expected.get("level", contract.levels[0].name)
        wanted = (expected["period"], expected.get("unit", ""))
        mine = [one for one in result.of(level) if (one.period.label, one.unit) == wanted]
        if expected.get("measurements") == 0:
            assert not mine
            continue
        (one,) = mine
        facts = {
            "value": one.value, "low": one.low, "high": one.high,
            "minutes": None if one.value is None else one.value / MINUTE,
            "milliseconds": None if one.value is None else one.value / 1000,
            "met": one.counts.met, "missed": one.counts.missed, "excluded": one.counts.excluded,
            "numerator": one.numerator, "denominator": one.denominator,
            "owed_minutes": Fraction(one.denominator, MINUTE), "standing": one.standing,
            "verdict": judge(one, in_force=True, as_of=as_of).status,
            "slots": [f"{s.kind} {s.slots} {s.requests} {s.errors}" for s in result.slots if s.level == level],
            "reasons": sorted({piece.why for piece in result.pieces if piece.level == level and not piece.counted}),
            "evidence": [f"{e.value} {e.used} row {e.row_no}" for e in result.evidence if e.level == level],
        }  # fmt: skip
        for key, value in expected.items():
            if key not in ("level", "period", "unit"):
                shown = facts[key]
                assert (str(shown) if isinstance(value, str) else shown) == value, f"{key}: {shown} instead of {value}"


def test_there_are_cases() -> None:
    assert len(CASES) > 30
    assert all(case["expect"] for _, case in CASES)
