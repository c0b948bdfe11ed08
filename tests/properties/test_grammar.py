"""Whatever the grammar can derive is read, laid out and read again; whatever anybody types is answered, not crashed on.

The first half derives files from the rules of the grammar itself, so that a new form is tried without a new test.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from lark.grammar import Rule

from sla2.diagnostics import Span
from sla2.diagnostics.render import terminal
from sla2.source import forms, grammar
from sla2.source.decode import decode
from sla2.source.edit import apply_edits
from sla2.source.format import format_text
from sla2.source.from_text import parse
from sla2.source.lexer import plain_line_ends
from sla2.source.read import read_document

GOOD = Path(__file__).parents[1] / "cases" / "language" / "good"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(GOOD.glob("*.sla"))]
WORDS = sorted({word for text in TEXTS for word in text.split()})

SAMPLES = {
    "ID": ("xa", "avail-hosting", "P2", "größe"),
    "STRING": ('"a text"', '""', '"# no remark: really"'),
    "LONGTEXT": ('"""one line"""', '"""\n    two\n      lines\n  """'),
    "MAIL": ("<a@b.example>",),
    "NUMBER": ("0", "7", "12.50"),
    "PERCENT": ("99.95%", "5 %"),
    "MONEY": ("EUR 100.00", "JPY 5"),
    "DATE": ("2026-03-01", "2028-02-29"),
    "MONTH": ("2026-03",),
    "MONTHDAY": ("12-31",),
    "TIME": ("08:00", "24:00"),
    "ORDINAL": ("16th", "2nd"),
    "WEEKDAY": ("mon", "sun"),
    "MONTHNAME": ("February", "May"),
    "LANG": ("nl", "de"),
    "ZONE": ("UTC", "Europe/Amsterdam"),
    "CURRENCY": ("EUR",),
    "CODE": ("SLA305",),
    "DOTTED": ("delight.trust", "pulse.recommend"),
    "_NL": ("\n", "  # a remark\n", "\n\n", "\r\n"),
}
quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def bare(value: object) -> object:
    """`value` without places, so that two readings can be compared."""
    if isinstance(value, Span):
        return None
    if isinstance(value, tuple):
        return tuple(bare(part) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(bare(getattr(value, field.name)) for field in dataclasses.fields(value)))
    return value


@cache
def rules() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in grammar.language().rules:
        found.setdefault(rule.origin.name, []).append(rule)
    return found


@cache
def depth(name: str, above: frozenset[str] = frozenset()) -> int:
    """The least height of a derivation of the rule `name`."""
    if name in above:
        return 1000
    return min(
        max((1 + depth(symbol.name, above | {name}) for symbol in rule.expansion if not symbol.is_term), default=0)
        for rule in rules()[name]
    )


def derived(start: str, dice: Random) -> str:
    """A text that the rule `start` derives; `dice` chooses among the alternatives."""
    words = grammar.keywords()
    parts: list[str] = []
    waiting: list[tuple[str, int]] = [(start, 40)]
    while waiting:
        name, budget = waiting.pop()
        if name in rules():
            options = rules()[name] if budget > 0 else [min(rules()[name], key=height)]
            waiting += [(part.name, budget - 1) for part in reversed(dice.choice(options).expansion)]
        else:
            parts.append(words[name] if name in words else dice.choice(SAMPLES[name]))
    text = ""
    for part in parts:
        glued = part.startswith("\n") or part == "." or text.endswith(".")
        text += part if glued else f" {part}"
    return text


def height(rule: Rule) -> int:
    return max((depth(symbol.name) for symbol in rule.expansion if not symbol.is_term), default=0)


def line_rule(kind: str) -> str:
    """The rule of the lines of a `kind` block."""
    waiting = [grammar.BLOCK + kind.replace(" ", "_")]
    while waiting:
        name = waiting.pop()
        if name.endswith("_line"):
            return name
        waiting += [symbol.name for rule in rules()[name] for symbol in rule.expansion if symbol.name in rules()]
    raise AssertionError(f"{kind} has no lines")


def contract(seed: int) -> str:
    """A file with one block of every kind, each with some derived lines."""
    dice = Random(seed)
    blocks = []
    for kind in grammar.block_kinds():
        lines = "".join(derived(line_rule(kind), dice) for _ in range(dice.randrange(8)))
        blocks.append(f'{kind} x "X"\n{lines}end\n')
    return "sla 2.0\n" + "".join(blocks)


@pytest.mark.parametrize("seed", range(60))
def test_what_the_grammar_derives_is_read_and_laid_out(seed: int) -> None:
    text = contract(seed)
    document, found = read_document(text, "derived.sla")
    assert found == (), text
    assert document is not None and len(document.blocks) == len(grammar.block_kinds())
    laid_out, found = format_text(text, "derived.sla")
    assert laid_out is not None and found == ()
    again, found = read_document(laid_out, "derived.sla")
    assert found == ()
    assert bare(again) == bare(document)
    assert format_text(laid_out, "derived.sla")[0] == laid_out


@pytest.mark.parametrize("seed", range(10))
def test_what_the_grammar_derives_is_read_as_lark_reads_it(seed: int) -> None:
    text = contract(seed)
    assert parse(text, "derived.sla").tree == grammar.language().parse(text)


def test_nearly_every_form_was_derived() -> None:
    seen = set()
    for seed in range(60):
        document, _ = read_document(contract(seed), "derived.sla")
        assert document is not None
        seen |= {statement.form for block in document.blocks for statement in block.statements}
    statements = {form.name for form in forms.forms() if form.statement}
    assert len(statements) > 100
    assert len(statements - seen) < len(statements) / 20, statements - seen


def answered(text: str) -> None:
    """Reading `text` gives a document and findings that hold together."""
    document, found = read_document(text, "any.sla")
    assert document is not None
    lines = plain_line_ends(text)
    seen = set()
    for one in found:
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(text)
        assert one.span.line == lines.count("\n", 0, one.span.start) + 1
        assert one.message.endswith(".") and one.help
        key = (one.code, one.span, one.message)
        assert key not in seen, "a mistake is reported once"
        seen.add(key)
        for choice in one.choices:
            apply_edits(text, choice.edits)
    assert terminal(found, {"any.sla": text}) or not found
    mended = apply_edits(text, [edit for one in found if one.fix for edit in one.fix.edits])
    assert read_document(mended, "any.sla")[0] is not None
    for block in document.blocks:
        for statement in block.statements:
            assert block.span.start <= statement.span.start < statement.span.end <= len(text)


@quick
@given(st.data())
def test_a_contract_with_random_slips_is_answered(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, len(text)))
    text = "sla 2.0\n" + text[text.rfind("\n", 0, start) + 1 : start + 800]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        kind = data.draw(st.integers(0, 4))
        if kind == 0:
            text = text[:at] + text[at + data.draw(st.integers(1, 12)) :]
        elif kind == 1:
            text = text[:at] + data.draw(st.sampled_from(list('"#:,.-%\n€“”{}()<>;=\\\r\t\u00a0\u2028'))) + text[at:]
        elif kind == 2:
            text = f"{text[:at]} {data.draw(st.sampled_from(WORDS))} {text[at:]}"
        elif kind == 3:
            text = f'{text[:at]}"""{text[at:]}'
        else:
            text = f"{text[:at]}\nend\n{text[at:]}"
    answered(text)


@quick
@given(st.lists(st.sampled_from([*WORDS, "\n", '"', "end\n", ":", 'level x "X"\n', "#", '"""']), max_size=80))
def test_words_of_the_language_in_any_order_are_answered(words: list[str]) -> None:
    answered(" ".join(words))


@quick
@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    answered(text)


@quick
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    text, found = decode(data, "any.sla")
    assert (text is None) == bool(found)
    if text is not None:
        answered(text)
