"""What the readers have to say about an export that could be read: cut off, outside its span, rows left out.

In: declarations, row counts, staged rows, provenance. Out: diagnostics.
It changes nothing and reads no file.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sla2.diagnostics import Span
from sla2.logs.codes import (
    DOUBTFUL_PRECISION,
    KEPT_WITH_DOUBT,
    NO_ROWS,
    OUTSIDE_COVERAGE,
    REFUSED_ROWS,
    TRUNCATED_EXPORT,
)
from sla2.logs.schema import MINUTE, SECOND
from sla2.logs.zones import load_zone, wall_to_utc

if TYPE_CHECKING:
    import duckdb

    from sla2.diagnostics import Code, Diagnostic
    from sla2.logs.log import Import, Refused
    from sla2.logs.spec import ImportSpec

CAPS = (1_000, 10_000, 50_000, 65_535, 65_536, 100_000, 500_000, 1_048_575, 1_048_576)
"""Row counts at which ticket tools and spreadsheets cut off an export."""
CELL_CAP = 500_000
_BEGINS = {"tickets": "opened_at", "outages": "started", "samples": "at"}
_ENOUGH_FOR_PRECISION = 30


def covered(spec: ImportSpec) -> tuple[int, int] | None:
    """The declared span as instants, half-open: from the first local midnight to the one after the last day."""
    zone = spec.zone or load_zone("UTC")
    if spec.covers is None or zone is None:
        return None
    first, last = (datetime.combine(day, time()) for day in (spec.covers[0], spec.covers[1] + timedelta(days=1)))
    return wall_to_utc(zone, first), wall_to_utc(zone, last)


def truncation(spec: ImportSpec, rows: int, columns: int) -> tuple[Diagnostic, ...]:
    """An error if the number of rows is one at which tools cut off."""
    if spec.complete or (rows not in CAPS and (columns < 2 or rows != CELL_CAP // columns)):
        return ()
    message = f"{spec.name} has exactly {rows:,} rows, a number at which tools cut off an export"
    remedy = "complete = true   # after comparing the number with the tool itself"
    return (TRUNCATED_EXPORT.at(spec.span, message, help=remedy),)


def coverage(connection: duckdb.DuckDBPyConnection, spec: ImportSpec, staged: str) -> tuple[Diagnostic, ...]:
    """An error if something begins after the end of the declared span."""
    span = covered(spec)
    column = _BEGINS.get(spec.table)
    if span is None or column is None or spec.covers is None:
        return ()
    row = connection.execute(f'SELECT count(*), min(row_no) FROM "{staged}" WHERE "{column}" >= {span[1]}').fetchone()
    if not row or not row[0]:
        return ()
    rows = "1 row" if row[0] == 1 else f"{row[0]:,} rows"
    message = (
        f"{spec.name} is declared to cover {spec.covers[0]} to {spec.covers[1]}, "
        f"but {rows} (the first: row {row[1]:,}) began later"
    )
    return (OUTSIDE_COVERAGE.at(Span.of_line(spec.name, row[1]), message, help="widen covers, or export again"),)


def precision(connection: duckdb.DuckDBPyConnection, spec: ImportSpec, staged: str) -> tuple[Diagnostic, ...]:
    """A warning for each date column with declared seconds whose values have none."""
    found: list[Diagnostic] = []
    for field in spec.fields:
        unit = spec.unit(field.name)
        if field.kind != "instant" or unit is None or unit > SECOND:
            continue
        row = connection.execute(
            f'SELECT count(*), count(*) FILTER (WHERE "{field.name}" % {MINUTE} = 0) FROM "{staged}" '
            f'WHERE "{field.name}" IS NOT NULL'
        ).fetchone()
        if row and row[0] == row[1] and row[0] >= _ENOUGH_FOR_PRECISION:
            message = f"all {row[0]:,} values of {field.name} in {spec.name} are whole minutes, though it has seconds"
            found.append(DOUBTFUL_PRECISION.at(spec.span, message, help='precision = "minute"'))
    return tuple(found)


def row_findings(spec: ImportSpec, entry: Import) -> tuple[Diagnostic, ...]:
    """What became of the rows: an error if none is left, warnings for refused rows, advice for doubtful ones."""
    found = [_counted(REFUSED_ROWS, spec, refused, "refused") for refused in entry.refused]
    found += [_counted(KEPT_WITH_DOUBT, spec, notice, "kept") for notice in entry.notices]
    if entry.rows_in and not entry.rows_ok:
        message = f"none of the {entry.rows_in:,} rows of {spec.name} can be used"
        return (NO_ROWS.at(spec.span, message, help="check delimiter, dates and columns of the mapping"), *found)
    return tuple(found)


def _counted(code: Code, spec: ImportSpec, group: Refused, what: str) -> Diagnostic:
    """One reason with its count and first rows."""
    rows = "1 row" if group.count == 1 else f"{group.count:,} rows"
    shown = ", ".join(str(row) for row in group.rows) + (", …" if group.count > len(group.rows) else "")
    noun = "row" if group.count == 1 else "rows"
    message = f"{rows} of {spec.name} {what}: {group.reason} ({noun} {shown})"
    return code.at(Span.of_line(spec.name, group.rows[0]), message)
