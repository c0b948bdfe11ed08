"""The staged rows of all imports become the canonical tables, numbered and in order.

In: the staging tables and the imports so far. Out: the canonical tables of a `Log`, and the imports with their
final counts. Runs once, after all exports were read.
Here imports meet: a later export replaces an earlier one, histories and users find their tickets, rows of unknown
tickets are refused. The order of rows in the files never matters, except between events of one instant.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.logs.codes import REPEATED_ROW
from sla2.logs.log import create_tables
from sla2.logs.schema import BY_NAME
from sla2.logs.stage import grouped, staging_columns

if TYPE_CHECKING:
    import duckdb

    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Import, Refused
    from sla2.logs.spec import ImportSpec
    from sla2.logs.stage import Row

_NO_TICKET = "its ticket is in no import"
_REPLACED = "replaced by a later export of the same ticket"
_SAME_TWICE = "the same row twice"
_ORDER = {"outages": ("outage", "started, outage_id"), "exclusions": ("exclusion", "started, exclusion_id")}
_SORTED = {
    "updates": "ticket_id, at",
    "surveys": '"at", respondent, item',
    "invited": "respondent",
    "ledger": "id",
    "claims": "credits, period, claimed_at",
    "figures": "name, period, unit",
    "invoices": "fee, period, unit",
    "units": "service, component, zone, region, project, started",
    "samples": '"at", service, component, zone, region, project, probe',
    "deliveries": "obligation, due, delivered_at",
    "opening": "name",
    "goals": 'goal, "at"',
}


def assemble(
    connection: duckdb.DuckDBPyConnection, specs: tuple[ImportSpec, ...], imports: tuple[Import, ...]
) -> tuple[tuple[Import, ...], tuple[Diagnostic, ...]]:
    """Fill the canonical tables. `specs` and `imports` go together; the imports come back with final counts."""
    refused: dict[int, list[Row]] = {entry.id: [] for entry in imports}
    notices: dict[int, list[Row]] = {entry.id: [] for entry in imports}
    found = _repeated(connection, specs, imports, notices)
    if found:
        return imports, found
    create_tables(connection)
    _tickets(connection, refused, notices)
    _events(connection, refused)
    _pauses(connection, refused)
    _updates(connection, notices)
    for name in ("outages", "exclusions"):
        _numbered(connection, name, refused)
    for name in (name for name in _SORTED if name != "updates"):
        columns = ", ".join(f'"{column}"' for column in BY_NAME[name].names())
        once = _once(connection, name, refused)
        connection.execute(
            f"INSERT INTO {name} SELECT {columns} FROM ({once}) ORDER BY {_SORTED[name]}, import_id, row_no"
        )
    for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    return tuple(_counted(entry, refused[entry.id], notices[entry.id]) for entry in imports), ()


def _counted(entry: Import, refused: list[Row], notices: list[Row]) -> Import:
    """The import with the rows that assembling refused or kept with a doubt."""
    more, doubts = grouped(refused), grouped(notices)
    both = _merged(entry.refused, more)
    ok = entry.rows_in - sum(group.count for group in both)
    return replace(entry, refused=both, notices=_merged(entry.notices, doubts), rows_ok=ok)


def _merged(first: tuple[Refused, ...], second: tuple[Refused, ...]) -> tuple[Refused, ...]:
    """Both lists of counts, the most frequent reason first."""
    return tuple(sorted((*first, *second), key=lambda group: (-group.count, group.reason)))


def _repeated(
    connection: duckdb.DuckDBPyConnection,
    specs: tuple[ImportSpec, ...],
    imports: tuple[Import, ...],
    notices: dict[int, list[Row]],
) -> tuple[Diagnostic, ...]:
    """Errors for tickets that stand twice; of exports with a date, the later one prevails."""
    by_id = {entry.id: spec for entry, spec in zip(imports, specs, strict=True)}
    dated = [(number, spec.exported.toordinal()) for number, spec in by_id.items() if spec.exported is not None]
    connection.execute("CREATE OR REPLACE TEMP TABLE exported (import_id BIGINT, day BIGINT)")
    if dated:
        connection.executemany("INSERT INTO exported VALUES (?, ?)", [list(pair) for pair in dated])
    replaced = connection.execute(
        "SELECT import_id, row_no, ticket_id FROM in_tickets JOIN exported USING (import_id) "
        "QUALIFY max(day) OVER (PARTITION BY ticket_id) > day ORDER BY import_id, row_no"
    ).fetchall()
    for import_id, row, _ in replaced:
        notices[import_id].append((row, _REPLACED))
    if replaced:
        connection.execute("CREATE OR REPLACE TEMP TABLE replaced (import_id BIGINT, ticket_id VARCHAR)")
        connection.executemany("INSERT INTO replaced VALUES (?, ?)", [[entry[0], entry[2]] for entry in replaced])
        for name in ("in_tickets", "in_status_events"):
            connection.execute(f"DELETE FROM {name} WHERE (import_id, ticket_id) IN (FROM replaced)")
    twice = connection.execute(
        "SELECT ticket_id, list(row_no ORDER BY import_id, row_no), list(import_id ORDER BY import_id, row_no) "
        "FROM in_tickets WHERE ticket_id IN (SELECT ticket_id FROM in_tickets GROUP BY 1 HAVING count(*) > 1) "
        "GROUP BY 1 ORDER BY 2, 1"
    ).fetchall()
    if not twice:
        return ()
    ticket, rows, ids = twice[0]
    places = " and ".join(
        f"row {row:,} of {by_id[number].name}" for row, number in list(zip(rows, ids, strict=True))[:3]
    )
    more = f"; {len(twice) - 1:,} more tickets stand twice" if len(twice) > 1 else ""
    remedy = "exported = 2026-07-01   # the date of each export: the later one prevails"
    if len(set(ids)) == 1:
        remedy = "export each ticket on one row, in its last state; its earlier states are a table of status_events"
    return (REPEATED_ROW.at(by_id[ids[0]].span, f"ticket {ticket} stands in {places}{more}", help=remedy),)


def _tickets(
    connection: duckdb.DuckDBPyConnection, refused: dict[int, list[Row]], notices: dict[int, list[Row]]
) -> None:
    """Number the tickets, with the users hindered that a second file gives."""
    columns = staging_columns("tickets")
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f"INSERT INTO tickets (ticket, {names}) SELECT row_number() OVER (ORDER BY opened_at, ticket_id), {names} "
        "FROM in_tickets ORDER BY 1"
    )
    _orphans(connection, "in_users", refused, _NO_TICKET)
    for number, row in connection.execute(
        "SELECT import_id, row_no FROM in_users "
        "QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY import_id DESC, row_no DESC) > 1"
    ).fetchall():
        notices[number].append((row, "a later row states the users of the same ticket; that one is taken"))
    connection.execute(
        "UPDATE tickets SET users_affected = u.users_affected, stated_by = u.stated_by FROM (FROM in_users "
        "QUALIFY row_number() OVER (PARTITION BY ticket_id ORDER BY import_id DESC, row_no DESC) = 1) u "
        "WHERE u.ticket_id = tickets.ticket_id"
    )


def _orphans(connection: duckdb.DuckDBPyConnection, table: str, refused: dict[int, list[Row]], reason: str) -> None:
    """Refuse the rows of tickets that no import has."""
    rows = connection.execute(
        f"SELECT import_id, row_no FROM {table} ANTI JOIN tickets USING (ticket_id) ORDER BY 1, 2"
    ).fetchall()
    for import_id, row in rows:
        refused[import_id].append((row, reason))
    if rows:
        connection.execute(f"DELETE FROM {table} WHERE ticket_id NOT IN (SELECT ticket_id FROM tickets)")


def _events(connection: duckdb.DuckDBPyConnection, refused: dict[int, list[Row]]) -> None:
    """Number the events of each ticket; only changes are kept."""
    _orphans(connection, "in_status_events", refused, _NO_TICKET)
    connection.execute(
        "INSERT INTO status_events "
        'WITH ordered AS (SELECT *, lag(to_raw) OVER (PARTITION BY ticket_id, field ORDER BY "at", "order", import_id, '
        "row_no) AS from_raw FROM in_status_events), "
        "changes AS (SELECT * FROM ordered WHERE from_raw IS DISTINCT FROM to_raw) "
        'SELECT t.ticket, row_number() OVER (PARTITION BY t.ticket ORDER BY c."at", c."order", c.import_id, c.row_no, '
        'c.field) AS seq, c."at", c.field, c.from_raw, c.to_raw, c.to_value, c.import_id, c.row_no '
        "FROM changes c JOIN tickets t USING (ticket_id) ORDER BY t.ticket, seq"
    )


def _pauses(connection: duckdb.DuckDBPyConnection, refused: dict[int, list[Row]]) -> None:
    """Number the given pauses of each ticket."""
    _orphans(connection, "in_pauses", refused, _NO_TICKET)
    connection.execute(
        "INSERT INTO pauses SELECT t.ticket, row_number() OVER (PARTITION BY t.ticket ORDER BY p.started, p.ended, "
        "p.import_id, p.row_no) AS seq, p.started, p.ended, p.reason_raw, p.attributable_to "
        "FROM in_pauses p JOIN tickets t USING (ticket_id) ORDER BY t.ticket, seq"
    )


def _updates(connection: duckdb.DuckDBPyConnection, notices: dict[int, list[Row]]) -> None:
    """Messages, with their ticket where there is one."""
    for import_id, row in connection.execute(
        "SELECT import_id, row_no FROM in_updates ANTI JOIN tickets USING (ticket_id) ORDER BY 1, 2"
    ).fetchall():
        notices[import_id].append((row, _NO_TICKET))
    connection.execute(
        'INSERT INTO updates SELECT t.ticket, u.ticket_id, u."at", u.visible, u.next_promised_at FROM in_updates u '
        'LEFT JOIN tickets t USING (ticket_id) ORDER BY u.ticket_id, u."at", u.import_id, u.row_no'
    )


def _numbered(connection: duckdb.DuckDBPyConnection, name: str, refused: dict[int, list[Row]]) -> None:
    """Outages or exclusions, numbered."""
    surrogate, order = _ORDER[name]
    columns = staging_columns(name)
    once = _once(connection, name, refused)
    names = ", ".join(f'"{column}"' for column in columns)
    values = names.replace(f'"{surrogate}_id"', f"coalesce({surrogate}_id, 'row ' || row_no)")
    connection.execute(
        f"INSERT INTO {name} ({surrogate}, {names}) SELECT row_number() OVER (ORDER BY {order}, component, import_id, "
        f"row_no), {values} FROM ({once}) ORDER BY 1"
    )


def _once(connection: duckdb.DuckDBPyConnection, name: str, refused: dict[int, list[Row]]) -> str:
    """The query of the rows of a table; a row that says exactly what another says is refused."""
    facts = ", ".join(f'"{column}"' for column in staging_columns(name) if column not in ("import_id", "row_no"))
    again = f"row_number() OVER (PARTITION BY {facts} ORDER BY import_id, row_no)"
    for import_id, row in connection.execute(
        f"SELECT import_id, row_no FROM in_{name} QUALIFY {again} > 1 ORDER BY 1, 2"
    ).fetchall():
        refused[import_id].append((row, _SAME_TWICE))
    return f"SELECT * FROM in_{name} QUALIFY {again} = 1"
