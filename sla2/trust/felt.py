"""The log as those who were hindered felt it: each ticket at the priority that its number of users calls for.

In: a log, the contract's impact table. Out: a second `Log` on the same rows, for a second measurement. It copies no
table and changes none: the second log reads through views of its own schema.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.logs.schema import TABLES
from sla2.trust import evidence
from sla2.trust.perception import expected_priority

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Impact
    from sla2.logs.log import Log
    from sla2.trust.evidence import Ticket

SCHEMA = "felt"

_TICKETS = """
SELECT t.* REPLACE (coalesce(p.priority, t.priority) AS priority)
FROM main.tickets t LEFT JOIN felt.felt_priorities p ON p.ticket = t.ticket
"""
_STATUS_EVENTS = """
SELECT e.* FROM main.status_events e
WHERE e.field <> 'priority' OR e.ticket NOT IN (SELECT ticket FROM felt.felt_priorities)
"""
_VIEWS = {"tickets": _TICKETS, "status_events": _STATUS_EVENTS}


def impact_of(contract: Contract) -> Impact | None:
    """The first impact table that counts users; one that counts anything else cannot be held against a log."""
    return next((one for one in contract.impacts if all(floor.unit == "users" for floor in one.floors)), None)


def called_for(impact: Impact, ticket: Ticket) -> str | None:
    """The priority that the ticket's users call for; None if nobody whose word stands has stated how many they are."""
    if ticket.users is None:
        return None
    if impact.stated_by not in (None, "both") and ticket.stated_by not in (None, impact.stated_by):
        return None
    return expected_priority(impact, ticket.users)


def felt_priorities(contract: Contract, log: Log, as_of: int) -> dict[int, str]:
    """The priority that each ticket's hindered users call for, by ticket; empty without an impact table of users."""
    impact = impact_of(contract)
    if impact is None:
        return {}
    return {
        ticket.ticket: expected
        for ticket in evidence.tickets(log, None, as_of)
        if (expected := called_for(impact, ticket)) is not None
    }


def felt_log(log: Log, priorities: Mapping[int, str]) -> Log:
    """The log with `priorities` in the place of what its tool recorded; it lives and closes with `log`."""
    cursor = log.connection.cursor()
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    pairs = sorted(priorities.items())
    cursor.execute(
        f"CREATE OR REPLACE TABLE {SCHEMA}.felt_priorities AS "
        "SELECT unnest(?::BIGINT[]) AS ticket, unnest(?::VARCHAR[]) AS priority",
        [[ticket for ticket, _ in pairs], [priority for _, priority in pairs]],
    )
    for table in TABLES:
        query = _VIEWS.get(table.name, f'SELECT * FROM main."{table.name}"')
        cursor.execute(f'CREATE OR REPLACE VIEW {SCHEMA}."{table.name}" AS {query}')
    return replace(log, schema=SCHEMA)
