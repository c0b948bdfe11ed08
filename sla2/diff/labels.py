"""The names of fields, kinds and choices of the contract model in nl, en and de.

In: the name of a model, of a field, or a word of the language. Out: its words, from
`templates/words/<language>/diff.toml`. A field that the phrase book does not know (a test holds that there is none) is
called by the language's own word.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sla2.words import phrases

if TYPE_CHECKING:
    from sla2.contract.surroundings import Language


@cache
def _known(language: Language) -> frozenset[str]:
    return frozenset(phrases.keys(language))


def label_key(language: Language, model: str, field: str) -> str | None:
    """The key of the label of a field: its own, else that of all fields of the name, else that of its blocks."""
    keys = (f"diff.label.{model}.{field}", f"diff.label.{field}", f"diff.block.{field}")
    return next((key for key in keys if key in _known(language)), None)


def label(language: Language, model: str, field: str) -> str:
    """What a field is called."""
    key = label_key(language, model, field)
    return str(phrases.render(language, key)) if key is not None else field.replace("_", " ")


def section_title(language: Language, field: str) -> str:
    """The heading over the changes in the blocks of `Contract.<field>`."""
    key = f"diff.section.{field}"
    return str(phrases.render(language, key)) if key in _known(language) else field.replace("_", " ").capitalize()


def block_kind(language: Language, field: str) -> str:
    """What one block of `Contract.<field>` is called."""
    key = f"diff.block.{field}"
    return str(phrases.render(language, key)) if key in _known(language) else field.replace("_", " ")


def choice_key(language: Language, model: str, word: str) -> str | None:
    """The key of a choice that a line offers: that of the model, else the general one."""
    slug = word.replace(" ", "-")
    keys = (f"diff.choice.{model}.{slug}", f"diff.choice.{slug}")
    return next((key for key in keys if key in _known(language)), None)


def choice(language: Language, model: str, word: str) -> str:
    """A choice in words; the word of the contract language if the phrase book has none."""
    key = choice_key(language, model, word)
    return str(phrases.render(language, key)) if key is not None else word


def line(language: Language, words: str) -> str:
    """A line of a block by its label in the contract language; that label if the phrase book does not know it."""
    keys = (f"diff.choice.{words.replace(' ', '-')}", f"diff.label.{words.replace(' ', '_')}")
    key = next((key for key in keys if key in _known(language)), None)
    return str(phrases.render(language, key)) if key is not None else words


def word(language: Language, name: str, **values: str) -> str:
    """One of the small words of a comparison: yes, no, not stated."""
    return str(phrases.plain(phrases.render(language, f"diff.word.{name}", **values)))
