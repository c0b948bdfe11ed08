"""The page about the language: snippets are parsed, whole contracts are checked, nothing of the grammar is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sla2.checks.run import run
from sla2.contract.evaluated import EVALUATED
from sla2.contract.from_syntax import READERS, from_syntax
from sla2.contract.measures import COMMON, MEASURES
from sla2.contract.reader.lines import REPEATABLE
from sla2.contract.readings import READINGS
from sla2.measure.refusals import refusals
from sla2.source import forms, grammar
from sla2.source.read import read_document
from sla2.source.syntax import Document, Phrase, Statement
from sla2.words.clauses import KNOWN

PAGE = (Path(__file__).parent.parent / "docs" / "language.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```sla([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SNIPPETS = [(PAGE[: found.start()].count("\n") + 2, found[1].strip(), found[2]) for found in FENCE.finditer(PAGE)]
SPECIAL = ("contract", "framework", "calendar")
FOLDED = frozenset({"also"})
"""Forms that never arrive in a document (see `sla2.source.forms`)."""


def as_file(kind: str, text: str) -> str:
    """A snippet as a file: whole, blocks, or lines of one block."""
    if kind == "whole":
        return text
    if kind.startswith("lines of "):
        return f'sla 2.0\n{kind.removeprefix("lines of ")} snippet "Snippet"\n{text}end\n'
    assert kind == "", f"unknown mark {kind!r}"
    return f"sla 2.0\n{text}"


def document_of(kind: str, text: str) -> Document:
    document, found = read_document(as_file(kind, text), "snippet.sla")
    assert found == ()
    assert document is not None
    return document


def used(document: Document) -> set[str]:
    """The forms of all statements and phrases of a document."""
    names: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, Statement | Phrase):
            names.add(node.form)
            for arg in node.args:
                visit(arg)

    for block in document.blocks:
        for statement in block.statements:
            visit(statement)
    return names


def section(title: str) -> str:
    return PAGE.split(title, 1)[1].split("\n## ", 1)[0].split("\n### ", 1)[0]


@pytest.mark.parametrize(("line", "kind", "text"), SNIPPETS, ids=[f"line {line}" for line, _, _ in SNIPPETS])
def test_a_snippet_can_be_read(line: int, kind: str, text: str) -> None:
    document_of(kind, text)


@pytest.mark.parametrize("text", [text for _, kind, text in SNIPPETS if kind == "whole"])
def test_a_whole_contract_has_no_findings(text: str) -> None:
    contract, found = from_syntax(document_of("whole", text))
    assert found == ()
    assert contract is not None
    assert run(contract).shown == ()
    assert contract.unevaluated == ()


def test_every_kind_of_block_is_shown() -> None:
    shown = {block.kind for _, kind, text in SNIPPETS for block in document_of(kind, text).blocks}
    assert shown == {*READERS, *SPECIAL}


def test_every_form_of_the_grammar_is_shown() -> None:
    shown = {form for _, kind, text in SNIPPETS for form in used(document_of(kind, text))}
    known = {form.name for form in forms.forms()} - FOLDED
    assert known - shown == set()


def test_the_lines_that_may_be_repeated_are_named() -> None:
    listed = PAGE.split("These may be repeated:")[1].split("* The keywords")[0]
    labels = {
        re.split(r" from | together|:| [A-Z(]", form.spellings[0])[0]
        for form in forms.forms()
        if form.name in REPEATABLE and not form.name.startswith(("amendment_", "impact_", "translation_"))
    }
    written = set(re.findall(r"`([^`]+)`", listed))
    assert labels == written


def test_an_include_is_shown() -> None:
    assert any(document_of(kind, text).includes for _, kind, text in SNIPPETS)


def test_the_table_of_measures_is_the_catalogue() -> None:
    rows = re.findall(
        r"^\| `([^`]+)` \| (yes|no) \| `([^`]+)` \| (.*) \|$", section("### What is measured"), re.MULTILINE
    )
    table = {name.removesuffix(' "name"'): (judged, example, lines) for name, judged, example, lines in rows}
    written = [kind for kind in MEASURES if kind.name in table]
    assert {kind.name for kind in MEASURES} - table.keys() == {"update interval"}, "a measure that has no spelling"
    for kind in written:
        judged, example, lines = table[kind.name]
        assert (judged == "yes") == (kind.name in EVALUATED), kind.name
        assert example == kind.example, kind.name
        assert tuple(re.findall(r"`([^`]+)`", lines)) == tuple(dict.fromkeys(kind.own_lines)), kind.name
    for label in COMMON:
        assert f"`{label}`" in section("### What is measured"), label


def test_the_table_of_unstated_rules_is_the_list() -> None:
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", section("## 17."), re.MULTILINE)
    expected = []
    for reading in READINGS:
        default = next(choice for choice in reading.readings if choice.id == reading.default)
        expected.append((default.line, reading.other.line))
    assert rows == expected


LEVEL = 'level extra "Extra"\n  service: workplace\n  period: month\n  {}\nend\n'
TICKETS = LEVEL.format("measure: resolution time\n  target: 90% within 4 business hours\n  {}")
OUTAGES = LEVEL.format("measure: availability\n  target: at least 99%\n  {}")
CREDITS = 'credits extra "Extra"\n  level: resolve-p1\n  base: fee workplace of the period\n  {}\nend\n'
PASSAGE = 'open passage extra "Extra"\n  concerns: {}\nend\n'
NOT_JUDGED = [
    ("`period: … rolling`", TICKETS.format("").replace("month", "30 days rolling")),
    ("`period: … before claim`", TICKETS.format("").replace("month", "365 days before claim")),
    ("`unit: each …`", TICKETS.format("unit: each shop")),
    ("`clock starts:`", TICKETS.format("clock starts: acknowledgement")),
    ("`slot:` of an availability", OUTAGES.format("slot: 5 minutes")),
    ("over a rolling span", 'exclusion extra "Extra"\n  at most: 8 hours per 12 months rolling\nend\n'),
    ("an open passage on a fee", PASSAGE.format("fee workplace")),
    ("`observe: … when`", PASSAGE.format("words only\n  observe: resolve-p1 when priority P2")),
    (
        "changes of `period`",
        TICKETS.format("") + 'amendment A1 "A1"\n  effective: 2026-05-01\n  change: extra period to quarter\nend\n',
    ),
    (
        "`judged at` outside a promise",
        'zero repeat extra "Extra"\n  within: 30 days\n  target: at least 90%\n  judged at: 95% confidence\nend\n',
    ),
    ("trust targets other than", 'zero repeat extra "Extra"\n  within: 30 days\n  target: above 90%\nend\n'),
    (
        "`prevails over`",
        'impact extra "Extra"\n  users from 10: P1\n  stated by: customer\n  prevails over: priorities\nend\n',
    ),
    ("`scorecard`", 'scorecard extra "Extra"\n  model: own\nend\n'),
    ("`exit plan`", 'exit plan extra "Extra"\n  tested every: 1 year\nend\n'),
]


@pytest.mark.parametrize(("words", "blocks"), NOT_JUDGED, ids=[words for words, _ in NOT_JUDGED])
def test_what_the_page_calls_not_judged_is_refused(words: str, blocks: str) -> None:
    """When one of these is judged at last, its row leaves section 18."""
    assert words in section("## 18.")
    whole = next(text for _, kind, text in SNIPPETS if kind == "whole")
    contract, _ = from_syntax(document_of("whole", whole + blocks))
    assert contract is not None
    refused = {item.block for item in contract.unevaluated}
    refused |= {level.name for level in contract.levels if refusals(contract, level)}
    assert refused == {"extra"}


def test_every_placeholder_is_named() -> None:
    for place in KNOWN.split(", "):
        assert f"`{place}`" in PAGE, place


def test_the_contents_are_the_headings() -> None:
    headings = re.findall(r"^## (\d+)\. (.*)$", PAGE, re.MULTILINE)
    contents = re.findall(r"^\| (\d+) \| (.*) \|$", PAGE, re.MULTILINE)
    assert [number for number, _ in headings] == [number for number, _ in contents]
    for (_, heading), (_, words) in zip(headings, contents, strict=True):
        assert words.startswith(heading.split(",")[0].split(":")[0]), heading


def test_every_line_of_every_block_stands_in_the_last_table() -> None:
    """Each label of each kind of block has a row, and the example of the row is that line."""
    found: set[tuple[str, str]] = set()
    for kinds, table in re.findall(r"^### Lines of ([^\n]+)\n(.*?)(?=^###|\Z)", section_whole("## 19."), re.M | re.S):
        names = re.findall(r"`([^`]+)`", kinds)
        for label, example, says, left_out in re.findall(
            r"^\| `([^`]+)` \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", table, re.M
        ):
            statement = document_of(f"lines of {names[0]}", f"{example}\n").blocks[0].statements[0]
            assert statement.label == label, (names, example)
            assert says.strip() and left_out.strip()
            found |= {(name, label) for name in names}
    labels = {(kind, label) for kind in grammar.block_kinds() for label in grammar.labels_of(kind) if label != "allow"}
    assert labels - found == set()
    assert {(kind, label) for kind, label in found - labels if kind not in ("framework",)} == set()


def section_whole(title: str) -> str:
    """A section with all its parts."""
    return PAGE.split(title, 1)[1].split("\n## ", 1)[0]
