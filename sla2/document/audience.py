"""Who will read a document, and what is left out for the counterparty.

In: a `Document`. Out: the document without internal facts and comments, and a list of the texts that were left
out, by which a finished file can be searched. It runs first in every writer that knows an audience.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from sla2.document.blocks import Block, Document, Facts, Fold, OpenPassage

if TYPE_CHECKING:
    from collections.abc import Iterable

Audience = Literal["internal", "counterparty"]


def for_audience(document: Document, audience: Audience) -> Document:
    """`document` as `audience` may see it; for the internal audience it is unchanged."""
    if audience == "internal":
        return document
    return replace(document, blocks=tuple(_public(block) for block in document.blocks))


def _public(block: Block) -> Block:
    if isinstance(block, OpenPassage):
        return replace(block, facts=tuple(fact for fact in block.facts if not fact.internal), comment="")
    if isinstance(block, Facts):
        return replace(block, entries=tuple(fact for fact in block.entries if not fact.internal))
    if isinstance(block, Fold):
        return replace(block, blocks=tuple(_public(inner) for inner in block.blocks))
    return block


def internal_texts(document: Document) -> tuple[str, ...]:
    """The texts of internal facts and comments, sorted, for a search in a file meant for the counterparty.

    A text that the public document says as well (a date that also stands in a clause) is not among them.
    """
    hidden = set(_hidden(document.blocks))
    public = repr(for_audience(document, "counterparty"))
    return tuple(sorted(text for text in hidden if text and repr(text)[1:-1] not in public))


def _hidden(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Fold):
            yield from _hidden(block.blocks)
        facts = block.facts if isinstance(block, OpenPassage) else block.entries if isinstance(block, Facts) else ()
        for fact in facts:
            if fact.internal:
                yield from (piece.text.strip() for piece in fact.value if hasattr(piece, "text"))
        if isinstance(block, OpenPassage):
            yield block.comment.strip()
