"""The table of contents, filled in beforehand.

In: the headings of level 1 in order. Out: Word's own contents control with one entry each.
Page numbers need a layout engine: an entry shows the number it is given, else a dash until Word updates the
field (F9). `updateFields` is not set: it makes Word ask a question on opening.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.document.clean import clean_line
from sla2.document.docx.xml import field, paragraph, run, text_element, value, w

if TYPE_CHECKING:
    from sla2.document.docx.context import Context
    from sla2.document.docx.xml import Element

UNKNOWN_PAGE = "–"
LABEL_TAB = 709
INSTRUCTION = 'TOC \\o "1-1" \\h \\z \\u'


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: the bookmark it leads to, the number before the title, the title, the page."""

    mark: str
    label: str
    title: str
    page: str = UNKNOWN_PAGE


def contents(context: Context, title: str, entries: list[Entry]) -> list[Element]:
    """The contents control; nothing if the document has no headings of level 1."""
    if not entries:
        return []
    start = [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", text_element("instrText", f" {INSTRUCTION} ")),
        w("r", w("fldChar", fldCharType="separate")),
    ]
    lines = [_line(context, entry, start if index == 0 else []) for index, entry in enumerate(entries)]
    lines[-1].append(w("r", w("fldChar", fldCharType="end")))
    gallery = w("docPartObj", value("docPartGallery", "Table of Contents"), w("docPartUnique"))
    heading = paragraph(context.style("toc-heading"), run(clean_line(title)))
    number = value("id", context.number())
    return [w("sdt", w("sdtPr", number, gallery), w("sdtContent", heading, *lines))]


def _line(context: Context, entry: Entry, start: list[Element]) -> Element:
    """One entry: a number is followed by a tab, "Annex 1." by a space, a bare title by its page at once."""
    short = entry.label[:1].isdigit()
    title = f"{entry.label}{' ' if entry.label and not short else ''}"
    pieces = [run(title), *([run("\t")] if short else []), run(entry.title), run("\t")]
    page = field(f"PAGEREF {entry.mark} \\h", entry.page)
    line = paragraph(context.style("toc-1"), *start, w("hyperlink", *pieces, *page, anchor=entry.mark, history=1))
    if not short:
        line[0].append(w("tabs", w("tab", val="clear", pos=LABEL_TAB)))
        line[0].append(w("ind", left=0, right=0, firstLine=0))
    return line
