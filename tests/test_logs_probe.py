"""The probe and the draft mapping, the codes of the package, and logs made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla2.logs import Log, log_of, read_log
from sla2.logs.codes import CODES
from sla2.logs.draft import draft_mapping
from sla2.logs.fields import FIELDS
from sla2.logs.probe import Probe, ambiguous, probe
from sla2.logs.schema import BY_NAME, TABLES

DUTCH = (
    "Nummer;Aangemeld;Gereed;Prioriteit;Status\n"
    "I 2510 017;03-04-2026 09:00;03-04-2026 10:00;P1;Gesloten\n"
    "I 2510 018;03-04-2026 09:30;;P3;Wacht op gebruiker\n"
    "I 2510 019;25-04-2026 09:30;;Spoed;Wacht op gebruiker\n"
)


def look(path: Path) -> Probe:
    """The probe of a file that can be read."""
    found, diagnostics = probe(path)
    assert diagnostics == ()
    assert found is not None
    return found


def test_the_facts_of_an_export(tmp_path: Path) -> None:
    path = tmp_path / "selectie.csv"
    path.write_bytes(DUTCH.replace("Status", "Stätus").encode("cp1252"))
    facts = look(path)
    assert facts.encodings[0] == "windows-1252"
    assert "utf-8" not in facts.encodings
    assert facts.lines[0] == ("windows-1252", "Nummer;Aangemeld;Gereed;Prioriteit;Stätus")
    assert (facts.delimiter, facts.rows) == (";", 3)
    columns = {column.name: column for column in facts.columns}
    assert columns["Aangemeld"].date_forms == ("d-M-yyyy H:mm",)
    assert columns["Gereed"].date_forms == ("d-M-yyyy H:mm", "M-d-yyyy H:mm")
    assert columns["Stätus"].values == (("Wacht op gebruiker", 2), ("Gesloten", 1))
    assert columns["Gereed"].filled == 1
    assert columns["Nummer"].date_forms == ()
    assert facts.date_forms == ("d-M-yyyy H:mm",)


def test_a_date_order_that_cannot_be_told_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("ticket_id,opened_at\nA,03/04/2026 09:00\nB,05/06/2026 09:00\n")
    facts = look(path)
    assert ambiguous(facts.date_forms)
    assert "both orders fit" in draft_mapping(facts)


def test_a_draft_is_refused_until_somebody_decides(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("ticket_id,opened_at,state\nA,13/04/2026 09:00,Open\nB,05/06/2026 09:00,?\n")
    draft = draft_mapping(look(path))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(draft)
    log, found = read_log([mapping])
    assert log is None
    assert {entry.code for entry in found} == {"SLA503"}  # the states are to be filled
    filled = draft.replace('"Open" = ""', '"Open" = "in progress"')
    mapping.write_text(filled)
    log, found = read_log([mapping])
    assert log is None
    assert {entry.code for entry in found} == {"SLA504"}  # the time zone is to be declared
    mapping.write_text(filled.replace('# timezone = "Europe/Amsterdam"', 'timezone = "Europe/Amsterdam"'))
    log, found = read_log([mapping])
    assert isinstance(log, Log)
    assert log.cursor().execute("SELECT ticket_id, state FROM tickets").fetchall() == [
        ("A", "in progress"),
        ("B", None),
    ]


def test_an_event_log_and_its_repeated_header_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "number,ident_state,sys_updated_at,opened_at,category,category,priority\n"
        "1,New,29/2/2016 01:23,29/2/2016 01:16,a,b,3\n"
    )
    draft = draft_mapping(look(path))
    assert 'profile = "servicenow-event-log@1"' in draft
    assert 'category = "category[1]"' in draft
    assert '"3" = ""' in draft


def test_a_probe_of_something_else_says_so(tmp_path: Path) -> None:
    found, diagnostics = probe(tmp_path / "none.csv")
    assert found is None
    assert [entry.code for entry in diagnostics] == ["SLA505"]
    (tmp_path / "t.csv").write_bytes(b"\x00\x01\x02")
    found, diagnostics = probe(tmp_path / "t.csv")
    assert found is None
    assert [entry.code for entry in diagnostics] == ["SLA508"]


def test_codes_are_of_this_package_and_have_their_page() -> None:
    assert len({code.id for code in CODES}) == len({code.slug for code in CODES}) == len(CODES)
    for code in CODES:
        assert code.id.startswith("SLA5")
        headings = [line for line in code.page.splitlines() if line and not line.startswith(" ")]
        assert headings == ["What it checks", "Why it matters", "Example", "Write instead"]


def test_a_log_made_by_hand() -> None:
    log = log_of({"tickets": [{"ticket": 1, "ticket_id": "A", "opened_at": 5}]})
    assert log.cursor().execute("SELECT ticket_id, opened_at, resolved_at FROM tickets").fetchall() == [("A", 5, None)]
    assert log.imports == ()
    with pytest.raises(KeyError):
        log_of({"tickets": [{"tikcet": 1}]})
    with pytest.raises(KeyError):
        log_of({"incidents": []})


def test_the_tables_hold_integers_and_texts_only() -> None:
    assert len(BY_NAME) == len(TABLES) == 17
    assert {column.type for table in TABLES for column in table.columns} == {"BIGINT", "VARCHAR"}
    assert set(BY_NAME) == (set(FIELDS) - {"users"})
    assert all(column.meaning for table in TABLES for column in table.columns)
