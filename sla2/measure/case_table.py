"""The case table, read on demand from the engine that made it.

In: an engine that holds `case_rows`. Out: `Case` values in a fixed order (level, start, ticket, cycle). It computes
nothing.
There may be millions of them: rows are fetched by the page, and what can be counted or chosen is left to the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sla2.measure.measurement import Case, Cases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sla2.measure.engines.duckdb import DuckEngine
    from sla2.measure.measurement import Outcome
    from sla2.measure.plan import Cell

_COLUMNS = (
    "level, unit, ticket, ticket_id, priority, period, started, stopped, deadline, elapsed, paused, allowance, "
    "outcome, reason, version, import_id, row_no, low, high, cycle, counted, restates"
)
_KEY = "started, ticket, cycle, coalesce(unit, '')"
_ORDER = f"ORDER BY level, {_KEY}"
_PAGES = (1_000, 50_000)
"""Rows of the first page and of each further one: many a reader wants the first few."""
_LATE = "CASE WHEN coalesce(allowance, 0) > 0 THEN elapsed - allowance ELSE coalesce(stopped, {as_of}) - deadline END"


class CaseTable(Cases):
    """The cases of one run; the rows live as long as this object."""

    def __init__(self, engine: DuckEngine) -> None:
        """Read from `engine`."""
        self._engine = engine

    def of(self, level: str, period: str | None = None, outcome: Outcome | None = None) -> Iterator[Case]:
        """Cases of a level, ordered by start and ticket."""
        return self._paged(*_where(level, period, outcome))

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        """All cases of one ticket, by level."""
        query = f"SELECT {_COLUMNS} FROM case_rows WHERE ticket_id = ? {_ORDER}"
        return tuple(_case(row) for row in self._engine.rows(query, (ticket_id,)))

    def worst(self, level: str, period: str, as_of: int, most: int) -> list[Case]:
        """The missed cases of a period that are late the longest, at most so many."""
        where, values = _where(level, period, "missed")
        late = f"greatest(coalesce({_LATE.format(as_of=as_of)}, 0), 0)"
        order = f"ORDER BY {late} DESC, started, ticket_id, ticket, cycle, coalesce(unit, '') LIMIT {most}"
        return [_case(row) for row in self._engine.rows(f"SELECT {_COLUMNS} FROM case_rows {where} {order}", values)]

    def open_before(self, level: str, instant: int) -> int:
        """How many cases that started before `instant` are open."""
        where, values = _where(level, None, "open")
        return _number(
            self._engine.rows(f"SELECT count(*) FROM case_rows {where} AND started < {instant}", values)[0][0]
        )

    def reasons(self, level: str, period: str, outcome: Outcome) -> Mapping[str, int]:
        """How many cases of a period have this outcome, by reason."""
        where, values = _where(level, period, outcome)
        query = f"SELECT coalesce(reason, ''), count(*) FROM case_rows {where} GROUP BY coalesce(reason, '')"
        return {_text(reason): _number(number) for reason, number in self._engine.rows(query, values)}

    def restated(self, level: str) -> Iterator[Case]:
        """The cases that had counted as met in an earlier period, ordered by start and ticket."""
        return self._paged("WHERE level = ? AND restates <> ''", (level,))

    def _paged(self, where: str, values: tuple[Cell, ...]) -> Iterator[Case]:
        size, further = _PAGES
        after: tuple[Cell, ...] = ()
        while True:
            beyond = f" AND ({_KEY}) > (?, ?, ?, ?)" if after else ""
            query = f"SELECT {_COLUMNS} FROM case_rows {where}{beyond} {_ORDER} LIMIT {size}"
            rows = self._engine.rows(query, (*values, *after))
            yield from (_case(row) for row in rows)
            if len(rows) < size:
                return
            last, size = rows[-1], further
            after = (last[6], last[2], last[19], last[1] or "")


def _where(level: str, period: str | None, outcome: Outcome | None) -> tuple[str, tuple[Cell, ...]]:
    wanted: dict[str, Cell] = {"level": level, "period": period, "outcome": outcome}
    given = {name: value for name, value in wanted.items() if value is not None}
    return f"WHERE {' AND '.join(f'{name} = ?' for name in given)}", tuple(given.values())


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
