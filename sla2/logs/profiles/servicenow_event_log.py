"""The profile `servicenow-event-log`: an audit-style export, one row per update of an incident.

What it reads
    One row per update: the incident's number, when it was updated (`sys_updated_at`), its state and priority after
    that update, and its other fields as they stood. The public "Incident management process enriched event log" has
    this shape. The rows of an incident are put in order of time, then of `sys_mod_count`, then of the file.

What it takes from where
    State and priority: by event. An event is a row whose state (priority) differs from the row before; the first
    row of an incident gives the first event, whose value is taken to hold since the incident was opened.
    Opened: the column `opened_at`. Service, category, cause and the other descriptive columns: the last row.
    First response: the first event whose state is another than new, cancelled states left out. The tool records
    no answer to the customer, so this is a stand-in: "somebody took it up". If the first row already shows such a
    state (solved or taken up while being registered), that row's time is the first response.
    Resolved: the start of the last stretch of resolved or closed states that nothing followed. A later edit of a
    resolved incident does not move it; a reopening does. The column `resolved_at` stands on every row with its final
    value, also on rows of months before, so it is not used; where it differs, the import counts it as a notice.
    Closed: the start of the last stretch of closed or cancelled states that nothing followed.
    Reopened: each step from resolved or closed back to new, in progress or waiting.
    The tool's own verdict (`made_sla`): the last row; it is a cross-check and enters no figure.

What it does not do
    It makes no pauses: which states stop a clock is the contract's word, and the raw label of each event is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.logs.fields import DESCRIPTIVE, PRIORITIES, Field
from sla2.logs.profiles.profile import Profile
from sla2.logs.schema import STATES

if TYPE_CHECKING:
    import duckdb

    from sla2.logs.spec import ImportSpec

_NAMES = {"component": ("location",), "cause": ("closed_code", "close_code"), "ci": ("cmdb_ci",)}

EVENT_FIELDS = (
    Field("ticket_id", required=True, names=("number",)),
    Field("at", "instant", required=True, names=("sys_updated_at", "sys_updated_on")),
    Field("order", "whole", names=("sys_mod_count",)),
    Field("opened_at", "instant", required=True),
    Field("state", "mapped", required=True, words=STATES, names=("incident_state", "ident_state")),
    Field("priority", "mapped", words=PRIORITIES),
    *(replace(field, names=_NAMES.get(field.name, ())) for field in DESCRIPTIVE),
    Field("resolved_at", "instant"),
    Field("reopened_count", "whole", names=("reopen_count",)),
    Field("tool_met_resolution", "flag", names=("made_sla",)),
)

_STATES = {
    "New": "new",
    "In Progress": "in progress",
    "Active": "in progress",
    "Work in Progress": "in progress",
    "On Hold": "waiting",
    "Awaiting User Info": "waiting",
    "Awaiting Problem": "waiting",
    "Awaiting Vendor": "waiting",
    "Awaiting Evidence": "waiting",
    "Awaiting Caller": "waiting",
    "Awaiting Change": "waiting",
    "Resolved": "resolved",
    "Closed": "closed",
    "Canceled": "cancelled",
    "Cancelled": "cancelled",
}
_PRIORITIES = {
    "1 - Critical": "P1",
    "2 - High": "P2",
    "3 - Moderate": "P3",
    "4 - Low": "P4",
    "5 - Planning": "P5",
}

PROFILE = Profile(
    "servicenow-event-log",
    1,
    {"tickets": EVENT_FIELDS},
    {"state": _STATES, "priority": _PRIORITIES},
)

_DONE = "state IN ('resolved', 'closed')"
_ENDED = "state IN ('closed', 'cancelled')"
_ANSWERED = "state NOT IN ('new', 'cancelled')"
_OPEN = "state IN ('new', 'in progress', 'waiting')"


def stage_events(
    connection: duckdb.DuckDBPyConnection, spec: ImportSpec, import_id: int, staged: str
) -> tuple[tuple[int, str], ...]:
    """Put incidents and their events into the staging tables; returns the rows kept with a doubt."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE ordered AS SELECT *, row_number() OVER w AS k, lag(state) OVER w AS before, "
        "lag(state_raw) OVER w AS before_raw "
        f'FROM "{staged}" WINDOW w AS (PARTITION BY ticket_id ORDER BY "at", "order", row_no)'
    )
    for field in ("state", "priority"):
        connection.execute(
            'INSERT INTO in_status_events (ticket_id, "order", "at", field, to_raw, to_value, import_id, row_no) '
            f"SELECT ticket_id, k, \"at\", '{field}', {field}_raw, {field}, {import_id}, row_no FROM ordered "
            f"WHERE {field}_raw IS NOT NULL "
            f"QUALIFY {field}_raw IS DISTINCT FROM lag({field}_raw) OVER (PARTITION BY ticket_id ORDER BY k)"
        )
    connection.execute(_tickets(spec, import_id))
    return _notices(connection, import_id)


def _tickets(spec: ImportSpec, import_id: int) -> str:
    """SQL that inserts one row per incident."""
    opened, updated = spec.unit("opened_at"), spec.unit("at")
    last = ", ".join(f'arg_max("{field.name}", k) AS "{field.name}"' for field in DESCRIPTIVE)
    names = ", ".join(f'"{field.name}"' for field in DESCRIPTIVE)
    return (
        f"INSERT INTO in_tickets (ticket_id, import_id, row_no, {names}, priority, priority_raw, opened_at, "
        "first_response_at, resolved_at, closed_at, opened_unit, response_unit, resolved_unit, reopened_count, "
        "state, state_raw, tool_met_resolution) "
        "WITH stretches AS (SELECT *, "
        f"coalesce(max(k) FILTER (WHERE NOT {_DONE}) OVER t, 0) AS last_open, "
        f"coalesce(max(k) FILTER (WHERE NOT {_ENDED}) OVER t, 0) AS last_unended "
        "FROM ordered WINDOW t AS (PARTITION BY ticket_id)), "
        f"found AS (SELECT ticket_id, min(row_no) AS row_no, {last}, "
        "arg_max(priority, k) AS priority, arg_max(priority_raw, k) AS priority_raw, min(opened_at) AS opened_at, "
        f'min("at") FILTER (WHERE {_ANSWERED}) AS first_response_at, '
        'min("at") FILTER (WHERE k > last_open) AS resolved_at, '
        'min("at") FILTER (WHERE k > last_unended) AS closed_at, '
        f"count(*) FILTER (WHERE {_OPEN} AND before IN ('resolved', 'closed')) AS reopened_count, "
        "arg_max(state, k) AS state, arg_max(state_raw, k) AS state_raw, "
        "arg_max(tool_met_resolution, k) AS tool_met_resolution FROM stretches GROUP BY ticket_id) "
        f"SELECT ticket_id, {import_id}, row_no, {names}, priority, priority_raw, opened_at, first_response_at, "
        f"resolved_at, closed_at, {opened}, CASE WHEN first_response_at IS NOT NULL THEN {updated} END, "
        f"CASE WHEN resolved_at IS NOT NULL THEN {updated} END, reopened_count, state, state_raw, "
        "tool_met_resolution FROM found"
    )


def _notices(connection: duckdb.DuckDBPyConnection, import_id: int) -> tuple[tuple[int, str], ...]:
    """One row per incident of which the export contradicts itself, with the reason."""
    tests = (
        ('min("at") < min(t_opened)', "updated before it was opened"),
        ("count(DISTINCT opened_at) > 1", "opened at two different times; the first one is taken"),
        (
            "max(resolved_at) <> max(t_resolved)",
            "the tool's resolved time differs from the step into the resolved state; that step is taken",
        ),
        (
            "max(reopened_count) <> max(t_reopened)",
            "the tool's count of reopenings differs from the history; the history is taken",
        ),
        (
            'count(*) FILTER (WHERE "order" < order_before) > 0',
            "times and sequence numbers of its updates disagree; the times are taken",
        ),
    )
    connection.execute(
        'CREATE OR REPLACE TEMP TABLE compared AS SELECT o.*, lag(o."order") OVER (PARTITION BY ticket_id ORDER BY k) '
        "AS order_before, t.opened_at AS t_opened, t.resolved_at AS t_resolved, t.reopened_count AS t_reopened "
        f"FROM ordered o JOIN (FROM in_tickets WHERE import_id = {import_id}) t USING (ticket_id)"
    )
    found: list[tuple[int, str]] = []
    for test, reason in tests:
        rows = connection.execute(
            f"SELECT min(row_no) FROM compared GROUP BY ticket_id HAVING {test} ORDER BY 1"
        ).fetchall()
        found += [(row, reason) for (row,) in rows]
    return tuple(found)
