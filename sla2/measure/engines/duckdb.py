"""The engine that is always there: DuckDB in this process, on the tables of a log.

In: a `Log`, the tables of a plan, steps of portable SQL. Out: rows. An engine is nothing more than this file: register
the log, load small tables, run a step, fetch rows. It holds no rule of measurement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from sla2.logs.log import Log
    from sla2.measure.plan import Cell, Rows
    from sla2.measure.sql import Step


_AS_WRITTEN = "SET disabled_optimizers = 'join_order,build_side_probe_side,statistics_propagation'"
"""Join as the steps are written, large tables first, and do not plan by statistics. Release 2.0.0 otherwise stops with
an internal error: "dict-surviving join" (duckdb/duckdb issue 24807) when it builds a join on the result of other joins,
"dict-surviving cache" on logs of some hundred tickets; neither can be tried again on the same connection."""


class DuckEngine:
    """Steps as temporary tables on a cursor of the log; they vanish with the engine."""

    def __init__(self, log: Log) -> None:
        """Open a cursor; the log's own tables are visible on it."""
        self._cursor: duckdb.DuckDBPyConnection = log.cursor()
        self._cursor.execute(_AS_WRITTEN)
        self._catalog, self._schema = self._cursor.execute("SELECT current_database(), current_schema()").fetchall()[0]

    def load(self, table: Rows) -> None:
        """Load one table of the plan."""
        columns = [f'unnest(${place}::{kind}[]) AS "{name}"' for place, (name, kind) in enumerate(table.columns, 1)]
        values = [[row[place] for row in table.rows] for place in range(len(table.columns))]
        self._cursor.execute(f'CREATE OR REPLACE TEMP TABLE "{table.name}" AS SELECT {", ".join(columns)}', values)

    def run(self, step: Step) -> None:
        """Keep the rows of a step under its name, and forget the tables that no later step reads."""
        self._cursor.execute(f'CREATE OR REPLACE TEMP TABLE "{step.name}" AS {step.query}')
        self.drop(step.frees)

    def add(self, step: Step) -> None:
        """Add the rows of a step to those kept under its name, and forget the tables that no later step reads."""
        self._cursor.execute(f'INSERT INTO "{step.name}" {step.query}')
        self.drop(step.frees)

    def narrow(self, tables: Iterable[str], low: int, high: int) -> None:
        """Show the steps only the rows of tickets in [low, high) of these tables of the log, until `widen`."""
        for name in tables:
            source = f'"{self._catalog}"."{self._schema}"."{name}"'
            query = f"SELECT * FROM {source} WHERE ticket >= {low} AND ticket < {high}"
            self._cursor.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {query}')

    def widen(self, tables: Iterable[str]) -> None:
        """Show the whole tables again."""
        for name in tables:
            self._cursor.execute(f'DROP VIEW IF EXISTS temp."{name}"')

    def drop(self, names: Iterable[str]) -> None:
        """Forget tables."""
        for name in names:
            self._cursor.execute(f'DROP TABLE IF EXISTS "{name}"')

    def rows(self, query: str, values: tuple[Cell, ...] = ()) -> list[tuple[Cell, ...]]:
        """All rows of a query; `values` stand for its question marks."""
        return self._cursor.execute(query, list(values)).fetchall()
