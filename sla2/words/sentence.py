"""A worded sentence before it becomes part of a document.

In: built by the sentence makers of `words`. Out: `draft`, `report` and `checks` turn it into inlines or plain text.
It knows no numbering: a reference names what it points at, the document computes the label.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class To:
    """A reference to a block of the contract.

    `name` is the id of the block in a document (`anchor`); `words` is what a reader without links sees, a quoted
    title. A document prints `words` and the number in brackets, or the number alone if `bare`.
    """

    name: str
    words: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term as it stands in the sentence; `key` names its definition (`terms.definitions`)."""

    words: str
    key: str = ""


Part = str | To | Term


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more full sentences in one language.

    `topic` is stable over versions and languages ("target", "counts-in"): it names the paragraph when two drafts
    are compared. "" where a sentence stands alone.
    """

    parts: tuple[Part, ...]
    topic: str = ""

    @property
    def plain(self) -> str:
        """The sentence as text."""
        return "".join(part if isinstance(part, str) else part.words for part in self.parts)

    @property
    def terms(self) -> tuple[str, ...]:
        """The keys of the defined terms that are used, in order, each once."""
        return tuple(dict.fromkeys(part.key for part in self.parts if isinstance(part, Term) and part.key))


def sentence(*parts: Part, topic: str = "") -> Sentence:
    """A sentence of these parts, empty strings left out."""
    return Sentence(tuple(part for part in parts if part != ""), topic)


def joined(sentences: tuple[Sentence, ...], topic: str = "") -> Sentence:
    """Several sentences as one paragraph, with a space between them."""
    parts: list[Part] = []
    for one in sentences:
        if parts and one.parts:
            parts.append(" ")
        parts += one.parts
    return Sentence(tuple(parts), topic)


def anchor(kind: str, name: str, topic: str = "") -> str:
    """The id of a block in a document: `level-resolve-p2`, `level-resolve-p2-target`."""
    return "-".join(part for part in (kind.replace(" ", "-"), name, topic) if part)
