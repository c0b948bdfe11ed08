"""The strict reader: judged by the standard library's csv, and hostile files."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sla2.logs import files, read_log
from sla2.logs.log import connect
from sla2.logs.reader import find_column, load, scan

MAPPING = """
[[import]]
profile = "csv-generic"
file = "{name}"
timezone = "UTC"
dates = "yyyy-MM-dd HH:mm"
{more}
"""
TEXT = "ticket_id,opened_at,category\nA,2026-01-02 03:04,x\nB,2026-01-02 03:05,y\n"


def codes(folder: Path, name: str, more: str = "") -> list[str]:
    """The codes of the findings for one export."""
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING.format(name=name, more=more), encoding="utf-8")
    log, found = read_log([mapping])
    assert (log is None) == any(entry.severity == "error" for entry in found)
    assert all(str(folder) in str(entry.span) or entry.span is None for entry in found)
    return [entry.code for entry in found]


def judge(text: str) -> tuple[dict[int, list[str]], int]:
    """The rows that csv with strict=True accepts with the header's width, by row number; and how many there are."""
    good: dict[int, list[str]] = {}
    total = 0
    number = 1
    width = 0
    rest = io.StringIO(text, newline="")
    pending = ""
    for line in rest:
        pending += line
        try:
            rows = list(csv.reader(io.StringIO(pending, newline=""), strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            rows = [[]] * (width + 1)
        blank = not pending.strip()
        pending = ""
        if number == 1:
            width = len(rows[0])
        else:
            total += 0 if blank else 1
            if len(rows) == 1 and len(rows[0]) == width and not blank:
                good[number] = [cell.strip(" \t\r\n") for cell in rows[0]]
        number += 1
    return good, total


cells = st.text(alphabet='ab" ,\n;é', max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, min_size=2, max_size=4), max_size=6), quoting=st.booleans())
def test_rows_are_those_of_the_strict_csv_module(rows: list[list[str]], quoting: bool, tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL)
    writer.writerow(["one", "two", "three"])
    writer.writerows(rows)
    path = tmp_path / "t.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    connection = connect()
    scanned = scan(path, "t.csv", "utf-8", tmp_path / "copy", ",", 1)
    raw = load(connection, scanned, {"a": 0, "b": 1, "c": 2}, (), "raw_rows")
    read = {row[0]: list(row[1:]) for row in connection.execute("FROM raw_rows").fetchall()}
    expected = {
        number + 2: [cell.strip(" \n") or None for cell in row] for number, row in enumerate(rows) if len(row) == 3
    }
    assert read == expected
    assert raw.rows_in == len(rows)
    assert sorted(number for number, _ in raw.refused) == [n + 2 for n, row in enumerate(rows) if len(row) != 3]
    connection.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.lists(st.sampled_from(["a", "b", '"', '""', ",", ",", "\n", "\r\n", " "]), max_size=14).map("".join))
def test_damaged_rows_are_refused_as_the_csv_module_does(body: str, tmp_path: Path) -> None:
    assume(not re.search(r'(^|[,\n]) +"', body))  # where csv and others differ: see the next test
    path = tmp_path / "t.csv"
    text = "one,two\nx,y\n" + body + "\n"
    path.write_text(text, encoding="utf-8", newline="")
    connection = connect()
    try:
        list(csv.reader(io.StringIO(text, newline=""), strict=False))
        scanned = scan(path, "t.csv", "utf-8", tmp_path / "copy", ",", 1)
    except files.Trouble as trouble:
        with pytest.raises(csv.Error):
            list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert trouble.code.id == "SLA508"
        return
    raw = load(connection, scanned, {"a": 0, "b": 1}, (), "raw_rows")
    read = {row[0]: [cell or "" for cell in row[1:]] for row in connection.execute("FROM raw_rows").fetchall()}
    good, total = judge(text)
    assert read == good
    assert raw.rows_in == total == len(read) + len(raw.refused)
    connection.close()


def test_a_blank_before_an_opening_quote_refuses_the_row(tmp_path: Path) -> None:
    # The csv module reads ` "a,b"` as two values, database readers as one: the row may not be read at all.
    (tmp_path / "t.csv").write_text(TEXT + 'C, "2026-01-02 03:06",x\nD,2026-01-02 03:07,z\n')
    assert codes(tmp_path, "t.csv") == ["SLA519"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_do_not_matter(tmp_path: Path, ending: str, mark: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(mark + TEXT.replace("\n", ending).encode())
    assert codes(tmp_path, "t.csv") == []


def test_gzip_and_zip_give_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("folder/t.csv", TEXT)
        archive.writestr("readme.txt", "not data")
    assert codes(tmp_path, "t.csv.gz") == codes(tmp_path, "t.zip") == []


def test_damaged_or_doubtful_packing_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT.encode() * 50)
    (tmp_path / "cut.csv.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "no.csv.gz").write_bytes(TEXT.encode())
    (tmp_path / "no.zip").write_bytes(TEXT.encode())
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", TEXT)
        archive.writestr("b.csv", TEXT)
    assert codes(tmp_path, "cut.csv.gz") == ["SLA508"]
    assert codes(tmp_path, "no.csv.gz") == ["SLA508"]
    assert codes(tmp_path, "no.zip") == ["SLA508"]
    assert codes(tmp_path, "two.zip") == ["SLA505"]


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    line = b"A,2026-01-02 03:04,x\n"
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(b"ticket_id,opened_at,category\n" + line * 2_000_000))
    assert codes(tmp_path, "bomb.csv.gz") == ["SLA506"]


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.csv").write_text(TEXT)
    monkeypatch.setattr(files, "MAX_BYTES", 20)
    assert codes(tmp_path, "t.csv") == ["SLA506"]


def test_an_endless_row_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TEXT + "C,2026-01-02 03:06," + "x" * 1_000_100 + "\n")
    (tmp_path / "h.csv").write_text("x" * 1_000_100)
    assert codes(tmp_path, "t.csv") == ["SLA506"]
    assert codes(tmp_path, "h.csv") == ["SLA506"]


def test_nul_bytes_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(TEXT.encode() + b"C,2026-01-02 03:06,\x00\n")
    (tmp_path / "q.csv").write_bytes(TEXT.encode() + b'C,2026-01-02 03:06,"a\nb\x00"\n')
    (tmp_path / "h.csv").write_bytes(b"\x00" + TEXT.encode())
    assert codes(tmp_path, "t.csv") == codes(tmp_path, "q.csv") == codes(tmp_path, "h.csv") == ["SLA508"]


def test_a_mark_that_contradicts_the_declaration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert codes(tmp_path, "t.csv", 'encoding = "windows-1252"') == ["SLA507"]
    (tmp_path / "u.csv").write_bytes(TEXT.encode("utf-16"))
    assert codes(tmp_path, "u.csv", 'encoding = "utf-8"') == ["SLA507"]
    assert codes(tmp_path, "u.csv", 'encoding = "utf-16"') == []


def test_empty_files_and_empty_headers(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"")
    (tmp_path / "b.csv").write_bytes(b"\n\n")
    assert codes(tmp_path, "t.csv") == codes(tmp_path, "b.csv") == ["SLA508"]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text(TEXT)
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "t.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert codes(folder, "t.csv") == ["SLA505"]
    assert codes(folder, "none.csv") == ["SLA505"]
    assert codes(folder, "mapping.toml") == ["SLA505"]


def test_an_export_of_a_round_number_of_rows_needs_a_word(tmp_path: Path) -> None:
    rows = "".join(f"T{number},2026-01-02 03:04,x\n" for number in range(1000))
    (tmp_path / "t.csv").write_text("ticket_id,opened_at,category\n" + rows)
    assert codes(tmp_path, "t.csv") == ["SLA516"]
    assert codes(tmp_path, "t.csv", "complete = true") == []


def test_values_cannot_end_a_query(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "ticket_id,opened_at,cate'gory\nA'); DROP TABLE tickets; --,2026-01-02 03:04,x\nB,2026-01-02 03:04,''\n"
    )
    more = 'nulls = ["\'", "\'); --"]\n[import.columns]\ncategory = "cate\'gory"\n[import.category]\n"\'" = "x\'"\n'
    assert codes(tmp_path, "t.csv", more + '"*" = "it\'s"') == []


def test_find_column() -> None:
    header = ("Number", "Opened  at", "category", "Category", "odd[1]")
    assert find_column(header, "number") == 0
    assert find_column(header, "opened at") == []
    assert find_column(("Number", "Opened at"), "opened  AT") == 1
    assert find_column(header, "category") == [2, 3]
    assert find_column(header, "category[2]") == 3
    assert find_column(header, "category[3]") == [2, 3]
    assert find_column(header, "odd[1]") == 4
