"""Slips of a first day with sla2: a workbook named .csv, a ticket that stands twice, and the history of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sla2.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

MAPPING = """
[[import]]
profile  = "csv-generic"
file     = "tickets.csv"
timezone = "Europe/Amsterdam"
dates    = "yyyy-MM-dd HH:mm"
covers   = { from = 2026-03-01, to = 2026-03-31 }

[import.columns]
ticket_id         = "Number"
opened_at         = "Opened"
first_response_at = "First reply"
resolved_at       = "Resolved"
priority          = "Priority"
"""
HEADER = "Number,Opened,First reply,Resolved,Priority\n"
ROW = "T-1,2026-03-02 09:10,2026-03-02 10:25,2026-03-02 11:40,P2\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    assert run(["new", str(tmp_path / "mine")]) == 0
    (tmp_path / "mine" / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path / "mine"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = run(list(words))
    out, err = capsys.readouterr()
    return status, out + err


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "a workbook of a spreadsheet program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older spreadsheet program"),
        (b"%PDF-1.7\n", "a PDF"),
    ],
)
def test_a_file_of_another_program_is_named(
    mine: Path, capsys: pytest.CaptureFixture[str], head: bytes, kind: str
) -> None:
    (mine / "tickets.csv").write_bytes(head + bytes(200))
    status, text = said(capsys, "import", "--check", str(mine / "mapping.toml"))
    assert status == 3
    assert kind in text and "save it as CSV" in text
    assert "windows-1252" not in text


def test_a_ticket_that_stands_twice_comes_with_a_remedy(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "tickets.csv").write_text(HEADER + ROW + ROW, encoding="utf-8")
    status, text = said(capsys, "import", "--check", str(mine / "mapping.toml"))
    assert status == 3
    assert "row 2" in text and "row 3" in text and "export each ticket on one row" in text


def test_the_history_of_a_ticket_shows_when_it_was_answered(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "tickets.csv").write_text(HEADER + ROW, encoding="utf-8")
    options = ("--contract", str(mine / "contract.sla"), "--log", str(mine / "mapping.toml"), "--lang", "en")
    status, text = said(capsys, "explain", "T-1/response-p2", *options)
    assert status == 0
    history = text[text.index("What happened") :].replace("\u00a0", " ")
    assert "2 March 2026, 10:25  answered" in history
