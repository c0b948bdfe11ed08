"""Runs, live references and links within a paragraph.

In: inlines of the document. Out: `w:r`, REF fields and `w:hyperlink` elements.
A numbered target becomes a REF field whose cached text is the computed label; anything else becomes a link
on its title. What is no safe link stays text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Link, Ref
from sla2.document.clean import safe_href
from sla2.document.docx.context import bookmark_name
from sla2.document.docx.xml import R, field, run, w
from sla2.document.labels import NO_BREAK

if TYPE_CHECKING:
    from sla2.document.blocks import Inlines, Style
    from sla2.document.docx.context import Context
    from sla2.document.docx.styles import Role
    from sla2.document.docx.xml import Element

_STYLES: dict[Style, Role] = {"strong": "strong", "emphasis": "emphasis", "code": "code", "term": "term"}


def inline(context: Context, content: Inlines) -> list[Element]:
    """The elements of `content` in order."""
    elements: list[Element] = []
    for piece in content:
        if isinstance(piece, Ref):
            elements += _reference(context, piece)
        elif isinstance(piece, Link):
            elements.append(_link(context, piece))
        elif piece.text:
            role = _STYLES.get(piece.style)
            elements.append(run(piece.text, context.style(role) if role else ""))
    return elements


def _reference(context: Context, ref: Ref) -> list[Element]:
    noun, label = context.labels.words(ref)
    before = [run(noun + NO_BREAK)] if noun else []
    name = bookmark_name(ref.target)
    if context.labels.of(ref.target).full:
        return [*before, *field(f"REF {name} \\w \\h", label)]
    shown = before if not label else [run(label)]
    return [*(before if label else ()), w("hyperlink", *shown, anchor=name, history=1)]


def _link(context: Context, link: Link) -> Element:
    href = safe_href(link.href)
    if href.startswith("#"):
        if href[1:] not in context.labels:
            return run(link.text)
        return w("hyperlink", run(link.text, context.style("link")), anchor=bookmark_name(href[1:]), history=1)
    if not href:
        return run(link.text)
    element = w("hyperlink", run(link.text, context.style("link")), history=1)
    element.set(f"{{{R}}}id", context.relate(href))
    return element
