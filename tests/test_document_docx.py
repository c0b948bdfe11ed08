"""Word files: what they hold, read back with python-docx and lxml."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from document_samples import HOSTILE, document, full, small
from lxml import etree

from sla2.document.blocks import Clause, Contents, Heading, Items, OpenPassage, PageBreak, Paragraph, Ref, Table, runs
from sla2.document.docx import open_package, write
from sla2.document.docx.context import bookmark_name, control_id, passage_mark
from sla2.document.docx.package import RELS
from sla2.document.docx.xml import q

ROOT = Path(__file__).resolve().parent.parent


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def body(data: bytes) -> str:
    return parts(data)["word/document.xml"]


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_small_document_opens_with_its_styles() -> None:
    found = paragraphs(write(small()))
    assert found[:5] == [
        ("Title", "Werkplek en hosting"),
        ("Lead", "Deze overeenkomst beschrijft de dienst."),
        ("Heading 1", "Onderwerp"),
        ("Clause 2", "De leverancier levert de dienst."),
        ("Clause 3", "de servicedesk; en"),
    ]
    assert ("Caption", "Normen") in found


def test_the_reference_is_a_live_field_with_its_label() -> None:
    text = body(write(small()))
    assert " REF _sla_scope_hosting \\w \\h " in text
    assert ">1.1(b)<" in text
    assert ">artikel\u00a0<" in text


def test_clauses_are_numbered_by_their_style_alone() -> None:
    tree = etree.fromstring(body(write(small())).encode())
    clauses = [
        p for p in tree.iter(q("p")) if (p.find(f"{q('pPr')}/{q('pStyle')}").get(q("val")) or "").startswith("Clause")
    ]
    assert len(clauses) == 4
    assert all(p.find(f"{q('pPr')}/{q('numPr')}") is None for p in clauses)


def test_hostile_text_arrives_as_text() -> None:
    shown = "\n".join(text for _, text in paragraphs(write(full())))
    assert "A & B <x> <script>alert(1)</script>" in shown
    assert "[U+202E]gnirts[U+202C]" in shown
    assert "{{ 7*7 }} C:\\pad" in shown
    assert "\x00" not in shown
    assert "javascript:" not in "".join(parts(write(full())).values())


def test_hostile_meta_cannot_break_the_package() -> None:
    evil = document(
        Paragraph(runs("x")), title=HOSTILE, identifier=HOSTILE, author=HOSTILE, version=HOSTILE, notice=HOSTILE
    )
    package, found = open_package(write(evil))
    assert package is not None
    assert found == ()
    assert docx.Document(io.BytesIO(package.data)).core_properties.title.startswith("A & B <x> <script>")


def test_only_hyperlinks_lead_outside() -> None:
    for name, text in parts(write(full())).items():
        if name.endswith(".rels"):
            outside = [
                r for r in etree.fromstring(text.encode()).iter(f"{{{RELS}}}Relationship") if r.get("TargetMode")
            ]
            assert [r.get("Target") for r in outside] in ([], ["https://voorbeeld.example/pad?a=1&b=2"])


def test_an_open_passage_is_a_control_with_placeholder() -> None:
    text = body(write(full()))
    control = re.search(r"<w:sdt><w:sdtPr><w:alias.*?</w:sdt>", text)[0]  # type: ignore[index]
    assert 'w:val="sla-open:peak-response"' in control
    assert f'<w:id w:val="{control_id("peak-response")}"/>' in control
    assert '<w:lock w:val="sdtLocked"/><w:showingPlcHdr/>' in control
    assert text.index(f'w:name="{passage_mark("peak-response")}"') < text.index(control)


def test_a_filled_passage_shows_no_placeholder() -> None:
    text = body(write(document(OpenPassage("p", "Title", runs("Lead:"), "agreed\ntwo lines", True))))
    assert "showingPlcHdr" not in text
    assert text.count('<w:pStyle w:val="FilledPassage"/>') == 2


def test_the_counterparty_gets_nothing_internal() -> None:
    made = parts(write(full(), audience="counterparty"))
    everything = "\n".join(made.values())
    assert "word/comments.xml" not in made
    for secret in ("75%", "Niet delen", "balie@stad.example", "kamer 4.12", "onderhandelingsruimte"):
        assert secret in "\n".join(parts(write(full())).values())
        assert secret not in everything
    assert '<w:lock w:val="unlocked"/>' in everything
    assert "sdtLocked" not in everything


def test_the_comment_has_the_date_of_the_document() -> None:
    comments = parts(write(full()))["word/comments.xml"]
    assert 'w:date="2026-01-12T00:00:00Z"' in comments
    assert 'w:author="Stad Voorbeeld, Inkoop"' in comments
    assert comments.count("<w:comment ") == 1


def test_properties_come_from_the_document_never_from_the_clock() -> None:
    data = write(full())
    core = docx.Document(io.BytesIO(data)).core_properties
    stamp = datetime(2026, 1, 12, tzinfo=UTC)
    assert (core.created, core.modified, core.comments, core.revision) == (stamp, stamp, "", 1)
    assert (core.author, core.version, core.content_status, core.language) == (
        "Stad Voorbeeld, Inkoop", "0.3", "concept", "nl-NL",
    )  # fmt: skip
    custom = parts(data)["docProps/custom.xml"]
    for name in ("SLA-ContractId", "SLA-Version", "SLA-Status", "SLA-Language", "SLA-SourceHash"):
        assert f'name="{name}"' in custom


@pytest.mark.parametrize(
    ("language", "tag", "comma"), [("nl", "nl-NL", ","), ("en", "en-GB", "."), ("de", "de-DE", ",")]
)
def test_one_language_everywhere(language: str, tag: str, comma: str) -> None:
    made = parts(write(document(Paragraph(runs("x")), language=language)))
    tags = re.findall(
        r'<w:(?:lang|themeFontLang)[^>]* ?w:val="([^"]+)"', made["word/styles.xml"] + made["word/settings.xml"]
    )
    assert set(tags) == {tag}
    assert f'<w:decimalSymbol w:val="{comma}"/>' in made["word/settings.xml"]


def test_tracking_is_on_and_nothing_is_locked() -> None:
    settings = parts(write(small()))["word/settings.xml"]
    assert "<w:trackRevisions/>" in settings
    assert "documentProtection" not in settings
    assert "updateFields" not in settings
    assert (
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        in settings
    )


def test_tables_have_grid_header_and_caption() -> None:
    tree = etree.fromstring(body(write(small())).encode())
    table = next(tree.iter(q("tbl")))
    widths = [int(column.get(q("w"))) for column in table.iter(q("gridCol"))]
    assert sum(widths) == 9298
    assert [int(cell.get(q("w"))) for cell in next(table.iter(q("tr"))).iter(q("tcW"))] == widths
    assert table.find(f"{q('tblPr')}/{q('tblLayout')}").get(q("type")) == "fixed"
    assert table.find(f"{q('tblPr')}/{q('tblCaption')}").get(q("val")) == "Normen"
    rows = list(table.iter(q("tr")))
    assert [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in rows)


def test_odd_tables_do_not_break_the_file() -> None:
    from sla2.document.blocks import Cell

    one = Cell(runs("x"))
    for table in (
        Table("a", "empty", (), ()),
        Table("b", "ragged", (one, one, one), ((one,), (one, one, one, one)), (1,)),
        Table("c", "zero widths", (one, one), ((one, one),), (0, 0)),
    ):
        package, found = open_package(write(document(table)))
        assert package is not None
        assert found == ()


def test_a_page_break_stands_on_the_next_paragraph() -> None:
    text = body(write(document(Paragraph(runs("one")), PageBreak(), Paragraph(runs("two")))))
    assert re.search(r'<w:pPr><w:pStyle w:val="BodyText"/><w:pageBreakBefore/></w:pPr><w:r><w:t[^>]*>two', text)


def test_each_ordered_list_starts_at_one() -> None:
    made = parts(write(document(*(Items((runs("a"), runs("b")), ordered=True) for _ in range(3)))))
    used = re.findall(r'<w:numId w:val="(\d+)"/>', made["word/document.xml"])
    assert used == ["5", "5", "6", "6", "7", "7"]
    assert made["word/numbering.xml"].count("startOverride") == 3


def test_the_contents_list_clauses_schedules_and_headings_of_level_one() -> None:
    text = body(
        write(
            document(
                Contents("Inhoud"), Clause(1, "a", runs("Alpha")), Heading(1, runs("Bare")), Heading(2, runs("No"))
            )
        )
    )
    assert re.findall(r"PAGEREF (\S+)", text) == ["_sla_a", "_toc_heading_1"]
    assert 'w:name="_toc_heading_1"' in text
    assert text.count(">–<") == 2


def test_bookmark_names_are_short_and_differ() -> None:
    ids = ["a-b", "a_b", "A-b", "open-a-b", "x" * 60, "x" * 61, "é", "a.b", "", "open-open-a"]
    names = [bookmark_name(name) for name in ids] + [passage_mark(name) for name in ids]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)
    assert bookmark_name("a-b") == "_sla_a_b"


def test_an_unknown_reference_is_refused() -> None:
    with pytest.raises(KeyError, match="gone"):
        write(document(Paragraph((Ref("gone"),))))


MAKE = (
    "import sys; sys.path.insert(0, 'tests'); from document_samples import full; import hashlib;"
    "from sla2.document import html, markdown; from sla2.document.docx import write;"
    "print(hashlib.sha256(write(full()) + html.write(full()).encode() + markdown.write(full()).encode()).hexdigest())"
)


def test_equal_bytes_across_hash_seeds_and_time_zones() -> None:
    seen = set()
    for seed, zone in (("1", "UTC"), ("77", "Pacific/Kiritimati"), ("4000", "America/New_York")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", MAKE], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_the_zip_is_settled() -> None:
    with zipfile.ZipFile(io.BytesIO(write(small()))) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries][:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_the_base_file_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/make_base_docx.py", "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_forty_pages_take_less_than_five_seconds() -> None:
    from time import perf_counter

    clauses = []
    for number in range(40):
        clauses.append(Clause(1, f"c{number}", runs(f"Clause {number}")))
        clauses += [
            Clause(2, f"c{number}-{at}", (*runs("The supplier reports, see "), Ref(f"c{number}", "clause")))
            for at in range(16)
        ]
    start = perf_counter()
    write(document(*clauses))
    assert perf_counter() - start < 5
