"""Tables of data, labelled values, definitions and the signature block.

In: those blocks. Out: `w:tbl` elements with fixed layout, a grid, a repeated header row and rows that do not
break over pages. A table is followed by its small spacing paragraph, because Word joins touching tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.clean import clean_line
from sla2.document.docx.context import TEXT_WIDTH
from sla2.document.docx.inline import inline
from sla2.document.docx.xml import paragraph, run, value, w

if TYPE_CHECKING:
    from sla2.document.blocks import Cell, Definitions, Fact, Signatures, Table
    from sla2.document.docx.context import Context
    from sla2.document.docx.styles import Role
    from sla2.document.docx.xml import Element

TONES = {"good": "E3F1E7", "bad": "FBE3E0", "open": "FFF1CC", "muted": "EEF0F2", "accent": "E3ECF6"}
FACT_WIDTHS = (3, 7)
DEFINITION_INDENT = 624
PARTIES_BESIDE = 2
SIGNING_HEIGHT = 760


def grid(widths: tuple[int, ...], columns: int, total: int = TEXT_WIDTH) -> list[int]:
    """The column widths in twentieths of a point, together exactly `total`."""
    shares = [max(width, 1) for width in widths[:columns]]
    shares += [max(sum(shares) // len(shares), 1) if shares else 1] * (columns - len(shares))
    edges = [total * sum(shares[:index]) // sum(shares) for index in range(columns + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def frame(
    context: Context,
    style: Role,
    columns: list[int],
    rows: list[Element],
    caption: str,
    *,
    header: bool,
    indent: int = 0,
) -> Element:
    """A table of `rows` with its properties and grid; `caption` is read out by screen readers."""
    properties = w(
        "tblPr",
        value("tblStyle", context.style(style)),
        w("tblW", w=sum(columns), type="dxa"),
        w("tblInd", w=indent, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020" if header else "0000", firstRow=int(header), lastRow=0, firstColumn=0, lastColumn=0,
          noHBand=1, noVBand=1),
    )  # fmt: skip
    if caption:
        properties.append(value("tblCaption", clean_line(caption)))
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in columns)), *rows)


def row(cells: list[Element], *, header: bool = False, height: int = 0) -> Element:
    """A table row that stays on one page."""
    properties = w("trPr", w("cantSplit"))
    if height:
        properties.append(w("trHeight", val=height, hRule="atLeast"))
    if header:
        properties.append(w("tblHeader"))
    return w("tr", properties, *cells)


def cell(width: int, *content: Element, fill: str = "", borders: Element | None = None) -> Element:
    """A table cell; `content` are its paragraphs."""
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if borders is not None:
        properties.append(borders)
    if fill:
        properties.append(w("shd", val="clear", color="auto", fill=fill))
    return w("tc", properties, *content)


def spacer(context: Context) -> Element:
    """The small paragraph after a table."""
    return paragraph(context.style("table-space"))


def data_table(context: Context, table: Table) -> list[Element]:
    """A table of data, with its caption before it if it is shown."""
    columns = grid(table.widths, max([len(table.header), *map(len, table.rows), 1]))
    rows = []
    if table.header:
        head = [
            _data_cell(context, item, width, "table-head") for item, width in zip(table.header, columns, strict=False)
        ]
        rows.append(row(_filled(context, head, columns), header=True))
    for line in table.rows:
        cells = [_data_cell(context, item, width, "table-text") for item, width in zip(line, columns, strict=False)]
        rows.append(row(_filled(context, cells, columns)))
    if not rows:
        rows.append(row(_filled(context, [], columns)))
    before: list[Element] = []
    if table.show_caption:
        text = context.anchored(table.id, [run(clean_line(table.caption))])
        before = [paragraph(context.style("caption"), *text)]
    else:
        _anchor_first(context, table.id, rows)
    element = frame(context, "data-table", columns, rows, table.caption, header=bool(table.header))
    return [*before, element, spacer(context)]


def _data_cell(context: Context, item: Cell, width: int, role: Role) -> Element:
    content = context.anchored(item.anchor, inline(context, item.content))
    element = paragraph(context.style(role), *content)
    if item.align != "left":
        element[0].append(value("jc", item.align))
    return cell(width, element, fill=TONES.get(item.tone, ""))


def _filled(context: Context, cells: list[Element], columns: list[int]) -> list[Element]:
    """`cells` with empty ones for the columns that a short row lacks."""
    return cells + [cell(width, paragraph(context.style("table-text"))) for width in columns[len(cells) :]]


def _anchor_first(context: Context, target: str, rows: list[Element]) -> None:
    """Puts the bookmark of a table without a printed caption around the text of its first cell."""
    first = next(rows[0].iter(w("p").tag))
    content = list(first)[1:]
    for child in content:
        first.remove(child)
    first.extend(context.anchored(target, content))


def fact_table(
    context: Context, facts: tuple[Fact, ...], *, target: str = "", caption: str = "", indent: int = 0
) -> list[Element]:
    """Labelled values in two columns; nothing if there are none."""
    if not facts:
        return []
    columns = grid(FACT_WIDTHS, 2, TEXT_WIDTH - indent)
    style = context.style("table-text")
    rows = [
        row([
            cell(columns[0], paragraph(style, run(fact.label, context.style("strong")))),
            cell(columns[1], paragraph(style, *inline(context, fact.value))),
        ])
        for fact in facts
    ]  # fmt: skip
    if target:
        _anchor_first(context, target, rows)
    return [frame(context, "fact-table", columns, rows, caption, header=False, indent=indent), spacer(context)]


def definition_table(context: Context, definitions: Definitions) -> list[Element]:
    """Terms and their meaning side by side."""
    if not definitions.entries:
        return []
    columns = grid(FACT_WIDTHS, 2, TEXT_WIDTH - DEFINITION_INDENT)
    rows = [
        row([
            cell(columns[0], paragraph(context.style("definition-term"), run(term))),
            cell(columns[1], paragraph(context.style("definition-text"), *inline(context, meaning))),
        ])
        for term, meaning in definitions.entries
    ]  # fmt: skip
    return [frame(context, "plain-table", columns, rows, "", header=False, indent=DEFINITION_INDENT), spacer(context)]


def signature_table(context: Context, signatures: Signatures) -> list[Element]:
    """The signature block: two parties beside each other, kept together on one page with what precedes it."""
    pairs = [signatures.parties[at : at + PARTIES_BESIDE] for at in range(0, len(signatures.parties), PARTIES_BESIDE)]
    columns = grid((46, 8, 46), 3)
    rows: list[Element] = []
    for pair in pairs:
        names = [paragraph(context.style("signature-party"), run(name)) for name in pair]
        rows.append(_signing_row(context, columns, names, ruled=False))
        for label in signatures.labels:
            lines = [paragraph(context.style("signature-label"), run(label)) for _ in pair]
            rows.append(_signing_row(context, columns, lines, ruled=True))
    if not rows:
        return []
    for element in (found for line in rows[:-1] for found in line.iter(w("p").tag)):
        element[0].append(w("keepNext"))
    return [frame(context, "plain-table", columns, rows, "", header=False), spacer(context)]


def _signing_row(context: Context, columns: list[int], content: list[Element], *, ruled: bool) -> Element:
    cells = []
    for index, width in enumerate(columns):
        text = content[index // 2] if index % 2 == 0 and index // 2 < len(content) else None
        line = (
            w("tcBorders", w("top", val="single", sz=4, space=0, color="52606D"))
            if ruled and text is not None
            else None
        )
        filling = text if text is not None else paragraph(context.style("table-space"))
        cells.append(cell(width, filling, borders=line))
    return row(cells, height=SIGNING_HEIGHT)
