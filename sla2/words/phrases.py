"""The phrase book: the language of every sentence, kept in `templates/words/<language>/*.toml`.

In: a key ("level.target.share") and formatted values. Out: a `Sentence`, or a piece of marked text that another
phrase takes in. It runs whenever a construct is worded. It chooses no construct and formats no number.
A template is a small jinja2 text: values and simple conditions, no globals, sandboxed. `[[key|words]]` in a template
marks a defined term; references are made by `to`. Text of the contract can neither open a mark nor run as a template.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sla2 import resources
from sla2.words.sentence import Part, Sentence, Term, To

if TYPE_CHECKING:
    from jinja2 import Template

    from sla2.contract.surroundings import Language

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
_OPEN, _BAR, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}([^{_BAR}]*){_BAR}([^{_BAR}]*){_BAR}([^{_CLOSE}]*){_CLOSE}")
_TERM = re.compile(r"\[\[([a-z-]+)\|([^\]|]+)\]\]")
_SPACES = re.compile(r"[ \t\r\n]+")
_TWO_STOPS = re.compile("([.!?…][”“])[.](?= |$)")
_BEFORE_STOP = re.compile(r" +([.,;:])(?=\s|$)")


class MissingPhrase(KeyError):
    """A sentence that the phrase book of a language does not have: a bug of ours, never a user's mistake."""

    def __init__(self, language: Language, key: str) -> None:
        super().__init__(f"the phrase {key} is missing in the phrase book of {language}")

    def __str__(self) -> str:
        return str(self.args[0])


class Marked(str):
    """Text that may hold marks of terms and references, made by this module only."""

    __slots__ = ()


def clean(text: str) -> str:
    """Text of the contract on one line, without the characters that this module uses as marks."""
    if isinstance(text, Marked):
        return text
    return _SPACES.sub(" ", re.sub("[\ue000-\ue002]", "", text)).strip()


def to(name: str, words: str, *, bare: bool = False) -> Marked:
    """A reference to the block with id `name`, as marked text."""
    return Marked(f"{_OPEN}{'ref' if bare else 'to'}{_BAR}{name}{_BAR}{clean(words)}{_CLOSE}")


def render(language: Language, key: str, **values: str | int | bool | None) -> Marked:
    """The phrase `key` in `language` with `values` put in, as marked text on one line.

    Raises: MissingPhrase for an unknown key, jinja2.UndefinedError for a missing value: both are bugs of ours.
    """
    given = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    text = _template(language, key).render(given)
    line = _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", text).strip(" \n\t"))
    return Marked(_TWO_STOPS.sub(r"\1", line))


def say(language: Language, key: str, *, topic: str = "", **values: str | int | bool | None) -> Sentence:
    """The phrase `key` in `language` as a sentence."""
    return parse(render(language, key, **values), topic)


def parse(text: str, topic: str = "") -> Sentence:
    """Marked text as a sentence, its first letter a capital."""
    parts = list(parse_as_is(text).parts)
    if parts:
        parts[0] = _capital(parts[0])
    return Sentence(tuple(parts), topic)


def parse_as_is(text: str, topic: str = "") -> Sentence:
    """Marked text as a piece of a sentence (a phrase, an item of a list), its first letter as it is."""
    parts: list[Part] = []
    at = 0
    for found in _MARK.finditer(text):
        parts += [text[at : found.start()], _part(*found.groups())]
        at = found.end()
    parts.append(text[at:])
    return Sentence(tuple(part for part in parts if part != ""), topic)


def plain(text: str) -> str:
    """Marked text without its marks."""
    return _MARK.sub(lambda found: found[3], text)


def marked(sentence: Sentence) -> Marked:
    """A sentence as marked text again, to be put into another."""
    return Marked("".join(_marked(part) for part in sentence.parts))


def _marked(part: Part) -> str:
    match part:
        case Term():
            return f"{_OPEN}term{_BAR}{part.key}{_BAR}{part.words}{_CLOSE}"
        case To():
            return to(part.name, part.words, bare=part.bare)
    return part


def together(*texts: str, by: str = " ") -> Marked:
    """Pieces of marked text one after the other, empty ones left out."""
    return Marked(by.join(clean(text) for text in texts if text))


def keys(language: Language) -> tuple[str, ...]:
    """All keys of the phrase book of `language`, sorted."""
    return tuple(sorted(_book(language)))


def has(key: str) -> bool:
    """True if there is a phrase with this key, in every language."""
    return all(key in _book(language) for language in LANGUAGES)


def source(language: Language, key: str) -> str:
    """The template text of `key`, for the tests that compare languages."""
    return _book(language)[key]


def _part(kind: str, name: str, words: str) -> Part:
    return Term(words, name) if kind == "term" else To(name, words, bare=kind == "ref")


def _capital(part: Part) -> Part:
    if isinstance(part, Term):
        return Term(upper_first(part.words), part.key)
    if isinstance(part, To):
        return To(part.name, upper_first(part.words), part.bare)
    return upper_first(part)


def upper_first(text: str) -> str:
    """`text` with a capital as its first letter; a leading mark is looked through."""
    found = _MARK.match(text)
    if found:
        kind, name, words = found.groups()
        head = f"{_OPEN}{kind}{_BAR}{name}{_BAR}{words[:1].upper()}{words[1:]}{_CLOSE}"
        return Marked(head + text[found.end() :])
    return text[:1].upper() + text[1:]


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    environment.filters["cap"] = upper_first
    return environment


@cache
def _template(language: Language, key: str) -> Template:
    text = _book(language).get(key)
    if text is None:
        raise MissingPhrase(language, key)
    return _environment().from_string(_TERM.sub(rf"{_OPEN}term{_BAR}\1{_BAR}\2{_CLOSE}", text))


@cache
def _book(language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(resources.locate("templates", f"words/{language}").glob("*.toml")):
        found.update(_flat(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))
    return found


def _flat(prefix: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            yield from _flat(key, value)
        elif isinstance(value, str):
            yield key, value
        else:
            raise TypeError(f"{key} is not a text")
