"""The phrase book: the same phrases in all languages, none idle, none foreign, none with a figure of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

import sla2
from sla2.contract.surroundings import Language
from sla2.words import phrases

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
PACKAGE = Path(sla2.__file__).parent
_CASES = re.compile(r"_(dat|gen|acc)$")


def variables(language: Language, key: str) -> set[str]:
    environment = ImmutableSandboxedEnvironment()
    environment.filters["cap"] = str
    found = meta.find_undeclared_variables(environment.parse(phrases.source(language, key)))
    return {_CASES.sub("", name) for name in found}


def terms(language: Language, key: str) -> set[str]:
    return set(re.findall(r"\[\[([a-z-]+)\|", phrases.source(language, key)))


def comparable(language: Language) -> set[str]:
    """The keys without the forms that only German has."""
    return {key for key in phrases.keys(language) if not key.endswith("_dat")}


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_phrase_exists_in_every_language(language: Language) -> None:
    assert comparable(language) == comparable("en")


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_phrase_takes_the_same_values(language: Language) -> None:
    differing = {
        key: (variables("en", key), variables(language, key))
        for key in sorted(comparable("en"))
        if variables("en", key) != variables(language, key)
    }
    assert differing == {}


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_phrase_marks_the_same_terms(language: Language) -> None:
    differing = {key for key in comparable("en") if terms("en", key) != terms(language, key)}
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_term_is_defined(language: Language) -> None:
    marked = {term for key in phrases.keys(language) for term in terms(language, key)}
    defined = {key.split(".")[1] for key in phrases.keys(language) if key.startswith("term.")}
    assert marked <= defined


FOREIGN = {
    "nl": r"\b(the|and|with|which|is not|und|nicht|der|das|wird)\b",
    "en": r"\b(het|een|niet|wordt|van|und|nicht|das|wird|ein)\b",
    "de": r"\b(the|and|with|het|een|niet|wordt|van)\b",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_speaks_another_language(language: Language) -> None:
    found = {}
    for key in phrases.keys(language):
        prose = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\[\[[a-z-]+\|", " ", phrases.source(language, key))
        word = re.search(FOREIGN[language], prose)
        if word is not None:
            found[key] = word[0]
    assert found == {}


ALLOWED_FIGURES = re.compile(r"95e?|99e?|12|UTC|A\d")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_of_a_contract_is_typed_in_a_phrase(language: Language) -> None:
    """Percentiles and twelve months are names, and a reading of an unstated rule names its own figure."""
    found = {}
    for key in phrases.keys(language):
        prose = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", phrases.source(language, key))
        figures = [figure for figure in re.findall(r"\d+e?", prose) if not ALLOWED_FIGURES.fullmatch(figure)]
        if figures and not key.startswith(("measured.reason", "reading.rule")):
            found[key] = figures
    assert found == {}


def literal_keys() -> set[str]:
    """Every text in sla2 that looks like the key of a phrase or the beginning of one."""
    books = {key.split(".")[0] for key in phrases.keys("en")}
    found = set()
    paths = [path for folder in ("words", "draft", "remind") for path in sorted((PACKAGE / folder).glob("*.py"))]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                if re.fullmatch(r"[a-z]+(\.[a-z0-9_-]+)+[.-]?", text) and text.split(".")[0] in books:
                    found.add(text)
    return found


def test_every_key_that_is_used_exists() -> None:
    known = phrases.keys("en")
    assert {key for key in literal_keys() if not any(one.startswith(key) for one in known)} == set()


def patterns() -> list[re.Pattern[str]]:
    """Every text in sla2 that can be the key of a phrase, or its beginning, with `.+` for what is put in."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                parts = [node.value]
            else:
                continue
            letters = "".join(str(part) for part in parts if part is not None)
            if re.fullmatch(r"[a-z0-9_.-]+", letters) and "." in letters and len(letters) > 4:
                found.add("".join(".+" if part is None else re.escape(str(part)) for part in parts))
    return [re.compile(rf"(document\.)?{one}(\.[\w%.-]+)?") for one in found]


OTHERS = ("diff", "reading", "reminder")
"""Books whose keys are made of the fields of models or of readings: their own tests walk those."""


def test_every_phrase_is_used() -> None:
    known = patterns()
    idle = [
        key
        for key in phrases.keys("en")
        if key.split(".")[0] not in OTHERS and not any(one.fullmatch(key) for one in known)
    ]
    assert idle == []


def test_german_units_have_a_dative() -> None:
    """innerhalb von, nach, in: the dative of every unit that is counted."""
    counted = {key.rsplit(".", 1)[0] for key in phrases.keys("de") if re.fullmatch(r"unit\.[a-z-]+\.(one|other)", key)}
    missing = {
        f"{unit}.{form}"
        for unit in counted
        if f"{unit}.one" in phrases.keys("de")
        for form in ("one_dat", "other_dat")
        if f"{unit}.{form}" not in phrases.keys("de")
    }
    assert len(counted) > 12
    assert missing == set()


def test_german_uses_the_dative_after_its_prepositions() -> None:
    """A length of time after `innerhalb von`, `nach genau` and the like stands in the dative."""
    wrong = {
        key
        for key in phrases.keys("de")
        if re.search(
            r"innerhalb von \{\{ \w+(?<!_dat) \}\}|Frist von \{\{ \w+(?<!_dat) \}\}", phrases.source("de", key)
        )
    }
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_phrase_is_a_bug_and_says_which(language: Language) -> None:
    with pytest.raises(
        phrases.MissingPhrase, match=f"level.target.no-such is missing in the phrase book of {language}"
    ):
        phrases.render(language, "level.target.no-such")


def test_text_of_the_contract_can_neither_mark_nor_run() -> None:
    hostile = "\ue000term\ue001case\ue001x\ue002 {{ 7 * 7 }} {% for x in y %} [[case|x]]"
    found = phrases.say("en", "relation.principle.head", text=hostile)
    assert found.parts == ("Termcasex {{ 7 * 7 }} {% for x in y %} [[case|x]]",)


def test_a_missing_value_is_a_bug_and_shows() -> None:
    with pytest.raises(jinja2.UndefinedError):
        phrases.render("en", "level.words.share", share="90%")


def test_terms_and_references_become_parts() -> None:
    reference = phrases.to("level-p2", "“P2”")
    found = phrases.say("en", "credits.intro.level", level=reference)
    assert [type(part).__name__ for part in found.parts] == ["str", "Term", "str", "To", "str"]
    assert found.plain == "These service credits belong to the service level “P2”."
    assert found.terms == ("service-credit",)


def test_no_full_stop_after_a_quoted_sentence() -> None:
    found = phrases.say("en", "passage.lead.open", concerns="“Who answers?”")
    assert found.plain == "This open passage deliberately leaves open: “Who answers?”"
