"""The parts of a Word file beside its body: header, footer, comments and properties.

In: the document's meta and the comments collected while writing. Out: the bytes of each part.
All dates come from the document, never from the clock.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from sla2.document.clean import clean_line, clean_text
from sla2.document.docx.styles import LANGUAGE_TAGS
from sla2.document.docx.xml import OFFICE, R, field, paragraph, q, run, serialise, value, w

if TYPE_CHECKING:
    from docx.document import Document as Word

    from sla2.document.blocks import Meta
    from sla2.document.docx.context import Comment, Context

WORD = f"{OFFICE}.wordprocessingml"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANT_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def header(context: Context) -> bytes:
    """Identifier and title at the left, the status at the right, the notice beneath."""
    meta = context.meta
    left = " · ".join(part for part in (clean_line(meta.identifier), clean_line(meta.title)) if part)
    status = field('DOCPROPERTY "SLA-Status"', clean_line(meta.status))
    first = paragraph(context.style("header"), run(f"{left}\t{meta.label('status')}: "), *status)
    lines = [first]
    if meta.notice:
        lines.append(paragraph(context.style("header-notice"), run(clean_line(meta.notice))))
    return serialise(w("hdr", *lines))


def footer(context: Context) -> bytes:
    """Version and date at the left, page x of y at the right."""
    meta = context.meta
    version = field('DOCPROPERTY "SLA-Version"', clean_line(meta.version))
    pages = [*field("PAGE", "1"), run(f" {meta.label('of')} "), *field("NUMPAGES", "1")]
    before = run(f"{meta.label('version')} ")
    after = run(f" · {meta.dated.isoformat()}\t{meta.label('page')} ")
    return serialise(w("ftr", paragraph(context.style("footer"), before, *version, after, *pages)))


def comments(context: Context, remarks: list[Comment]) -> bytes:
    """The comments part; each comment bears the document's author and date."""
    author = clean_line(context.meta.author) or "sla2"
    initials = "".join(word[0] for word in author.split()[:3]).upper()
    elements = []
    for remark in remarks:
        mark = w("r", w("rPr", value("rStyle", context.style("comment-mark"))), w("annotationRef"))
        lines = [paragraph(context.style("comment"), run(line)) for line in clean_text(remark.text).split("\n")]
        lines[0].insert(1, mark)
        stamp = f"{context.meta.dated.isoformat()}T00:00:00Z"
        elements.append(w("comment", *lines, id=remark.number, author=author, date=stamp, initials=initials))
    return serialise(w("comments", *elements))


def custom_properties(entries: tuple[tuple[str, str], ...]) -> bytes:
    """docProps/custom.xml: the values that the fields in header and footer show."""
    root = etree.fromstring(f'<Properties xmlns="{CUSTOM_NS}" xmlns:vt="{VARIANT_NS}"/>')
    for number, (name, text) in enumerate(entries, 2):
        entry = etree.SubElement(root, f"{{{CUSTOM_NS}}}property", fmtid=CUSTOM_FORMAT, pid=str(number), name=name)
        etree.SubElement(entry, f"{{{VARIANT_NS}}}lpwstr").text = clean_line(text)
    return serialise(root)


def property_entries(context: Context) -> tuple[tuple[str, str], ...]:
    """Names and values of the custom properties."""
    meta = context.meta
    return (
        ("SLA-ContractId", meta.identifier),
        ("SLA-Version", meta.version),
        ("SLA-Status", meta.status),
        ("SLA-Language", meta.language),
        ("SLA-SourceHash", meta.source_hash),
        ("SLA-Audience", context.audience),
    )


def set_core_properties(word: Word, meta: Meta) -> None:
    """docProps/core.xml from the meta; what it does not say is emptied."""
    core = word.core_properties
    stamp = dt.datetime(meta.dated.year, meta.dated.month, meta.dated.day, tzinfo=dt.UTC)
    core.title = clean_line(meta.title)[:255]
    core.author = core.last_modified_by = clean_line(meta.author)[:255]
    core.language = LANGUAGE_TAGS[meta.language]
    core.version = clean_line(meta.version)[:255]
    core.content_status = clean_line(meta.status)[:255]
    core.identifier = clean_line(meta.identifier)[:255]
    core.comments = ""
    core.created = core.modified = stamp
    core.revision = 1


def attach(word: Word, context: Context) -> None:
    """Relates header, footer, comments and custom properties to the package."""
    section = word.element.body.find(q("sectPr"))
    for kind, data, relation in (("header", header(context), RT.HEADER), ("footer", footer(context), RT.FOOTER)):
        rid = _relate(word, f"/word/{kind}1.xml", f"{WORD}.{kind}+xml", relation, data)
        reference = w(f"{kind}Reference", type="default")
        reference.set(f"{{{R}}}id", rid)
        section.insert(0 if kind == "header" else 1, reference)
    if context.comments:
        data = comments(context, context.comments)
        _relate(word, "/word/comments.xml", f"{WORD}.comments+xml", RT.COMMENTS, data)
    package = word.part.package
    data = custom_properties(property_entries(context))
    part = Part(PackURI("/docProps/custom.xml"), f"{OFFICE}.custom-properties+xml", data, package)
    package.relate_to(part, RT.CUSTOM_PROPERTIES)


def _relate(word: Word, name: str, content_type: str, relation: str, data: bytes) -> str:
    part = Part(PackURI(name), content_type, data, word.part.package)
    return str(word.part.relate_to(part, relation))
