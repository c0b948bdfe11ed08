"""Dates that contradict the declared form or zone: they refuse the whole import.

In: a raw table and its stamp tables. Out: one error per kind of contradiction and column, with row and value.
A value that is no date at all ("n/a", "Total") is not a contradiction: its row is refused and counted elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.logs.codes import AMBIGUOUS_TIME, DATE_FORM_CONTRADICTED, NONEXISTENT_TIME, UNDECLARED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from sla2.diagnostics import Code, Diagnostic
    from sla2.logs.spec import ImportSpec


def date_contradictions(
    connection: duckdb.DuckDBPyConnection, spec: ImportSpec, raw: str, field: str, header: str, stamps: str
) -> list[Diagnostic]:
    """The errors of one date column."""
    rows = connection.execute(
        f"SELECT s.problem, count(*), min(r.row_no), arg_min(s.text, r.row_no) "
        f'FROM "{raw}" r JOIN "{stamps}" s ON s.text = r."{field}" '
        "WHERE s.problem IS NOT NULL AND s.problem <> 'text' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [_contradiction(spec, field, header, *row) for row in rows]


def _contradiction(
    spec: ImportSpec, field: str, header: str, problem: str, count: int, row: int, text: str
) -> Diagnostic:
    """One error in words."""
    form = spec.form_of.get(field, spec.form)
    shown = form.text if form else ""
    zone = spec.zone.key if spec.zone else ""
    times = "1 time" if count == 1 else f"{count:,} times"
    where = f"row {row:,} of {spec.name} has {header} {text!r}"
    code: Code
    code, message, remedy = {
        "form": (
            DATE_FORM_CONTRADICTED,
            f"{where}, which is a date in another form than {shown!r} ({times} in this column)",
            f"`sla2 import --probe {spec.name}` shows which date forms fit; declare one that fits all rows",
        ),
        "date": (
            DATE_FORM_CONTRADICTED,
            f"{where}, which is no date or time that exists if it is read as {shown!r} ({times} in this column)",
            f"`sla2 import --probe {spec.name}` shows which date forms fit; day and month may be swapped",
        ),
        "year": (
            DATE_FORM_CONTRADICTED,
            f"{where}, which is not between 1971 and 2199 if it is read as {shown!r} ({times} in this column)",
            'declare an empty date of the tool as a null: nulls = ["", "' + text + '"]',
        ),
        "gap": (
            NONEXISTENT_TIME,
            f"{where}, an hour that does not exist in {zone}, where the clock was put forward ({times} in this column)",
            'timezone = "UTC"   # if it is in UTC; or, if both sides accept it: nonexistent_local_time = "next"',
        ),
        "fold": (
            AMBIGUOUS_TIME,
            f"{where}, an hour that exists twice in {zone}, where the clock was put back ({times} in this column)",
            'ambiguous_local_time = "earlier"   # or "later", as both sides agree',
        ),
        "zone": (
            UNDECLARED,
            f"{where}, which has no offset from UTC, and the mapping declares no time zone ({times} in this column)",
            'timezone = "Europe/Amsterdam"   # or "UTC"',
        ),
    }[problem]
    return code.at(spec.span, message, help=remedy)


def decided_hours(
    connection: duckdb.DuckDBPyConnection,
    spec: ImportSpec,
    raw: str,
    headers: Mapping[str, str],
    stamps: Mapping[str, str],
) -> tuple[tuple[int, str], ...]:
    """The rows with an hour that exists twice or not at all, which a rule of the mapping decided."""
    zone = spec.zone.key if spec.zone else ""
    found: list[tuple[int, str]] = []
    for field, table in stamps.items():
        for row, kind in connection.execute(
            f'SELECT r.row_no, s.doubt FROM "{raw}" r JOIN "{table}" s ON s.text = r."{field}" '
            "WHERE s.doubt IS NOT NULL AND s.problem IS NULL ORDER BY 1"
        ).fetchall():
            what = (
                f"in an hour that does not exist in {zone}, read as the first time after it"
                if kind == "gap"
                else f"in an hour that exists twice in {zone}, read as the {spec.ambiguous} one"
            )
            found.append((row, f"{headers[field]} lies {what}"))
    return tuple(found)
