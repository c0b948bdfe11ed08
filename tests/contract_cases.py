"""Contracts of tests/cases/contract, loaded with the files they need."""

from __future__ import annotations

from functools import lru_cache

import casefile

from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.names import needs
from sla2.source.read import read_document
from sla2.source.syntax import Document

FOLDER = casefile.CASES / "contract" / "whole"


def text_of(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def document_of(path: str) -> Document:
    document, found = read_document(text_of(path), path)
    assert document is not None
    assert found == ()
    return document


@lru_cache(maxsize=1)
def whole() -> Contract:
    """`whole/contract.sla` with its framework and its holiday file."""
    document = document_of("contract.sla")
    included: dict[str, Document] = {}
    holidays: dict[str, HolidayFile] = {}
    for need in needs(document):
        if need.kind == "include":
            included[need.path] = document_of(need.path)
        else:
            file, found = read_lock(text_of(need.path), need.path)
            assert file is not None
            assert found == ()
            holidays[need.path] = file
    contract, findings = from_syntax(document, included=included, holidays=holidays)
    assert findings == ()
    assert contract is not None
    return contract
