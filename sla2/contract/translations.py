"""A contract with its own texts in another language: titles, reasons, questions, expectations.

In: a contract and a language. Out: the contract with every text that a `translation` block has put into that
language, or as written where none has. It runs before a draft, a report or a reminder is worded. Short names,
statuses, categories, legal texts and names of people stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from sla2.contract.contract import Contract
from sla2.contract.surroundings import Language
from sla2.diagnostics import Span

_Model = TypeVar("_Model", bound=BaseModel)

FIELDS = frozenset(
    {
        "title",
        "description",
        "because",
        "expects_customer",
        "expects_supplier",
        "learn",
        "consulted",
        "question",
        "after",
        "delivered_means",
        "function",
        "represented_by",
        "text",
    }
)
"""The fields whose words a translation may put into another language, wherever they stand in the model."""

OWN_NAMES = frozenset({"Mailbox", "ClosedDay", "Holiday"})
"""Models whose `name` is words for the reader (a function, a day off), not a short name."""

NOT_WORDS = frozenset({"Translation", "TranslatedText", "Claim"})
"""Models whose texts are translations themselves, or words of the language."""


def translated(contract: Contract, language: Language) -> Contract:
    """`contract` with its texts in `language`; the same contract for the language it was written in."""
    book = {
        text.original: text.words
        for translation in contract.translations
        if translation.name == language
        for text in translation.texts
    }
    return _put(contract, book) if book else contract


def texts(contract: Contract) -> tuple[tuple[str, Span], ...]:
    """Every text that can be translated, each once, with the place of the block it stands in first."""
    found: dict[str, Span] = {}
    for text, span in _texts(contract, contract.span):
        found.setdefault(" ".join(text.split()), span)
    return tuple(found.items())


def _is_text(model: BaseModel, field: str) -> bool:
    kind = type(model).__name__
    if kind in NOT_WORDS or (kind == "Party" and field == "title"):
        return False
    return field in FIELDS or (field == "name" and kind in OWN_NAMES)


def _texts(model: BaseModel, span: Span) -> Iterator[tuple[str, Span]]:
    own = getattr(model, "span", span)
    for field in type(model).model_fields:
        yield from _texts_in(getattr(model, field), own, _is_text(model, field))


def _texts_in(value: object, span: Span, words: bool) -> Iterator[tuple[str, Span]]:
    if isinstance(value, BaseModel):
        yield from _texts(value, span)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts_in(part, span, words)
    elif isinstance(value, str) and words and value.strip():
        yield value, span


def _put(model: _Model, book: Mapping[str, str]) -> _Model:
    changed = {}
    for field in type(model).model_fields:
        value = getattr(model, field)
        new = _new(value, book, _is_text(model, field))
        if new is not value:
            changed[field] = new
    return model.model_copy(update=changed) if changed else model


def _new(value: object, book: Mapping[str, str], words: bool) -> object:
    if isinstance(value, BaseModel):
        return _put(value, book)
    if isinstance(value, tuple):
        parts = tuple(_new(part, book, words) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if isinstance(value, str) and words:
        return book.get(" ".join(value.split()), value)
    return value
