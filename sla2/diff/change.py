"""What a comparison of two contracts finds: sections of changes, each with its sentence and its parts.

In: nothing. Out: frozen values that `render` turns into text. They hold words in one language and no contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sla2.contract.surroundings import Language

Kind = Literal["changed", "added", "removed", "reworded", "note"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a text that both versions have, or that only the old (`removed`) or the new one has."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of meaning.

    `block` is the short name of the block ("" for the agreement itself) and `field` the path of the value in the
    contract model, the same in every language. `subject` names the value in words; `before` and `after` are its words
    on either side (None where there is none), `pieces` the text word by word where it was reworded. `sentence` is the
    whole in one line; `details` says what an added or removed block holds, a line each.
    """

    kind: Kind
    block: str
    field: str
    subject: str
    sentence: str
    before: str | None = None
    after: str | None = None
    pieces: tuple[Piece, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The changes in all blocks of one kind; `kind` is the field of the contract model, `title` its heading."""

    kind: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one contract to another, in the order of the contract model; none if they mean the same."""

    language: Language
    sections: tuple[Section, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all sections."""
        return tuple(change for section in self.sections for change in section.changes)
