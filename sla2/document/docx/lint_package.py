"""Checks of names, settings, language, properties, and of what must not be in the file.

In: a vetted `Package`. Out: findings SLA714, SLA720 to SLA723 and SLA725 to SLA727. Part of `lint`.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sla2.document.clean import clean_text
from sla2.document.codes import (
    DANGLING_NAME,
    HEADER_DISAGREES,
    INCOMPLETE_PACKAGE,
    INTERNAL_TEXT,
    LEFTOVER_METADATA,
    LOCKED_DOCUMENT,
    MIXED_LANGUAGE,
    TRACKING_OFF,
)
from sla2.document.docx.fields import read_fields
from sla2.document.docx.numbers import val
from sla2.document.docx.package import is_xml
from sla2.document.docx.xml import R, q

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.document.docx.numbers import Lists
    from sla2.document.docx.package import Package

_STYLE_TAGS = ("pStyle", "rStyle", "tblStyle")
_REMARKS = {
    "docProps/core.xml": ("description", "keywords", "category"),
    "docProps/app.xml": ("Company", "Manager", "HyperlinkBase"),
}
MODERN = "15"
SHORTEST_TEXT = 4
ANEW = "Make the draft anew from the contract."


def check_names(package: Package, lists: Lists) -> Iterator[Diagnostic]:
    """Styles, lists, relationships and comments that are used exist."""
    comments = package.tree(package.related("comments"))
    known = {
        "style": set(lists.styles),
        "list": {*lists.numbers, "0"},
        "comment": set() if comments is None else {item.get(q("id"), "") for item in comments.iter(q("comment"))},
    }
    for name, story in package.stories():
        related = {item.id for item in package.relationships(name)}
        used = {
            "style": {item.get(q("val"), "") for item in story.iter(*map(q, _STYLE_TAGS))},
            "list": {item.get(q("val"), "") for item in story.iter(q("numId"))},
            "comment": {item.get(q("id"), "") for item in story.iter(q("commentReference"), q("commentRangeStart"))},
        }
        for kind, names in used.items():
            for missing in sorted(names - known[kind]):
                yield DANGLING_NAME.at(None, f"The {kind} {missing!r} used in {name!r} is not in the file.", help=ANEW)
        wanted = {str(text) for item in story.iter() for key, text in item.items() if str(key).startswith(f"{{{R}}}")}
        for missing in sorted(wanted - related):
            yield DANGLING_NAME.at(
                None, f"The relationship {missing!r} used in {name!r} is not in the file.", help=ANEW
            )


def check_settings(package: Package) -> Iterator[Diagnostic]:
    """Tracking is on, nothing is locked, the parts Word expects are there."""
    settings = package.tree(package.related("settings"))
    if settings is None or settings.find(q("trackRevisions")) is None:
        yield TRACKING_OFF.at(None, "Changes are not tracked.", help="Choose Review > Track Changes and save.")
    if settings is not None and settings.find(q("documentProtection")) is not None:
        yield LOCKED_DOCUMENT.at(
            None, "The document is protected against editing.", help="Stop the protection in Word."
        )
    for kind in ("theme", "webSettings", "styles", "settings"):
        if package.related(kind) not in package.parts:
            yield INCOMPLETE_PACKAGE.at(None, f"The file has no part {kind!r}.", help="Open it in Word and save it.")
    modes = [] if settings is None else list(settings.iter(q("compatSetting")))
    mode = next((item.get(q("val"), "") for item in modes if item.get(q("name")) == "compatibilityMode"), "none")
    if mode != MODERN:
        message = f"The file is in compatibility mode {mode}, not {MODERN}."
        yield INCOMPLETE_PACKAGE.at(None, message, help="In Word choose File > Info > Convert, and save.")
    comments = package.tree(package.related("comments"))
    if comments is not None and comments.find(q("comment")) is None:
        yield INCOMPLETE_PACKAGE.at(None, "The file has a comments part without comments.", help=ANEW)
    if settings is not None and settings.find(q("updateFields")) is not None:
        message = "The file asks to update all fields on opening, at which Word shows a warning."
        yield INCOMPLETE_PACKAGE.at(None, message, help=ANEW)


def check_language(package: Package) -> Iterator[Diagnostic]:
    """One language throughout."""
    tags: set[str] = set()
    styles = package.tree(package.related("styles"))
    settings = package.tree(package.related("settings"))
    trees = [tree for tree in (styles, *(story for _, story in package.stories())) if tree is not None]
    for tree in trees:
        tags.update(item.get(q("val"), "") for item in tree.iter(q("lang")))
    if settings is not None:
        tags.update(item.get(q("val"), "") for item in settings.iter(q("themeFontLang")))
    tags.discard("")
    if len(tags) > 1:
        message = f"Several languages are set: {', '.join(sorted(tags))}."
        yield MIXED_LANGUAGE.at(None, message, help="Select all text and set one proofing language in Word.")


def custom_values(package: Package) -> dict[str, str]:
    """The custom properties of the file by name."""
    name = next((item.target for item in package.relationships() if item.kind == "custom-properties"), "")
    tree = package.tree(name)
    return (
        {} if tree is None else {item.get("name", ""): "".join(str(text) for text in item.itertext()) for item in tree}
    )


def check_properties(package: Package) -> Iterator[Diagnostic]:
    """Nothing is left of a template's maker, and header and footer agree with the properties."""
    for item in package.relationships():
        if item.kind == "thumbnail":
            yield LEFTOVER_METADATA.at(None, "The file has a preview picture.", help=ANEW)
    for part, names in _REMARKS.items():
        tree = package.tree(part)
        for element in () if tree is None else tree:
            name = str(element.tag).rsplit("}", 1)[-1]
            if name in names and (element.text or "").strip():
                message = f"The property {name!r} is filled: “{(element.text or '')[:60]}”."
                yield LEFTOVER_METADATA.at(None, message, help="Remove it with File > Info > Inspect Document.")
    values = custom_values(package)
    for _, story in package.stories():
        for field in read_fields(story)[0]:
            name = field.words[1].strip('"') if len(field.words) > 1 and field.words[0].upper() == "DOCPROPERTY" else ""
            if name.startswith("SLA-") and field.cached.strip() != values.get(name, "").strip():
                message = f"A page says “{field.cached}”, the property {name} says “{values.get(name, '')}”."
                yield HEADER_DISAGREES.at(None, message, help="Select the header's text in Word and press F9.")


def check_leaks(package: Package, forbidden: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Nothing internal is in a file for the counterparty."""
    help = "Make the file with `--audience counterparty` and send that one."
    texts = {name: _said(package, name) for name in sorted(package.parts)}
    for text in forbidden:
        wanted = _flat(clean_text(text))
        for name, said in texts.items():
            if len(wanted) >= SHORTEST_TEXT and wanted in said:
                yield INTERNAL_TEXT.at(None, f"The internal text “{wanted[:40]}” is in {name!r}.", help=help)
    if custom_values(package).get("SLA-Audience") != "counterparty":
        return
    if package.related("comments"):
        yield INTERNAL_TEXT.at(None, "The file for the counterparty has comments.", help=help)
    for control in package.document().iter(q("sdtPr")):
        if val(control, "lock") not in ("", "unlocked"):
            yield INTERNAL_TEXT.at(
                None, f"The passage {val(control, 'alias')!r} is locked for the counterparty.", help=help
            )


def _said(package: Package, name: str) -> str:
    """All text and attribute values of a part, without spaces."""
    content = package.parts[name]
    if not is_xml(name, content):
        return _flat(content.decode("utf-8", "replace"))
    tree = package.tree(name)
    pieces = [] if tree is None else [str(piece) for element in tree.iter() for piece in element.values()]
    return _flat("".join([*(str(text) for text in tree.itertext()), *pieces]) if tree is not None else "")


def _flat(text: str) -> str:
    return "".join(html.unescape(text).split())
