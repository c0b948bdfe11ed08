"""The canonical tables of a log: their names, columns, types and meaning.

In: nothing. Out: `TABLES`, the closed set of tables that readers fill and measures query.
Every instant is a BIGINT of integer microseconds UTC since 1970-01-01; NULL means absent, never zero.
Every exact number that may have decimals is its decimal text (VARCHAR): nothing here is a float.
It reads no file and holds no rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SqlType = Literal["BIGINT", "VARCHAR"]

STATES = ("new", "in progress", "waiting", "resolved", "closed", "cancelled")
"""The canonical states of a ticket; a mapping gives one of them to each status label of an export."""

LEDGER_KINDS = (
    "notice", "proactive", "action", "approval", "relationship", "joint result", "asked again",
    "exit reason", "passage", "obligation", "review", "promise",
)  # fmt: skip
"""The kinds that a row of the ledger may have."""

OUTAGE_KINDS = ("unplanned", "planned", "external")
PARTIES = ("customer", "supplier")
ATTRIBUTIONS = ("customer", "supplier", "third party", "none")
PAUSED_BASES = ("wall", "service hours", "unknown")
PLACES = ("component", "zone", "region", "project")
"""What a row may name of the part of a service that it is about; a level may be measured for each of them."""

MINUTE = 60_000_000
SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, SQL type, and meaning in one phrase (printed in the documentation)."""

    name: str
    type: SqlType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical table; a row of it is what `meaning` says."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    def create(self) -> str:
        """The CREATE TABLE statement."""
        body = ", ".join(f'"{column.name}" {column.type}' for column in self.columns)
        return f'CREATE TABLE "{self.name}" ({body})'


def _table(name: str, meaning: str, *columns: tuple[str, SqlType, str]) -> Table:
    return Table(name, meaning, tuple(Column(*column) for column in columns))


_PLACES: tuple[tuple[str, SqlType, str], ...] = (
    ("component", "VARCHAR", "component; NULL = the whole service"),
    ("zone", "VARCHAR", "zone; NULL = all"),
    ("region", "VARCHAR", "region; NULL = all"),
    ("project", "VARCHAR", "project or account; NULL = all"),
)
_PROVENANCE: tuple[tuple[str, SqlType, str], ...] = (
    ("import_id", "BIGINT", "the import that the row came from (`Import.id`)"),
    ("row_no", "BIGINT", "its row in that file, the header being row 1"),
)

TICKETS = _table(
    "tickets",
    "one ticket",
    ("ticket", "BIGINT", "surrogate 1..n in the order of opened_at, then ticket_id"),
    ("ticket_id", "VARCHAR", "the number as the tool writes it"),
    *_PROVENANCE,
    ("service", "VARCHAR", "service, mapped where the mapping has [import.service]"),
    ("component", "VARCHAR", "component of the service, or site"),
    ("country", "VARCHAR", "country"),
    ("category", "VARCHAR", "category as written"),
    ("cause", "VARCHAR", "cause, mapped where the mapping has [import.cause]"),
    ("problem_id", "VARCHAR", "the problem record it belongs to"),
    ("ci", "VARCHAR", "configuration item"),
    ("priority", "VARCHAR", "last known priority, mapped (P1, P2, …)"),
    ("priority_raw", "VARCHAR", "the same, as written"),
    ("opened_at", "BIGINT", "opened"),
    ("first_response_at", "BIGINT", "first response; NULL = none yet"),
    ("resolved_at", "BIGINT", "resolved for the last time; NULL = open"),
    ("closed_at", "BIGINT", "closed for the last time; NULL = not closed"),
    ("opened_unit", "BIGINT", "precision of opened_at in microseconds (60000000 = minutes)"),
    ("response_unit", "BIGINT", "precision of first_response_at in microseconds"),
    ("resolved_unit", "BIGINT", "precision of resolved_at in microseconds"),
    ("reopened_count", "BIGINT", "times reopened; NULL = unknown"),
    ("state", "VARCHAR", "last known canonical state: " + ", ".join(STATES)),
    ("state_raw", "VARCHAR", "the same, as written"),
    ("linked_to", "VARCHAR", "the ticket it is part or duplicate of"),
    ("users_affected", "BIGINT", "number of users hindered"),
    ("stated_by", "VARCHAR", "who stated that number: customer or supplier"),
    ("paused_total", "BIGINT", "given total of pauses in microseconds, where the tool has no intervals"),
    ("paused_basis", "VARCHAR", "what that total counts: " + ", ".join(PAUSED_BASES)),
    ("tool_met_response", "BIGINT", "the tool's own verdict, 1 or 0: a cross-check, never a truth"),
    ("tool_met_resolution", "BIGINT", "the tool's own verdict, 1 or 0: a cross-check, never a truth"),
)
STATUS_EVENTS = _table(
    "status_events",
    "one change of state or priority of a ticket; the first of a field has from_raw NULL and holds since opening",
    ("ticket", "BIGINT", "tickets.ticket"),
    ("seq", "BIGINT", "1..n within the ticket, in order of time"),
    ("at", "BIGINT", "when"),
    ("field", "VARCHAR", "state or priority"),
    ("from_raw", "VARCHAR", "value before, as written"),
    ("to_raw", "VARCHAR", "value after, as written (a clock stop names the status by this label)"),
    ("to_value", "VARCHAR", "value after: canonical state or mapped priority"),
    *_PROVENANCE,
)
PAUSES = _table(
    "pauses",
    "one pause that the export itself gives (pauses that follow from the status history are not here)",
    ("ticket", "BIGINT", "tickets.ticket"),
    ("seq", "BIGINT", "1..n within the ticket, in order of start"),
    ("started", "BIGINT", "start"),
    ("ended", "BIGINT", "end; NULL = still paused"),
    ("reason_raw", "VARCHAR", "reason as written"),
    ("attributable_to", "VARCHAR", ", ".join(ATTRIBUTIONS)),
)
UPDATES = _table(
    "updates",
    "one message about a ticket",
    ("ticket", "BIGINT", "tickets.ticket; NULL if the ticket is in no import"),
    ("ticket_id", "VARCHAR", "the number as the tool writes it"),
    ("at", "BIGINT", "when"),
    ("visible", "BIGINT", "1 = the customer could see it, 0 = internal"),
    ("next_promised_at", "BIGINT", "when the next message was promised"),
)
OUTAGES = _table(
    "outages",
    "one interval in which a unit did not work",
    ("outage", "BIGINT", "surrogate 1..n in the order of started, then outage_id"),
    ("outage_id", "VARCHAR", "the id as written, else `row n`"),
    ("service", "VARCHAR", "service"),
    *_PLACES,
    ("started", "BIGINT", "start"),
    ("ended", "BIGINT", "end; NULL = still going on"),
    ("detected_at", "BIGINT", "detected"),
    ("acknowledged_at", "BIGINT", "acknowledged"),
    ("ticket_at", "BIGINT", "ticket opened"),
    ("severity", "VARCHAR", "severity as written"),
    ("kind", "VARCHAR", ", ".join(OUTAGE_KINDS)),
    ("users_affected", "BIGINT", "users without the unit"),
    ("users_total", "BIGINT", "users of the unit"),
    ("affected_share", "VARCHAR", "share affected, 0..1, exact decimal text"),
    *_PROVENANCE,
)
UNITS = _table(
    "units",
    "one stretch in which a unit of a service existed",
    ("service", "VARCHAR", "service; NULL = the only one"),
    *_PLACES,
    ("started", "BIGINT", "from when it existed"),
    ("ended", "BIGINT", "until when; NULL = it still exists"),
    *_PROVENANCE,
)
SAMPLES = _table(
    "samples",
    "one measurement: a probe, or the requests counted from `at` on",
    ("service", "VARCHAR", "service; NULL = the only one"),
    *_PLACES,
    ("probe", "VARCHAR", "what measured"),
    ("at", "BIGINT", "when; of a count, its beginning"),
    ("ok", "BIGINT", "1 = it worked, 0 = it did not; NULL = not measured, or counted in requests"),
    ("requests", "BIGINT", "requests counted; NULL = a single probe"),
    ("errors", "BIGINT", "those of them that failed"),
    ("latency", "BIGINT", "time until the answer in microseconds; NULL = none measured"),
    ("expected_interval", "BIGINT", "so often there should be one, in microseconds; NULL = none is expected"),
    *_PROVENANCE,
)
EXCLUSIONS = _table(
    "exclusions",
    "one agreed interval that is left out of a measure",
    ("exclusion", "BIGINT", "surrogate 1..n in the order of started, then exclusion_id"),
    ("exclusion_id", "VARCHAR", "the id as written, else `row n`"),
    ("name", "VARCHAR", "the exclusion of the contract that it appeals to"),
    ("service", "VARCHAR", "service; NULL = all"),
    ("component", "VARCHAR", "component; NULL = all"),
    ("started", "BIGINT", "start"),
    ("ended", "BIGINT", "end; NULL = still going on"),
    ("announced_at", "BIGINT", "announced; NULL = never"),
    ("approved_by", "VARCHAR", "who approved it; NULL = nobody"),
    ("cause", "VARCHAR", "cause"),
    *_PROVENANCE,
)
SURVEYS = _table(
    "surveys",
    "one answer to one survey item",
    ("respondent", "VARCHAR", "pseudonym of the respondent"),
    ("at", "BIGINT", "when"),
    ("item", "VARCHAR", "the item of the contract's survey"),
    ("score", "VARCHAR", "exact decimal text"),
    ("party", "VARCHAR", "side of the respondent: customer or supplier"),
    ("about", "VARCHAR", "side that the answer is about"),
    ("role", "VARCHAR", "role of the respondent"),
    ("service", "VARCHAR", "the service that the answer is about; NULL = not said"),
    ("ticket_id", "VARCHAR", "the ticket that the answer is about; NULL = none"),
    ("scale_min", "VARCHAR", "lowest score of the scale, exact decimal text; NULL = as in the contract"),
    ("scale_max", "VARCHAR", "highest score of the scale"),
    *_PROVENANCE,
)
INVITED = _table(
    "invited",
    "one person who was asked",
    ("respondent", "VARCHAR", "pseudonym"),
    ("party", "VARCHAR", "customer or supplier"),
    ("role", "VARCHAR", "role"),
)
LEDGER = _table(
    "ledger",
    "one row of the action list of both sides; its dates are local midnights of the declared zone",
    ("id", "VARCHAR", "id as written"),
    ("kind", "VARCHAR", ", ".join(LEDGER_KINDS)),
    ("owner", "VARCHAR", "customer, supplier, or both; a person is written behind it"),
    ("due", "BIGINT", "due date"),
    ("first_due", "BIGINT", "due date before any postponement"),
    ("done", "BIGINT", "done; NULL = not yet"),
    ("agreed_by_supplier", "BIGINT", "date the supplier agreed"),
    ("agreed_by_customer", "BIGINT", "date the customer agreed"),
    ("moved", "BIGINT", "times moved by agreement"),
    ("court", "VARCHAR", "in whose court it lay on the due date: customer, supplier, both"),
    ("recorded_at", "BIGINT", "date the row was written"),
    ("note", "VARCHAR", "note"),
)
CLAIMS = _table(
    "claims",
    "one claim of a credit",
    ("credits", "VARCHAR", "the credits block"),
    ("period", "VARCHAR", "the period as written, such as 2026-03"),
    ("claimed_at", "BIGINT", "when"),
    ("seconds_used", "BIGINT", "seconds of downtime that the claim used up; NULL = not said"),
)
FIGURES = _table(
    "figures",
    "one figure that a party reports",
    ("name", "VARCHAR", "name of the figure"),
    ("unit", "VARCHAR", "unit of the service; NULL = the service"),
    ("period", "VARCHAR", "the period as written"),
    ("value", "VARCHAR", "exact decimal text, in the unit of the target: 99.5 for 99.5%, hours for a target in hours"),
    ("source", "VARCHAR", "where the figure comes from"),
    *_PROVENANCE,
)
DELIVERIES = _table(
    "deliveries",
    "one delivery, or one that is still to come",
    ("obligation", "VARCHAR", "the service level or obligation of the contract that asks for it"),
    ("due", "BIGINT", "due date, a local midnight; NULL = as in the contract"),
    ("delivered_at", "BIGINT", "delivered; NULL = not yet"),
    ("evidence", "VARCHAR", "where its proof is kept"),
    *_PROVENANCE,
)
OPENING = _table(
    "opening",
    "one signed opening balance, for a log that does not reach back to the start of the contract",
    ("name", "VARCHAR", "what stands at this balance"),
    ("value", "VARCHAR", "exact decimal text"),
    *_PROVENANCE,
)
GOALS = _table(
    "goals",
    "one reading of a goal of the contract",
    ("goal", "VARCHAR", "the goal"),
    ("side", "VARCHAR", "whose goal: customer or supplier"),
    ("baseline", "VARCHAR", "where it started, exact decimal text"),
    ("target", "VARCHAR", "where it should come, exact decimal text"),
    ("actual", "VARCHAR", "where it stands, exact decimal text; NULL = not known"),
    ("at", "BIGINT", "when"),
    ("source", "VARCHAR", "where the figure comes from"),
    *_PROVENANCE,
)
INVOICES = _table(
    "invoices",
    "one invoiced fee",
    ("fee", "VARCHAR", "the fee of the contract"),
    ("unit", "VARCHAR", "unit; NULL = the service"),
    ("period", "VARCHAR", "the period as written"),
    ("amount", "VARCHAR", "exact decimal text in the contract's currency"),
)

TABLES: tuple[Table, ...] = (
    TICKETS, STATUS_EVENTS, PAUSES, UPDATES, OUTAGES, EXCLUSIONS, SURVEYS, INVITED, LEDGER, CLAIMS,
    FIGURES, INVOICES, UNITS, SAMPLES, DELIVERIES, OPENING, GOALS,
)  # fmt: skip
"""All canonical tables, in the order in which they are created."""

BY_NAME = {table.name: table for table in TABLES}
