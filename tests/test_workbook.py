"""The workbook: what the other side can add up again equals the report, and nothing in it is alive.

The expected figures are those worked by hand in tests/cases/reports; LibreOffice reckons the formulas a second time.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sla2.report.texts import book
from sla2.report.workbook import grid
from sla2.report.workbook.grid import Book, Column, Sum
from sla2.report.workbook.write import workbook
from tests.report_support import frame_of
from tests.test_report_steps import CASES as SETTLED
from tests.test_report_steps import frame_of as settled
from tests.tools import need

DESK = Path(__file__).parent / "cases" / "reports" / "desk.toml"
ALWAYS_RECKON = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def table(data: bytes, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet by the headings of its second row."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [dict(zip(map(str, rows[1]), row, strict=True)) for row in rows[2:]]


def entries(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}


def test_cases_add_up_to_the_verdicts_and_credits_to_the_statement():
    frame, _ = frame_of(DESK)
    data = workbook(frame)
    verdicts = {row["Period"]: row for row in table(data, "Verdicts")}
    assert (verdicts["2026-05"]["Met"], verdicts["2026-05"]["Missed"]) == (3, 1)
    assert (verdicts["2026-06"]["Met"], verdicts["2026-06"]["Missed"]) == (1, 1)
    cases = table(data, "resolve")
    for period, met, missed in (("2026-05", 3, 1), ("2026-06", 1, 1)):
        of = [row for row in cases if row["Period"] == period]
        assert (sum(row["Met (1)"] for row in of), sum(row["Missed (1)"] for row in of)) == (met, missed)
    statement = table(data, "Statement")
    owed = [row["Amount"] for row in statement if row["Credits"] == "late"]
    total = next(row["Amount"] for row in statement if str(row["Credits"]).startswith("Total owed by the supplier"))
    assert sum(owed) == total == 100


def test_a_case_shows_its_times_as_worked_by_hand():
    frame, _ = frame_of(DESK)
    row = next(one for one in table(workbook(frame), "resolve") if one["Ticket"] == "T2")
    assert (row["Time taken (s)"], row["Outcome"]) == (5 * 3600, "missed")
    assert row["Late by"].total_seconds() == 3600
    assert row["Deadline"].isoformat() == "2026-05-05T11:00:00"


def test_an_open_case_stands_in_no_period():
    frame, _ = frame_of(DESK)
    row = next(one for one in table(workbook(frame), "resolve") if one["Ticket"] == "T7")
    assert (row["Period"], row["Outcome"], row["Clock stopped"]) == ("", "open", "")


@pytest.mark.parametrize("language", ["nl", "de"])
def test_headings_are_in_the_language_of_the_report(language: str):
    frame, _ = frame_of(DESK, language)
    names = CalamineWorkbook.from_filelike(BytesIO(workbook(frame))).sheet_names
    assert names[:2] == [book(language)["workbook.verdicts"], book(language)["workbook.statement"]]


def test_the_same_report_gives_the_same_bytes():
    one, _ = frame_of(DESK)
    other, _ = frame_of(DESK)
    assert workbook(one) == workbook(other)


HOSTILE = ('=HYPERLINK("http://x.example","x")', "+1+1", "-2", "@SUM(1)", "http://x.example/", "\t=1", "007", "1e5")


def test_no_text_becomes_a_formula_a_link_or_a_number():
    made = Book("UTC", frame_of(DESK)[0].today, '=HYPERLINK("x")')
    parts = made.reserve("=1+1", len(HOSTILE))
    made.write(parts, "=2+2", (Column("=3+3"),), ((text,) for text in HOSTILE))
    data = made.close()
    xml = entries(data)
    assert not any("<f>" in text for text in xml.values())
    assert not any("hyperlink" in name.lower() or "<hyperlink" in text for name, text in xml.items())
    values = [row["=3+3"] for row in table(data, "=1+1")]
    assert values == [text.strip() for text in HOSTILE]


def test_hostile_tickets_of_a_log_stay_text():
    frame, _ = frame_of(DESK)
    cases = frame.measurements.cases

    class Renamed:
        def of(self, *asked):
            return (replace(case, ticket_id=HOSTILE[0]) for case in cases.of(*asked))

        def __getattr__(self, name):
            return getattr(cases, name)

    measured = replace(frame.measurements, cases=Renamed())
    data = workbook(replace(frame, measurements=measured))
    assert {row["Ticket"] for row in table(data, "resolve")} == {HOSTILE[0]}
    formulas = [found for text in entries(data).values() for found in re.findall("<f>(.*?)</f>", text)]
    assert formulas and all(found.startswith(("SUMIFS(", "SUM(")) for found in formulas)


def test_a_text_too_long_for_a_cell_is_cut_and_counted():
    made = Book("UTC", frame_of(DESK)[0].today, "x")
    made.write(made.reserve("long", 1), "long", (Column("text"),), [("x" * 40_000,)])
    assert made.cut == 1
    (row,) = table(made.close(), "long")
    assert str(row["text"]).endswith("…[cut]") and len(str(row["text"])) <= 32_767


def test_more_rows_than_a_sheet_holds_go_to_a_further_sheet(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grid, "MOST_ROWS", 5)
    made = Book("UTC", frame_of(DESK)[0].today, "x")
    parts = made.reserve("rows", 7)
    made.write(parts, "rows", (Column("n"),), ((number,) for number in range(7)))
    data = made.close()
    assert [part.sheet for part in parts] == ["rows", "rows (2)", "rows (3)"]
    assert [row["n"] for part in parts for row in table(data, part.sheet)] == list(range(7))


def test_names_of_sheets_fit_the_format_and_differ():
    made = Book("UTC", frame_of(DESK)[0].today, "x")
    names = [made.reserve(name, 0)[0].sheet for name in ("a" * 40, "a" * 40, "x/y:z", "X-y-Z", "History", "")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert "history" not in {name.casefold() for name in names}


def test_more_rows_than_were_counted_are_refused():
    made = Book("UTC", frame_of(DESK)[0].today, "x")
    with pytest.raises(ValueError, match="more rows"):
        made.write(made.reserve("few", 1), "few", (Column("n"),), ((1,), (2,)))


@pytest.mark.tools
def test_a_spreadsheet_program_comes_to_the_same_sums(tmp_path: Path):
    """Every stored result of a formula is spoilt before LibreOffice reckons it, so none can be read back."""
    frame, _ = frame_of(DESK)
    source = tmp_path / "report.xlsx"
    with zipfile.ZipFile(BytesIO(workbook(frame))) as old, zipfile.ZipFile(source, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            new.writestr(entry, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>-1</v>", text))
    again = reckoned(source)
    for row in table(again, "Verdicts"):
        assert (row["Met, added up"], row["Missed, added up"]) == (row["Met"], row["Missed"])
    totals = [row["Amount"] for row in table(again, "Statement") if str(row["Credits"]).startswith("Total")]
    assert totals == [100]


def reckoned(source: Path) -> bytes:
    """The workbook after LibreOffice has reckoned every formula anew."""
    need("localc")
    out = source.parent / "again"
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(ALWAYS_RECKON, encoding="utf-8")
        subprocess.run(
            [need("soffice"), "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "xlsx",
             "--outdir", str(out), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return (out / source.name).read_bytes()


def test_a_condition_matches_the_very_text():
    """A period or unit with the wild cards of a spreadsheet in it is looked for as it stands."""
    from sla2.report.workbook.write import _quoted

    assert _quoted('a*b?c~"d') == '"=a~*b~?c~~""d"'
    assert Sum("=SUM(A1:A2)", 3).value == 3


@pytest.mark.parametrize("path", SETTLED, ids=lambda path: path.stem)
def test_every_settled_case_adds_up_again(path: Path):
    """The formulas are reckoned here by hand: what the sheets hold comes to the statement, the pools and the points."""
    frame = settled(path, "en")
    data = workbook(frame)
    names = CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names
    statement = frame.settlement.statement
    rows = table(data, "Statement")
    for who, total in (("supplier", statement.total), ("customer", statement.bonus_total)):
        amounts = [Decimal(str(row["Amount"])) for row in rows if row["Owed by"] == who]
        stated = [row["Amount"] for row in rows if str(row["Credits"]).startswith(f"Total owed by the {who}")]
        assert sum(amounts, Decimal(0)) == total
        assert [Decimal(str(one)) for one in stated] == [total] * len(stated)
    if frame.settlement.pools:
        taken = table(data, "Taken from pools")
        for row in table(data, "Pools"):
            mine = [one["Paid"] for one in taken if (one["Pool"], one["Period"]) == (row["Pool"], row["Period"])]
            assert sum(mine) == row["Paid"] == row["Paid, added up"]
            assert row["Paid"] + row["Left"] == row["At risk"]
    if frame.settlement.points:
        for one in frame.settlement.points:
            mine = [
                row
                for row in table(data, "Points")
                if (row["Service points"], row["Period"]) == (one.points, one.period.label)
            ]
            assert sum(Fraction(str(row["At least"])) for row in mine) == one.low
    assert ("Rights" in names) == bool(frame.settlement.rights)
    assert ("Exposure" in names) == bool(frame.settlement.exposures)
    assert ("Carried over" in names) == bool(frame.settlement.opening)
