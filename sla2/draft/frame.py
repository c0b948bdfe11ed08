"""What every part of a draft shares: the contract, the language, the day, and how a sentence becomes inlines.

In: a contract as signed and folded to a day. Out: a `Frame`, which also remembers which defined terms were used and
what could not be worded. It is made by `from_words` for one draft and then thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from sla2.contract.versions import agreed
from sla2.document.blocks import Clause, Ref, Run
from sla2.words import phrases, settings
from sla2.words.sentence import Sentence, Term, To, anchor, joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Held
    from sla2.contract.passage import Amendment
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic
    from sla2.document.blocks import Block, Inlines

Audience = Literal["internal", "counterparty"]


@dataclass(slots=True)
class Frame:
    """One draft in the making.

    `signed` is the contract as signed, `contract` the same folded to the day whose terms are `printed` (None: as
    signed). `day` dates the document and the states of its passages. `known`: the ids that references may name;
    `annexes`: those of them that are annexes, whose label has its own noun.
    """

    signed: Contract
    contract: Contract
    language: Language
    day: date
    printed: date | None
    audience: Audience
    states: dict[str, PassageState]
    known: frozenset[str]
    annexes: frozenset[str]
    used: dict[str, None] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def word(self, key: str, **values: str | int | bool | None) -> str:
        """A phrase of the document frame as plain text."""
        return phrases.plain(phrases.render(self.language, f"document.{key}", **values))

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """The amendments that the draft tells of: those agreed by its day, and proposals that one side has not agreed.

        A text as signed (`printed` is None) tells of none; what was agreed later belongs to a later draft.
        """
        if self.printed is None:
            return ()
        days = [(amendment, agreed(amendment)) for amendment in self.signed.amendments]
        return tuple(amendment for amendment, day in days if day is None or day <= self.printed)

    @property
    def noun(self) -> str:
        """The word before the number of a clause: clause, artikel, Ziffer."""
        return self.word("label.noun")

    def inlines(self, sentence: Sentence) -> Inlines:
        """A sentence as inlines; its terms are remembered, its references become live."""
        self.used.update(dict.fromkeys(sentence.terms))
        pieces: list[Run | Ref] = []
        for part in sentence.parts:
            if isinstance(part, To):
                pieces += self._reference(part)
            else:
                pieces.append(Run(part.words if isinstance(part, Term) else part))
        return tuple(_merged(pieces))

    def _reference(self, to: To) -> list[Run | Ref]:
        if to.name not in self.known:
            return [Run(to.words)]
        noun = "" if to.name in self.annexes else self.noun
        ref = Ref(to.name, noun)
        return [ref] if to.bare else [Run(f"{to.words} ("), ref, Run(")")]

    def opened(self, block: str, held: tuple[Held, ...] = ()) -> tuple[Sentence, ...]:
        """What a block says of its lines that passages hold open, beside those that have sentences of their own."""
        return settings.open_sentences(self.contract, block, held, self.language)

    def heading(self, key: str) -> Clause:
        """A clause heading of level 1."""
        return Clause(1, key, (Run(self.word(f"heading.{key}")),))

    def clause(self, level: int, name: str, *sentences: Sentence) -> Clause:
        """A numbered paragraph of these sentences."""
        return Clause(level, name, self.inlines(joined(sentences)))

    def titled(self, name: str, title: str, *sentences: Sentence, level: int = 2) -> Clause:
        """A paragraph that begins with its title."""
        return Clause(level, name, (Run(f"{phrases.clean(title)}. ", "strong"), *self.inlines(joined(sentences))))

    def paragraphs(self, kind: str, name: str, level: int, sentences: Iterable[Sentence]) -> list[Block]:
        """One numbered paragraph per sentence; its id is made of the block's name and the sentence's topic."""
        return [self.clause(level, anchor(kind, name, one.topic), one) for one in sentences]


def _merged(pieces: Iterable[Run | Ref]) -> list[Run | Ref]:
    merged: list[Run | Ref] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, Run) and isinstance(last, Run) and piece.style == last.style:
            merged[-1] = Run(last.text + piece.text, last.style)
        else:
            merged.append(piece)
    return merged
