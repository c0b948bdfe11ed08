"""The case table, read on demand from the engine that made it.

In: an engine that holds `case_rows`. Out: `Case` values in a fixed order (level, start, ticket, cycle). It computes
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sla2.measure.measurement import Case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.measure.engines.duckdb import DuckEngine
    from sla2.measure.measurement import Outcome
    from sla2.measure.plan import Cell

_COLUMNS = (
    "level, unit, ticket, ticket_id, priority, period, started, stopped, deadline, elapsed, paused, allowance, "
    "outcome, reason, version, import_id, row_no, low, high, cycle, counted, restates"
)
_ORDER = "ORDER BY level, started, ticket, cycle"


class CaseTable:
    """The cases of one run; the rows live as long as this object."""

    def __init__(self, engine: DuckEngine) -> None:
        """Read from `engine`."""
        self._engine = engine

    def of(self, level: str, period: str | None = None, outcome: Outcome | None = None) -> Iterator[Case]:
        """Cases of a level, ordered by start and ticket."""
        query = f"SELECT {_COLUMNS} FROM case_rows WHERE level = ?"
        values: list[Cell] = [level]
        if period is not None:
            query, values = f"{query} AND period = ?", [*values, period]
        if outcome is not None:
            query, values = f"{query} AND outcome = ?", [*values, outcome]
        return (_case(row) for row in self._engine.rows(f"{query} {_ORDER}", tuple(values)))

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        """All cases of one ticket, by level."""
        query = f"SELECT {_COLUMNS} FROM case_rows WHERE ticket_id = ? {_ORDER}"
        return tuple(_case(row) for row in self._engine.rows(query, (ticket_id,)))


def _case(row: tuple[Cell, ...]) -> Case:
    undecided = row[12] == "undecided"
    return Case(
        level=_text(row[0]),
        unit=_text(row[1]),
        ticket=_number(row[2]),
        ticket_id=_text(row[3]),
        priority=_text(row[4]),
        period=None if row[5] is None else _text(row[5]),
        started=_number(row[6]),
        stopped=_instant(row[7]),
        deadline=_instant(row[8]),
        elapsed=_number(row[9]),
        paused=_number(row[10]),
        allowance=_number(row[11]),
        outcome=cast("Outcome", row[12]),
        reason=_reason(row),
        version=_text(row[14]),
        import_id=_number(row[15]),
        row_no=_number(row[16]),
        low=_instant(row[17]) if undecided else None,
        high=_instant(row[18]) if undecided else None,
        cycle=_number(row[19]),
        counted=_instant(row[20]),
        restates=_text(row[21]),
    )


def _reason(row: tuple[Cell, ...]) -> str:
    """Why a case is what it is; for a decided case outside the judged periods, that."""
    if row[13] or row[5] is not None:
        return _text(row[13])
    return "not resolved yet" if row[20] is None else "outside the judged periods"


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _number(cell: Cell) -> int:
    return 0 if cell is None else int(cell)


def _instant(cell: Cell) -> int | None:
    return None if cell is None else int(cell)
