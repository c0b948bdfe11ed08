"""Open passages as content controls.

In: an `OpenPassage`. Out: its numbered lead, its title, the control with bookmark and comment, its facts.
The bookmark stands around the control, because what is typed over a placeholder takes the place of
everything inside it. The comment hangs on the title, so it survives the filling too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from sla2.document.clean import clean_line, clean_text
from sla2.document.docx.context import Comment, control_id, passage_mark, passage_tag
from sla2.document.docx.inline import inline
from sla2.document.docx.tables import fact_table, spacer
from sla2.document.docx.xml import W15, paragraph, run, value, w

if TYPE_CHECKING:
    from sla2.document.blocks import OpenPassage
    from sla2.document.docx.context import Context
    from sla2.document.docx.xml import Element

ALIAS_LENGTH = 64
INDENT = 709
BAR_COLOR = "B7791F"


def open_passage(context: Context, passage: OpenPassage) -> list[Element]:
    """All elements of one open passage, in reading order; its lead is numbered as a clause of level 2."""
    elements = []
    title: list[Element] = [run(passage.title)]
    if passage.lead:
        lead = context.anchored(passage.id, inline(context, passage.lead))
        elements.append(paragraph(context.style("clause-2"), *lead, keep_next=True))
    else:
        title = context.anchored(passage.id, title)
    style = context.style("passage-filled-title" if passage.filled else "passage-title")
    elements.append(paragraph(style, *_commented(context, passage, title)))
    elements += context.marked(passage_mark(passage.id), [_control(context, passage)])
    facts = fact_table(context, passage.facts, caption=passage.title, indent=INDENT)
    return elements + (facts or [spacer(context)])


def _control(context: Context, passage: OpenPassage) -> Element:
    """The block content control; while open, a click selects the whole placeholder and typing replaces it."""
    lock = "sdtLocked" if context.audience == "internal" else "unlocked"
    properties = w(
        "sdtPr",
        value("alias", clean_line(passage.title)[:ALIAS_LENGTH]),
        value("tag", passage_tag(passage.id)),
        value("id", control_id(passage.id)),
        value("lock", lock),
    )
    if not passage.filled:
        properties.append(w("showingPlcHdr"))
    color = etree.SubElement(properties, f"{{{W15}}}color", nsmap={"w15": W15})
    color.set(value("color", "").keys()[0], BAR_COLOR)
    if passage.filled:
        lines = clean_text(passage.placeholder).split("\n")
        content = [paragraph(context.style("passage-filled"), run(line)) for line in lines]
    else:
        content = [paragraph(context.style("passage-open"), run(passage.placeholder, context.style("placeholder")))]
    return w("sdt", properties, w("sdtContent", *content))


def _commented(context: Context, passage: OpenPassage, content: list[Element]) -> list[Element]:
    """`content` with the passage's comment, for the internal audience only."""
    if not passage.comment or context.audience != "internal":
        return content
    comment = Comment(context.number(), passage.comment)
    context.comments.append(comment)
    mark = w("r", w("rPr", value("rStyle", context.style("comment-mark"))), w("commentReference", id=comment.number))
    return [w("commentRangeStart", id=comment.number), *content, w("commentRangeEnd", id=comment.number), mark]
