"""A rule that only settling looks at is read otherwise without judging the log again, with the same result."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla2.pipeline import Pipeline, Request
from sla2.report import other_readings

CONTRACT = (Path(__file__).parents[1] / "benchmarks" / "scale.sla").read_text(encoding="utf-8")
MAPPING = """[[import]]
profile = "csv-generic@1"
table = "tickets"
file = "tickets.csv"
encoding = "utf-8"
timezone = "UTC"
complete = true
dates = "yyyy-MM-dd HH:mm:ss"
covers = { from = 2026-01-01, to = 2026-03-31 }
[import.priority]
P1 = "P1"
[import.state]
resolved = "resolved"
"""


@pytest.fixture
def request_of(tmp_path: Path) -> Request:
    """1,808 of 2,009 tickets in time, 89.9950%: missed if compared exactly, met if rounded to 0.01% first."""
    (tmp_path / "c.sla").write_text(CONTRACT.replace("  rounding: for display only\n", ""), encoding="utf-8")
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    rows = [
        f"T{n},workplace,P1,2026-02-03 09:00:00,2026-02-03 10:00:00,2026-02-0{5 if n < 201 else 3} 11:00:00,resolved"
        for n in range(2_009)
    ]
    header = "ticket_id,service,priority,opened_at,first_response_at,resolved_at,state"
    (tmp_path / "tickets.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return Request(str(tmp_path / "c.sla"), (tmp_path / "m.toml",))


def test_what_was_measured_serves_again(request_of: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    again = other_readings.measure
    monkeypatch.setattr(other_readings, "measure", lambda *given: asked.append(given) or again(*given))
    short = Pipeline(request_of).read_otherwise
    assert not asked
    monkeypatch.setattr(other_readings, "_OF_SETTLING", ())
    assert Pipeline(request_of).read_otherwise == short
    assert asked
    assert short[0][0].flips[:1] == ("resolve-p1/2026-02",)
