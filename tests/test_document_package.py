"""The safe opener against files made to harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from document_samples import small

from sla2.document.docx import open_package, write

GOOD = write(small())


def _code(data: bytes) -> str:
    package, found = open_package(data)
    assert package is None
    return found[0].code


def _with(*extra: tuple[str, bytes], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", level) as target:
        for name, content in extra:
            target.writestr(name, content)
    return out.getvalue()


def test_a_good_file_opens_with_its_parts() -> None:
    package, found = open_package(GOOD)
    assert found == ()
    assert package is not None
    assert package.main == "word/document.xml"
    assert package.related("styles") == "word/styles.xml"
    assert [name for name, _ in package.stories()] == ["word/document.xml", "word/header1.xml", "word/footer1.xml"]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 200, GOOD[: len(GOOD) // 2], b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    assert _code(data) == "SLA701"


def test_a_million_empty_paragraphs_are_refused_unparsed() -> None:
    assert _code(_with(("word/extra.xml", b"<w>" + b"<p/>" * 1_000_000 + b"</w>"))) == "SLA706"


def test_many_elements_are_refused_even_if_badly_compressed() -> None:
    content = b"<w>" + b"<p/>" * 2_100_000 + b"</w>"
    assert _code(_with(("word/extra.xml", content), level=zipfile.ZIP_STORED)) == "SLA706"


def test_a_size_that_lies_is_bounded_while_reading() -> None:
    """The listing says 10 bytes; what is unpacked is more. Python's reader stops at the declared size."""
    data = bytearray(_with(("word/extra.bin", b"\0" * 5_000_000)))
    true = (5_000_000).to_bytes(4, "little")
    assert data.count(true) == 2
    assert _code(bytes(data).replace(true, (10).to_bytes(4, "little"))) == "SLA701"


def test_too_many_parts_are_refused() -> None:
    assert _code(_with(*((f"word/p{number}.txt", b"x") for number in range(2_001)))) == "SLA706"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/x.xml", "word\\x.xml", "C:/x.xml", "word/DOCUMENT.xml"])
def test_names_that_lead_astray_are_refused(name: str) -> None:
    assert _code(_with((name, b"<a/>"))) == "SLA701"


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.bin", "word/embeddings/oleObject1.bin"])
def test_active_content_is_refused(name: str) -> None:
    assert _code(_with((name, b"x"))) == "SLA703"


def test_entities_are_neither_expanded_nor_fetched() -> None:
    xml = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert _code(_with(("word/extra.xml", xml))) == "SLA702"
    assert _code(_with(("word/extra.xml", xml.decode().encode("utf-16")))) == "SLA702"


def test_a_password_is_named() -> None:
    data = bytearray(GOOD)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    package, found = open_package(bytes(data))
    assert package is None
    assert "password" in found[0].message
