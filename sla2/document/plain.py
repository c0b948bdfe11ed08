"""A document as plain text for a terminal.

In: a `Document`. Out: text: headings underlined, lists with their marks, tables as aligned columns, nothing escaped and
no anchors; the same for the same input. It runs for answers on a command line. It draws nothing: a chart is its table,
a fold its blocks. It colours nothing and knows no width of a screen: a long line is left to the terminal.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sla2.document.audience import for_audience
from sla2.document.blocks import (
    Chart,
    Clause,
    Definitions,
    Facts,
    Fold,
    Heading,
    Items,
    OpenPassage,
    Paragraph,
    Schedule,
    Signatures,
    Table,
)
from sla2.document.clean import clean_line, clean_text
from sla2.document.labels import compute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sla2.document.audience import Audience
    from sla2.document.blocks import Block, Document, Inlines
    from sla2.document.labels import Labels

_GAP = "  "
_UNDER = {1: "=", 2: "-"}


def write(document: Document, *, audience: Audience = "internal") -> str:
    """`document` as plain text, ending in one line end.

    Raises: KeyError for a reference to an id that the document lacks.
    """
    document = for_audience(document, audience)
    meta = document.meta
    writer = _Writer(compute(document))
    head = [clean_line(meta.notice)] if meta.notice else []
    head.append(_underlined(clean_line(meta.title), "="))
    version, status = f"{meta.label('version')} {meta.version}", f"{meta.label('status')}: {meta.status}"
    head.append(clean_line(" · ".join((meta.identifier, version, status, meta.dated.isoformat()))))
    return "\n\n".join(part for part in (*head, *writer.blocks(document.blocks)) if part) + "\n"


def _underlined(text: str, sign: str) -> str:
    return f"{text}\n{sign * _width(text)}" if text else ""


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    marks = sum(1 for sign in text if unicodedata.combining(sign))
    return len(text) - marks + sum(1 for sign in text if unicodedata.east_asian_width(sign) in "WF")


def _padded(text: str, width: int, align: str) -> str:
    blank = " " * (width - _width(text))
    return blank + text if align == "right" else text + blank


class _Writer:
    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        """The paragraphs of one block; a table of contents and a new page have none."""
        if isinstance(block, Heading):
            yield _underlined(self.line(block.content), _UNDER.get(block.level, "-"))
        elif isinstance(block, (Clause, Schedule)):
            text = f"{self._labels.of(block.id).own} {self.text(block.content)}"
            yield _underlined(text, "=") if isinstance(block, Schedule) or block.level == 1 else text
        elif isinstance(block, Paragraph):
            yield self.text(block.content)
        elif isinstance(block, Items):
            marks = [f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1)]
            yield "\n".join(f"{mark} {self.line(item)}" for mark, item in zip(marks, block.items, strict=True))
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, Facts):
            yield self.pairs([(fact.label, fact.value) for fact in block.entries])
        elif isinstance(block, Definitions):
            yield self.pairs(block.entries)
        elif isinstance(block, OpenPassage):
            yield self.text(block.lead) or clean_line(block.title)
            yield clean_text(block.placeholder if block.filled else f"[ {block.placeholder} ]")
            yield self.pairs([(fact.label, fact.value) for fact in block.facts])
            yield clean_text(block.comment)
        elif isinstance(block, Signatures):
            yield "\n".join(f"{clean_line(party)}: ……" for party in block.parties)
        elif isinstance(block, Chart):
            yield clean_line(block.title)
            rows = [[clean_line(text) for text in block.table_header]]
            rows += [[clean_line(bar.label), clean_line(bar.words)] for bar in block.bars]
            yield _grid(rows, ["left", "right"])
        elif isinstance(block, Fold):
            yield self.text(block.summary)
            yield from self.blocks(block.blocks)

    def table(self, table: Table) -> Iterator[str]:
        """The caption, if it is shown, and the columns under their header."""
        yield clean_line(table.caption) if table.show_caption else ""
        aligned = table.rows[0] if table.rows else table.header
        rows = [[self.line(cell.content) for cell in row] for row in (table.header, *table.rows)]
        yield _grid(rows, [cell.align for cell in aligned])

    def pairs(self, entries: Sequence[tuple[str, Inlines]]) -> str:
        """Labels and values, the values under each other."""
        labels = [f"{clean_line(label)}:" for label, _ in entries]
        width = max(map(_width, labels), default=0)
        lines = zip(labels, entries, strict=True)
        return "\n".join(f"{_padded(label, width, 'left')}{_GAP}{self.line(value)}" for label, (_, value) in lines)

    def text(self, content: Inlines) -> str:
        return clean_text(self._labels.text(content))

    def line(self, content: Inlines) -> str:
        return clean_line(self._labels.text(content))


def _grid(rows: list[list[str]], aligned: list[str]) -> str:
    """`rows` as columns; the first is the header, with a rule beneath it."""
    count = max(map(len, rows))
    full = [row + [""] * (count - len(row)) for row in rows]
    sides = aligned + ["left"] * (count - len(aligned))
    widths = [max(_width(row[at]) for row in full) for at in range(count)]
    full.insert(1, ["-" * width for width in widths])
    lines = (_GAP.join(map(_padded, row, widths, sides)) for row in full)
    return "\n".join(line.rstrip() for line in lines)
