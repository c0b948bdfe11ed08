"""A worded sentence before it becomes part of a document.

In: built by the sentence makers of `words`. Out: `draft`, `report` and `checks` turn it into inlines or plain text.
It knows no numbering: a reference names what it points at, the document computes the label.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class To:
    """A reference to a block of the contract, by its short name; `words` is what a reader without links sees."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term, printed in the style of definitions."""

    words: str


Part = str | To | Term


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more full sentences in one language."""

    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The sentence as text."""
        return "".join(part if isinstance(part, str) else part.words for part in self.parts)


def sentence(*parts: Part) -> Sentence:
    """A sentence of these parts, empty strings left out."""
    return Sentence(tuple(part for part in parts if part != ""))
