"""Cuts the slice of a public incident log that ships with the first example.

In: the zip of "Incident management process enriched event log" (Amaral, Fantinato, Peres 2018, UCI Machine
Learning Repository, doi:10.24432/C57S4H, CC BY 4.0). Out: the incidents opened from 2016-03-01 up to and including
2016-05-31 (as written, the log has no time zone) with all their events, as gzip that is the same byte for byte on
each run. Columns about people and groups are left out. Run by hand:

    python scripts/slice_uci.py uci-incident-event-log.zip contracts/examples/gemeente-werkplek/log/incidents.csv.gz
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

KEEP = (
    "number",
    "ident_state",
    "reopen_count",
    "sys_mod_count",
    "made_sla",
    "opened_at",
    "sys_updated_at",
    "location",
    "category",
    "u_symptom",
    "cmdb_ci",
    "priority",
    "problem_id",
    "closed_code",
    "resolved_at",
    "closed_at",
)
FIRST, LAST = date(2016, 3, 1), date(2016, 5, 31)
LIMIT = 2_000_000


def rows_of(source: Path) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of the one CSV in the zip."""
    with zipfile.ZipFile(source) as archive:
        (name,) = [entry for entry in archive.namelist() if entry.endswith(".csv")]
        text = archive.read(name).decode("ascii")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return header, rows


def cut(header: list[str], rows: list[list[str]]) -> list[list[str]]:
    """The kept rows and columns, sorted by incident; events keep the order of the log."""
    columns = [header.index(name) for name in KEEP]
    opened, number = header.index("opened_at"), header.index("number")
    inside = [row for row in rows if FIRST <= datetime.strptime(row[opened], "%d/%m/%Y %H:%M").date() <= LAST]
    inside.sort(key=lambda row: row[number])
    return [[row[column] for column in columns] for row in inside]


def packed(rows: list[list[str]]) -> bytes:
    """The rows as CSV in gzip without a time or a name."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(KEEP)
    writer.writerows(rows)
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, compresslevel=9, mtime=0) as stream:
        stream.write(text.getvalue().encode("ascii"))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Cut the slice from the zip `arguments[0]` into the file `arguments[1]`."""
    if len(arguments) != 2:
        print(__doc__)
        return 2
    source, target = Path(arguments[0]), Path(arguments[1])
    header, rows = rows_of(source)
    kept = cut(header, rows)
    content = packed(kept)
    if len(content) > LIMIT:
        print(f"{len(content):,} bytes are more than the {LIMIT:,} that may ship")
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    print(f"{len({row[0] for row in kept}):,} incidents, {len(kept):,} events, {len(content):,} bytes -> {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
