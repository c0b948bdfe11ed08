"""Reading files: every form, every mistake at once, and no text whatever that makes the reader fall over."""

from __future__ import annotations

import dataclasses
import re
import time
import tomllib
from collections.abc import Callable
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from textwrap import dedent

import casefile
import pytest
from lark import Token, Tree

from sla2 import resources
from sla2.diagnostics import Edit, Span, has_errors
from sla2.diagnostics.render import terminal
from sla2.diagnostics.suggest import did_you_mean
from sla2.source import codes, foreign, forms, grammar, mistakes, table
from sla2.source.decode import MOST_BYTES, decode
from sla2.source.edit import apply_edits
from sla2.source.format import format_text
from sla2.source.from_text import parse
from sla2.source.lexer import BLANKS
from sla2.source.read import read_document
from sla2.source.syntax import Document, DurationValue, MoneyValue, Name, PercentValue, Phrase, Text, Word

GOOD = sorted((casefile.CASES / "language" / "good").glob("*.sla"))
GALLERY = casefile.CASES / "language" / "messages.expected"
GRAMMAR = resources.read_text("grammar", grammar.GRAMMAR_FILE)


def bare(value: object) -> object:
    """`value` without places and paths, so that two readings can be compared."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(bare(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (getattr(value, field.name) for field in dataclasses.fields(value) if field.name != "path")
        return (type(value).__name__, *(bare(part) for part in fields))
    return value


def read(text: str) -> Document:
    document, found = read_document(text, "case.sla")
    assert document is not None
    assert found == (), found
    return document


def fixed(text: str) -> str:
    found = read_document(text, "case.sla")[1]
    return apply_edits(text, [edit for one in found if one.fix for edit in one.fix.edits])


# ------------------------------------------------------------------ the grammar
def test_the_grammar_has_no_conflicts_and_no_words_that_collide() -> None:
    parser = table.build(GRAMMAR, strict=True)
    assert len(parser.rules) > 500


def shape(tree: Tree[Token]) -> object:
    return (
        tree.data,
        [
            (child.type, str(child), child.start_pos, child.line, child.column, child.end_pos)
            if isinstance(child, Token)
            else shape(child)
            for child in tree.children
        ],
    )


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_line_by_line_gives_the_tree_that_lark_gives(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert shape(parse(text, path.name).tree) == shape(grammar.language().parse(text))


def test_the_good_files_hold_every_statement_and_every_phrase() -> None:
    seen: set[str] = set()

    def note(part: object) -> None:
        if isinstance(part, tuple):
            for item in part:
                note(item)
        elif dataclasses.is_dataclass(part) and not isinstance(part, Span):
            seen.add(getattr(part, "form", ""))
            note(tuple(getattr(part, field.name) for field in dataclasses.fields(part)))

    for path in GOOD:
        note(read(path.read_text(encoding="utf-8")).blocks)
    assert {form.name for form in forms.forms()} - seen == {"also"}, "also joins the list before it"


def test_the_good_files_hold_every_kind_of_block() -> None:
    seen = {block.kind for path in GOOD for block in read(path.read_text(encoding="utf-8")).blocks}
    assert seen == set(grammar.block_kinds())


def test_blanks_are_those_of_the_grammar() -> None:
    text = 'sla 2.0\nlevel a "A"\n  target: at least 99.9%\nend\n'
    for blank in BLANKS:
        assert bare(read(text.replace(" ", blank).replace("sla" + blank, "sla "))) == bare(read(text)), repr(blank)


def test_values_of_a_line() -> None:
    document = read('sla 2.0\nlevel p2 "P2"\n  target: 99.95% within 4 business hours\nend\n')
    (block,) = document.blocks
    (statement,) = block.statements
    assert (block.kind, block.name.text, block.title.text) == ("level", "p2", "P2")
    assert (statement.form, statement.label) == ("level_target", "target")
    (share,) = statement.args
    assert isinstance(share, Phrase) and share.form == "share_target"
    percent, within = share.args
    assert isinstance(percent, PercentValue) and percent.value == Decimal("99.95")
    assert isinstance(within, DurationValue) and (within.value, within.unit) == (4, "business hour")
    assert (statement.span.line, statement.span.column, statement.span.end_column) == (3, 3, 41)


def test_a_reference_has_its_alias_and_a_long_text_its_own_margin() -> None:
    document = read(
        'sla 2.0\ninclude "f.sla" as FW\ncontract c "C"\n  under: FW.frame\nend\n'
        'clause x "X"\n  text nl: """\n    Een\n      twee\n  """\nend\n'
    )
    assert document.includes[0].alias.text == "FW"
    under = document.blocks[0].statements[0].args[0]
    assert isinstance(under, Name)
    assert (under.alias, under.text) == ("FW", "frame")
    language, text = document.blocks[1].statements[0].args
    assert isinstance(language, Word) and isinstance(text, Text)
    assert text.text == "Een\n  twee"


def test_a_list_of_categories_is_one_condition() -> None:
    document = read('sla 2.0\nlevel a "A"\n  when: priority P1, P2, category "x", "y"\nend\n')
    first, second = document.blocks[0].statements[0].args
    assert isinstance(first, Phrase) and isinstance(second, Phrase)
    assert (first.form, len(first.args), second.form, len(second.args)) == ("when_priority", 2, "when_category", 2)


def test_amounts_and_durations_keep_their_digits() -> None:
    document = read('sla 2.0\ncontract c "C"\n  fee a: EUR 100.10 per month\n  term: 3 years from 2026-02-01\nend\n')
    fee, term = document.blocks[0].statements
    money = fee.args[1].args[0]
    length = term.args[0].args[0]
    assert isinstance(money, MoneyValue) and isinstance(length, DurationValue)
    assert (money.currency, str(money.amount), length.unit) == ("EUR", "100.10", "year")


# ------------------------------------------------------------------ mistakes
@pytest.mark.parametrize("case", casefile.cases("language/bad"), ids=casefile.name)
def test_what_is_marked_is_found_and_nothing_else(case: casefile.Case) -> None:
    found = read_document(f"sla 2.0\n{case.text}", "case.sla")[1]
    lines = sorted((one.span.line - 1, one.code) for one in found if one.span is not None)
    assert lines == case.expected, [one.message for one in found]


@pytest.mark.parametrize("slip", mistakes.slips(), ids=lambda slip: f"{slip.code.id} {slip.wrong}")
def test_every_slip_of_the_table_is_recognised_and_put_right(slip: mistakes.Slip) -> None:
    def written(line: str) -> str:
        closed = line in ("}", "end") or line.startswith("end ")
        if not slip.block:
            return f"sla 2.0\n{line}\nend\n"
        return f'sla 2.0\n{slip.block} x "X"\n{line}\n{"" if closed else "end"}\n'

    document, found = read_document(written(slip.wrong), "case.sla")
    assert [one.code for one in found] == [slip.code.id]
    assert "{" not in found[0].message.replace("`{`", "")
    if slip.right is None:
        assert found[0].fix is None
        assert 1 <= len(found[0].choices) <= 2
        for choice in found[0].choices:
            assert read(apply_edits(written(slip.wrong), choice.edits))
    else:
        assert fixed(written(slip.wrong)).splitlines() == written(slip.right).splitlines()
        assert bare(document) == bare(read(written(slip.right))), "what was read is what the fix writes"


def test_every_label_has_an_example_that_can_be_read() -> None:
    shown = mistakes.examples()
    for kind in grammar.block_kinds():
        labels = set(grammar.labels_of(kind)) - {"allow"}
        assert labels <= {label for block, label in shown if block == kind}
        for label in labels:
            (statement,) = read(f'sla 2.0\n{kind} x "X"\n{shown[kind, label]}\nend\n').blocks[0].statements
            assert statement.label == label


def in_a_file(snippet: str) -> list[str]:
    """The snippet as it may stand in a file: as it is, and inside each kind of block."""
    if snippet.startswith("sla "):
        return [snippet]
    files = [f"sla 2.0\n{snippet}\n", f"sla 2.0\n{snippet}\nend\n", f"{snippet}\n"]
    return (
        files
        + [f'sla 2.0\n{kind} x "X"\n{snippet}\nend\n' for kind in grammar.block_kinds()]
        + [f'sla 2.0\nlevel x "X"\n{snippet}\n']
    )


def snippets(code: codes.Code) -> tuple[str, str]:
    """The example of a manual page and what to write instead, without their margins."""
    example, instead = code.page.split("# Example\n")[1].split("# Write instead\n")
    return dedent(example).strip("\n"), dedent(instead).strip("\n")


NOT_IN_A_TEXT = {"SLA101", "SLA102", "SLA103", "SLA118"}


@pytest.mark.parametrize("code", [code for code in codes.CODES if code.id not in NOT_IN_A_TEXT], ids=lambda c: c.slug)
def test_the_manual_page_shows_a_mistake_and_its_remedy(code: codes.Code) -> None:
    bad, good = example_file(code)
    assert code.id in {one.code for one in read_document(bad, "case.sla")[1]}
    assert read_document(good, "case.sla")[1] == ()


def example_file(code: codes.Code) -> tuple[str, str]:
    """The example of a page and its remedy as files in which they are a mistake and none."""
    example, instead = snippets(code)
    goods = in_a_file(instead)
    for bad, good in zip_longest(in_a_file(example), goods, fillvalue=goods[-1]):
        found = {one.code for one in read_document(bad, "case.sla")[1]}
        if code.id in found and not read_document(good, "case.sla")[1]:
            return bad, good
    raise AssertionError(f"the example of {code.id} is not found, or what to write instead has mistakes")


@pytest.mark.parametrize("case", casefile.cases("language/bad"), ids=casefile.name)
def test_what_has_a_fix_is_right_once_fixed(case: casefile.Case) -> None:
    """Each finding with a fix is gone after it, and nothing else has come in its place."""
    text = re.sub(r"[ \t]*# \^\^\^.*", "", f"sla 2.0\n{case.text}")
    before = read_document(text, "case.sla")[1]
    for _ in range(4):
        text = fixed(text)
    assert sorted(one.code for one in read_document(text, "case.sla")[1]) == sorted(
        one.code for one in before if one.fix is None
    )


def test_foreign_words_stand_for_words_of_the_language() -> None:
    kept = tomllib.loads(resources.read_text("grammar", foreign.TABLE_FILE))
    words = set(grammar.keywords().values())
    labels = {label for kind in grammar.block_kinds() for label in grammar.labels_of(kind)} | {"end"}
    assert all(meaning in grammar.block_kinds() for meanings in kept["blocks"].values() for meaning in meanings)
    for meanings in kept["labels"].values():
        assert all(any(meaning == one or meaning.startswith(f"{one} ") for one in labels) for meaning in meanings)
    for meanings in kept["values"].values():
        assert all(set(meaning.split()) <= words | {"nl", "en", "de"} for meaning in meanings), meanings


def test_an_unclosed_quote_ends_at_its_line() -> None:
    text = 'sla 2.0\nopen passage peak "Peak\n  because: "Nobody knows yet.\n  opened: 2026-01-12\nend\n'
    document, found = read_document(text, "case.sla")
    assert [(one.code, one.span.line) for one in found if one.span] == [("SLA110", 2), ("SLA110", 3)]
    assert document is not None
    assert [statement.form for statement in document.blocks[0].statements] == ["passage_because", "passage_opened"]
    assert read(fixed(text)).blocks[0].title.text == "Peak"


def test_a_file_without_the_first_line_is_read_all_the_same() -> None:
    text = 'party a "A"\n  language: nl\nend\n'
    document, found = read_document(text, "case.sla")
    assert [one.code for one in found] == ["SLA112"]
    assert document is not None and len(document.blocks) == 1
    assert fixed(text) == f"sla 2.0\n{text}"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "\ufeff"])
def test_an_empty_file_lacks_its_first_line(text: str) -> None:
    document, found = read_document(text, "case.sla")
    assert [one.code for one in found] == ["SLA112"]
    assert document is not None and document.blocks == ()


@pytest.mark.parametrize(("first", "code"), [("sla 3.0", "SLA113"), ("sla 2", "SLA113"), ("SLA 2.0", "SLA117")])
def test_the_first_line_names_a_known_version(first: str, code: str) -> None:
    found = read_document(f'{first}\nparty a "A"\nend\n', "case.sla")[1]
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_each_missing_colon_is_found_and_its_fix_restores_the_contract(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    whole = bare(read("\n".join(lines)))
    tried = 0
    for number, line in enumerate(lines):
        label, colon, rest = line.partition(":")
        if not colon or '"' in label or "#" in label or not line.startswith("  ") or line.startswith("    "):
            continue
        text = "\n".join([*lines[:number], label + rest, *lines[number + 1 :]])
        found = read_document(text, path.name)[1]
        assert [(one.code, one.span and one.span.line) for one in found] == [("SLA109", number + 1)], line
        assert bare(read(fixed(text))) == whole
        tried += 1
    assert tried > 5


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_each_missing_end_is_found_and_its_fix_restores_the_contract(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    whole = bare(read("\n".join(lines)))
    ends = [number for number, line in enumerate(lines) if line == "end"]
    assert ends
    for number in ends:
        text = "\n".join([*lines[:number], *lines[number + 1 :]])
        found = read_document(text, path.name)[1]
        assert [one.code for one in found] == ["SLA107"]
        assert bare(read(fixed(text))) == whole


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_wrong_line_costs_only_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = read(text)
    for block in whole.blocks:
        for statement in block.statements:
            if statement.span.line != statement.span.end_line or not statement.label:
                continue
            broken = f"{text[: statement.span.start]}zzzzzzzz: %%{text[statement.span.end :]}"
            document, found = read_document(broken, path.name)
            assert document is not None
            code = "SLA104" if block.kind == "impact" else "SLA105"  # its lines begin with any unit: `ovens from 5: P1`
            assert [(one.code, one.span and one.span.line) for one in found] == [(code, statement.span.line)]
            left = [bare(s) for b in document.blocks for s in b.statements]
            kept = [bare(s) for b in whole.blocks for s in b.statements if s is not statement]
            assert left == kept


def test_expected_words_are_those_of_the_language() -> None:
    for path in (casefile.CASES / "language" / "bad").glob("*.sla"):
        for case in casefile.cases("language/bad"):
            if case.file == path:
                for one in read_document(f"sla 2.0\n{case.text}", "case.sla")[1]:
                    for name in ("_NL", "STRING", "LONGTEXT", "ANON", "MONTHNAME", "$END", "COLON", "COMMA"):
                        assert name not in one.help + one.message


def gallery() -> str:
    """Every code of this package as its user sees it, on the example of its page."""
    parts = []
    for code in codes.CODES:
        if code.id in NOT_IN_A_TEXT:
            continue
        bad, _ = example_file(code)
        found = [one for one in read_document(bad, "example.sla")[1] if one.code == code.id]
        parts.append(terminal(found, {"example.sla": bad}))
    return "\n".join(parts)


def test_messages_read_as_they_were_agreed(golden: Callable[[Path, str], None]) -> None:
    golden(GALLERY, gallery())


# ------------------------------------------------------------------ laying out
@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_laying_out_changes_no_meaning_and_settles_at_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once, found = format_text(text, path.name)
    assert found == () and once is not None
    assert bare(read(once)) == bare(read(text))
    assert format_text(once, path.name) == (once, ())


def test_laying_out_keeps_every_remark() -> None:
    text = (
        "# top\n\n\nsla   2.0 # version\n# about\ninclude 'a' as A\n\n#c\nlevel  p2 \"x\"   # title\n\n#in\n"
        "  target :at least 99.9 %#t\n\n\n period: month\n\n#last\n\nend # e\n#between\n\n\n#next\n"
        'party a "b"\nend\n#eof'
    ).replace("'", '"')
    assert format_text(text, "case.sla")[0] == (
        '# top\n\nsla 2.0  # version\n# about\ninclude "a" as A\n\n#c\nlevel p2 "x"  # title\n  #in\n'
        "  target: at least 99.9%  #t\n\n  period: month\n\n  #last\nend  # e\n\n#between\n\n#next\n"
        'party a "b"\nend\n\n#eof\n'
    )


def test_a_file_with_mistakes_is_not_laid_out() -> None:
    laid_out, found = format_text('sla 2.0\nlevel a "A"\n  target at least 5%\nend\n', "case.sla")
    assert laid_out is None
    assert has_errors(found)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_line_ends_tabs_and_marks_change_no_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    meant = bare(read(text))
    assert bare(read(text.replace("\n", "\r\n"))) == meant
    assert bare(read("\ufeff" + text)) == meant
    assert bare(read(text.replace("\n  ", "\n\t"))) == meant
    assert bare(read(text.replace("\n", "\n\n"))) == meant or '"""' in text
    assert bare(read(text.replace("\nend\n", "\u00a0\nend\u00a0 # done\n"))) == meant
    crlf, _ = format_text(text.replace("\n", "\r\n"), path.name)
    assert crlf is not None and crlf.count("\n") == crlf.count("\r\n")


# ------------------------------------------------------------------ bytes
TEXT = 'sla 2.0\nparty müller "Müller & Söhne"\nend\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_can_be_told_apart_are_read(encoding: str) -> None:
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    text, found = decode((mark + TEXT).encode(encoding), "a.sla")
    assert found == () and text is not None
    assert bare(read(text)) == bare(read(TEXT))


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (TEXT.encode("cp1252"), "SLA101", "Line 2"),
        (b"PK\x03\x04" + bytes(50), "SLA102", "word processor"),
        (b"%PDF-1.7", "SLA102", "PDF"),
        (b"sla 2.0\n\0\0", "SLA102", "Line 2"),
        (bytes(range(256)) * 40, "SLA102", "zero bytes"),
        (TEXT.encode("utf-16-le"), "SLA102", "zero bytes"),
        (b"\xff\xfea", "SLA101", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, code: str, word: str) -> None:
    text, found = decode(data, "a.sla")
    assert text is None
    assert [one.code for one in found] == [code]
    assert word in found[0].message and found[0].help


def test_a_file_of_fifty_megabytes_is_refused_at_once() -> None:
    start = time.perf_counter()
    text, found = decode(b"a" * 50_000_000, "a.sla")
    assert text is None and [one.code for one in found] == ["SLA103"]
    assert "50 MB" in found[0].message
    assert MOST_BYTES < 50_000_000
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000,
        "1" * 200_000 + "%",
        '"' * 200_000,
        "<" + "@" * 200_000,
        "( " * 100_000,
        "sla " * 50_000,
        'level a "b" ' * 20_000,
        "- " * 100_000,
        "EUR " + "1." * 100_000,
    ],
)
def test_no_line_makes_the_reader_slow(line: str) -> None:
    start = time.perf_counter()
    document, found = read_document(f'sla 2.0\nlevel a "A"\n  target: {line}\n  {line}\nend\n', "case.sla")
    assert document is not None and has_errors(found)
    assert time.perf_counter() - start < 5


def test_reading_stops_after_many_mistakes() -> None:
    found = read_document("sla 2.0\n" + 'level a "A"\n  x: y\nend\n' * 2000, "case.sla")[1]
    assert len(found) < 600
    assert found[-1].code == "SLA118"


# ------------------------------------------------------------------ the shipped table
def test_the_table_gives_the_parser_it_was_made_from() -> None:
    built = table.build(GRAMMAR)
    loaded = table.load(table.dump(built, GRAMMAR), GRAMMAR)
    assert loaded is not None
    for path in GOOD:
        text = path.read_text(encoding="utf-8")
        assert loaded.parse(text) == built.parse(text)


def test_a_stale_or_damaged_table_is_not_trusted() -> None:
    kept = table.dump(table.build('start: "a"'), 'start: "a"')
    assert table.load(kept, 'start: "a"') is not None
    assert table.load(kept, 'start: "b"') is None
    assert table.load(kept[:-1], 'start: "a"') is None
    assert table.load(kept.replace(b'"A"', b'"B"'), 'start: "a"') is None
    assert table.load(b"", 'start: "a"') is None
    assert table.load(b"[]\n{}", 'start: "a"') is None


def test_the_cache_folder_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    resources.write_cached("a.json", b"{}")
    folder = tmp_path / "sla2"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["a.json"]
    assert resources.read_cached("a.json") == b"{}"
    folder.chmod(0o777)
    assert resources.read_cached("a.json") is None, "others could have written it"
    folder.chmod(0o700)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert resources.read_cached("a.json") is None, "a link is followed to nowhere"


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sla2").write_text("a file in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    resources.write_cached("a.json", b"{}")
    assert resources.read_cached("a.json") is None


# ------------------------------------------------------------------ edits and suggestions
def test_edits_are_made_from_the_end_and_may_not_overlap() -> None:
    def at(start: int, end: int) -> Span:
        return Span("a", start, end, 1, start + 1, 1, end + 1)

    assert apply_edits("abcdef", [Edit(at(4, 5), "X"), Edit(at(0, 1), "YY"), Edit(at(2, 2), "-")]) == "YYb-cdXf"
    assert apply_edits("abc", [Edit(at(1, 2), "x"), Edit(at(1, 2), "x")]) == "axc"
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abcdef", [Edit(at(1, 4), "X"), Edit(at(3, 5), "Y")])
    with pytest.raises(ValueError, match="outside"):
        apply_edits("abc", [Edit(at(2, 9), "X")])


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("mesure", ["measure", "minimum"], "measure"),
        ("Target", ["target"], "target"),
        ("whithin", ["within", "with"], "within"),
        ("colour", ["closed", "cause"], None),
        ("form", ["from", "for"], "from"),
        ("", ["a"], None),
        ("x", ["a", "of"], None),
        ("avail-hostng", ["avail-hosting", "avail"], "avail-hosting"),
        ("a" * 1000, ["a" * 999], None),
    ],
)
def test_did_you_mean(word: str, known: list[str], meant: str | None) -> None:
    assert did_you_mean(word, known) == meant
    assert did_you_mean(word, reversed(known)) == meant
