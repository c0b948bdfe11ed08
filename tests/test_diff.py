"""What changes in meaning: the cases in tests/cases/diff, and that no value of a contract can be missed.

A case is `--- old` and `--- new` with the blocks that differ (`--- contract` with `# from:` and `# to:` for two days of
one), then `--- nl`, `--- en`, `--- de` with the text that `sla2 diff` prints.
"""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path

import casefile
import pytest
from conftest import Golden
from diff_support import IGNORED, all_models, changed, has_literal
from pydantic import BaseModel

import contracts
from sla2 import diff as comparing
from sla2.cli.main import run
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import read_lock
from sla2.contract.readings import READINGS
from sla2.contract.surroundings import Language
from sla2.diagnostics import has_errors
from sla2.diff import labels
from sla2.diff.from_contracts import IGNORED as LEFT_OUT
from sla2.diff.values import REFERENCES, literals
from sla2.pipeline import Pipeline, Request
from sla2.source.format import format_text
from sla2.source.read import read_document
from sla2.source.syntax import Document
from sla2.words import phrases

FOLDER = casefile.CASES / "diff"
ROOT = Path(__file__).resolve().parents[1]
LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
EXAMPLES = sorted((ROOT / "contracts" / "examples").glob("*/contract.sla"))
TEMPLATE = ROOT / "templates" / "new" / "contract.sla"


def parts(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Title and sections of each case of a file."""
    _, *cases = re.split(r"^# case: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for case in cases:
        title, _, rest = case.partition("\n")
        _, *texts = re.split(r"^--- (\w+)\n", rest, flags=re.MULTILINE)
        found.append((title.strip(), dict(zip(texts[::2], texts[1::2], strict=True))))
    return found


def document(text: str, path: str = "case.sla") -> Document:
    found, _ = read_document(text, path)
    assert found is not None
    return found


def whole(blocks: str) -> str:
    """The blocks of a case with those that it needs besides."""
    return "sla 2.0\n" + casefile.Case(Path("case"), "", blocks).completed(contracts.PRELUDE)


def compared(sections: dict[str, str], language: Language) -> str:
    if "contract" in sections:
        days = {name: date.fromisoformat(day) for name, day in re.findall(r"# (from|to): (\S+)", sections["contract"])}
        contract = contracts.contract(sections["contract"])
        return comparing.plain(comparing.between(contract, days["from"], days["to"], language))
    old, new = (contracts.contract(sections[side]) for side in ("old", "new"))
    documents = (document(whole(sections["old"])), document(whole(sections["new"])))
    return comparing.plain(comparing.diff(old, new, language, documents))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_the_cases(path: Path, golden: Golden) -> None:
    text = ""
    for title, sections in parts(path):
        told: dict[str, str] = {one: compared(sections, one) for one in LANGUAGES if one in sections}
        assert told, f"{title} expects nothing"
        written = "".join(f"--- {name}\n{told.get(name, text)}" for name, text in sections.items())
        text += f"# case: {title}\n{written.rstrip()}\n\n"
    golden(path, text.rstrip() + "\n")


# ---------------------------------------------------------------- no field without a name

MODELS = [model for model in all_models() if model.__name__ != "Unevaluated"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_contract_has_a_name(model: type[BaseModel], language: Language) -> None:
    fields = [field for field in model.model_fields if field != "span" and field not in LEFT_OUT]
    assert [field for field in fields if labels.label_key(language, model.__name__, field) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_choice_of_a_contract_has_words(model: type[BaseModel], language: Language) -> None:
    words = {word for field in model.model_fields.values() for word in literals(field.annotation)}
    assert [word for word in sorted(words) if labels.choice_key(language, model.__name__, word) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_block_has_a_heading_and_a_noun(language: Language) -> None:
    for field, info in Contract.model_fields.items():
        inner = [model for model in all_models() if f".{model.__name__}," in f"{info.annotation},"]
        if any({"name", "title"} <= set(model.model_fields) for model in inner):
            assert labels.section_title(language, field)[0].isupper(), field
            assert labels.block_kind(language, field) != field, field


def test_the_tables_of_names_name_fields() -> None:
    known = {field for model in all_models() for field in model.model_fields}
    assert set(REFERENCES) <= known and set(LEFT_OUT) <= known and known >= IGNORED
    assert any(has_literal(field.annotation) for field in Contract.model_fields.values())


# ---------------------------------------------------------------- no value that can be missed


def read(text: str, folder: Path) -> tuple[Contract, Document] | None:
    """The contract of a text and its document, holidays read from `folder`; None if it has errors."""
    found, wrong = read_document(text, "contract.sla")
    if found is None or has_errors(wrong):
        return None
    files = {}
    for path in sorted(folder.glob("calendars/*.toml")):
        lock, _ = read_lock(path.read_text(encoding="utf-8"), path.name)
        if lock is not None:
            files[path.relative_to(folder).as_posix()] = lock
    contract, errors = from_syntax(found, included={}, holidays=files)
    return None if contract is None or has_errors(errors) else (contract, found)


def example(path: Path) -> Contract:
    found = read(path.read_text(encoding="utf-8"), path.parent)
    assert found is not None
    return found[0]


def lines_to_delete(text: str) -> list[int]:
    """The lines of blocks, of lines of one kind in one kind of block the first and the last."""
    kind = ""
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for number, line in enumerate(text.split("\n")):
        head = re.match(r"([a-z][a-z ]*?) [\w-]+ \"", line)
        kind = head[1] if head else kind
        if line.startswith("  ") and ":" in line:
            key = (kind, line.partition(":")[0])
            first.setdefault(key, number)
            last[key] = number
    return sorted({*first.values(), *last.values()})


SOURCES = [*EXAMPLES, TEMPLATE]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_every_value_that_is_changed_is_told(path: Path) -> None:
    contract = example(path)
    count = 0
    for number, (where, other) in enumerate(changed(contract)):
        language = LANGUAGES[number % 3]
        found = comparing.diff(contract, other, language)
        assert found.changes, f"{where} is missed"
        assert all(change.sentence and "None" not in change.sentence for change in found.changes), where
        count += 1
    assert count > 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_every_line_that_is_deleted_is_told(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    contract = example(path)
    before = document(text)
    lines = text.split("\n")
    missed, optional = [], 0
    for number in lines_to_delete(text):
        other = read("\n".join((*lines[:number], *lines[number + 1 :])), path.parent)
        if other is not None:
            optional += 1
            if not comparing.diff(contract, other[0], "en", (before, other[1])).changes:
                missed.append(lines[number])
    assert missed == [] and optional > 8


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_layout_and_order_mean_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    contract, before = example(path), document(text)
    head, *blocks = re.split(r"(?<=^end\n)", text, flags=re.MULTILINE)
    random.Random(7).shuffle(blocks)
    shuffled = head + "\n".join(blocks)
    loose = text.replace("\n  ", "\n\t   ").replace(": ", " :   ").replace("\nend\n", "\n# done\nend  # here\n\n")
    loose = text if read(loose, path.parent) is None else loose
    for other in (shuffled, "\ufeff" + text.replace("\n", "\r\n"), loose, format_text(loose, "x.sla")[0] or ""):
        again = read(other, path.parent)
        assert again is not None
        moved = again[0].model_copy(update={"path": "elsewhere/contract.sla"})
        assert comparing.diff(contract, moved, "nl", (before, again[1])).sections == ()


def test_every_value_of_every_form_is_told() -> None:
    """The contract that holds every form of the grammar; a third of its values, in turn in each language."""
    contract = Pipeline(Request((casefile.CASES / "contract" / "every" / "contract.sla").as_posix())).contract
    assert contract is not None
    for number, (where, other) in enumerate(list(changed(contract))[::3]):
        assert comparing.diff(contract, other, LANGUAGES[number % 3]).changes, f"{where} is missed"
    blocks = ("levels", "credits", "points", "pools", "terminations", "obligations", "passages", "amendments")
    empty = dict.fromkeys(blocks, ())
    for language in LANGUAGES:
        told = comparing.plain(comparing.diff(contract.model_copy(update=empty), contract, language))
        assert not re.search(r"\bNone\b|Term\(|span=|: \n", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_that_may_go_unstated_has_words(language: Language) -> None:
    known = phrases.keys(language)
    rules = [reading.id for reading in READINGS]
    assert [one for one in rules if f"reading.silent.{one}" not in known and f"diff.rule.{one}" not in known] == []


def test_a_long_text_is_compared_in_bounded_time() -> None:
    contract = example(TEMPLATE)
    clause = contract.clauses[0]
    many = " ".join(f"word{number}" for number in range(60_000))
    less = " ".join(f"term{number}" for number in range(60_000))
    one, two = (
        contract.model_copy(update={"clauses": (clause.model_copy(update={"texts": (("en", text),)}),)})
        for text in (f"begin {many} end", f"begin {less} end")
    )
    (change,) = comparing.diff(one, two, "en").changes
    assert [piece.kind for piece in change.pieces] == ["same", "removed", "added", "same"]


def test_text_of_a_contract_is_shown_and_never_obeyed() -> None:
    contract = example(TEMPLATE)
    clause = contract.clauses[0]
    hostile = "\u202egpj.exe \x1b[31m {{ 7 * 7 }} <b>x</b> [-not-] and so on"
    other = contract.model_copy(update={"clauses": (clause.model_copy(update={"texts": (("en", hostile),)}),)})
    found = comparing.diff(contract, other, "en")
    for text in (comparing.plain(found), comparing.markdown(found), comparing.as_json(found)):
        assert "\u202e" not in text and "\x1b" not in text and "[U+202E]" in text.replace("\\", "")
    assert "<b>" not in comparing.markdown(found).replace("\\<b\\>", "")


# ---------------------------------------------------------------- the command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = TEMPLATE.read_text(encoding="utf-8")
    Path("old.sla").write_text(text, encoding="utf-8")
    Path("new.sla").write_text(text.replace("target: 90% within 4", "target: 92% within 4"), encoding="utf-8")
    Path("bad.sla").write_text(text.replace("customer: town", "customer: twon"), encoding="utf-8")
    return tmp_path


def test_a_difference_is_a_result(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.sla", "new.sla"]) == 0
    captured = capsys.readouterr()
    assert captured.out.split("\n")[:2] == [
        "Service levels",
        "  Target of “Resolution of critical incidents” (resolve-p1): at least 90% of the cases within 4 business hours"
        " → at least 92% of the cases within 4 business hours",
    ]
    assert captured.err == "1 change.\n"
    assert run(["diff", "old.sla", "new.sla", "--fail-on", "changed"]) == 1
    assert run(["diff", "old.sla", "old.sla", "--fail-on", "changed", "--lang", "nl"]) == 0
    assert capsys.readouterr().out.endswith("Er verandert niets aan de betekenis.\n")


def test_for_machines_and_pages(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.sla", "new.sla", "--json", "--lang", "de"]) == 0
    found = json.loads(capsys.readouterr().out)
    (section,) = found["sections"]
    (change,) = section["changes"]
    assert (found["schema"], found["changed"], section["kind"]) == ("sla2.diff/1", True, "levels")
    assert (change["kind"], change["block"], change["field"]) == ("changed", "resolve-p1", "target")
    assert "92" in change["after"] and "92" not in change["before"]
    assert run(["diff", "old.sla", "new.sla", "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("## Service levels\n\n- Target of ")


@pytest.mark.parametrize("names", [("old.sla", "bad.sla"), ("bad.sla", "old.sla"), ("bad.sla", "bad.sla")])
def test_a_broken_contract_is_not_compared(
    names: tuple[str, str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", *names]) == 1
    captured = capsys.readouterr()
    assert "SLA203" in captured.out and "bad.sla has errors and cannot be compared" in captured.err
    assert "Service levels" not in captured.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old.sla"], "Name two contracts"),
        (["old.sla", "--from", "2026-02-01"], "Name two contracts"),
        (["old.sla", "new.sla", "--from", "2026-02-01", "--to", "2026-03-01"], "Name two contracts"),
        (["-", "-"], "only one of the two"),
        (["old.sla", "new.sla", "--lang", "fr"], "--lang"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_missing_file_is_3(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.sla", "nope.sla"]) == 3
    assert "There is no file nope.sla" in capsys.readouterr().err


def test_two_days_of_one_contract(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "old.sla", "--from", "2026-02-01", "--to", "2026-10-01"]) == 0
    out = capsys.readouterr().out
    assert "Target of “Response to urgent incidents” (response-p2): at least 70%" in out
    assert "State of “Response to urgent incidents” (response): open → " in out
    assert run(["diff", "old.sla", "--from", "2026-02-01", "--to", "2026-02-02"]) == 0
    assert capsys.readouterr().out == "Nothing changes in meaning.\n"
