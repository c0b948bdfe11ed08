"""`sla2 report --kind trust` and `both`, and what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sla2 import resources
from sla2.cli.main import run

MAPPING = """[[import]]
profile = "csv-generic"
file = "tickets.csv"
encoding = "utf-8"
timezone = "Europe/Amsterdam"
dates = "yyyy-MM-dd HH:mm"
covers = { from = 2026-02-01, to = 2026-03-31 }
[import.state]
"Done" = "resolved"

[[import]]
table = "ledger"
profile = "csv-generic"
file = "ledger.csv"
encoding = "utf-8"
timezone = "Europe/Amsterdam"
dates = "yyyy-MM-dd"
"""
TICKETS = """ticket_id,opened_at,resolved_at,state,priority
T-1,2026-03-02 09:00,2026-03-02 11:00,Done,P1
"""
LEDGER = """id,kind,owner,due,done
N-1,notice,supplier,2026-03-10,2026-03-10
N-2,notice,Jansen,2026-03-10,2026-03-10
"""
PROMISE = """
promise early "Bad news travels first"
  by: both
  checked by: ledger kind notice
  target: at least 80%
end
"""
DAYS = ["--from", "2026-03-01", "--to", "2026-03-31", "--lang", "en"]
REPORT = ["report", "contract.sla", "--log", "mapping.toml", *DAYS]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("contract.sla").write_text(resources.read_text("templates", "new/contract.sla") + PROMISE, encoding="utf-8")
    Path("mapping.toml").write_text(MAPPING, encoding="utf-8")
    Path("tickets.csv").write_text(TICKETS, encoding="utf-8")
    Path("ledger.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path


def test_trust_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*REPORT, "--kind", "trust", "--json"]) == 0
    captured = capsys.readouterr()
    found = {(one["side"], one["block"]): one for one in json.loads(captured.out)["classes"]}
    assert found["supplier", "early"]["period"]["kept"] == 1
    assert found["customer", "early"]["period"]["status"] == "no evidence"
    assert "SLA802" in captured.err and "N-2" in captured.err


def test_both_reports_in_all_forms(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [*REPORT, "--kind", "both", "--format", "html,md,json", "--out", "out"]
    assert run(asked) == 0
    written = capsys.readouterr().out.splitlines()
    days = "2026-03-01-2026-03-31-en"
    assert [Path(name).name for name in written] == [
        f"MY-2026-001-{kind}-{days}.{form}" for kind in ("compliance", "trust") for form in ("html", "md", "json")
    ]
    first = [Path(name).read_bytes() for name in written]
    assert run([*asked, "--force"]) == 0
    assert [Path(name).read_bytes() for name in written] == first


def test_both_reports_need_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*REPORT, "--kind", "both"]) == 2
    assert "--out FOLDER" in capsys.readouterr().err


def test_a_mark_that_no_log_has_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Path("contract.sla").open("a", encoding="utf-8") as stream:
        stream.write('zero repeat again "Not again"\n  within: 30 days\n  same: service and root\nend\n')
    assert run([*REPORT, "--kind", "trust"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "SLA801" in captured.err and '"root"' in captured.err
