"""WordprocessingML elements: the few shapes every other module of this folder builds from.

In: texts and attribute values. Out: lxml elements in the `w:` name space, with text cleaned.
Text never meets XML as a string here; it decides nothing about styles or order.
"""

from __future__ import annotations

from lxml import etree

from sla2.document.clean import clean_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
XML = "http://www.w3.org/XML/1998/namespace"

Element = etree._Element
OFFICE = "application/vnd.openxmlformats-officedocument"


def q(tag: str) -> str:
    """`tag` in the `w:` name space, in lxml's notation."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """A `w:` element with `w:` attributes and children."""
    element = etree.Element(q(tag), nsmap={"w": W})
    for name, value in attributes.items():
        element.set(q(name), str(value))
    element.extend(children)
    return element


def value(tag: str, val: str | int) -> Element:
    """The common form `<w:tag w:val="…"/>`."""
    return w(tag, val=val)


def text_element(tag: str, text: str) -> Element:
    """`w:t` or `w:instrText` whose spaces are kept."""
    element = w(tag)
    element.text = text
    element.set(f"{{{XML}}}space", "preserve")
    return element


def run(text: str, style: str = "") -> Element:
    """One run in the character style with id `style`; line ends become breaks and tabs become tabs."""
    element = w("r")
    if style:
        element.append(w("rPr", value("rStyle", style)))
    for index, line in enumerate(clean_text(text).split("\n")):
        if index:
            element.append(w("br"))
        for position, piece in enumerate(line.split("\t")):
            if position:
                element.append(w("tab"))
            if piece:
                element.append(text_element("t", piece))
    return element


def field(instruction: str, cached: str, style: str = "") -> list[Element]:
    """A complex field and the text it shows until Word computes it anew."""

    def mark(kind: str) -> Element:
        return w("r", w("fldChar", fldCharType=kind))

    code = w("r", text_element("instrText", f" {instruction} "))
    return [mark("begin"), code, mark("separate"), run(cached, style), mark("end")]


def paragraph(style: str, *content: Element, keep_next: bool = False) -> Element:
    """A paragraph in the style with id `style`."""
    properties = w("pPr", value("pStyle", style))
    if keep_next:
        properties.append(w("keepNext"))
    return w("p", properties, *content)


def insert_property(target: Element, name: str) -> None:
    """Puts the switch `name` (keepNext, pageBreakBefore) into a paragraph's properties, in schema order."""
    properties = target.find(q("pPr"))
    if properties is None:
        properties = w("pPr")
        target.insert(0, properties)
    if properties.find(q(name)) is not None:
        return
    before = ("pStyle", "keepNext", "keepLines", "pageBreakBefore")
    position = 0
    for index, child in enumerate(properties):
        if child.tag in {q(tag) for tag in before[: before.index(name)]}:
            position = index + 1
    properties.insert(position, w(name))


def serialise(element: Element) -> bytes:
    """A part of the package as bytes."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
