"""Mapping files and their exports become one `Log`.

In: paths of mapping files. Out: a `Log`, or None with the diagnostics that say why; warnings beside a log count
every row that was refused. Runs before measuring; reads files, and nothing else of the machine.
All or nothing: one export that contradicts its declaration refuses the log, because a part of the evidence would
give figures that look whole.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sla2.diagnostics import Span, has_errors
from sla2.logs import scratch
from sla2.logs.assemble import assemble
from sla2.logs.codes import REPEATED_COLUMN, SAME_FILE_TWICE
from sla2.logs.convert import condition_field, convert
from sla2.logs.files import Trouble, encoding_of, fingerprint
from sla2.logs.findings import coverage, covered, precision, row_findings, truncation
from sla2.logs.log import Import, Log, connect
from sla2.logs.mapping import read_mapping
from sla2.logs.reader import find_column, load, missing_column, scan
from sla2.logs.stage import create_staging, grouped, stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from sla2.diagnostics import Diagnostic
    from sla2.logs.files import Fingerprint
    from sla2.logs.mapping import MappingFile
    from sla2.logs.reader import Scan
    from sla2.logs.spec import ImportSpec, ValueMap


_LEFT_OVER = "SELECT table_name FROM duckdb_tables() WHERE temporary AND NOT starts_with(table_name, 'in_')"
"""The tables of reading one export, which nobody needs once its rows are staged."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One import to read: its number, declaration, the file's fingerprint and the mapping's hash."""

    id: int
    spec: ImportSpec
    print: Fingerprint
    mapping_sha256: str


def read_log(mapping_paths: Sequence[Path]) -> tuple[Log | None, tuple[Diagnostic, ...]]:
    """Read all exports that the mappings declare into one log.

    An export with the same sha256 for the same table counts once. Imports are numbered in the order of the mappings.
    """
    found: list[Diagnostic] = []
    mappings: list[MappingFile] = []
    for path in mapping_paths:
        mapping, diagnostics = read_mapping(path)
        found += diagnostics
        if mapping is not None:
            mappings.append(mapping)
    jobs = _jobs(mappings, found)
    if has_errors(found):
        return None, tuple(found)
    connection = connect()
    create_staging(connection)
    imports: list[Import] = []
    with tempfile.TemporaryDirectory(prefix=scratch.prefix()) as folder:
        for job in jobs:
            entry, diagnostics = _read(connection, job, Path(folder) / "records.csv")
            found += diagnostics
            if entry is not None:
                imports.append(entry)
    if has_errors(found):
        connection.close()
        return None, tuple(found)
    complete, diagnostics = assemble(connection, tuple(job.spec for job in jobs), tuple(imports))
    found += diagnostics
    if has_errors(found):
        connection.close()
        return None, tuple(found)
    for job, entry in zip(jobs, complete, strict=True):
        found += row_findings(job.spec, entry)
    if has_errors(found):
        connection.close()
        return None, tuple(found)
    return Log(connection, complete), tuple(found)


def _jobs(mappings: Sequence[MappingFile], found: list[Diagnostic]) -> list[_Job]:
    """The imports to read, each file once per table; status histories take over the maps of their tickets."""
    jobs: list[_Job] = []
    seen: dict[tuple[str, str], str] = {}
    for mapping in mappings:
        tickets = next((spec for spec in mapping.imports if spec.table == "tickets"), None)
        for declared in mapping.imports:
            spec = declared
            if spec.table == "status_events" and tickets is not None:
                spec = replace(spec, maps={**_shared(tickets), **spec.maps})
            try:
                mark = fingerprint(spec.path, spec.name)
            except Trouble as trouble:
                found.append(_diagnostic(trouble, spec))
                continue
            first = seen.setdefault((spec.table, mark.sha256), spec.name)
            if (spec.table, mark.sha256) in {(job.spec.table, job.print.sha256) for job in jobs}:
                found.append(
                    SAME_FILE_TWICE.at(spec.span, f"{spec.name} has the same content as {first}, and is read once")
                )
                continue
            jobs.append(_Job(len(jobs) + 1, spec, mark, mapping.sha256))
    return jobs


def _shared(tickets: ImportSpec) -> dict[str, ValueMap]:
    """The value maps of tickets that hold for their history as well."""
    return {name: tickets.maps[name] for name in ("state", "priority") if name in tickets.maps}


def _diagnostic(trouble: Trouble, spec: ImportSpec) -> Diagnostic:
    """A file that cannot be read, as a finding at its row or at its import table."""
    span = Span.of_line(spec.name, trouble.row) if trouble.row else spec.span
    return trouble.code.at(span, trouble.message, help=trouble.help)


def _read(connection: duckdb.DuckDBPyConnection, job: _Job, copy: Path) -> tuple[Import | None, tuple[Diagnostic, ...]]:
    """Read one export into the staging tables."""
    spec = job.spec
    try:
        encoding = encoding_of(spec.path, spec.name, spec.encoding)
        scanned = scan(spec.path, spec.name, encoding, copy, spec.delimiter, spec.header_row)
        columns = _columns(spec, scanned)
        raw = load(connection, scanned, columns, spec.nulls, "raw_rows")
    except Trouble as trouble:
        return None, (_diagnostic(trouble, spec),)
    headers = {field: scanned.header[index] for field, index in columns.items()}
    capped = truncation(spec, scanned.rows, len(scanned.header))
    converted, found = convert(connection, spec, raw.table, headers, "staged_rows")
    if converted is None:
        return None, (*capped, *found)
    doubts = (*coverage(connection, spec, converted.table), *precision(connection, spec, converted.table))
    staged = stage(connection, spec, job.id, converted.table)
    refused = grouped((*raw.refused, *converted.refused, *staged.refused))
    for (name,) in connection.execute(_LEFT_OVER).fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    entry = replace(
        _import(job, scanned, encoding), refused=refused, notices=grouped((*converted.notices, *staged.notices))
    )
    return entry, (*capped, *doubts)


def _columns(spec: ImportSpec, scanned: Scan) -> dict[str, int]:
    """The header index of each field, and of each second column of a value map.

    Raises: Trouble for a column that is declared or needed and not in the header, or stands there twice.
    """
    found: dict[str, int] = {}
    for field in spec.fields:
        if field.virtual:
            continue
        declared = spec.columns.get(field.name)
        index = _index(spec, scanned, field.name, declared or field.headers)
        given = field.name in spec.maps and spec.maps[field.name].other is not None
        if index is not None:
            found[field.name] = index
        elif declared or (field.required and not given):
            constant = "yes" if field.kind == "flag" and not declared else ""
            raise missing_column(spec.name, scanned.header, declared or field.headers, field.name, constant=constant)
    for name, values in spec.maps.items():
        for _, column in values.conditions:
            index = _index(spec, scanned, name, (column,))
            if index is None:
                raise missing_column(spec.name, scanned.header, (column,), name)
            found[condition_field(column)] = index
    return found


def _index(spec: ImportSpec, scanned: Scan, field: str, names: Sequence[str]) -> int | None:
    """The index of the first of `names` that the header has."""
    for name in names:
        index = find_column(scanned.header, name)
        if isinstance(index, int):
            return index
        if len(index) > 1:
            raise Trouble(
                REPEATED_COLUMN,
                f"the header of {spec.name} has {len(index)} columns named {name!r}; say which one {field} is",
                row=scanned.header_row,
                help=f'[import.columns]\n{field} = "{name}[1]"   # or "{name}[2]"',
            )
    return None


def _import(job: _Job, scanned: Scan, encoding: str) -> Import:
    """The provenance of one import, its rows not yet counted."""
    spec = job.spec
    forms = [spec.form.text] if spec.form else []
    forms += [f"{name}: {form.text}" for name, form in sorted(spec.form_of.items())]
    covers = covered(spec) or (None, None)
    return Import(
        id=job.id,
        table=spec.table,
        profile=spec.profile.label,
        file=spec.path.name,
        sha256=job.print.sha256,
        bytes=job.print.bytes,
        mapping=spec.mapping.name,
        mapping_sha256=job.mapping_sha256,
        timezone=spec.zone.key if spec.zone is not None else "",
        encoding=encoding,
        dates="; ".join(forms),
        rows_in=scanned.rows,
        rows_ok=scanned.rows,
        covers_from=covers[0],
        covers_to=covers[1],
        fictional=spec.fictional,
        note=spec.note,
        source=spec.source,
    )
