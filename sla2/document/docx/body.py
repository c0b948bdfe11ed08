"""Blocks to body elements: one function per kind of block.

In: the blocks of a document. Out: the children of `w:body`, in order, without the section properties.
It chooses a role for each paragraph and nothing else about its looks: those are the style's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import (
    Cell,
    Chart,
    Clause,
    Contents,
    Definitions,
    Facts,
    Fold,
    Heading,
    Items,
    OpenPassage,
    PageBreak,
    Paragraph,
    Run,
    Schedule,
    Signatures,
    Table,
)
from sla2.document.clean import clean_line
from sla2.document.docx.contents import UNKNOWN_PAGE, Entry, contents
from sla2.document.docx.context import bookmark_name
from sla2.document.docx.inline import inline
from sla2.document.docx.passages import open_passage
from sla2.document.docx.tables import data_table, definition_table, fact_table, signature_table
from sla2.document.docx.xml import insert_property, paragraph, q, value, w
from sla2.document.labels import outline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.document.blocks import Block, Document, Inlines
    from sla2.document.docx.context import Context
    from sla2.document.docx.numbering import Numbering
    from sla2.document.docx.styles import Role
    from sla2.document.docx.xml import Element


class Body:
    """Writes the blocks of one document; holds what a block must know of its neighbours."""

    def __init__(self, context: Context, numbering: Numbering, document: Document) -> None:
        self._context = context
        self._numbering = numbering
        self._document = document
        self._heading_marks: dict[int, str] = {}
        self.elements: list[Element] = []

    def write(self, blocks: Iterable[Block]) -> None:
        """Appends the elements of `blocks`."""
        for block in blocks:
            if isinstance(block, PageBreak):
                self._context.break_next = True
                continue
            if isinstance(block, Signatures):
                self._keep_last_with_next()
            if isinstance(block, Fold):
                self._append(self._text("heading-4", block.summary))
                self.write(block.blocks)
            else:
                self._append(*self._elements(block))

    def _append(self, *elements: Element) -> None:
        if elements and self._context.break_next:
            self._context.break_next = False
            first = elements[0]
            if first.tag == q("tbl"):
                opening = paragraph(self._context.style("table-space"))
                self.elements.append(opening)
                first = opening
            target = first if first.tag == q("p") else next(first.iter(q("p")))
            insert_property(target, "pageBreakBefore")
        self.elements += elements

    def _elements(self, block: Block) -> list[Element]:
        context = self._context
        if isinstance(block, (Clause, Schedule, Heading, Paragraph)):
            return [self._paragraph(block)]
        if isinstance(block, Items):
            return self._items(block)
        if isinstance(block, Table):
            return data_table(context, block)
        if isinstance(block, OpenPassage):
            return open_passage(context, block)
        if isinstance(block, Definitions):
            return definition_table(context, block)
        if isinstance(block, Facts):
            return fact_table(context, block.entries, target=block.id)
        if isinstance(block, Signatures):
            return signature_table(context, block)
        if isinstance(block, Chart):
            return self._chart(block)
        if isinstance(block, Contents):
            return contents(context, block.title, self._entries())
        raise AssertionError(f"no writer for {type(block).__name__}")

    def _paragraph(self, block: Clause | Schedule | Heading | Paragraph) -> Element:
        if isinstance(block, Clause):
            role: Role = ("clause-1", "clause-2", "clause-3", "clause-4")[block.level - 1]
            return self._text(role, block.content, block.id)
        if isinstance(block, Schedule):
            return self._text("schedule", block.content, block.id)
        if isinstance(block, Paragraph):
            return self._text(block.role, block.content, block.id)
        level: Role = ("heading-1", "heading-2", "heading-3", "heading-4")[block.level - 1]
        if block.id or block.level > 1:
            return self._text(level, block.content, block.id)
        content = self._context.marked(self._heading_mark(block), inline(self._context, block.content))
        return paragraph(self._context.style(level), *content)

    def _text(self, role: Role, content: Inlines, target: str = "") -> Element:
        elements = self._context.anchored(target, inline(self._context, content))
        return paragraph(self._context.style(role), *elements)

    def _items(self, block: Items) -> list[Element]:
        role: Role = "number" if block.ordered else "bullet"
        lines = [self._text(role, item) for item in block.items]
        if block.ordered and lines:
            number = self._numbering.restarted_list()
            for line in lines:
                line[0].append(w("numPr", value("ilvl", 0), value("numId", number)))
        return lines

    def _chart(self, chart: Chart) -> list[Element]:
        left, right = chart.table_header
        header = (Cell((Run(clean_line(left)),)), Cell((Run(clean_line(right)),), "right"))
        rows = tuple((Cell((Run(bar.label),)), Cell((Run(bar.words),), "right")) for bar in chart.bars)
        elements = data_table(self._context, Table(chart.id, chart.title, header, rows, (6, 4), show_caption=True))
        if chart.description:
            elements.append(self._text("note", (Run(chart.description),)))
        return elements

    def _entries(self) -> list[Entry]:
        entries = []
        for place, (block, label, title) in enumerate(outline(self._document, self._context.labels)):
            marked = isinstance(block, Heading) and not block.id
            mark = self._heading_mark(block) if marked else bookmark_name(block.id)
            page = self._context.pages[place] if place < len(self._context.pages) else 0
            entries.append(Entry(mark, label, title, str(page) if page else UNKNOWN_PAGE))
        return entries

    def _heading_mark(self, heading: Block) -> str:
        """A bookmark for a heading without an id, so that the contents can lead to it."""
        return self._heading_marks.setdefault(id(heading), f"_toc_heading_{len(self._heading_marks) + 1}")

    def _keep_last_with_next(self) -> None:
        """A signature block never stands alone on a page."""
        for element in reversed(self.elements[-2:]):
            for last in [element] if element.tag == q("p") else list(element.iter(q("p"))):
                insert_property(last, "keepNext")
            if element.tag == q("p") and element.find(q("r")) is not None:
                break
