"""Converted rows of one export go into the staging tables, after the checks of their table.

In: a staged table from `convert` (fields of the profile). Out: rows in `in_<table>`, still with ticket numbers
instead of surrogates; the rows that were refused and the rows that were kept with a doubt.
Runs once per import. It joins no two imports: that is `assemble`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.logs.log import Refused
from sla2.logs.profiles import servicenow_event_log
from sla2.logs.schema import BY_NAME, TABLES, Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from sla2.logs.spec import ImportSpec

Row = tuple[int, str]

_SURROGATES = ("ticket", "outage", "exclusion", "seq", "from_raw")
_OWN: tuple[Column, ...] = (
    Column("ticket_id", "VARCHAR", "the number as the tool writes it"),
    Column("order", "BIGINT", "order of events of one instant"),
    Column("import_id", "BIGINT", "the import"),
    Column("row_no", "BIGINT", "the row"),
)
SHOWN_ROWS = 10

DOUBTS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "tickets": (
        ("resolved_at < opened_at", "resolved before it was opened", True),
        ("closed_at < opened_at", "closed before it was opened", True),
        ("first_response_at < opened_at", "first response before it was opened", False),
        ("closed_at < resolved_at", "closed before it was resolved", False),
    ),
    "status_events": (("field = 'ignore'", "declared to be ignored", True),),
    "pauses": (
        ("ended < started", "ends before it begins", True),
        ("ended IS NULL", "has no end, and is kept as still paused", False),
    ),
    "outages": (
        ("ended < started", "ends before it begins", True),
        ("ended IS NULL", "has no end, and is kept as still going on", False),
        ("detected_at < started", "detected before it began", False),
        ("users_affected > users_total", "more users affected than there are", True),
    ),
    "units": (("ended < started", "ends before it begins", True),),
    "samples": (
        ("errors > requests", "more errors than requests", True),
        ("requests IS NOT NULL AND errors IS NULL", "requests without a number of errors", True),
        ("requests IS NULL AND errors IS NOT NULL", "errors without a number of requests", True),
        ("requests IS NOT NULL AND ok IS NOT NULL", "both a single probe and a count of requests", True),
        ("expected_interval_s = 0", "an expected interval of nothing", True),
        (
            "requests IS NULL AND ok IS NULL AND latency_ms IS NULL",
            "holds no measurement, and is kept as a missing one",
            False,
        ),
    ),
    "exclusions": (
        ("ended < started", "ends before it begins", True),
        ("ended IS NULL", "has no end, and is kept as still going on", False),
        ("approved_by IS NULL", "has no approval", False),
    ),
    "surveys": (
        (
            "CAST(score AS DECIMAL(30, 12)) < CAST(scale_min AS DECIMAL(30, 12)) "
            "OR CAST(score AS DECIMAL(30, 12)) > CAST(scale_max AS DECIMAL(30, 12))",
            "the score is off its scale",
            True,
        ),
    ),
    "ledger": (("done IS NOT NULL AND recorded_at < done", "recorded as done before it was done", False),),
}
"""Per table the tests of a row: SQL, reason, and whether the row is refused (else it is kept and counted)."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging one import refused, and kept with a doubt, row by row."""

    refused: tuple[Row, ...]
    notices: tuple[Row, ...]


def create_staging(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the staging tables, empty."""
    for table in TABLES:
        columns = {column.name: column.type for column in table.columns if column.name not in _SURROGATES}
        own = ("ticket_id", "order") if "ticket" in table.names() else ()
        for extra in _OWN:
            if extra.name in (*own, "import_id", "row_no"):
                columns.setdefault(extra.name, extra.type)
        body = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f'CREATE TEMP TABLE "in_{table.name}" ({body})')
    connection.execute(
        "CREATE TEMP TABLE in_users (ticket_id VARCHAR, users_affected BIGINT, stated_by VARCHAR, "
        "import_id BIGINT, row_no BIGINT)"
    )


def grouped(rows: Iterable[Row]) -> tuple[Refused, ...]:
    """Rows with reasons as counts per reason, the most frequent reason first."""
    by_reason: dict[str, list[int]] = {}
    for row, reason in sorted(rows):
        by_reason.setdefault(reason, []).append(row)
    entries = [Refused(reason, len(found), tuple(found[:SHOWN_ROWS])) for reason, found in by_reason.items()]
    return tuple(sorted(entries, key=lambda entry: (-entry.count, entry.reason)))


def stage(connection: duckdb.DuckDBPyConnection, spec: ImportSpec, import_id: int, staged: str) -> Staged:
    """Check the rows of `staged` and insert the good ones."""
    if spec.profile is servicenow_event_log.PROFILE:
        return Staged((), servicenow_event_log.stage_events(connection, spec, import_id, staged))
    refused: list[Row] = []
    notices: list[Row] = []
    for test, reason, refuse in DOUBTS.get(spec.table, ()):
        rows = connection.execute(f'SELECT row_no FROM "{staged}" WHERE {test} ORDER BY 1').fetchall()
        (refused if refuse else notices).extend((row, reason) for (row,) in rows)
        if refuse and rows:
            connection.execute(f'DELETE FROM "{staged}" WHERE {test}')
    _insert(connection, spec, import_id, staged)
    return Staged(tuple(refused), tuple(notices))


def _insert(connection: duckdb.DuckDBPyConnection, spec: ImportSpec, import_id: int, staged: str) -> None:
    """Insert rows of `staged` into the staging table of their canonical table, by column name."""
    renamed = {
        "tickets": (
            f"{_unit(spec, 'opened_at')} AS opened_unit, {_unit(spec, 'first_response_at')} AS response_unit, "
            f"{_unit(spec, 'resolved_at')} AS resolved_unit, paused_minutes AS paused_total, "
            "CASE WHEN paused_minutes IS NOT NULL THEN coalesce(paused_basis, 'unknown') END AS paused_basis"
        ),
        "status_events": (
            "coalesce(field, 'state') AS field, to_value AS to_raw, coalesce(state, priority) AS to_value"
        ),
        "pauses": "reason AS reason_raw",
        "samples": "latency_ms AS latency, expected_interval_s AS expected_interval",
    }.get(spec.table, "")
    target = f"in_{spec.table}"
    wanted = [row[0] for row in connection.execute(f'DESCRIBE "{target}"').fetchall()]
    given = [row[0] for row in connection.execute(f'DESCRIBE "{staged}"').fetchall()]
    taken = [part.rsplit(" AS ", 1)[1].strip() for part in renamed.split(", ") if " AS " in part]
    plain = [name for name in wanted if name in given and name not in taken and name != "import_id"]
    names = ", ".join(f'"{name}"' for name in [*plain, *taken, "import_id"])
    values = ", ".join([*(f'"{name}"' for name in plain), *([renamed] if renamed else []), str(import_id)])
    connection.execute(f'INSERT INTO "{target}" ({names}) SELECT {values} FROM "{staged}"')


def _unit(spec: ImportSpec, name: str) -> str:
    """SQL of the precision of a date column: NULL where it has no value."""
    unit = spec.unit(name)
    return f"CASE WHEN {name} IS NOT NULL THEN {unit}::BIGINT END" if unit else "NULL::BIGINT"


def staging_columns(table: str) -> tuple[str, ...]:
    """The canonical columns of `table` that its staging table has as well."""
    return tuple(name for name in BY_NAME[table].names() if name not in _SURROGATES)
