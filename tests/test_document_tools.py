"""What other programs make of our files: LibreOffice's own references and pages, Chromium's layout."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from document_samples import document, full
from tools import chromium, need, pdf_pages, to_pdf

from sla2.document import html
from sla2.document.blocks import Clause, Contents, Heading, Paragraph, Ref, Run, Schedule, runs
from sla2.document.docx import lint, page_numbers, write
from sla2.document.labels import compute

pytestmark = pytest.mark.tools


def _with_wrong_references(data: bytes) -> bytes:
    """The file with every cached text of a REF field replaced, so that what is printed is computed by the reader."""
    out = io.BytesIO()
    pattern = re.compile(
        rb'( REF [^<]*</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t[^>]*>)[^<]*'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content, count = pattern.subn(rb"\1WRONG", content)
                assert count > 3
            target.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("language", "noun"), [("nl", "Bijlage"), ("en", "Schedule"), ("de", "Anlage")])
def test_libreoffice_computes_the_same_labels(tmp_path: Path, language: str, noun: str) -> None:
    levels = (1, 2, 3, 4, 4, 3, 2, 1, 2, 2, 3, 1, 3, 4, 1, 2)
    clauses = tuple(Clause(level, f"c{at}", runs(f"text {at}")) for at, level in enumerate(levels))
    schedules = tuple(Schedule(f"s{at}", noun, runs(f"title {at}")) for at in range(2))
    targets = [block.id for block in (*clauses, *schedules)]
    lines = tuple(Paragraph((Run(f"REFERENCE {name} <"), Ref(name), Run(">"))) for name in targets)
    made = document(*clauses, *schedules, *lines, language=language)
    path = tmp_path / "draft.docx"
    path.write_bytes(_with_wrong_references(write(made)))
    text = "\n".join(pdf_pages(to_pdf(path)))
    labels = compute(made)
    printed = dict(re.findall(r"REFERENCE (\S+) <([^>]*)>", text.replace("\u00a0", " ")))
    assert printed == {name: labels.of(name).full.replace("\u00a0", " ") for name in targets}


def test_pages_and_repeated_header(tmp_path: Path) -> None:
    path = tmp_path / "full.docx"
    path.write_bytes(write(full()))
    pages = pdf_pages(to_pdf(path))
    assert len(pages) > 5
    with_rows = [page for page in pages if re.search(r"INC10\d\d", page) and "Zie de meldingen" not in page]
    assert len(with_rows) >= 2
    assert all("Omschrijving" in page for page in with_rows)
    assert all("Fictief voorbeeld" in page and "status: concept" in page for page in pages)
    assert [re.search(r"pagina (\d+) van (\d+)", page).groups() for page in pages] == [  # type: ignore[union-attr]
        (str(number), str(len(pages))) for number in range(1, len(pages) + 1)
    ]


def test_the_signature_block_is_never_alone(tmp_path: Path) -> None:
    """Whatever the length of the text before it, the line before the block stands on the same page."""
    for filling in (27, 29, 31):
        clauses = tuple(Clause(2, f"c{at}", runs("Een bepaling van een regel.")) for at in range(filling))
        signing = next(block for block in full().blocks if type(block).__name__ == "Signatures")
        closing = Clause(2, "last", runs("Opgemaakt in tweevoud."))
        path = tmp_path / f"sign{filling}.docx"
        path.write_bytes(write(document(Clause(1, "one", runs("Slot")), *clauses, closing, signing)))
        pages = pdf_pages(to_pdf(path))
        signed = [page for page in pages if "Handtekening" in page]
        assert len(signed) == 1
        assert "tweevoud" in signed[0]
        assert signed[0].count("Naam") == 2


def test_the_open_xml_sdk_finds_nothing(tmp_path: Path) -> None:
    program = need("ooxml-validator")
    for audience in ("internal", "counterparty"):
        path = tmp_path / f"{audience}.docx"
        path.write_bytes(write(full(), audience=audience))  # type: ignore[arg-type]
        done = subprocess.run([program, str(path)], capture_output=True, timeout=120, check=False)
        assert json.loads(done.stdout)["errors"] == []


def test_a_narrow_page_does_not_scroll_sideways(tmp_path: Path) -> None:
    """Chromium lays the page out at 400 px; a script added by the test reports how wide it became."""
    page = html.write(full()).replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    probe = "<script>document.title = 'WIDTH ' + document.documentElement.scrollWidth + ' ' + innerWidth</script>"
    frame = tmp_path / "frame.html"
    (tmp_path / "page.html").write_text(page.replace("</body>", probe + "</body>"), encoding="utf-8")
    frame.write_text(
        '<iframe id="f" src="page.html" width="400" height="900" style="border:0"></iframe>', encoding="utf-8"
    )
    dumped = chromium(tmp_path / "page.html", "--window-size=500,900", "--dump-dom")
    width, inner = map(int, re.search(r"WIDTH (\d+) (\d+)", dumped).groups())  # type: ignore[union-attr]
    assert width <= inner


def test_the_printed_page_shows_what_is_folded(tmp_path: Path) -> None:
    path = tmp_path / "full.html"
    path.write_text(html.write(full()), encoding="utf-8")
    pdf = tmp_path / "full.pdf"
    chromium(path, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    pages = pdf_pages(pdf)
    assert len(pages) > 2
    assert "noemer: 25" in "\n".join(pages)
    assert sum("Omschrijving" in page for page in pages if re.search(r"INC10\d\d", page)) >= 2


def test_headings_are_in_the_contents_with_the_page_dash(tmp_path: Path) -> None:
    path = tmp_path / "toc.docx"

    path.write_bytes(write(document(Contents("Inhoud"), Heading(1, runs("Alpha")), Clause(1, "b", runs("Beta")))))
    text = "\n".join(pdf_pages(to_pdf(path)))
    assert re.search(r"Alpha\.+ ?–", text)
    assert re.search(r"1\s+Beta\.+ ?–", text)


def test_page_numbers_in_two_passes(tmp_path: Path) -> None:
    made = full()
    path = tmp_path / "first.docx"
    path.write_bytes(write(made))
    first = page_numbers(made, tuple(pdf_pages(to_pdf(path))))
    assert len(first) == 6
    assert list(first) == sorted(first)
    path.write_bytes(write(made, pages=first))
    pages = tuple(pdf_pages(to_pdf(path)))
    assert page_numbers(made, pages) == first
    assert re.search(rf"Bijlage.2\. Cijfers\.+ {first[-1]}\n", pages[0])
    assert "Uitkomsten in beeld" in pages[first[-1] - 1]
    assert lint(path.read_bytes()) == ()
