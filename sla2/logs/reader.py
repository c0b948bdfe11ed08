"""The one strict reader of delimited text: every row is either a row of the raw table or counted as refused.

In: an export and how it is declared to be written (encoding, delimiter, header row). Out: first a `Scan`
(header, number of rows, a UTF-8 copy in which each record carries its row number), then a raw table of
texts in DuckDB, and the refused rows with reasons.
A quote mark opens a value only at its start and is doubled inside, rows have exactly the columns of the
header, and a quote that is never closed refuses the file. What a value means is decided later.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Literal

from sla2.logs.codes import DAMAGED_TEXT, EXPORT_TOO_LARGE, MISSING_COLUMN, UNDECLARED
from sla2.logs.files import MAX_ROW_CHARACTERS, MAX_ROWS, Trouble, open_lines
from sla2.logs.sql import literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import duckdb

DELIMITERS = (",", ";", "\t", "|")
_AGAIN = "export the file again, with a header and as CSV"
_AS_CSV = "export it as CSV, or open it in a text editor and save it as text"
_SPACE = " \t\r\n\u00a0\u2007\u202f\ufeff"
_REASONS = {
    "MISSING COLUMNS": "fewer values than the header has columns",
    "TOO MANY COLUMNS": "more values than the header has columns",
    "UNQUOTED VALUE": "a quote mark in the wrong place",
    "LINE SIZE OVER MAXIMUM": "a row of more than 1 MB",
}
_UNREADABLE = "the row cannot be split into values"


@dataclass(frozen=True, slots=True)
class Scan:
    """A file cut into records: `header` (cleaned names), `rows` below it, and where their UTF-8 copy is.

    Blank lines are no rows, but count in row numbers. `header_row` is the row number of the header; `refused` are the
    rows that cannot be cut into values, which are not in the copy.
    """

    name: str
    header: tuple[str, ...]
    delimiter: str
    rows: int
    header_row: int
    copy: Path
    multiline: bool
    refused: tuple[tuple[int, str], ...]


@dataclass
class _Copied:
    """What writing the copy has counted so far."""

    rows: int = 0
    multiline: bool = False
    refused: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Raw:
    """A raw table: `row_no` and one VARCHAR column per field asked for; and the rows that were refused."""

    table: str
    rows_in: int
    refused: tuple[tuple[int, str], ...]


def scan(path: Path, name: str, encoding: str, copy: Path, delimiter: str | None, header_row: int) -> Scan:
    """Cut `path` into records and write them to `copy`, each with its row number before it.

    Raises: Trouble for an unclosed quote, a NUL byte, a missing header, or a file beyond the limits.
    """
    with open_lines(path, name, encoding) as lines, copy.open("w", encoding="utf-8", newline="") as out:
        head = ""
        for number in range(1, header_row + 1):
            head = _record(lines, delimiter or ",", name, number)
        if not head.strip(_SPACE):
            message = f"row {header_row} of {name} is empty; a header is expected there"
            raise Trouble(DAMAGED_TEXT, message, row=1, help=_AGAIN)
        mark = delimiter or _delimiter(head, name)
        header = _header(head, mark, name)
        done = _copy(lines, out, mark, name, header_row)
    return Scan(name, header, mark, done.rows, header_row, copy, done.multiline, tuple(done.refused))


def _record(lines: Iterator[str], delimiter: str, name: str, number: int) -> str:
    """The next record, or "" at the end; for the header and the rows above it."""
    text = _checked(next(lines, "").lstrip("\ufeff"), name, number)
    while text and quotes(text, delimiter) == "open":
        more = next(lines, "")
        if not more:
            break
        text = _checked(text + more, name, number)
    return text


def _checked(text: str, name: str, number: int) -> str:
    """The same text.

    Raises: Trouble if it is too long for a row, or no text.
    """
    if len(text) > MAX_ROW_CHARACTERS:
        raise Trouble(EXPORT_TOO_LARGE, f"row {number} of {name} is longer than 1 MB", row=number)
    if "\x00" in text:
        raise Trouble(DAMAGED_TEXT, f"row {number} of {name} holds a NUL byte: it is no text", row=number, help=_AS_CSV)
    return text


def _delimiter(head: str, name: str) -> str:
    """The one delimiter that splits the header."""
    found = [mark for mark in DELIMITERS if mark in head]
    if len(found) > 1:
        shown = " and ".join({"\t": "tab"}.get(mark, mark) for mark in found)
        raise Trouble(
            UNDECLARED,
            f"the header of {name} holds more than one possible delimiter ({shown})",
            help=f'delimiter = "{found[0]}"' if found[0] != "\t" else 'delimiter = "tab"',
        )
    return found[0] if found else ","


def _header(head: str, delimiter: str, name: str) -> tuple[str, ...]:
    """The column names, stripped."""
    try:
        (values,) = csv.reader([head], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError) as error:
        raise Trouble(DAMAGED_TEXT, f"the header of {name} cannot be split into names: {error}", row=1) from error
    return tuple(" ".join(value.split()) for value in values)


def quotes(text: str, delimiter: str, quoted: bool = False) -> Literal["closed", "open", "misplaced"]:
    """Whether a quoted value is still open at the end of `text`, or a quote mark stands where none may stand.

    `quoted` says whether one is open at its start. A quote opens only as the first character of a value and closes
    only as the last; inside a value without quotes it is a character like any other (`5" disk`).
    """
    at = 0
    while True:
        if quoted:
            end = text.find('"', at)
            if end < 0:
                return "open"
            at = end + 1
            if text[at : at + 1] == '"':
                at += 1
            elif text[at : at + 1] in ("", delimiter, "\r", "\n"):
                quoted = False
            else:
                return "misplaced"
            continue
        start = text.find('"', at)
        if start < 0:
            return "closed"
        before = text[max(text.rfind(delimiter, 0, start) + 1, 0) : start]
        quoted = not before
        if before and not before.strip(" \t"):
            return "misplaced"
        at = start + 1


def _copy(lines: Iterator[str], out: IO[str], delimiter: str, name: str, header_row: int) -> _Copied:
    """Write the records below the header that can be cut into values without doubt."""
    done = _Copied()
    number = header_row
    for line in lines:
        number += 1
        state = quotes(line, delimiter) if '"' in line else "closed"
        body = _checked(line, name, number).rstrip("\r\n")
        if state == "open":
            body, state = _joined(lines, line, delimiter, name, number)
            done.multiline = True
        elif not body.strip(_SPACE):
            continue
        done.rows += 1
        if done.rows > MAX_ROWS:
            raise Trouble(EXPORT_TOO_LARGE, f"{name} has more than {MAX_ROWS:,} rows")
        if state == "misplaced":
            done.refused.append((number, _REASONS["UNQUOTED VALUE"]))
        else:
            out.write(f"{number}{delimiter}{body}{delimiter}.\n")
    return done


def _joined(
    lines: Iterator[str], first: str, delimiter: str, name: str, number: int
) -> tuple[str, Literal["closed", "open", "misplaced"]]:
    """A record whose quoted value goes on over further lines, and how it ends."""
    parts = [first]
    size = len(first)
    state: Literal["closed", "open", "misplaced"] = "open"
    while state == "open":
        more = next(lines, "")
        size += len(more)
        if not more or size > MAX_ROW_CHARACTERS:
            raise Trouble(
                DAMAGED_TEXT,
                f"row {number} of {name} opens a quote that is never closed, so all that follows would be one value",
                row=number,
                help="export the file again; if a value begins with a quote mark, it must be doubled",
            )
        parts.append(_checked(more, name, number))
        state = quotes(more, delimiter, quoted=True)
    return "".join(parts).rstrip("\r\n"), state


def find_column(header: Sequence[str], wanted: str) -> int | list[int]:
    """The index of the column `wanted` (`name`, or `name[2]` for the second of that name); else its candidates.

    Names are compared without regard to case and double spaces.
    """
    folded = [name.casefold() for name in header]
    plain = " ".join(wanted.split()).casefold()
    found = [index for index, name in enumerate(folded) if name == plain]
    if len(found) == 1:
        return found[0]
    indexed = re.fullmatch(r"(.+?)\s*\[(\d{1,3})\]", plain)
    if not found and indexed:
        found = [index for index, name in enumerate(folded) if name == indexed[1]]
        number = int(indexed[2])
        if 1 <= number <= len(found):
            return found[number - 1]
    return found


def load(
    connection: duckdb.DuckDBPyConnection,
    scanned: Scan,
    columns: Mapping[str, int],
    nulls: Sequence[str],
    table: str,
) -> Raw:
    """Fill the table `table` with `row_no` and the asked columns (field name to index in the header).

    Texts are stripped, one apostrophe before = + - @ is taken off (tools add it against formulas), and the
    declared null texts become NULL. The copy ends each record with one more value, so that a superfluous delimiter
    at its end is seen.
    """
    if "row_no" in columns:
        raise ValueError("row_no is not a field")
    spec = ", ".join(["'row_no': 'BIGINT'", *(f"'c{i}': 'VARCHAR'" for i in range(len(scanned.header) + 1))])
    cells = ", ".join([f'{_clean(f"c{index}", nulls)} AS "{field}"' for field, index in columns.items()])
    tail = f", {cells}" if cells else ""
    connection.execute("DROP TABLE IF EXISTS reject_errors")
    connection.execute("DROP TABLE IF EXISTS reject_scans")
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE "{table}" AS SELECT row_no{tail} FROM read_csv('
        f"{literal(str(scanned.copy))}, columns = {{{spec}}}, header = false, auto_detect = false, "
        f"delim = {literal(scanned.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, "
        "null_padding = false, store_rejects = true, new_line = '\\n', nullstr = '', "
        f"max_line_size = {4 * MAX_ROW_CHARACTERS}, parallel = {'false' if scanned.multiline else 'true'})"
    )
    return Raw(table, scanned.rows, _refused(connection, scanned, table))


def _clean(column: str, nulls: Sequence[str]) -> str:
    """SQL of a cell: stripped, without the apostrophe of tools, NULL where declared."""
    stripped = f"trim({column}, {literal(_SPACE)})"
    listed = ", ".join(literal(value.strip(_SPACE)) for value in ("", *nulls))
    return (
        f"CASE WHEN {stripped} IN ({listed}) THEN NULL "
        f"WHEN starts_with({stripped}, '''') THEN regexp_replace({stripped}, '^''([=+@-])', '\\1') "
        f"ELSE {stripped} END"
    )


def _refused(connection: duckdb.DuckDBPyConnection, scanned: Scan, table: str) -> tuple[tuple[int, str], ...]:
    """The records that are not in the table, each with its reason; none is ever missing from both."""
    (kept,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() or (0,)
    found: dict[int, str] = dict(scanned.refused)
    if kept + len(found) == scanned.rows:
        return scanned.refused
    for line, kind in connection.execute("SELECT csv_line, error_type::VARCHAR FROM reject_errors").fetchall():
        number = re.match(r"\d+", line)
        if number:
            found.setdefault(int(number[0]), _REASONS.get(kind, _UNREADABLE))
    if kept + len(found) != scanned.rows:
        present = {row for (row,) in connection.execute(f'SELECT row_no FROM "{table}"').fetchall()}
        for row in _written_rows(scanned):
            if row not in present:
                found.setdefault(row, _UNREADABLE)
    return tuple(sorted(found.items()))


def _written_rows(scanned: Scan) -> Iterator[int]:
    """The row numbers of all records in the copy."""
    quoted = False
    with scanned.copy.open(encoding="utf-8", newline="") as stream:
        for line in stream:
            if not quoted:
                yield int(line.split(scanned.delimiter, 1)[0])
            quoted = quotes(line, scanned.delimiter, quoted) == "open"


def missing_column(name: str, header: Sequence[str], wanted: Sequence[str], key: str, *, constant: str = "") -> Trouble:
    """The finding that a column is not in the header, with what the header has.

    `constant` is a value that the mapping may give to all rows instead.
    """
    shown = ", ".join(entry or "(no name)" for entry in header[:40]) + (", …" if len(header) > 40 else "")
    asked = " or ".join(repr(entry) for entry in wanted)
    return Trouble(
        MISSING_COLUMN,
        f"{name} has no column {asked} for {key}; its header has: {shown}",
        row=1,
        help=f'[import.columns]\n{key} = "the name in the header"'
        + (f'\n# or, if it holds for every row:\n[import.{key}]\n"*" = "{constant}"' if constant else ""),
    )
