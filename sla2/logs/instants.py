"""Texts become instants here and nowhere else: integer microseconds UTC, by a declared form and zone.

In: the distinct texts of a raw table's date columns, a `DateForm`, a zone and two declared rules for clock
changes. Out: a table (text, at, problem, doubt) that the converter joins.
Written in SQL integer arithmetic over the zone's wall-time spans, because SQL casts of texts to timestamps
drop offsets and take the session's zone. A value that cannot be decided is a problem, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.logs.dates import DATE_LIKE, DAY, MONTHS, PARTS, DateForm
from sla2.logs.schema import MINUTE, SECOND
from sla2.logs.sql import literal
from sla2.logs.zones import wall_spans

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import duckdb

FIRST_YEAR, LAST_YEAR = 1971, 2199

Problem = Literal["text", "form", "date", "year", "gap", "fold", "zone"]
"""Why a text is no instant: no date at all; a date in another form; a date that does not exist; a year out of
range; an hour that does not exist; an hour that exists twice; neither offset nor declared zone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read: form, zone, what to do at clock changes, and what a date without time is.

    `mode` "instant" needs a time unless `date_only` is given; "date" keeps the date only (local midnight);
    "moment" takes either.
    """

    form: DateForm
    zone: ZoneInfo | None
    ambiguous: Literal["earlier", "later", "refuse"] = "refuse"
    nonexistent: Literal["next", "refuse"] = "refuse"
    date_only: Literal["start", "end", ""] = ""
    mode: Literal["instant", "date", "moment"] = "instant"


def create_stamps(
    connection: duckdb.DuckDBPyConnection, table: str, raw: str, columns: list[str], how: Reading
) -> None:
    """Create `table` (text, at BIGINT, problem VARCHAR, doubt VARCHAR): one row per distinct text of the columns.

    `doubt` is "gap" or "fold" for an hour that a declared rule decided.
    """
    texts = " UNION ".join(f'SELECT DISTINCT "{column}" AS text FROM "{raw}"' for column in columns)
    names = ", ".join(literal(part) for part in how.form.parts)
    present = {part: f"s.{part}" if part in how.form.parts else "''" for part in PARTS}
    picked = ", ".join(f"{value} AS p_{part}" for part, value in present.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stamp_parts AS SELECT text, regexp_matches(text, {literal(how.form.regex)}) "
        f"AS fits, {picked} FROM (SELECT text, regexp_extract(text, {literal(how.form.regex)}, [{names}]) AS s "
        f"FROM ({texts}) WHERE text IS NOT NULL)"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE stamp_walls AS {_walls(how)}")
    _create_spans(connection, how)
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {_instants(how)}')


def _walls(how: Reading) -> str:
    """SQL: text, wall time in microseconds, offset in microseconds or NULL, and a problem or NULL."""
    months = " ".join(f"WHEN {literal(name)} THEN {number}" for name, number in MONTHS.items())
    month = f"CASE lower(rtrim(p_name, '.')) {months} END" if "name" in how.form.parts else _number("p_mo")
    year = _number("p_y") if "y" in how.form.parts else f"2000 + {_number('p_y2')}"
    hour = _number("p_h") if "h" in how.form.parts else f"{_number('p_h12')} % 12 + {_afternoon()}"
    twelve = "p_h12 <> '' AND TRY_CAST(p_h12 AS BIGINT) NOT BETWEEN 1 AND 12"
    time = "0" if how.mode == "date" else f"{MINUTE} * (60 * hour + minute) + {SECOND} * second + micros"
    end_of_day = DAY if how.date_only == "end" and not how.form.has_time else 0
    sign = "CASE WHEN p_off[1] = '-' THEN -1 ELSE 1 END"
    digits = "replace(p_off[2:], ':', '')"
    return (
        "WITH numbers AS (SELECT text, fits, p_off, "
        f"{year} AS year, {month} AS month, {_number('p_d')} AS day, "
        f"coalesce({hour}, 0) AS hour, coalesce({_number('p_mi')}, 0) AS minute, "
        f"coalesce({_number('p_s')}, 0) AS second, "
        "coalesce(TRY_CAST(rpad(p_f, 6, '0')[1:6] AS BIGINT), 0) AS micros, "
        f"({twelve}) AS odd_hour FROM stamp_parts), "
        "days AS (SELECT *, TRY_CAST(printf('%04d-%02d-%02d', year, month, day) AS DATE) - DATE '1970-01-01' AS day_no "
        "FROM numbers) "
        f"SELECT text, {DAY} * day_no + {time} + {end_of_day} AS wall, "
        f"CASE WHEN p_off = '' THEN NULL WHEN p_off = 'Z' THEN 0 ELSE {sign} * {MINUTE} * "
        f"(60 * TRY_CAST({digits}[1:2] AS BIGINT) + TRY_CAST({digits}[3:4] AS BIGINT)) END AS off, "
        f"CASE WHEN NOT fits AND regexp_matches(text, {literal(DATE_LIKE)}) THEN 'form' WHEN NOT fits THEN 'text' "
        "WHEN day_no IS NULL OR hour > 23 OR minute > 59 OR second > 59 OR coalesce(odd_hour, false) THEN 'date' "
        f"WHEN year NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN 'year' END AS problem FROM days"
    )


def _number(column: str) -> str:
    return f"TRY_CAST({column} AS BIGINT)"


def _afternoon() -> str:
    return "CASE WHEN lower(p_half[1]) = 'p' THEN 12 ELSE 0 END"


def _create_spans(connection: duckdb.DuckDBPyConnection, how: Reading) -> None:
    """The table of wall-time spans that the texts need; one plain span of UTC if no zone is declared."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stamp_spans "
        "(start BIGINT, kind VARCHAR, earlier BIGINT, later BIGINT, instant BIGINT)"
    )
    years = connection.execute(
        f"SELECT min(wall) // {366 * DAY} + 1970, max(wall) // {365 * DAY} + 1970 FROM stamp_walls "
        "WHERE problem IS NULL"
    ).fetchone()
    if how.zone is None or not years or years[0] is None:
        connection.execute(f"INSERT INTO stamp_spans VALUES ({-(1 << 62)}, 'plain', 0, 0, 0)")
        return
    spans = wall_spans(how.zone, years[0] - 1, years[1] + 1)
    connection.executemany(
        "INSERT INTO stamp_spans VALUES (?, ?, ?, ?, ?)",
        [[span.start, span.kind, span.earlier, span.later, span.instant] for span in spans],
    )


def _instants(how: Reading) -> str:
    """SQL: text, at, problem, doubt."""
    lenient = how.mode == "date" or not how.form.has_time
    after_gap = "s.instant" if how.nonexistent == "next" or lenient else "NULL"
    in_fold = "w.wall - s.later" if how.ambiguous == "later" else "w.wall - s.earlier"
    fold_problem = "'fold'" if how.ambiguous == "refuse" and not lenient else "NULL"
    gap_problem = "NULL" if how.nonexistent == "next" or lenient else "'gap'"
    zone_problem = "'zone'" if how.zone is None else "NULL"
    no_offset = "w.off IS NULL" if how.mode != "date" else "true"
    return (
        f"SELECT w.text, CASE WHEN w.problem IS NOT NULL THEN NULL WHEN NOT ({no_offset}) THEN w.wall - w.off "
        f"WHEN s.kind = 'gap' THEN {after_gap} WHEN s.kind = 'fold' THEN {in_fold} "
        'ELSE w.wall - s.earlier END AS "at", '
        f"CASE WHEN w.problem IS NOT NULL THEN w.problem WHEN NOT ({no_offset}) THEN NULL "
        f"WHEN {zone_problem} IS NOT NULL THEN {zone_problem} WHEN s.kind = 'gap' THEN {gap_problem} "
        f"WHEN s.kind = 'fold' THEN {fold_problem} END AS problem "
        f", CASE WHEN w.problem IS NULL AND {no_offset} AND NOT {str(lenient).lower()} AND s.kind <> 'plain' "
        "THEN s.kind END AS doubt "
        "FROM stamp_walls w ASOF LEFT JOIN stamp_spans s ON w.wall >= s.start"
    )
