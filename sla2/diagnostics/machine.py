"""Diagnostics for machines: JSON, SARIF, and the annotations of a code host.

In: diagnostics in any order. Out: text that ends in a newline, sorted by place like the readable form. It runs last, in
the command line. Lines and columns count from 1, columns in code points. It holds no rule and prints nothing.

What a contract says is data here: it can end no annotation and begin none, and characters that control a terminal or
turn the direction of writing never stand in the output as themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from sla2.diagnostics.diagnostic import Severity
from sla2.diagnostics.render import harmless, ordered, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics.diagnostic import Diagnostic, Fix, Related
    from sla2.diagnostics.span import Span

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """`{"findings": [...]}`: every field of each diagnostic under its own name."""
    return _dump({"findings": [_finding(found) for found in ordered(diagnostics)]})


def github(diagnostics: Iterable[Diagnostic]) -> str:
    """One `::error file=…,line=…,col=…,title=…::message` line per finding."""
    return "".join(_annotation(found) for found in ordered(diagnostics))


def sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """A SARIF 2.1.0 log of one run (OASIS standard, sections 3.27, 3.28 and 3.55); `version` is that of sla2.

    Fixes and choices become `fixes`; a reader of the log picks one of them.
    """
    found = ordered(diagnostics)
    slugs = {one.code: one.slug for one in found}
    rules: list[Json] = [{"id": code, "name": slug} for code, slug in sorted(slugs.items())]
    results: list[Json] = [_result(one) for one in found]
    tool: Json = {"driver": {"name": "sla2", "version": version, "rules": rules}}
    run: Json = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    return _dump({"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]})


def _dump(value: Json) -> str:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(char if char == "\n" or harmless(char) else _json_escape(char) for char in text) + "\n"


def _json_escape(char: str) -> str:
    return json.dumps(char)[1:-1]


def _finding(found: Diagnostic) -> Json:
    return {
        "code": found.code,
        "slug": found.slug,
        "severity": found.severity.value,
        "message": found.message,
        "help": found.help,
        "span": None if found.span is None else _span(found.span),
        "related": [{"span": _span(other.span), "message": other.message} for other in found.related],
        "fix": None if found.fix is None else _fix(found.fix),
        "choices": [_fix(choice) for choice in found.choices],
    }


def _fix(fix: Fix) -> Json:
    return {"title": fix.title, "edits": [{"span": _span(edit.span), "text": edit.text} for edit in fix.edits]}


def _span(span: Span) -> Json:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "start": span.start,
        "end": span.end,
    }


def _annotation(found: Diagnostic) -> str:
    fields = []
    if found.span is not None:
        path = _property(visible(found.span.path))
        fields = [f"file={path}", f"line={found.span.line}", f"col={found.span.column}"]
    fields.append(f"title={_property(f'{found.code} {found.slug}')}")
    message = found.message + (f"\nRemedy: {found.help}" if found.help else "")
    return f"::{_GITHUB[found.severity]} {','.join(fields)}::{_data(_lines(message))}\n"


def _lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _result(found: Diagnostic) -> Json:
    locations: list[Json] = [] if found.span is None else [_location(found.span)]
    text = visible(found.message) + "".join(f" {visible(line)}" for line in found.help.split("\n") if line)
    result: dict[str, Json] = {
        "ruleId": found.code,
        "level": _SARIF[found.severity],
        "message": {"text": text},
        "locations": locations,
    }
    if found.related:
        result["relatedLocations"] = [_related(other) for other in found.related]
    fixes = [*([found.fix] if found.fix is not None else ()), *found.choices]
    if fixes:
        result["fixes"] = [_sarif_fix(fix) for fix in fixes]
    return result


def _related(other: Related) -> Json:
    return {**_location(other.span), "message": {"text": visible(other.message)}}


def _location(span: Span) -> dict[str, Json]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(span.path)}, "region": _region(span)}}


def _region(span: Span) -> Json:
    """A whole line if only that is known, else from the first character to behind the last."""
    if span.start == span.end == 0 and span.column == span.end_column == 1 and span.line == span.end_line > 1:
        return {"startLine": span.line}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _sarif_fix(fix: Fix) -> Json:
    by_file: dict[str, list[Json]] = {}
    for edit in fix.edits:
        replacement: Json = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        by_file.setdefault(edit.span.path, []).append(replacement)
    changes: list[Json] = [
        {"artifactLocation": {"uri": _uri(path)}, "replacements": replacements}
        for path, replacements in by_file.items()
    ]
    return {"description": {"text": visible(fix.title)}, "artifactChanges": changes}


def _uri(path: str) -> str:
    """A path as a relative reference (RFC 3986): slashes stay, all else that is not plain is percent-encoded."""
    return quote(path.replace("\\", "/"), safe="/")
