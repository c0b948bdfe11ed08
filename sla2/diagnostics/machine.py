"""Diagnostics for machines: JSON, SARIF, and the annotations of a code host.

In: diagnostics in any order. Out: text that ends in a newline, sorted by place like the readable form. It runs last, in
the command line. Lines and columns count from 1, columns in code points. It holds no rule and prints nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sla2.diagnostics.diagnostic import Severity
from sla2.diagnostics.render import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics.diagnostic import Diagnostic, Fix
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
    """A SARIF 2.1.0 log of one run (OASIS standard, sections 3.27 and 3.28); `version` is that of sla2."""
    found = ordered(diagnostics)
    slugs = {one.code: one.slug for one in found}
    rules: list[Json] = [{"id": code, "name": slug} for code, slug in sorted(slugs.items())]
    results: list[Json] = [_result(one) for one in found]
    run: Json = {"tool": {"driver": {"name": "sla2", "version": version, "rules": rules}}, "results": results}
    return _dump({"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]})


def _dump(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


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
        fields = [f"file={_property(found.span.path)}", f"line={found.span.line}", f"col={found.span.column}"]
    fields.append(f"title={_property(f'{found.code} {found.slug}')}")
    message = found.message + (f"\nRemedy: {found.help}" if found.help else "")
    return f"::{_GITHUB[found.severity]} {','.join(fields)}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _result(found: Diagnostic) -> Json:
    locations: list[Json] = [] if found.span is None else [_location(found.span)]
    text = found.message + (f" {found.help}" if found.help else "")
    return {
        "ruleId": found.code,
        "level": _SARIF[found.severity],
        "message": {"text": text},
        "locations": locations,
    }


def _location(span: Span) -> Json:
    region: Json = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": span.path}, "region": region}}
