"""Facts about an export, for the person who is to write its mapping.

In: a file. Out: a `Probe`: which encodings, delimiters and date forms fit, what the header and the columns hold;
`draft` writes a mapping from it. It runs for `sla2 import --probe` only: what it finds is a proposal to confirm, and
no reading of a log ever uses it.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sla2.diagnostics import Span
from sla2.logs import scratch
from sla2.logs.dates import DATE_LIKE, date_form
from sla2.logs.files import Trouble, encoding_of, fingerprint, open_lines
from sla2.logs.instants import Reading, create_stamps
from sla2.logs.log import connect
from sla2.logs.reader import load, scan
from sla2.logs.zones import load_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from sla2.diagnostics import Diagnostic
    from sla2.logs.files import Fingerprint
    from sla2.logs.reader import Raw, Scan

OTHER_ENCODINGS = ("windows-1252", "iso-8859-15", "cp850")
LOW_CARDINALITY = 30
_SAMPLES = 3
_NULLS = ("?", "NULL", "null", "None", "N/A", "n/a", "-")
_DATES = ("d{0}M{0}yyyy", "M{0}d{0}yyyy", "yyyy{0}M{0}d", "d{0}M{0}yy", "M{0}d{0}yy", "d{0}MMM{0}yyyy", "d{0}MMM{0}yy")
_TIMES = ("", " H:mm", " H:mm:ss", " H:mm:ss.S", "'T'H:mm:ss", "'T'H:mm:ss.S", " h:mm a", " h:mm:ss a")
_OFFSETS = ("", "X", " X")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What a column holds. `values` with counts if there are few, else a few samples with count 0.

    `date_forms` are the forms that fit every value; two or more that differ in order are an ambiguity to decide.
    """

    name: str
    filled: int
    distinct: int
    values: tuple[tuple[str, int], ...]
    date_forms: tuple[str, ...]

    @property
    def few(self) -> bool:
        """True if `values` is the whole list."""
        return self.distinct <= LOW_CARDINALITY


@dataclass(frozen=True, slots=True)
class Probe:
    """The facts. `encodings` all fit, the first was used for the rest; `lines` show how the text reads in each."""

    file: str
    fingerprint: Fingerprint
    encodings: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    delimiter: str
    header: tuple[str, ...]
    rows: int
    refused: tuple[tuple[int, str], ...]
    nulls: tuple[str, ...]
    columns: tuple[ColumnFacts, ...]

    @property
    def date_forms(self) -> tuple[str, ...]:
        """The forms that fit all date columns, or all that fit some column if there is no such form."""
        dated = [set(column.date_forms) for column in self.columns if column.date_forms]
        shared = set.intersection(*dated) if dated else set()
        chosen = shared or set().union(*dated)
        return tuple(form for form in _candidates() if form in chosen)


def probe(path: Path) -> tuple[Probe | None, tuple[Diagnostic, ...]]:
    """The facts about one export, or why it cannot be looked at."""
    name = path.as_posix()
    try:
        mark = fingerprint(path, name)
        encodings, lines = _encodings(path, name)
        with tempfile.TemporaryDirectory(prefix=scratch.prefix()) as folder:
            copy = Path(folder) / "records.csv"
            scanned = _scanned(path, name, encodings[0], copy)
            connection = connect()
            fields = {f"c{index}": index for index in range(len(scanned.header))}
            raw = load(connection, scanned, fields, (), "raw_rows")
            found = _facts(connection, mark, encodings, lines, scanned, raw)
            connection.close()
    except Trouble as trouble:
        span = Span.of_line(name, trouble.row) if trouble.row else None
        return None, (trouble.code.at(span, trouble.message, help=trouble.help),)
    return found, ()


def _encodings(path: Path, name: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The encodings that the whole file fits, with the first line beyond ASCII as each of them reads it."""
    first = encoding_of(path, name, None)
    tried = (first,) if first != "utf-8" else (first, *OTHER_ENCODINGS)
    fitting: list[str] = []
    lines: list[tuple[str, str]] = []
    for encoding in tried:
        try:
            shown = ""
            with open_lines(path, name, encoding) as stream:
                for line in stream:
                    if not shown and not line.isascii():
                        shown = line.strip()[:120]
        except Trouble as trouble:
            if encoding == tried[-1] and not fitting:
                raise trouble
            continue
        fitting.append(encoding)
        if shown:
            lines.append((encoding, shown))
        if encoding == "utf-8":
            break
    return tuple(fitting), tuple(lines)


def _scanned(path: Path, name: str, encoding: str, copy: Path) -> Scan:
    """The file cut by the delimiter of its header; of several the one that most rows agree with."""
    try:
        return scan(path, name, encoding, copy, None, 1)
    except Trouble as trouble:
        if "delimiter" not in trouble.help:
            raise
    best: tuple[int, str] = (-1, ",")
    for mark in (";", ",", "\t", "|"):
        with open_lines(path, name, encoding) as stream:
            counts = [line.count(mark) for _, line in zip(range(50), stream, strict=False)]
        agreeing = sum(1 for count in counts if count == counts[0]) * min(counts[0], 1)
        best = max(best, (agreeing, mark), key=lambda entry: entry[0])
    return scan(path, name, encoding, copy, best[1], 1)


def _facts(
    connection: duckdb.DuckDBPyConnection,
    mark: Fingerprint,
    encodings: tuple[str, ...],
    lines: tuple[tuple[str, str], ...],
    scanned: Scan,
    raw: Raw,
) -> Probe:
    """All facts of the raw table."""
    every = [row[0] for row in connection.execute(f"DESCRIBE {raw.table}").fetchall() if row[0] != "row_no"]
    nulls = tuple(null for null in _NULLS if any(_holds(connection, raw.table, column, null) for column in every))
    for column in every:
        listed = ", ".join("?" for _ in nulls)
        if nulls:
            connection.execute(f"UPDATE {raw.table} SET {column} = NULL WHERE {column} IN ({listed})", list(nulls))
    columns = tuple(
        _column(connection, raw.table, column, scanned.header[int(column[1:])], scanned.header) for column in every
    )
    return Probe(
        scanned.name,
        mark,
        encodings,
        lines,
        scanned.delimiter,
        scanned.header,
        scanned.rows,
        raw.refused,
        nulls,
        columns,
    )


def _holds(connection: duckdb.DuckDBPyConnection, table: str, column: str, value: str) -> bool:
    """True if the column holds this value at least once."""
    return bool(connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", [value]).fetchall())


def _column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, name: str, header: tuple[str, ...]
) -> ColumnFacts:
    """The facts of one column; a repeated name gets its number."""
    if header.count(name) > 1:
        number = [index for index, other in enumerate(header) if other == name].index(int(column[1:])) + 1
        name = f"{name}[{number}]"
    row = connection.execute(f"SELECT count({column}), count(DISTINCT {column}) FROM {table}").fetchone()
    filled, distinct = row or (0, 0)
    limit = LOW_CARDINALITY if distinct <= LOW_CARDINALITY else _SAMPLES
    values = connection.execute(
        f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 "
        f"ORDER BY {'2 DESC, 1' if distinct <= LOW_CARDINALITY else '1'} LIMIT {limit}"
    ).fetchall()
    few = distinct <= LOW_CARDINALITY
    shown = tuple((value, count if few else 0) for value, count in values)
    return ColumnFacts(name, filled, distinct, shown, _date_forms(connection, table, column, values))


def _date_forms(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, values: list[tuple[str, int]]
) -> tuple[str, ...]:
    """The date forms that fit every value of the column."""
    if not values or not re.search(DATE_LIKE, values[0][0]):
        return ()
    fitting: list[str] = []
    for text in _candidates():
        form = date_form(text)
        if isinstance(form, str) or not all(re.search(form.regex, value) for value, _ in values):
            continue
        create_stamps(connection, "probe_stamps", table, [column], Reading(form, load_zone("UTC"), mode="moment"))
        if not connection.execute("SELECT 1 FROM probe_stamps WHERE problem IS NOT NULL LIMIT 1").fetchall():
            fitting.append(text)
    return tuple(fitting)


def _candidates() -> Iterator[str]:
    """The date forms that are tried, the padded spelling of each order before the lenient one."""
    yield "iso"
    for mark in "-/.":
        for order in _DATES:
            for time in _TIMES:
                for offset in _OFFSETS if time else ("",):
                    yield order.format(mark) + time + offset


def ambiguous(forms: tuple[str, ...]) -> bool:
    """True if the forms that fit put day and month in different places."""
    orders = {"".join(char for char in form if char in "dMy")[:1] for form in forms if form != "iso"}
    return len(orders) > 1
