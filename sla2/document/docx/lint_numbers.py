"""Checks of numbering, fields, references and the table of contents.

In: a vetted `Package` and the numbers counted from it. Out: findings SLA712, SLA713, SLA715 to SLA717 and SLA719.
Part of `lint`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.document.codes import (
    BROKEN_FIELD,
    BROKEN_REFERENCE,
    HAND_SET_NUMBER,
    STALE_CONTENTS,
    STALE_REFERENCE,
    TYPED_NUMBER,
)
from sla2.document.docx.fields import WITHOUT_RESULT, read_fields
from sla2.document.docx.numbers import val
from sla2.document.docx.xml import q

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.document.docx.numbers import Lists, Numbered
    from sla2.document.docx.package import Package
    from sla2.document.docx.xml import Element

_TYPED = re.compile(
    r"^\s*(\d+(\.\d+)+\.?|\d+[.)]|\([a-z]{1,2}\)|\([ivx]{1,5}\)|[a-z]\)|§\s*\d+)[\s\u00a0]", re.IGNORECASE
)
_REFERRING = ("REF", "PAGEREF", "NOTEREF")
UPDATE = "Press Ctrl+A and F9 in Word, and save."


def paragraph_text(paragraph: Element) -> str:
    """What a paragraph says, without deleted text; tabs and line ends as spaces."""
    pieces = []
    for element in paragraph.iter(q("t"), q("tab"), q("br")):
        if element.tag == q("t"):
            pieces.append(element.text or "")
        elif element.getparent() is not None and element.getparent().tag == q("r"):  # type: ignore[union-attr]
            pieces.append(" ")
    return "".join(pieces)


def check_numbering(package: Package, lists: Lists, numbered: list[Numbered]) -> Iterator[Diagnostic]:
    """No number is typed into a numbered paragraph, and none is set by hand on a paragraph of a numbered style."""
    for item in numbered:
        text = paragraph_text(item.paragraph)
        found = _TYPED.match(text)
        if found and item.own:
            message = f"Clause {item.full} begins with the typed number “{found[1]}”: “{text.strip()[:50]}”."
            yield TYPED_NUMBER.at(None, message, help="Remove the typed number; the style gives the right one.")
    for paragraph in package.document().iter(q("p")):
        properties = paragraph.find(q("pPr"))
        if not val(properties, "numPr/numId"):
            continue
        number, _ = lists.of_style(val(properties, "pStyle"))
        if number not in ("", "0") and len(lists.levels_of(number)) > 1:
            message = f"The clause “{paragraph_text(paragraph).strip()[:50]}” has its number set by hand."
            yield HAND_SET_NUMBER.at(None, message, help="Select the paragraph in Word and press Ctrl+Q.")


def check_fields(package: Package) -> Iterator[Diagnostic]:
    """Fields begin, end and show something."""
    for name, story in package.stories():
        fields, balanced = read_fields(story)
        if not balanced:
            yield BROKEN_FIELD.at(None, f"A field in {name!r} begins or ends only.", help=UPDATE)
        for field in fields:
            kind = field.words[0].upper() if field.words else ""
            if not field.cached.strip() and kind not in WITHOUT_RESULT:
                yield BROKEN_FIELD.at(None, f"The field {field.code!r} in {name!r} shows nothing.", help=UPDATE)


def check_references(package: Package, numbered: list[Numbered]) -> Iterator[Diagnostic]:
    """References lead somewhere and show the number of that place."""
    places = {
        mark.get(q("name"), "").casefold(): _paragraph_of(mark) for mark in package.document().iter(q("bookmarkStart"))
    }
    labels = {id(item.paragraph): item.full for item in numbered}
    for _, story in package.stories():
        for anchor in (element.get(q("anchor")) for element in story.iter(q("hyperlink"))):
            if anchor and anchor.casefold() not in places:
                yield _missing(anchor)
        for field in read_fields(story)[0]:
            if len(field.words) < 2 or field.words[0].upper() not in _REFERRING:
                continue
            target = field.words[1].strip('"')
            if target.casefold() not in places:
                yield _missing(target)
            elif field.words[0].upper() == "REF" and "\\w" in field.words:
                place = places[target.casefold()]
                expected = labels.get(id(place), "") if place is not None else ""
                if expected and field.cached != expected:
                    message = f"A reference says “{field.cached}”, but the clause it leads to is {expected}."
                    yield STALE_REFERENCE.at(None, message, help=UPDATE)


def _missing(target: str) -> Diagnostic:
    message = f"A reference leads to {target!r}, which is not in the document."
    return BROKEN_REFERENCE.at(None, message, help="Refer to another clause, or put the removed clause back.")


def _paragraph_of(mark: Element) -> Element | None:
    """The paragraph a bookmark begins in; a bookmark between blocks belongs to the next paragraph."""
    for ancestor in mark.iterancestors(q("p")):
        return ancestor
    for following in mark.itersiblings():
        if following.tag == q("p"):
            return following
        return next(following.iter(q("p")), None)
    return None


def check_contents(package: Package, numbered: list[Numbered], lists: Lists) -> Iterator[Diagnostic]:
    """The contents list the headings of level 1, in order, each with its number."""
    for control in package.document().iter(q("sdt")):
        gallery = control.find(f"{q('sdtPr')}/{q('docPartObj')}/{q('docPartGallery')}")
        if gallery is None or gallery.get(q("val")) != "Table of Contents":
            continue
        labels = {id(item.paragraph): item.own for item in numbered}
        listed = [_entry(link) for link in control.iter(q("hyperlink"))]
        headings = [
            _joined(labels.get(id(paragraph), ""), paragraph_text(paragraph))
            for paragraph in package.document().iter(q("p"))
            if _is_top_heading(paragraph, lists) and paragraph_text(paragraph).strip()
        ]
        for place in range(max(len(listed), len(headings))):
            shown = listed[place] if place < len(listed) else "nothing"
            real = headings[place] if place < len(headings) else "nothing"
            if shown != real:
                message = f"Line {place + 1} of the contents says “{shown}”, the document says “{real}”."
                yield STALE_CONTENTS.at(None, message, help="Click in the contents and press F9.")
                return


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())


def _entry(link: Element) -> str:
    """The text of a line of the contents before its page number, which follows the last tab."""
    pieces = [
        element.text or "\t" for element in link.iter(q("t"), q("tab")) if element.tag == q("tab") or element.text
    ]
    return _joined("".join(pieces).rpartition("\t")[0])


def _is_top_heading(paragraph: Element, lists: Lists) -> bool:
    """True if the paragraph's style (or one it is based on) has outline level 1, and it is not the contents' own."""
    style = val(paragraph.find(q("pPr")), "pStyle")
    seen: set[str] = set()
    while style and style not in seen:
        seen.add(style)
        outline = val(lists.styles.get(style), "pPr/outlineLvl")
        if outline:
            return outline == "0"
        style = val(lists.styles.get(style), "basedOn")
    return False
