"""The contract with every construct of the language (tests/cases/drafts/every.sla), loaded with its framework."""

from __future__ import annotations

from functools import lru_cache

import casefile

import contracts
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import read_lock
from sla2.diagnostics import has_errors
from sla2.source.read import read_document

FOLDER = casefile.CASES / "drafts"
FRAMEWORK = "every-framework.sla"


@lru_cache(maxsize=1)
def every() -> Contract:
    """The contract as signed; it has no error."""
    documents = {}
    for name in ("every.sla", FRAMEWORK):
        document, found = read_document((FOLDER / name).read_text(encoding="utf-8"), name)
        assert document is not None
        assert not has_errors(found), [finding.message for finding in found]
        documents[name] = document
    holidays = {}
    for path, lock in contracts.HOLIDAYS.items():
        file, wrong = read_lock(lock, path)
        assert file is not None, wrong
        holidays[path] = file
    made, findings = from_syntax(documents["every.sla"], included={FRAMEWORK: documents[FRAMEWORK]}, holidays=holidays)
    assert made is not None, [(one.span, one.message) for one in findings]
    assert not has_errors(findings), [finding.message for finding in findings]
    return made
