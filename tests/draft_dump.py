"""A draft as plain lines, for tests: number, text, and what a reader sees of each block; no writer is involved."""

from __future__ import annotations

from collections.abc import Iterator

from sla2.document import labels
from sla2.document.blocks import (
    Block,
    Clause,
    Contents,
    Definitions,
    Document,
    Facts,
    Heading,
    Inlines,
    OpenPassage,
    PageBreak,
    Paragraph,
    Ref,
    Run,
    Schedule,
    Signatures,
    Table,
)


def contents_of(block: Block) -> Iterator[Inlines]:
    """All inlines of a block."""
    match block:
        case Clause() | Schedule() | Heading() | Paragraph():
            yield block.content
        case Table():
            yield from (cell.content for row in (block.header, *block.rows) for cell in row)
        case OpenPassage():
            yield block.lead
            yield (Run(block.placeholder), Run(block.title), Run(block.comment))
            yield from (fact.value for fact in block.facts)
            yield from ((Run(fact.label),) for fact in block.facts)
        case Definitions():
            yield from ((Run(word), *meaning) for word, meaning in block.entries)
        case Facts():
            yield from ((Run(fact.label), *fact.value) for fact in block.entries)
        case Signatures():
            yield tuple(Run(text) for text in (*block.parties, *block.labels))


def texts(document: Document) -> list[str]:
    """Every text of a draft."""
    known = labels.compute(document)
    return [known.text(content) for block in document.blocks for content in contents_of(block)]


def references(document: Document) -> list[str]:
    """The targets of all references."""
    return [
        piece.target
        for block in document.blocks
        for content in contents_of(block)
        for piece in content
        if isinstance(piece, Ref)
    ]


def ids(document: Document) -> list[str]:
    """The ids of all blocks that have one, in order."""
    return [block.id for block in document.blocks if getattr(block, "id", "")]


def lines(document: Document) -> Iterator[str]:
    """The draft line by line."""
    meta, known = document.meta, labels.compute(document)
    yield f"{meta.identifier} | {meta.title} | {meta.version} | {meta.status} | {meta.dated} | {meta.notice}"
    for block in document.blocks:
        match block:
            case Clause():
                yield f"{known.of(block.id).own} {known.text(block.content)}"
            case Schedule():
                yield f"== {known.of(block.id).own}: {known.text(block.content)}"
            case Heading() | Paragraph():
                yield known.text(block.content)
            case Table():
                for row in (block.header, *block.rows):
                    yield "| " + " | ".join(known.text(cell.content) for cell in row)
            case OpenPassage():
                yield f"{known.of(block.id).own} {known.text(block.lead)}"
                yield f"  [{'x' if block.filled else ' '}] {block.placeholder}"
                for fact in block.facts:
                    yield f"  {'(internal) ' if fact.internal else ''}{fact.label}: {known.text(fact.value)}"
                yield f"  (comment) {block.comment}"
            case Definitions():
                yield from (f"  {word}: {known.text(meaning)}" for word, meaning in block.entries)
            case Facts():
                yield from (f"  {fact.label}: {known.text(fact.value)}" for fact in block.entries)
            case Signatures():
                yield f"  signed by {' and '.join(block.parties)}: {', '.join(block.labels)}"
            case Contents():
                yield f"  [{block.title}]"
            case PageBreak():
                yield "  ----"
