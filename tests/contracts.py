"""Small contracts from a few blocks of text, for tests of words and drafts."""

from __future__ import annotations

from pathlib import Path

import casefile

from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import read_lock
from sla2.diagnostics import has_errors
from sla2.source.read import read_document

PRELUDE = (casefile.CASES / "words" / "_surroundings.sla").read_text(encoding="utf-8")

LOCK = """\
region = "NL"
years = [2026, 2027]

[[day]]
date = 2026-01-01
name = "Nieuwjaarsdag"

[[day]]
date = 2027-01-01
name = "Nieuwjaarsdag"
"""
HOLIDAYS = {"calendars/nl-2026.toml": LOCK}


def contract(blocks: str, prelude: str = PRELUDE, holidays: dict[str, str] = HOLIDAYS) -> Contract:
    """The contract made of `blocks` and of those of `prelude` that they do not have themselves."""
    case = casefile.Case(Path("case"), "", blocks)
    text = "sla 2.0\n" + case.completed(prelude)
    document, found = read_document(text, "case.sla")
    assert document is not None
    assert not has_errors(found), [finding.message for finding in found]
    files = {}
    for path, lock in holidays.items():
        file, wrong = read_lock(lock, path)
        assert file is not None, wrong
        files[path] = file
    made, findings = from_syntax(document, included={}, holidays=files)
    assert made is not None, [finding.message for finding in findings]
    assert not has_errors(findings), [finding.message for finding in findings]
    return made
