"""The words of the reports: the same keys and names in three languages, and no key that is asked for is missing."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from sla2.report.texts import book

LANGUAGES = ("en", "nl", "de")
REPORT = Path(__file__).parent.parent / "sla2" / "report"


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_all_languages_have_the_same_keys(language: str):
    assert set(book(language)) == set(book("en"))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_all_languages_put_the_same_values_in(language: str):
    differ = {key: (names(text), names(book(language)[key])) for key, text in book("en").items()}
    assert {key: pair for key, pair in differ.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_one_line_and_end_without_space(language: str):
    assert [key for key, text in book(language).items() if "\n" in text or text != text.strip() or not text] == []


def asked() -> list[tuple[str, str, ast.expr]]:
    """Every key that the code asks for: the function, the file, and the expression of the key."""
    found = []
    for path in sorted(REPORT.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                owner = node.func.value
                on_frame = (isinstance(owner, ast.Name) and owner.id == "frame") or (
                    isinstance(owner, ast.Attribute) and owner.attr == "frame"
                )
                if on_frame and node.func.attr in ("say", "count"):
                    found.append((node.func.attr, path.name, node.args[0]))
    return found


def test_every_key_that_is_asked_for_exists():
    calls = asked()
    assert len(calls) > 150
    known = set(book("en"))
    missing = []
    for function, file, key in calls:
        if isinstance(key, ast.Constant):
            wanted = [key.value] if function == "say" else [f"{key.value}_one", f"{key.value}_other"]
            missing += [f"{file}: {one}" for one in wanted if one not in known]
        elif isinstance(key, ast.JoinedStr):
            start = "".join(part.value for part in key.values[:1] if isinstance(part, ast.Constant))
            if not any(one.startswith(start) for one in known):
                missing.append(f"{file}: {start}…")
    assert missing == []
