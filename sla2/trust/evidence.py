"""The rows of a log that bear on trust, as typed values.

In: a `Log`. Out: incidents, messages, users hindered, ledger rows, survey answers, invitations. One query each, in a
stable order. It judges nothing; tables that no file filled come back empty, and the report says "no evidence".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.trust.repeats import Incident
from sla2.trust.surveys import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sla2.logs.log import Log
    from sla2.trust.stream import Side

SAME_COLUMNS = ("service", "component", "country", "category", "cause", "problem_id", "ci")
"""The columns that `same:` of a zero-repeat block may name."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket for news and perception; instants in microseconds UTC."""

    ticket: int
    ref: str
    priority: str
    opened: int
    resolved: int | None
    users: int | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of the action list; dates are instants of local midnight."""

    ref: str
    kind: str
    owner: str
    due: int | None
    first_due: int | None
    done: int | None
    agreed_supplier: int | None
    agreed_customer: int | None
    moved: int
    court: str | None


def incidents(log: Log, same: Sequence[str]) -> tuple[Incident, ...]:
    """All tickets with their key, in order of opening. Raises: KeyError for a column not in `SAME_COLUMNS`."""
    for column in same:
        if column not in SAME_COLUMNS:
            raise KeyError(column)
    columns = ", ".join(f"coalesce({column}, '')" for column in same)
    rows = (
        log.cursor()
        .execute(f"SELECT ticket_id, opened_at, resolved_at, {columns} FROM tickets ORDER BY opened_at, ticket_id")
        .fetchall()
    )
    return tuple(Incident(row[0], tuple(row[3:]), row[1], row[2]) for row in rows if row[1] is not None)


def tickets(log: Log) -> tuple[Ticket, ...]:
    """All tickets with a priority, in order of opening."""
    rows = (
        log.cursor()
        .execute(
            "SELECT ticket, ticket_id, priority, opened_at, resolved_at, users_affected FROM tickets"
            " WHERE opened_at IS NOT NULL AND priority IS NOT NULL ORDER BY opened_at, ticket_id"
        )
        .fetchall()
    )
    return tuple(Ticket(*row) for row in rows)


def messages(log: Log) -> Mapping[int, tuple[int, ...]]:
    """The instants of visible messages per ticket."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = (
        log.cursor()
        .execute("SELECT ticket, at FROM updates WHERE visible = 1 AND ticket IS NOT NULL ORDER BY ticket, at")
        .fetchall()
    )
    for ticket, at in rows:
        found[ticket].append(at)
    return {ticket: tuple(instants) for ticket, instants in found.items()}


def has_rows(log: Log, table: str) -> bool:
    """True if `table` holds at least one row. `table` is a name of `logs.schema`, never a user's text."""
    return log.cursor().execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None


def ledger(log: Log) -> tuple[LedgerRow, ...]:
    """All rows of the action list, by due date and id."""
    rows = (
        log.cursor()
        .execute(
            "SELECT id, kind, owner, due, first_due, done, agreed_by_supplier, agreed_by_customer, coalesce(moved, 0),"
            " court FROM ledger ORDER BY due NULLS LAST, id"
        )
        .fetchall()
    )
    return tuple(LedgerRow(*row) for row in rows)


def answers(log: Log, about: Side, start: int, end: int) -> tuple[Answer, ...]:
    """Survey answers about one side given in [start, end). An answer that names nobody is about the other side."""
    rows = (
        log.cursor()
        .execute(
            "SELECT respondent, \"at\", item, score, party FROM surveys WHERE at >= ? AND at < ?"
            " AND coalesce(about, CASE WHEN party = 'customer' THEN 'supplier' ELSE 'customer' END) = ?"
            " ORDER BY at, respondent, item, score",
            [start, end, about],
        )
        .fetchall()
    )
    return tuple(Answer(respondent, at, item, Fraction(score), party) for respondent, at, item, score, party in rows)


def invited(log: Log, party: Side) -> int | None:
    """How many people of one side were asked; None if nobody wrote it down."""
    row = log.cursor().execute("SELECT count(DISTINCT respondent) FROM invited WHERE party = ?", [party]).fetchone()
    return row[0] if row and row[0] else None
