"""The log: what the tools recorded, in canonical tables, with the provenance of every row.

In: rows from the readers (`from_mapping`), or a few rows given by hand (`log_of`, for worked examples and
tests). Out: a `Log`, which measures query with SQL on cursors of its connection.
A log is built once and then only read. It knows no contract: which label is a clock stop, which hours count
and what a target is, is decided later. Tables and columns: `schema.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.later import Later
from sla2.logs import scratch
from sla2.logs.schema import BY_NAME, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb

    from sla2.logs.schema import Table
else:
    duckdb = Later("duckdb")

Cell = int | str | None
MEMORY = "2500MB"
"""What the database may hold in memory before it writes to its temporary folder; it takes up to a quarter more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows of one file that were refused for one reason: how many, and the first row numbers (header = 1)."""

    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """The provenance of one file: what it was, how it was read, what came of its rows.

    `file` is the name only, never a path. `rows_in == rows_ok + the sum of refused counts`.
    `notices` count what was kept but deserves a look (an outage without an end, an exclusion without approval).
    `covers_from` and `covers_to` are instants, half-open, from the declared dates in `timezone`.
    A file with `fictional` is marked so in every output; `note` and `source` are printed beside it.
    """

    id: int
    table: str
    profile: str
    file: str
    sha256: str
    bytes: int
    mapping: str
    mapping_sha256: str
    timezone: str
    encoding: str
    dates: str
    rows_in: int
    rows_ok: int
    refused: tuple[Refused, ...] = ()
    notices: tuple[Refused, ...] = ()
    covers_from: int | None = None
    covers_to: int | None = None
    fictional: bool = False
    note: str = ""
    source: str = ""

    @property
    def rows_refused(self) -> int:
        """How many rows were refused, all reasons together."""
        return sum(entry.count for entry in self.refused)


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """A closed set of canonical tables in an in-memory DuckDB database, and where their rows came from.

    Query on `log.cursor()`, never on the connection itself (a half-read result blocks its connection), and
    fetch whole results. `schema` names where its tables are; only a log made from another one has its own.
    """

    connection: duckdb.DuckDBPyConnection
    imports: tuple[Import, ...]
    schema: str = "main"

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A new cursor on the same tables."""
        cursor = self.connection.cursor()
        if self.schema != "main":
            cursor.execute(f'SET schema = "{self.schema}"')
        return cursor

    @property
    def fictional(self) -> bool:
        """True if at least one import is declared fictional: every output must say so."""
        return any(entry.fictional for entry in self.imports)

    def close(self) -> None:
        """Free the tables; the log cannot be queried afterwards."""
        self.connection.close()


def connect() -> duckdb.DuckDBPyConnection:
    """An empty in-memory database that loads no extension and reaches no network.

    What does not fit into memory goes to a folder of the system's own for temporary files, made only then.
    """
    connection = duckdb.connect(":memory:")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    spill = scratch.spill_folder()
    connection.execute("SET temp_directory = ?", [spill.as_posix()])
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create all canonical tables, empty."""
    for table in TABLES:
        connection.execute(table.create())


def log_of(rows: Mapping[str, Sequence[Mapping[str, Cell]]], imports: tuple[Import, ...] = ()) -> Log:
    """A log from rows given by hand: table name to rows, each column name to value; absent columns are NULL.

    For worked examples and tests. Surrogates (`ticket`, `outage`, `exclusion`) are the caller's.
    Raises: KeyError for a table or column that does not exist (a bug of the caller, not of a user).
    """
    connection = connect()
    create_tables(connection)
    for name, given in rows.items():
        insert(connection, BY_NAME[name], given)
    return Log(connection, imports)


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Mapping[str, Cell]]) -> None:
    """Insert rows into `table`; columns that a row does not name are NULL.

    Raises: KeyError for a column that the table does not have.
    """
    names = table.names()
    for row in rows:
        for given in row:
            if given not in names:
                raise KeyError(f"{table.name} has no column {given}")
    if rows:
        marks = ", ".join("?" for _ in names)
        values = [[row.get(name) for name in names] for row in rows]
        connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', values)
