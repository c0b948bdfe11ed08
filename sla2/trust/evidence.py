"""The rows of a log that bear on trust, as typed values.

In: a `Log`, the days of the contract, the instant up to which the log is believed. Out: incidents, messages, users
hindered, ledger rows, survey answers, invitations. One query each, in a stable order; what happened after the as-of
instant is left out. It judges nothing; tables that no file filled come back empty, and the report says "no evidence".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import local, local_date
from sla2.trust.repeats import Incident
from sla2.trust.surveys import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sla2.contract.level import When
    from sla2.logs.log import Log
    from sla2.trust.stream import Side

SAME_COLUMNS = ("service", "component", "country", "category", "cause", "problem_id", "ci")
"""The columns that `same:` of a zero-repeat block may name."""
SIDES: tuple[Side, ...] = ("supplier", "customer")
_HALF_DAY = 43_200_000_000


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket for news and perception; instants in microseconds UTC. `stated_by`: whose word `users` is."""

    ticket: int
    ref: str
    priority: str
    opened: int
    resolved: int | None
    users: int | None
    stated_by: str | None
    category: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of the action list. `owners` and `court` are sides; `recorded` is the day on which it was written."""

    ref: str
    kind: str
    owners: tuple[Side, ...]
    due: date | None
    first_due: date | None
    done: date | None
    agreed_supplier: date | None
    agreed_customer: date | None
    moved: int
    court: tuple[Side, ...]
    recorded: date | None

    def agreed(self, side: Side) -> date | None:
        """The day on which `side` agreed, or was present."""
        return self.agreed_supplier if side == "supplier" else self.agreed_customer


def incidents(log: Log, same: Sequence[str], since: int | None, as_of: int) -> tuple[Incident, ...]:
    """All tickets opened in [since, as_of) with their key, in order of opening.

    A ticket that its tool links to another one as part or duplicate is that other one, and left out.
    Raises: KeyError for a column not in `SAME_COLUMNS`.
    """
    for column in same:
        if column not in SAME_COLUMNS:
            raise KeyError(column)
    columns = ", ".join(f"coalesce({column}, '')" for column in same)
    rows = (
        log.cursor()
        .execute(
            f"SELECT ticket_id, opened_at, CASE WHEN resolved_at < ? THEN resolved_at END, {columns} FROM tickets"
            " WHERE linked_to IS NULL AND opened_at < ? AND opened_at >= coalesce(?, opened_at)"
            " ORDER BY opened_at, ticket_id",
            [as_of, as_of, since],
        )
        .fetchall()
    )
    return tuple(Incident(row[0], tuple(row[3:]), row[1], row[2]) for row in rows)


def seen_until(log: Log, as_of: int) -> int:
    """The instant up to which new tickets would be in the log: the end of what its exports cover, at most `as_of`."""
    ends = [entry.covers_to for entry in log.imports if entry.table == "tickets" and entry.covers_to is not None]
    return min(as_of, max(ends, default=as_of))


def tickets(log: Log, since: int | None, as_of: int) -> tuple[Ticket, ...]:
    """All tickets with a priority opened in [since, as_of), in order of opening."""
    rows = (
        log.cursor()
        .execute(
            "SELECT ticket, ticket_id, priority, opened_at, CASE WHEN resolved_at < ? THEN resolved_at END,"
            " users_affected, stated_by, category, country FROM tickets WHERE priority IS NOT NULL"
            " AND opened_at < ? AND opened_at >= coalesce(?, opened_at) ORDER BY opened_at, ticket_id",
            [as_of, as_of, since],
        )
        .fetchall()
    )
    return tuple(Ticket(*row) for row in rows)


def chosen(ticket: Ticket, when: When | None, zone: str) -> bool:
    """True if `when` (None: any ticket) chooses the ticket."""
    if when is None:
        return True
    if when.priorities and ticket.priority not in when.priorities:
        return False
    if when.categories and ticket.category not in when.categories:
        return False
    if when.countries and ticket.country not in when.countries:
        return False
    opened = local(ticket.opened, zone).time()
    if when.opened_from is not None and opened < when.opened_from:
        return False
    return when.opened_to is None or opened < when.opened_to


def messages(log: Log, as_of: int) -> Mapping[int, tuple[int, ...]]:
    """The instants of visible messages per ticket, before `as_of`."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = (
        log.cursor()
        .execute(
            'SELECT ticket, "at" FROM updates WHERE visible = 1 AND ticket IS NOT NULL AND "at" < ?'
            ' ORDER BY ticket, "at"',
            [as_of],
        )
        .fetchall()
    )
    for ticket, at in rows:
        found[ticket].append(at)
    return {ticket: tuple(instants) for ticket, instants in found.items()}


def has_rows(log: Log, table: str) -> bool:
    """True if `table` holds at least one row. `table` is a name of `logs.schema`, never a user's text."""
    return log.cursor().execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None


def ledger(log: Log, zone: str, as_of: int) -> tuple[LedgerRow, ...]:
    """The rows of the action list as they stood at `as_of`, by due date and id.

    A row recorded later is not there yet, and what was done or agreed later is not done or agreed. The dates of the
    log are midnights of the zone that its mapping declares; twelve hours on, it is the same day in the contract's.
    """
    rows = (
        log.cursor()
        .execute(
            "SELECT id, kind, owner, due, first_due, done, agreed_by_supplier, agreed_by_customer, coalesce(moved, 0),"
            " court, recorded_at FROM ledger WHERE coalesce(recorded_at, 0) < ? ORDER BY due NULLS LAST, id",
            [as_of],
        )
        .fetchall()
    )

    def day(instant: int | None) -> date | None:
        return None if instant is None else local_date(instant + _HALF_DAY, zone)

    def past(instant: int | None) -> date | None:
        return day(instant) if instant is not None and instant < as_of else None

    return tuple(
        LedgerRow(
            row[0], row[1], sides_named(row[2]), day(row[3]), day(row[4]), past(row[5]), past(row[6]), past(row[7]),
            row[8], sides_named(row[9]), day(row[10]),
        )
        for row in rows
    )  # fmt: skip


def sides_named(words: str | None) -> tuple[Side, ...]:
    """The sides that an owner names first: `supplier`, `customer: Jansen`, `both`; none for anything else."""
    first = re.match(r"[a-z]*", (words or "").strip().lower())
    name = first.group() if first else ""
    return SIDES if name == "both" else tuple(side for side in SIDES if side == name)


def answers(log: Log, about: Side, start: int, end: int) -> tuple[Answer, ...]:
    """Survey answers about one side given in [start, end). An answer that names nobody is about the other side."""
    rows = (
        log.cursor()
        .execute(
            'SELECT respondent, "at", item, score, party FROM surveys WHERE "at" >= ? AND "at" < ?'
            " AND party IS NOT NULL"
            " AND coalesce(about, CASE WHEN party = 'customer' THEN 'supplier' ELSE 'customer' END) = ?"
            ' ORDER BY "at", respondent, item, score',
            [start, end, about],
        )
        .fetchall()
    )
    return tuple(Answer(respondent, at, item, Fraction(score), party) for respondent, at, item, score, party in rows)


def invited(log: Log, party: Side) -> int | None:
    """How many people of one side were asked; None if nobody wrote it down."""
    row = log.cursor().execute("SELECT count(DISTINCT respondent) FROM invited WHERE party = ?", [party]).fetchone()
    return row[0] if row and row[0] else None
