"""Judging tickets part by part: so many at once that their steps fit into memory, however long the log is.

In: an engine with the tables of a plan laid out. Out: `case_rows` in the engine, all cases of all parts, and how many
tickets have no priority. Each ticket is judged on its own, so a part is any range of surrogates (which follow the time
of opening), and parts of any size give the same cases. It knows no rule of judging: those are the steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.measure import cases_sql, clocks_sql, tickets_sql
from sla2.measure.accounting import LostRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.measure.engines.duckdb import DuckEngine

STEPS = (*tickets_sql.STEPS, *clocks_sql.STEPS, *cases_sql.STEPS)
"""Every step of judging tickets, in order; the last one holds the cases."""

AT_ONCE = 500_000
"""So many tickets are judged at once. Their steps take some hundred megabytes with a few levels for each ticket; a
smaller part would spend its time on planning queries."""

OF_TICKETS = ("tickets", "status_events", "pauses", "updates")
"""The tables of the log that the steps read, all with a column `ticket`."""

RANGE = "SELECT count(*), min(ticket), max(ticket) FROM tickets"
NO_PRIORITIES = "SELECT count(DISTINCT ticket) FROM y_priority WHERE priority IS NULL"
ACCOUNT = """
SELECT (SELECT count(*) FROM y_candidate), (SELECT count(DISTINCT cand) FROM y_candidate),
    (SELECT coalesce(sum(covered), 0) FROM a_deadline)
"""


def judge(engine: DuckEngine, at_once: int = AT_ONCE) -> int:
    """Fill `case_rows`, at most `at_once` tickets at a time; the number of tickets without a priority.

    Raises: LostRows if a candidate was not reckoned on a calendar that covers it.
    """
    *before, cases = STEPS
    without = 0
    for number, part in enumerate(_parts(engine, at_once)):
        if part is not None:
            engine.narrow(OF_TICKETS, *part)
        for step in before:
            engine.run(step)
        if number:
            engine.add(cases)
        else:
            engine.run(cases)
        _account(engine)
        without += int(engine.rows(NO_PRIORITIES)[0][0] or 0)
        engine.drop(step.name for step in before)
    engine.widen(OF_TICKETS)
    return without


def _parts(engine: DuckEngine, at_once: int) -> Iterator[tuple[int, int] | None]:
    """Ranges [low, high) of surrogates; None alone for a log that is judged whole."""
    number, low, high = (int(cell or 0) for cell in engine.rows(RANGE)[0])
    if number <= at_once:
        yield None
        return
    for start in range(low, high + 1, at_once):
        yield start, start + at_once


def _account(engine: DuckEngine) -> None:
    """Assert that every candidate was reckoned on a calendar that covers it."""
    rows_in, different, reckoned = engine.rows(ACCOUNT)[0]
    if not rows_in == different == reckoned:
        raise LostRows(f"{rows_in} candidates, {different} of them different, {reckoned} reckoned on a calendar")
