"""Word files: what they hold, read back with python-docx and lxml."""

from __future__ import annotations

import io
import zipfile

import docx
from document_samples import full, small

from sla2.document.docx import write


def _paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_small_document_opens_with_its_styles() -> None:
    found = _paragraphs(write(small()))
    assert found[:5] == [
        ("Title", "Werkplek en hosting"),
        ("Lead", "Deze overeenkomst beschrijft de dienst."),
        ("Heading 1", "Onderwerp"),
        ("Clause 2", "De leverancier levert de dienst."),
        ("Clause 3", "de servicedesk; en"),
    ]
    assert ("Caption", "Normen") in found


def test_the_reference_is_a_live_field_with_its_label() -> None:
    body = zipfile.ZipFile(io.BytesIO(write(small()))).read("word/document.xml").decode()
    assert " REF _sla_scope_hosting \\w \\h " in body
    assert "1.1(b)" in body


def test_every_kind_of_block_is_written() -> None:
    assert len(_paragraphs(write(full()))) > 40
