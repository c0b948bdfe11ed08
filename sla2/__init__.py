"""sla2: SLA 2.0 contracts as text.

contract.sla --source--> Document --contract--> Contract --checks--> findings
exports --logs--> Log
Contract + Log --measure--> Measurements --settle--> Verdicts, Statement --trust--> Trust
Contract --words--> Sentences --draft--> blocks --document--> docx, html, markdown
Verdicts + Sentences --report--> blocks --document--> html, markdown, json
Contract + today --remind--> reminders

The names in `__all__` are what another program may use; everything else may change. Each is imported when it is first
asked for, so that `sla2 --help` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla2.checks.run import run as run_checks
    from sla2.contract.contract import Contract
    from sla2.contract.from_syntax import from_syntax
    from sla2.contract.versions import as_of, versions
    from sla2.diagnostics.diagnostic import Code, Diagnostic, Severity, has_errors
    from sla2.diagnostics.span import Span
    from sla2.files import Unreadable
    from sla2.logs.from_mapping import read_log
    from sla2.logs.log import Log
    from sla2.measure.measurement import Measurements
    from sla2.pipeline import Pipeline, Request
    from sla2.settle.verdict import Settlement
    from sla2.source.read import read_document
    from sla2.source.syntax import Document

_HOMES = {
    "Code": "sla2.diagnostics.diagnostic",
    "Contract": "sla2.contract.contract",
    "Diagnostic": "sla2.diagnostics.diagnostic",
    "Document": "sla2.source.syntax",
    "Log": "sla2.logs.log",
    "Measurements": "sla2.measure.measurement",
    "Pipeline": "sla2.pipeline",
    "Request": "sla2.pipeline",
    "Settlement": "sla2.settle.verdict",
    "Severity": "sla2.diagnostics.diagnostic",
    "Span": "sla2.diagnostics.span",
    "Unreadable": "sla2.files",
    "as_of": "sla2.contract.versions",
    "from_syntax": "sla2.contract.from_syntax",
    "has_errors": "sla2.diagnostics.diagnostic",
    "read_document": "sla2.source.read",
    "read_log": "sla2.logs.from_mapping",
    "run_checks": "sla2.checks.run",
    "versions": "sla2.contract.versions",
}

__all__ = [
    "Code",
    "Contract",
    "Diagnostic",
    "Document",
    "Log",
    "Measurements",
    "Pipeline",
    "Request",
    "Settlement",
    "Severity",
    "Span",
    "Unreadable",
    "as_of",
    "from_syntax",
    "has_errors",
    "read_document",
    "read_log",
    "run_checks",
    "versions",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'sla2' has no attribute {name!r}")
    return getattr(importlib.import_module(home), "run" if name == "run_checks" else name)


def __dir__() -> list[str]:
    return __all__
