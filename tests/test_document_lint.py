"""Each file in cases/document/lint damages a good Word file in one way and names the finding that must come of it."""

from __future__ import annotations

import io
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest
from document_samples import full

from sla2.document.audience import internal_texts
from sla2.document.codes import CODES
from sla2.document.docx import lint, write

CASES = sorted((Path(__file__).parent / "cases" / "document" / "lint").glob("*.toml"))


@cache
def good() -> bytes:
    return write(full())


def changed(data: bytes, part: str, find: str, replace: str) -> bytes:
    """`data` with the first `find` in `part` replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if name == part:
                assert find in content, f"{find!r} is not in {part}"
                content = content.replace(find, replace, 1)
            target.writestr(name, content.encode("utf-8"))
    return out.getvalue()


def codes(data: bytes, **options: object) -> set[str]:
    return {found.code for found in lint(data, **options)}  # type: ignore[arg-type]


@pytest.mark.parametrize("audience", ["internal", "counterparty"])
def test_our_own_files_are_clean(audience: str) -> None:
    assert lint(write(full(), audience=audience)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_damage_is_found(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    found = codes(changed(good(), case["part"], case["find"], case["replace"]))
    assert found == {case["code"], *case.get("also", [])}


def test_every_code_has_a_case_or_a_test_of_its_own() -> None:
    by_hand = {"SLA701", "SLA706"}
    assert {tomllib.loads(path.read_text(encoding="utf-8"))["code"] for path in CASES} | by_hand == {
        code.id for code in CODES
    }


def test_every_page_has_its_headings() -> None:
    assert len({code.id for code in CODES}) == len({code.slug for code in CODES}) == len(CODES)
    for code in CODES:
        places = [code.page.index(head) for head in ("What it checks", "Why it matters", "Example", "Write instead")]
        assert places == sorted(places)


def test_the_internal_texts_of_a_draft_are_known_and_kept_in() -> None:
    hidden = internal_texts(full())
    assert "tot 75% binnen 90 minuten" in hidden
    assert "Afdeling Informatie, kamer 4.12" in hidden
    assert "1 juni 2026" not in hidden
    assert codes(write(full()), forbidden=hidden) == {"SLA727"}
    assert codes(write(full(), audience="counterparty"), forbidden=hidden) == set()


def test_a_lock_in_a_file_for_the_counterparty_is_found() -> None:
    data = write(full(), audience="counterparty")
    assert codes(changed(data, "word/document.xml", 'w:val="unlocked"', 'w:val="sdtLocked"')) == {"SLA727"}


def test_a_stale_number_is_named_with_the_right_one() -> None:
    data = changed(good(), "word/document.xml", ">2.2(a)(ii)<", ">9.9<")
    assert [found.message for found in lint(data)] == [
        "A reference says “9.9”, but the clause it leads to is 2.2(a)(ii)."
    ]
