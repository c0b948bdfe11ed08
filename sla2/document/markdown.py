"""A document as GitHub-flavoured Markdown.

In: a `Document`. Out: text with tables, anchors and escaped signs, the same for the same input.
It is for reading in a code review and for `diff`: no styles, a chart is its table, a fold is its blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.document.audience import for_audience
from sla2.document.blocks import (
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
    runs,
)
from sla2.document.clean import clean_line, clean_text, fragment, safe_href
from sla2.document.labels import NO_BREAK, Labels, compute, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.document.audience import Audience
    from sla2.document.blocks import Block, Cell, Document, Fact, Inlines

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[#+=-]))(.)", re.MULTILINE)
_MARKS = {"plain": "", "strong": "**", "emphasis": "*", "code": "", "term": ""}
_ALIGN = {"left": "---", "right": "---:", "center": ":---:"}


def write(document: Document, *, audience: Audience = "internal") -> str:
    """`document` as Markdown, ending in one line end.

    Raises: KeyError for a reference to an id that the document lacks.
    """
    document = for_audience(document, audience)
    writer = _Writer(document, compute(document))
    return "\n\n".join(part for part in writer.parts() if part) + "\n"


def escape(text: str, *, one_line: bool = False) -> str:
    """`text` with every sign escaped that Markdown or HTML would read as markup."""
    text = clean_line(text) if one_line else clean_text(text)
    text = _SIGNS.sub(r"\\\1", text.replace("&", "&amp;"))
    return _LINE_START.sub(r"\1\\\2", text)


class _Writer:
    def __init__(self, document: Document, labels: Labels) -> None:
        self._document = document
        self._labels = labels
        self._anchored: set[str] = set()

    def parts(self) -> Iterable[str]:
        meta = self._document.meta
        if meta.notice:
            yield f"> **{escape(meta.notice, one_line=True)}**"
        yield f"# {escape(meta.title, one_line=True)}"
        yield " · ".join(
            escape(text, one_line=True)
            for text in (
                meta.identifier,
                f"{meta.label('version')} {meta.version}",
                f"{meta.label('status')}: {meta.status}",
                meta.dated.isoformat(),
            )
        )
        yield from self.blocks(self._document.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterable[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterable[str]:
        if isinstance(block, (Clause, Schedule, Heading, Paragraph)):
            yield self.text_block(block)
        elif isinstance(block, Items):
            marks = [f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1)]
            yield "\n".join(f"{mark} {self.inline(item)}" for mark, item in zip(marks, block.items, strict=True))
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, OpenPassage):
            yield from self.passage(block)
        elif isinstance(block, Definitions):
            yield "\n".join(f"- **{escape(term)}**: {self.inline(meaning)}" for term, meaning in block.entries)
        elif isinstance(block, Facts):
            yield self.anchor(block.id)
            yield self.facts(block.entries)
        elif isinstance(block, Signatures):
            yield self.grid(
                [[escape(party, one_line=True) for party in block.parties]]
                + [[f"{escape(label, one_line=True)}: ……" for _ in block.parties] for label in block.labels]
            )
        elif isinstance(block, Chart):
            yield from self.chart(block)
        elif isinstance(block, Fold):
            yield f"**{self.inline(block.summary)}**"
            yield from self.blocks(block.blocks)
        elif isinstance(block, Contents):
            yield from self.contents(block)
        else:
            yield "---"

    def text_block(self, block: Clause | Schedule | Heading | Paragraph) -> str:
        anchor = self.anchor(block.id)
        text = self.inline(block.content)
        if isinstance(block, Schedule):
            return f"## {anchor}{self._labels.of(block.id).own} {text}"
        if isinstance(block, Clause):
            label = self._labels.of(block.id).own
            if block.level == 1:
                return f"## {anchor}{label} {text}"
            bullet = "" if block.level == 2 else "  " * (block.level - 3) + "- "
            return f"{bullet}{anchor}**{label}** {text}"
        if isinstance(block, Heading):
            return f"{'#' * (block.level + 1)} {anchor}{text}"
        if block.role == "quote" or block.role == "warning":
            text = f"**{text}**" if block.role == "warning" else text
            return "\n".join(f"> {line}" for line in f"{anchor}{text}".split("\n"))
        return anchor + text

    def table(self, table: Table) -> Iterable[str]:
        if table.show_caption:
            yield f"{self.anchor(table.id)}**{escape(table.caption, one_line=True)}**"
        columns = max([len(table.header), *map(len, table.rows), 1])
        rows = [[self.cell(cell) for cell in row] for row in (table.header, *table.rows)]
        aligned = table.rows[0] if table.rows else table.header
        rule = [_ALIGN[cell.align] for cell in aligned]
        lines = [row + [""] * (columns - len(row)) for row in rows]
        anchor = "" if table.show_caption else self.anchor(table.id)
        yield (anchor + "\n\n" if anchor else "") + self.grid(lines, rule + ["---"] * (columns - len(rule)))

    def grid(self, rows: list[list[str]], rule: list[str] | None = None) -> str:
        """`rows` as a table; the first is the header."""
        rule = rule or ["---"] * len(rows[0])
        return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])

    def cell(self, cell: Cell) -> str:
        return self.anchor(cell.anchor) + self.inline(cell.content, one_line=True)

    def facts(self, facts: tuple[Fact, ...]) -> str:
        return "\n".join(f"- **{escape(fact.label)}**: {self.inline(fact.value)}" for fact in facts)

    def passage(self, passage: OpenPassage) -> Iterable[str]:
        anchor = self.anchor(passage.id)
        if passage.lead:
            yield f"{anchor}**{self._labels.of(passage.id).own}** {self.inline(passage.lead)}"
            anchor = ""
        text = escape(passage.placeholder) if passage.filled else f"[ {escape(passage.placeholder)} ]"
        lines = [f"{anchor}**{escape(passage.title, one_line=True)}**", "", *text.replace("\n", "\\\n").split("\n")]
        yield "\n".join(f"> {line}".rstrip() for line in lines)
        yield self.facts(passage.facts)
        yield self.inline(runs(passage.comment, "emphasis"))

    def chart(self, chart: Chart) -> Iterable[str]:
        yield f"{self.anchor(chart.id)}**{escape(chart.title, one_line=True)}**"
        yield escape(chart.description)
        rows = [[escape(bar.label, one_line=True), escape(bar.words, one_line=True)] for bar in chart.bars]
        yield self.grid([[escape(text, one_line=True) for text in chart.table_header], *rows], ["---", "---:"])

    def contents(self, contents: Contents) -> Iterable[str]:
        yield f"**{escape(contents.title, one_line=True)}**"
        lines = []
        for block in walk(self._document.blocks):
            if isinstance(block, Schedule) or (isinstance(block, Clause) and block.level == 1):
                label = self._labels.of(block.id).own
                lines.append(f"- [{label} {self.plain(block.content)}](#{fragment(block.id)})")
            elif isinstance(block, Heading) and block.level <= 2 and block.id:
                indent = "  " * (block.level - 1)
                lines.append(f"{indent}- [{self.plain(block.content)}](#{fragment(block.id)})")
        yield "\n".join(lines)

    def plain(self, content: Inlines) -> str:
        return escape(self._labels.text(content), one_line=True)

    def anchor(self, target: str) -> str:
        if not target or target in self._anchored:
            return ""
        self._anchored.add(target)
        return f'<a id="{fragment(target)}"></a>'

    def inline(self, content: Inlines, *, one_line: bool = False) -> str:
        text = "".join(self.piece(piece, one_line) for piece in content)
        return text if one_line else text.replace("\n", "\\\n")

    def piece(self, piece: Run | Ref | Link, one_line: bool) -> str:
        if isinstance(piece, Ref):
            words = NO_BREAK.join(part for part in self._labels.words(piece) if part)
            return f"[{escape(words, one_line=True)}](#{fragment(piece.target)})"
        if isinstance(piece, Link):
            return self.link(piece)
        if piece.style == "code":
            return _code(piece.text)
        text = escape(piece.text)
        text = text.replace("\n", " ") if one_line else text
        mark = _MARKS[piece.style]
        inner = text.strip()
        return text.replace(inner, f"{mark}{inner}{mark}", 1) if inner and mark else text

    def link(self, link: Link) -> str:
        href = safe_href(link.href)
        text = escape(link.text, one_line=True)
        if href.startswith("#"):
            return f"[{text}](#{fragment(href[1:])})" if href[1:] in self._labels else text
        return f"[{text}](<{href}>)" if href else text


def _code(text: str) -> str:
    """A piece of code, fenced by more backticks than it holds; a bar would end a table cell."""
    inner = clean_line(text).replace("|", "\\|")
    fence = "`" * (max((len(found) for found in re.findall("`+", inner)), default=0) + 1)
    space = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{fence}{space}{inner}{space}{fence}" if inner else ""
