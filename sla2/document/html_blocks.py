"""Blocks to HTML elements: one function per kind of block.

In: the blocks of a document and its labels. Out: lxml elements with classes that `page.css` dresses.
Used by `html` only. Texts become text nodes, so nothing needs escaping; unsafe links become plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

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
    Link,
    OpenPassage,
    Paragraph,
    Ref,
    Run,
    Schedule,
    Signatures,
    Table,
)
from sla2.document.charts import svg_element
from sla2.document.clean import clean_text, fragment, safe_href
from sla2.document.labels import NO_BREAK, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.document.blocks import Block, Document, Fact, Inlines
    from sla2.document.labels import Labels

Element = etree._Element
_TAGS = {"strong": "strong", "emphasis": "em", "code": "code", "term": "dfn"}
WIDE = 4


def make(tag: str, *children: Element | str, css: str = "", **attributes: str) -> Element:
    """An element with text and child elements in order."""
    element = etree.Element(tag, {name: text for name, text in attributes.items() if text})
    if css:
        element.set("class", css)
    for child in children:
        if isinstance(child, str):
            _append_text(element, clean_text(child))
        else:
            element.append(child)
    return element


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def to_html(element: Element) -> str:
    """The element as HTML text."""
    return etree.tostring(element, method="html", encoding="unicode")


class Blocks:
    """Builds the elements of one document; remembers which ids are in use."""

    def __init__(self, document: Document, labels: Labels) -> None:
        self._document = document
        self._labels = labels
        self._taken: set[str] = set()

    def elements(self, blocks: Iterable[Block]) -> list[Element]:
        """The elements of `blocks` in order."""
        return [element for block in blocks for element in self._block(block)]

    def _block(self, block: Block) -> list[Element]:
        if isinstance(block, (Heading, Clause, Schedule, Paragraph)):
            return [self._text_block(block)]
        if isinstance(block, Items):
            items = [make("li", *self._inline(item)) for item in block.items]
            return [make("ol" if block.ordered else "ul", *items)]
        if isinstance(block, Table):
            return [self._table(block)]
        if isinstance(block, OpenPassage):
            return self._passage(block)
        if isinstance(block, Definitions):
            return [self._definitions(block)]
        if isinstance(block, Facts):
            return [self._facts(block.entries, block.id)]
        if isinstance(block, Signatures):
            return [self._signatures(block)]
        if isinstance(block, Chart):
            return [self._chart(block)]
        if isinstance(block, Fold):
            summary = make("summary", *self._inline(block.summary))
            return [make("details", summary, make("div", *self.elements(block.blocks), css="folded"))]
        if isinstance(block, Contents):
            return [self._contents(block)]
        return [make("div", css="page-break")]

    def _text_block(self, block: Heading | Clause | Schedule | Paragraph) -> Element:
        anchor = self._id(block.id)
        content = self._inline(block.content)
        if isinstance(block, Heading):
            return make(f"h{min(block.level + 1, 6)}", *content, id=anchor)
        if isinstance(block, Paragraph):
            return make("p", *content, css=block.role if block.role != "body" else "", id=anchor)
        number = make("span", self._labels.of(block.id).own, css="number")
        if isinstance(block, Schedule):
            return make("h2", number, " ", *content, css="schedule", id=anchor)
        if block.level == 1:
            return make("h2", number, " ", make("span", *content), css="clause", id=anchor)
        return make("p", number, " ", make("span", *content), css=f"clause level-{block.level}", id=anchor)

    def _inline(self, content: Inlines) -> list[Element | str]:
        return [piece for item in content for piece in self._piece(item)]

    def _piece(self, item: Run | Ref | Link) -> list[Element | str]:
        if isinstance(item, Ref):
            words = NO_BREAK.join(part for part in self._labels.words(item) if part)
            return [make("a", words, css="ref", href="#" + fragment(item.target))]
        if isinstance(item, Link):
            return [self._link(item)]
        lines: list[Element | str] = []
        for index, line in enumerate(clean_text(item.text).split("\n")):
            lines += [make("br"), line] if index else [line]
        tag = _TAGS.get(item.style)
        return [make(tag, *lines)] if tag and item.text else lines

    def _link(self, link: Link) -> Element | str:
        href = safe_href(link.href)
        if href.startswith("#"):
            known = href[1:] in self._labels
            return make("a", link.text, href="#" + fragment(href[1:])) if known else link.text
        return make("a", link.text, href=href, rel="noopener noreferrer") if href else link.text

    def _id(self, target: str) -> str:
        """The id of an element, or "" for none; the first place with an id keeps it."""
        name = fragment(target)
        if not name or name in self._taken:
            return ""
        self._taken.add(name)
        return name

    def _table(self, table: Table) -> Element:
        columns = max([len(table.header), *map(len, table.rows), 1])
        caption = make("caption", table.caption, css="" if table.show_caption else "unseen")
        widths = [max(width, 1) for width in table.widths[:columns]]
        widths += [max(sum(widths) // len(widths), 1) if widths else 1] * (columns - len(widths))
        shares = [make("col", style=f"width:{width * 1000 // sum(widths) / 10:g}%") for width in widths]
        parts: list[Element | str] = [caption, make("colgroup", *shares)]
        if table.header:
            head = [self._cell("th", cell, scope="col") for cell in table.header]
            parts.append(make("thead", make("tr", *head, *self._gap("td", columns - len(head)))))
        rows = [
            make("tr", *(self._cell("td", cell) for cell in row), *self._gap("td", columns - len(row)))
            for row in table.rows
        ]
        parts.append(make("tbody", *rows))
        size = " wide" if columns > WIDE else ""
        return make("div", make("table", *parts), css=f"table{size}", id=self._id(table.id))

    def _gap(self, tag: str, count: int) -> list[Element]:
        return [make(tag) for _ in range(count)]

    def _cell(self, tag: str, cell: Cell, scope: str = "") -> Element:
        content = self._inline(cell.content)
        if cell.tone:
            content = [make("span", *content, css=f"tone {cell.tone}")]
        return make(
            tag, *content, css=cell.align if cell.align != "left" else "", id=self._id(cell.anchor), scope=scope
        )

    def _facts(self, facts: tuple[Fact, ...], target: str = "") -> Element:
        rows = [make("div", make("dt", fact.label), make("dd", *self._inline(fact.value))) for fact in facts]
        return make("dl", *rows, css="facts", id=self._id(target))

    def _definitions(self, block: Definitions) -> Element:
        rows = [make("div", make("dt", term), make("dd", *self._inline(meaning))) for term, meaning in block.entries]
        return make("dl", *rows, css="facts definitions")

    def _passage(self, passage: OpenPassage) -> list[Element]:
        anchor = self._id(passage.id)
        elements = []
        if passage.lead:
            number = make("span", self._labels.of(passage.id).own, css="number")
            lead = make("span", *self._inline(passage.lead))
            elements.append(make("p", number, " ", lead, css="clause level-2", id=anchor))
            anchor = ""
        state = "filled" if passage.filled else "open"
        title = make("p", passage.title, css="passage-title")
        text = make("p", *self._inline((Run(passage.placeholder),)), css="passage-text")
        facts = [self._facts(passage.facts)] if passage.facts else []
        comment = [make("p", *self._inline((Run(passage.comment),)), css="note")] if passage.comment else []
        return [*elements, make("section", title, text, *facts, *comment, css=f"passage {state}", id=anchor)]

    def _signatures(self, block: Signatures) -> Element:
        parties = [
            make("div", make("p", party, css="party"), *(make("p", label, css="sign") for label in block.labels))
            for party in block.parties
        ]
        return make("div", *parties, css="signatures")

    def _chart(self, chart: Chart) -> Element:
        caption = make("figcaption", make("span", chart.title, css="chart-title"))
        if chart.description:
            caption.append(make("span", chart.description, css="chart-description"))
        left, right = chart.table_header
        header = (Cell((Run(left),)), Cell((Run(right),), "right"))
        rows = tuple((Cell((Run(bar.label),)), Cell((Run(bar.words),), "right")) for bar in chart.bars)
        data = self._table(Table("", chart.title, header, rows, (6, 4)))
        fold = make("details", make("summary", self._document.meta.label("data")), make("div", data, css="folded"))
        return make("figure", caption, svg_element(chart), fold, css="chart", id=self._id(chart.id))

    def _contents(self, block: Contents) -> Element:
        entries = []
        for found in walk(self._document.blocks):
            if isinstance(found, Schedule) or (isinstance(found, Clause) and found.level == 1):
                number = make("span", self._labels.of(found.id).own, css="number")
                link = make(
                    "a", number, " ", make("span", self._labels.text(found.content)), href="#" + fragment(found.id)
                )
                entries.append(make("li", link))
            elif isinstance(found, Heading) and found.level <= 2 and found.id:
                link = make("a", self._labels.text(found.content), href="#" + fragment(found.id))
                entries.append(make("li", link, css="" if found.level == 1 else "deeper"))
        title = make("p", block.title, css="contents-title")
        return make("nav", title, make("ol", *entries), css="contents", **{"aria-label": block.title})
