"""Raw texts become typed rows: dates, counts, decimals, flags, and values through the declared maps.

In: a raw table and the `ImportSpec` that declares it. Out: a staged table with one typed column per field of the
profile, the rows that were refused with their reason, and errors for whatever contradicts the declaration as a
whole (a date in another form, an hour that does not exist, a state without a mapping).
It joins no two files and knows no canonical table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sla2.logs.codes import UNMAPPED_VALUE
from sla2.logs.contradictions import date_contradictions, decided_hours
from sla2.logs.instants import Reading, create_stamps
from sla2.logs.spec import AS_WRITTEN
from sla2.logs.sql import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from sla2.diagnostics import Diagnostic
    from sla2.logs.fields import Field
    from sla2.logs.spec import ImportSpec, ValueMap

_DATED = ("instant", "date", "moment")
_MICROSECONDS = {"minutes": 60_000_000, "seconds": 1_000_000, "milliseconds": 1_000}
_BIG = (*_DATED, *_MICROSECONDS, "whole", "flag")
_YES = ("true", "yes", "y", "1", "ja", "wahr", "waar", "oui", "x")
_NO = ("false", "no", "n", "0", "nee", "nein", "falsch", "onwaar", "non")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Converted:
    """A staged table (`row_no` and the fields; `<field>_raw` beside mapped ones), the refused rows, and the rows
    that were kept although a declared rule had to decide one of their dates."""

    table: str
    refused: tuple[tuple[int, str], ...]
    notices: tuple[tuple[int, str], ...] = ()


@dataclass
class _Plan:
    """The parts of the one SELECT that converts a raw table."""

    select: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def convert(
    connection: duckdb.DuckDBPyConnection,
    spec: ImportSpec,
    raw: str,
    headers: Mapping[str, str],
    staged: str,
) -> tuple[Converted | None, tuple[Diagnostic, ...]]:
    """Create the table `staged` from the table `raw`, whose columns are the fields in `headers` (field to header)."""
    if spec.table == "status_events":
        headers = _virtual(connection, spec, raw, headers)
    plan = _Plan()
    stamps = _stamps(connection, spec, raw, headers)
    found: list[Diagnostic] = []
    for entry in spec.fields:
        if entry.kind in _DATED:
            if entry.name in headers:
                found += date_contradictions(connection, spec, raw, entry.name, headers[entry.name], stamps[entry.name])
                _dated(plan, entry, headers[entry.name], stamps[entry.name])
            else:
                plan.select.append(f'NULL::BIGINT AS "{entry.name}"')
        elif entry.kind == "mapped" or entry.name in spec.maps:
            found += _mapped(connection, plan, spec, raw, entry, headers)
        else:
            _plain(plan, spec, entry, headers)
        if entry.required and entry.name in headers and not _given(spec, entry):
            plan.problems.insert(0, (f'r."{entry.name}" IS NULL', f"{headers[entry.name]} is empty"))
    if found:
        return None, tuple(found)
    converted = _staged(connection, plan, raw, staged)
    return replace(converted, notices=decided_hours(connection, spec, raw, headers, stamps)), ()


def _staged(connection: duckdb.DuckDBPyConnection, plan: _Plan, raw: str, staged: str) -> Converted:
    """Run the plan, and take the refused rows out."""
    cases = " ".join(f"WHEN {test} THEN {number}" for number, (test, _) in enumerate(plan.problems))
    problem = f"CASE {cases} END" if cases else "NULL"
    body = ", ".join(["r.row_no", *plan.select, f"{problem}::BIGINT AS problem"])
    connection.execute(
        f'CREATE OR REPLACE TEMP TABLE "{staged}" AS SELECT {body} FROM "{raw}" r {" ".join(plan.joins)}'
    )
    rows = connection.execute(f'SELECT row_no, problem FROM "{staged}" WHERE problem IS NOT NULL ORDER BY 1').fetchall()
    counts = connection.execute(f'SELECT (SELECT count(*) FROM "{raw}"), (SELECT count(*) FROM "{staged}")').fetchone()
    if counts is None or counts[0] != counts[1]:
        raise RuntimeError("converting changed the number of rows")
    if rows:
        connection.execute(f'DELETE FROM "{staged}" WHERE problem IS NOT NULL')
    return Converted(staged, tuple((row, plan.problems[number][1]) for row, number in rows))


def _virtual(
    connection: duckdb.DuckDBPyConnection, spec: ImportSpec, raw: str, headers: Mapping[str, str]
) -> dict[str, str]:
    """Add the virtual columns state and priority of a status history to the raw table."""
    names = spec.maps.get("field")
    for name in ("state", "priority"):
        written = [name, *(text for text, value in (names.entries if names else {}).items() if value == name)]
        listed = ", ".join(literal(text) for text in written)
        test = f'"field" IN ({listed})' if "field" in headers else "true" if name == "state" else "false"
        connection.execute(f'ALTER TABLE "{raw}" ADD COLUMN "{name}" VARCHAR')
        connection.execute(f'UPDATE "{raw}" SET "{name}" = to_value WHERE {test}')
    return {**headers, "state": headers["to_value"], "priority": headers["to_value"]}


def _stamps(
    connection: duckdb.DuckDBPyConnection, spec: ImportSpec, raw: str, headers: Mapping[str, str]
) -> dict[str, str]:
    """The stamp table of each date column; columns that are read alike share one."""
    groups: dict[tuple[str, str], tuple[Reading, list[str]]] = {}
    for entry in spec.fields:
        how = spec.reading(entry) if entry.kind in _DATED and entry.name in headers else None
        if how is not None:
            groups.setdefault((how.form.text, how.mode), (how, []))[1].append(entry.name)
    tables: dict[str, str] = {}
    for number, (how, names) in enumerate(groups.values()):
        create_stamps(connection, f"stamps_{number}", raw, names, how)
        tables.update(dict.fromkeys(names, f"stamps_{number}"))
    return tables


def _dated(plan: _Plan, entry: Field, header: str, stamps: str) -> None:
    """A date column."""
    alias = f"t_{entry.name}"
    plan.joins.append(f'LEFT JOIN "{stamps}" {alias} ON {alias}.text = r."{entry.name}"')
    plan.select.append(f'{alias}."at" AS "{entry.name}"')
    plan.problems.append((f"{alias}.problem = 'text'", f"{header} is no date"))


def _given(spec: ImportSpec, entry: Field) -> bool:
    """True if the map of a flag says what an empty cell means."""
    values = spec.maps.get(entry.name)
    return entry.kind == "flag" and values is not None and values.other is not None


def _plain(plan: _Plan, spec: ImportSpec, entry: Field, headers: Mapping[str, str]) -> None:
    """A column of texts, numbers, flags or words."""
    if entry.name not in headers:
        kind = "BIGINT" if entry.kind in _BIG else "VARCHAR"
        plan.select.append(f'NULL::{kind} AS "{entry.name}"')
        return
    value, good, reason = _reading(spec, entry, f'r."{entry.name}"')
    plan.select.append(f'{value} AS "{entry.name}"')
    if reason:
        plan.problems.append((f'r."{entry.name}" IS NOT NULL AND NOT ({good})', f"{headers[entry.name]} {reason}"))


def _reading(spec: ImportSpec, entry: Field, cell: str) -> tuple[str, str, str]:
    """SQL of the value, SQL of the test that it can be read, and the reason if it cannot."""
    if entry.kind == "whole":
        good = f"regexp_matches({cell}, '^[0-9]{{1,15}}$')"
        return f"TRY_CAST({cell} AS BIGINT)", good, "is no whole number"
    if entry.kind == "flag":
        yes, no = (", ".join(literal(word) for word in words) for words in (_YES, _NO))
        low = f"lower({cell})"
        value = f"CASE WHEN {low} IN ({yes}) THEN 1 WHEN {low} IN ({no}) THEN 0 END::BIGINT"
        return value, f"{low} IN ({yes}, {no})", "is neither yes nor no"
    if entry.kind == "choice":
        words = ", ".join(literal(word) for word in entry.words)
        return cell, f"{cell} IN ({words})", f"is none of: {', '.join(entry.words)}"
    if entry.kind in ("decimal", "share", *_MICROSECONDS):
        return _decimal(spec, entry, cell)
    return cell, "true", ""


def _decimal(spec: ImportSpec, entry: Field, cell: str) -> tuple[str, str, str]:
    """A number with decimals, in the declared decimal mark, as exact text (a duration: as microseconds)."""
    mark, group = (",", ".") if spec.decimal == "," else (".", ",")
    grouped = f"|^-?[0-9]{{1,3}}([{group}][0-9]{{3}})+([{mark}][0-9]+)?$" if spec.decimal else ""
    plain = f"^-?[0-9]{{1,15}}([{mark}][0-9]{{1,12}})?$"
    good = f"regexp_matches({cell}, {literal(plain + grouped)})"
    reason = "is no number with the declared decimal mark"
    if not spec.decimal:
        good += f" AND NOT regexp_matches({cell}, '^-?[0-9]{{1,3}}[.][0-9]{{3}}$')"
        reason = 'is no plain number, or may be read in two ways (declare decimal = "," or ".")'
    text = f"replace(replace({cell}, {literal(group)}, ''), {literal(mark)}, '.')"
    exact = f"TRY_CAST({text} AS DECIMAL(30, 12))"
    if entry.kind == "share":
        return text, f"{good} AND {exact} BETWEEN 0 AND 1", "is no share between 0 and 1"
    if entry.kind in _MICROSECONDS:
        micros = f"TRY_CAST(round({exact} * {_MICROSECONDS[entry.kind]}) AS BIGINT)"
        return f"CASE WHEN {good} THEN {micros} END", f"{good} AND {exact} >= 0", f"is no number of {entry.kind}"
    return text, good, reason


def _mapped(
    connection: duckdb.DuckDBPyConnection,
    plan: _Plan,
    spec: ImportSpec,
    raw: str,
    entry: Field,
    headers: Mapping[str, str],
) -> list[Diagnostic]:
    """A column whose values go through a value map; an error for values that the map does not name."""
    values = spec.maps.get(entry.name)
    label = _label(values, entry, headers)
    known = _flags() if entry.kind == "flag" else {word: word for word in entry.words}
    known |= spec.profile.values.get(entry.name, {})
    entries = {**known, **(values.entries if values else {})}
    other = values.other if values else None
    table, alias = f"values_{entry.name}", f"v_{entry.name}"
    connection.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" (raw VARCHAR, value VARCHAR)')
    if entries:
        connection.executemany(f'INSERT INTO "{table}" VALUES (?, ?)', [list(pair) for pair in entries.items()])
    plan.joins.append(f'LEFT JOIN "{table}" {alias} ON {alias}.raw = {label}')
    rest = f"coalesce({alias}.value, {label})" if other == AS_WRITTEN else f"{alias}.value"
    if other not in (None, AS_WRITTEN):
        default = literal(str(other))
        kept_empty = entry.kind == "mapped" and entry.name in headers
        empty = "" if kept_empty else f"WHEN {label} IS NULL THEN {default}"
        rest = f"CASE {empty} WHEN {label} IS NOT NULL THEN coalesce({alias}.value, {default}) END"
    if entry.kind == "flag":
        rest = f"CASE ({rest}) WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END"
    plan.select.append(f'({rest})::{"BIGINT" if entry.kind == "flag" else "VARCHAR"} AS "{entry.name}"')
    plan.select.append(f'({label})::VARCHAR AS "{entry.name}_raw"')
    if entry.name not in headers or other is not None:
        return []
    unmapped = connection.execute(
        f'SELECT {label}, count(*) FROM "{raw}" r LEFT JOIN "{table}" {alias} ON {alias}.raw = {label} '
        f"WHERE {label} IS NOT NULL AND {alias}.raw IS NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    if entry.kind == "mapped" or values:
        return [_unmapped(spec, entry, headers[entry.name], unmapped)] if unmapped else []
    return []


def _flags() -> dict[str, str]:
    """The words for yes and no that need no map, in small letters, with a capital and in capitals."""
    pairs = [(word, "yes") for word in _YES] + [(word, "no") for word in _NO]
    return {form: value for word, value in pairs for form in (word, word.capitalize(), word.upper())}


def _label(values: ValueMap | None, entry: Field, headers: Mapping[str, str]) -> str:
    """SQL of the raw label: the cell, with the second column behind it where the map says so."""
    if entry.name not in headers:
        return "NULL::VARCHAR"
    cell = f'r."{entry.name}"'
    conditions = values.conditions if values else ()
    cases = " ".join(
        f'WHEN {cell} = {literal(text)} AND r."{condition_field(column)}" IS NOT NULL '
        f"THEN {cell} || ': ' || r.\"{condition_field(column)}\""
        for text, column in conditions
    )
    return f"(CASE {cases} ELSE {cell} END)" if cases else cell


def condition_field(column: str) -> str:
    """The name in the raw table of a column that a value map uses as a second condition."""
    return "by_" + column.casefold().encode().hex()


def _unmapped(spec: ImportSpec, entry: Field, header: str, rows: list[tuple[str, int]]) -> Diagnostic:
    """The error for values without a mapping, with the lines to paste."""
    shown = ", ".join(f"{value!r} ({count:,} row{'s'[: count > 1]})" for value, count in rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    target = f"one of: {', '.join(entry.words)}" if entry.words else "…"
    lines = "\n".join(f'"{_toml(value)}" = ""   # {target}' for value, _ in rows[:_SHOWN])
    return UNMAPPED_VALUE.at(
        spec.span,
        f"the column {header} of {spec.name} has values that the mapping does not name: {shown}{more}",
        help=f"[import.{entry.name}]\n{lines}",
    )


def _toml(text: str) -> str:
    """`text` inside a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in escaped)
