"""Nothing that a contract says is read and thrown away: every line form, every value on a line, every change.

`cases/contract/every/contract.sla` holds every form of the grammar. A line is left out, or a value on it replaced by
another one; then either the model of its block differs, or a finding stands in the block.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import casefile
import pytest
from pydantic import ValidationError

from sla2.contract.contract import Contract
from sla2.contract.from_syntax import READERS, from_syntax
from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.lines import open_lines
from sla2.contract.names import needs
from sla2.contract.passage import Add, Change, Reopen, TextTerm
from sla2.contract.schema import read_export
from sla2.contract.versions import as_of
from sla2.diagnostics import Diagnostic
from sla2.source import forms
from sla2.source import syntax as s
from sla2.source.format import format_text
from sla2.source.read import read_document

FOLDER = casefile.CASES / "contract" / "every"
ROOT = Path(__file__).parent.parent
WITHOUT_A_CHOICE = re.compile(
    # phrases that nothing else could stand for: their words are told apart by what is in them
    ": (authoritative|requirement|due_after|weekdays|span|sun|mon|sat|tier|owner|agreed|then_every|open_target"
    # the first or the last of two: the other one is told apart
    "|failing_clock_stops|small_allow|small_insufficient|round_before_comparing|outages_of_at_least|unit_service"
    "|fallback_interim|all units together|at least"
    # lines that can say one thing only
    "|counts as downtime|yes|averaged with previous|good|once|visible message)$"
)
OPEN_BY_THE_PASSAGE = ["level_hours", "level_down_when"]
"""`hours: open, see x` says on the line what `concerns:` in the passage says already."""
FOLDED = {"also"}
"""Forms that never arrive in a document (see `sla2.source.forms`)."""
CONTRACTS = sorted(
    path
    for folder in ("contracts", "tests/cases/contract/every", "tests/cases/contract/whole")
    for path in (ROOT / folder).rglob("*.sla")
)


# ---------------------------------------------------------------- reading


@dataclasses.dataclass(frozen=True)
class Files:
    """A document with the files it needs."""

    document: s.Document
    included: dict[str, s.Document]
    holidays: dict[str, HolidayFile]

    def read(self, document: s.Document | None = None) -> tuple[Contract | None, tuple[Diagnostic, ...]]:
        return from_syntax(document or self.document, included=self.included, holidays=self.holidays)


def load(path: Path, text: str | None = None) -> Files:
    document, _ = read_document(text if text is not None else path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    included: dict[str, s.Document] = {}
    holidays: dict[str, HolidayFile] = {}
    waiting = list(needs(document))
    for need in waiting:
        found = path.parent / need.path
        if not found.is_file():
            continue
        content = found.read_text(encoding="utf-8")
        if need.kind == "include":
            inner, _ = read_document(content, need.path)
            if inner is not None and need.path not in included:
                included[need.path] = inner
                waiting.extend(needs(inner))
        else:
            file, _ = read_lock(content, need.path)
            assert file is not None
            holidays[need.path] = file
    return Files(document, included, holidays)


@lru_cache(maxsize=1)
def every() -> Files:
    return load(FOLDER / "contract.sla")


@lru_cache(maxsize=1)
def whole() -> Contract:
    contract, findings = every().read()
    assert findings == ()
    assert contract is not None
    return contract


def forms_in(document: s.Document) -> set[str]:
    names: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, s.Statement | s.Phrase):
            names.add(node.form)
            for arg in node.args:
                visit(arg)

    for block in document.blocks:
        for statement in block.statements:
            visit(statement)
    return names


def test_the_file_holds_every_form_of_the_grammar() -> None:
    known = {form.name for form in forms.forms()} - FOLDED
    assert known - forms_in(every().document) == set()
    assert {block.kind for block in every().document.blocks} >= {*READERS, "contract", "calendar"} - {"framework"}


# ---------------------------------------------------------------- the model of one block


def model_of(contract: Contract | None, block: s.Block) -> object:
    """What the contract holds of one block."""
    if contract is None:
        return None
    name = block.name.text
    allows = tuple(allow for allow in contract.allows if allow.block == name)
    if block.kind in ("contract", "framework"):
        fields = {READERS[kind][0] for kind in READERS} | {"calendars", "unevaluated", "source_hash", "allows"}
        head = {field: value for field, value in contract.__dict__.items() if field not in fields}
        return {**head, "span": None}, contract.held, allows
    field = "calendars" if block.kind == "calendar" else READERS[block.kind][0]
    return next((each for each in getattr(contract, field) if each.name == name), None), allows


def noticed(block: s.Block, contract: Contract | None, findings: tuple[Diagnostic, ...]) -> bool:
    """True if the reading of `block` differs from that of the file as it stands."""
    spans = [one.span for one in findings if one.span is not None and one.span.path == "contract.sla"]
    if any(block.span.line <= span.line <= block.span.end_line for span in spans):
        return True
    return model_of(contract, block) != model_of(whole(), block)


# ---------------------------------------------------------------- other values


def another(node: s.Node) -> s.Node | None:
    """A value of the same kind that says something else; None for words, whose choices only the grammar knows."""
    match node:
        case s.Name():
            return dataclasses.replace(node, text=f"{node.text}-zz")
        case s.Text():
            return dataclasses.replace(node, text=f"{node.text} zz")
        case s.MoneyValue():
            return dataclasses.replace(node, amount=node.amount + 1)
        case s.PercentValue() | s.NumberValue() | s.DurationValue():
            return dataclasses.replace(node, value=node.value + 1)
        case s.DateValue():
            return dataclasses.replace(node, value=node.value + timedelta(days=1))
        case s.MonthValue():
            return dataclasses.replace(node, value=(node.value + timedelta(days=32)).replace(day=1))
        case s.MonthDayValue():
            return dataclasses.replace(node, day=node.day - 1 or 2)
        case s.StampValue():
            return dataclasses.replace(node, value=node.value + timedelta(minutes=1))
        case s.TimeValue():
            later = node.value.replace(hour=23, minute=59) if node.end_of_day else node.value.replace(minute=7)
            return dataclasses.replace(node, value=later, end_of_day=False)
        case s.MailValue():
            return dataclasses.replace(node, address=f"zz{node.address}")
    return None


def wrong(node: s.Node) -> s.Node | None:
    """A word or a form that the grammar does not have."""
    match node:
        case s.Word():
            return dataclasses.replace(node, text="zz")
        case s.Phrase():
            return dataclasses.replace(node, form="zz")
    return None


def variants(statement: s.Statement, change: object) -> Iterator[tuple[str, s.Statement]]:
    """`statement` with each of its values changed in turn."""

    def inside(args: tuple[s.Node, ...]) -> Iterator[tuple[str, tuple[s.Node, ...]]]:
        for place, node in enumerate(args):
            other = change(node)
            if other is not None:
                yield (
                    getattr(node, "form", None) or f"{getattr(node, 'text', node)}",
                    (*args[:place], other, *args[place + 1 :]),
                )
            if isinstance(node, s.Phrase):
                for what, inner in inside(node.args):
                    yield what, (*args[:place], dataclasses.replace(node, args=inner), *args[place + 1 :])

    for what, args in inside(statement.args):
        yield what, dataclasses.replace(statement, args=args)


def with_statement(block: s.Block, place: int, statements: tuple[s.Statement, ...]) -> s.Block:
    lines = (*block.statements[:place], *statements, *block.statements[place + 1 :])
    return dataclasses.replace(block, statements=lines)


def in_rounds(changed: dict[int, list[tuple[str, s.Block]]]) -> Iterator[tuple[str, s.Block, bool]]:
    """Each changed block, one of each block at a time, and whether the contract noticed."""
    blocks = every().document.blocks
    for number in range(max(map(len, changed.values()))):
        chosen = {place: found[number] for place, found in changed.items() if number < len(found)}
        document = dataclasses.replace(
            every().document, blocks=tuple(chosen.get(place, ("", block))[1] for place, block in enumerate(blocks))
        )
        contract, findings = every().read(document)
        for what, block in chosen.values():
            yield what, block, noticed(block, contract, findings)


def test_every_line_changes_the_contract() -> None:
    changed = {
        place: [
            (f"line {line.span.line}: {line.form}", with_statement(block, number, ()))
            for number, line in enumerate(block.statements)
        ]
        for place, block in enumerate(every().document.blocks)
    }
    lost = [what for what, _, seen in in_rounds(changed) if not seen]
    assert [what.partition(": ")[2] for what in lost] == OPEN_BY_THE_PASSAGE


def test_every_value_changes_the_contract() -> None:
    changed = {
        place: [
            (f"line {line.span.line}: {line.form}: {what}", with_statement(block, number, (variant,)))
            for number, line in enumerate(block.statements)
            for what, variant in variants(line, another)
        ]
        for place, block in enumerate(every().document.blocks)
    }
    assert [what for what, _, seen in in_rounds(changed) if not seen] == []


def test_every_word_and_every_phrase_is_read() -> None:
    """A word that no rule of the grammar has cannot pass: the model refuses it, or differs."""
    lost: list[str] = []
    shapes: set[str] = set()
    for place, block in enumerate(every().document.blocks):
        for number, line in enumerate(block.statements):
            for what, variant in variants(line, wrong):
                shape = f"{line.form} {[type(arg).__name__ for arg in line.args]} {what}"
                if shape in shapes:
                    continue
                shapes.add(shape)
                other = with_statement(block, number, (variant,))
                blocks = every().document.blocks
                document = dataclasses.replace(every().document, blocks=(*blocks[:place], other, *blocks[place + 1 :]))
                try:
                    contract, findings = every().read(document)
                except (ValidationError, LookupError, ValueError, StopIteration):
                    continue
                if not noticed(other, contract, findings):
                    lost.append(f"{line.form}: {what}")
    assert {what for what in lost if not WITHOUT_A_CHOICE.search(what)} == set()


# ---------------------------------------------------------------- change


CHANGES = [
    (amendment, verb)
    for amendment in (every().read()[0] or whole()).amendments
    for verb in amendment.verbs
    if isinstance(verb, Change)
]


@pytest.mark.parametrize(("amendment", "verb"), CHANGES, ids=[f"{v.block} {v.line}" for _, v in CHANGES])
def test_every_change_alters_the_terms_in_force(amendment, verb) -> None:
    day = amendment.effective
    former = tuple(each for each in whole().amendments if each.effective < day)

    def with_verbs(verbs) -> Contract:
        last = amendment.model_copy(update={"verbs": verbs})
        return as_of(whole().model_copy(update={"amendments": (*former, last)}), day)

    kept = tuple(each for each in amendment.verbs if isinstance(each, Add | Reopen))
    before, after = with_verbs(kept), with_verbs((*kept, verb))
    assert before.model_copy(update={"amendments": ()}) != after.model_copy(update={"amendments": ()})


def test_every_line_that_a_passage_concerns_is_open_and_every_rule_fills_it() -> None:
    brought = {verb.passage for each in whole().amendments for verb in each.verbs if isinstance(verb, Reopen)}
    open_now = {name for _, name in open_lines(whole())}
    on_a_line = {
        passage.name
        for passage in whole().passages
        if passage.concerns.block is not None and passage.concerns.line != "text"
    }
    assert open_now == on_a_line - brought
    assert open_lines(as_of(whole(), date(2026, 3, 1))) == ()
    for passage in whole().passages:
        for option in passage.options:
            other = passage.model_copy(update={"interim": option.filling})
            trial = tuple(other if each.name == passage.name else each for each in whole().passages)
            contract = whole().model_copy(update={"passages": trial})
            if not isinstance(option.filling, TextTerm):
                chosen = as_of(contract, date(2026, 3, 1)).model_copy(update={"passages": ()})
                assert chosen != as_of(whole(), date(2026, 3, 1)).model_copy(update={"passages": ()}), passage.name


# ---------------------------------------------------------------- there and back


def names_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CONTRACTS, ids=names_of)
def test_an_export_reads_back_as_the_same_contract(path: Path) -> None:
    contract, _ = load(path).read()
    assert contract is not None
    text = contract.model_dump_json()
    again = read_export(text)
    assert again == contract
    assert again.model_dump_json() == text


@pytest.mark.parametrize("path", CONTRACTS, ids=names_of)
def test_formatting_keeps_the_meaning(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    messy = "\r\n".join(f"\t{line.strip()}  " for line in text.splitlines()) + "\n" if '"""' not in text else text
    contract, _ = load(path).read()
    laid_out, findings = format_text(messy, path.name)
    assert findings == () and laid_out is not None
    formatted, _ = load(path, laid_out).read()
    assert contract is not None and formatted is not None
    same = {"source_hash": ""}
    assert formatted.model_copy(update=same) == contract.model_copy(update=same)
