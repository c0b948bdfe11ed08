"""Documents as plain text for a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_samples import HOSTILE, document, full

from sla2.cli.main import run
from sla2.document import plain
from sla2.document.blocks import Cell, Fact, Facts, Fold, Heading, Items, Paragraph, Run, Table, runs

GITHUB = Path(__file__).resolve().parents[1] / "contracts" / "examples" / "github-enterprise"


def test_headings_lists_facts_and_tables_as_text() -> None:
    blocks = (
        Heading(1, runs("Found 50.0% *so*"), id="x/1"),
        Facts((Fact("Target", runs("at least 99%")), Fact("Verdict in words", (Run("missed", "strong"),)))),
        Items((runs("one"), runs("two")), ordered=True),
        Fold(runs("More"), (Paragraph(runs("a_b")),)),
        Table(
            id="t",
            caption="Outages",
            header=(Cell(runs("Unit")), Cell(runs("Min"), align="right")),
            rows=((Cell(runs("web é")), Cell(runs("5"), align="right")), (Cell(runs("db")), Cell(runs("1,205")))),
            widths=(1, 1),
            show_caption=True,
        ),
    )
    text = plain.write(document(*blocks, language="en"))
    assert text.partition("Found")[1:] == (
        "Found",
        " 50.0% *so*\n================\n\n"
        "Target:            at least 99%\nVerdict in words:  missed\n\n"
        "1. one\n2. two\n\nMore\n\na_b\n\n"
        "Outages\n\nUnit     Min\n-----  -----\nweb é      5\ndb     1,205\n",
    )


def test_every_kind_of_block_can_be_written_and_nothing_hostile_gets_through() -> None:
    assert "<a id" not in plain.write(full())
    text = plain.write(document(Paragraph(runs(HOSTILE)), Heading(2, runs(HOSTILE)), language="en"))
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text) and "\u202e" not in text


def test_the_outages_behind_an_availability_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The three outages of Issues: 53:22, 1:12:06 and 21:08 are the 2:26:36 that 2184 hours lack."""
    log = ["--log", str(GITHUB / "log" / "mapping.toml"), "--lang", "en"]
    assert run(["explain", "uptime/issues/2021-Q2", "--contract", str(GITHUB / "contract.sla"), *log]) == 0
    out = capsys.readouterr().out.replace("\u00a0", " ")
    rows = [line.split() for line in out.splitlines() if line.startswith("issues ")]
    assert [(row[1], row[-1]) for row in rows] == [("S16", "yes"), ("S21", "yes"), ("S25", "yes")]
    assert "2,181 h 33 min 24 s of 2,184 h" in out and "53 min 22 s" in out
