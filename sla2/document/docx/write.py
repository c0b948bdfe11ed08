"""A document as a Word file.

In: a `Document` and who will read it. Out: the bytes of a .docx, the same ones for the same input.
Body elements are lxml, the package is python-docx's, the wording and the numbers are the document's.
It opens no house style, compares no versions, and reads no clock.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from sla2 import resources
from sla2.document import labels
from sla2.document.audience import for_audience
from sla2.document.docx.body import Body
from sla2.document.docx.context import Context
from sla2.document.docx.numbering import Numbering
from sla2.document.docx.parts import attach, set_core_properties
from sla2.document.docx.styles import Styles, set_language
from sla2.document.docx.xml import paragraph, q, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as Word
    from docx.opc.part import Part

    from sla2.document.audience import Audience
    from sla2.document.blocks import Document

BASE = "base.docx"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write(document: Document, *, audience: Audience = "internal", pages: tuple[int, ...] = ()) -> bytes:
    """`document` as a Word file for `audience`.

    For the counterparty there are no comments, no internal facts and no locked controls anywhere in the package.
    `pages` are the page numbers of the contents in order, from `pages.page_numbers`; without them a dash is printed.
    Raises: KeyError for a reference to an id that the document lacks, ValueError for a numbered id used twice.
    """
    document = for_audience(document, audience)
    word = docx.Document(io.BytesIO(resources.read_bytes("templates", BASE)))
    styles = Styles(word.styles.element)
    numbering = Numbering(word.part.numbering_part.element, styles)
    numbering.name_schedules(labels.schedule_noun(document))
    context = Context(document.meta, labels.compute(document), styles, audience, _relate_to(word.part), pages)
    set_language(word.styles.element, word.settings.element, document.meta.language)
    body = Body(context, numbering, document)
    body.elements.append(paragraph(context.style("title"), run(document.meta.title)))
    body.write(document.blocks)
    _fill(word, body)
    attach(word, context)
    set_core_properties(word, document.meta)
    saved = io.BytesIO()
    word.save(saved)
    return settle_zip(saved.getvalue())


def _relate_to(part: Part) -> Callable[[str], str]:
    def relate(address: str) -> str:
        return str(part.relate_to(address, RT.HYPERLINK, is_external=True))

    return relate


def _fill(word: Word, body: Body) -> None:
    root = word.element.body
    section = root.find(q("sectPr"))
    for child in list(root):
        if child is not section:
            root.remove(child)
    for element in body.elements:
        section.addprevious(element)


def settle_zip(data: bytes) -> bytes:
    """The same package with entries in a fixed order and without dates, so that equal content gives equal bytes."""
    first = ("[Content_Types].xml", "_rels/.rels")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda entry: (entry not in first, entry)):
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name), compresslevel=6)
    return out.getvalue()
