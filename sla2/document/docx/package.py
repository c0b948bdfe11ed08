"""The safe opener for Word files that come from outside.

In: the bytes of a file nobody has vetted. Out: a `Package` of its parts, or the reasons why it stays closed.
It runs before python-docx or any other reader sees the file: sizes are bounded before and while unpacking,
no entity is expanded, nothing is fetched. It judges no text and changes nothing.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from sla2.diagnostics import has_errors
from sla2.document.codes_opening import (
    ACTIVE_CONTENT,
    DAMAGED_PART,
    HIDDEN_ENTITIES,
    NOT_A_WORD_FILE,
    OUTSIDE_SOURCE,
    OVERSIZED_FILE,
)
from sla2.document.docx.xml import q

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sla2.diagnostics import Diagnostic
    from sla2.document.docx.xml import Element

MEGABYTE = 1_000_000
LARGEST_FILE = 50 * MEGABYTE
LARGEST_PART = 60 * MEGABYTE
LARGEST_TOTAL = 120 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_TAGS = 2_000_000
HIGHEST_RATIO = 100

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|/embeddings/|oleobject|macroenabled", re.IGNORECASE)
_ACTIVE_RELATION = re.compile(r"/(vbaProject|control|oleObject|package|wordVbaData|activeXControlBinary)$")
_FETCHING_FIELD = re.compile(
    r"^\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|INCLUDE|DATABASE)\b", re.IGNORECASE
)
_LOCAL_TEMPLATE = re.compile(r"^(file:///[A-Za-z]:|[A-Za-z]:\\|[^/\\:]+$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship of a part: its id, the last word of its type, its target, and whether that lies outside."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """A vetted Word file. `data` are its bytes, `parts` its entries by name, `main` the name of its document part."""

    data: bytes
    parts: Mapping[str, bytes]
    main: str
    _trees: dict[str, Element] = field(default_factory=dict, repr=False, compare=False)

    def tree(self, name: str) -> Element | None:
        """The XML part `name`, or None if the file has no such part. Parsed once: do not change it."""
        if name not in self.parts:
            return None
        if name not in self._trees:
            self._trees[name] = parse(self.parts[name])
        return self._trees[name]

    def document(self) -> Element:
        """The main document part."""
        found = self.tree(self.main)
        assert found is not None, "open_package checked that the main part is there"
        return found

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """The relationships of the part `name`, or of the package itself."""
        return tuple(_relationships(self.parts, name))

    def related(self, kind: str) -> str:
        """The name of the first part that the main document relates to as `kind` (styles, comments…), or ""."""
        return next((item.target for item in self.relationships(self.main) if item.kind == kind), "")

    def stories(self) -> Iterator[tuple[str, Element]]:
        """The parts that hold text: the document, headers, footers, notes and comments."""
        kinds = ("header", "footer", "footnotes", "endnotes", "comments")
        names = [item.target for item in self.relationships(self.main) if item.kind in kinds]
        for name in dict.fromkeys((self.main, *names)):
            tree = self.tree(name)
            if tree is not None:
                yield name, tree


def parse(data: bytes) -> Element:
    """XML with nothing expanded, loaded or fetched.

    Raises: lxml.etree.XMLSyntaxError.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def open_package(data: bytes) -> tuple[Package | None, tuple[Diagnostic, ...]]:
    """The Word file in `data`, if it is safe to read; a warning leaves it readable, an error does not."""
    parts, findings = _unpack(data)
    if not findings:
        findings = [found for name in sorted(parts) for found in _vet_xml(name, parts[name])]
    if findings:
        return None, tuple(findings)
    main = _main_part(parts)
    if not main:
        message = "The file holds no Word document."
        return None, (NOT_A_WORD_FILE.at(None, message, help="Save it in Word as .docx and try again."),)
    findings = [*_vet_active(parts), *_vet_relationships(parts), *_vet_fields(parts)]
    if has_errors(findings):
        return None, tuple(findings)
    return Package(data, parts, main), tuple(findings)


def _unpack(data: bytes) -> tuple[dict[str, bytes], list[Diagnostic]]:
    if len(data) > LARGEST_FILE:
        return {}, [_too_large(f"The file is larger than {LARGEST_FILE // MEGABYTE} MB.")]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            findings = _vet_listing(archive.infolist())
            return ({}, findings) if findings else _read(archive)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        message = "The file is not a .docx, or it is damaged or has a password."
        return {}, [NOT_A_WORD_FILE.at(None, message, help="Save it in Word as .docx without a password.")]


def _too_large(message: str) -> Diagnostic:
    return OVERSIZED_FILE.at(None, message, help="Ask the sender for a copy without large pictures.")


def _vet_listing(entries: list[zipfile.ZipInfo]) -> list[Diagnostic]:
    if len(entries) > MOST_ENTRIES:
        return [_too_large(f"The file holds {len(entries)} parts; a contract has fewer than {MOST_ENTRIES}.")]
    names = [entry.filename for entry in entries]
    folded = [name.casefold() for name in names]
    for name in names:
        odd = "\\" in name or name.startswith("/") or ".." in name.split("/") or ":" in name
        if odd or folded.count(name.casefold()) > 1:
            reason = "leads out of the file" if odd else "is in the file twice"
            return [
                NOT_A_WORD_FILE.at(None, f"The part {name!r} {reason}.", help="Ask for a copy saved by Word itself.")
            ]
    if any(entry.flag_bits & 1 for entry in entries):
        return [NOT_A_WORD_FILE.at(None, "The file has a password.", help="Save it without a password.")]
    for entry in entries:
        swollen = entry.file_size > MEGABYTE and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
        if entry.file_size > LARGEST_PART or swollen:
            size = f"{entry.file_size // MEGABYTE} MB from {entry.compress_size // 1000} kB"
            return [_too_large(f"The part {entry.filename!r} is far larger than a contract needs ({size}).")]
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        return [_too_large(f"Unpacked, the file is larger than {LARGEST_TOTAL // MEGABYTE} MB.")]
    return []


def _read(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """All parts, with sizes bounded while reading: what a listing says need not be true."""
    parts: dict[str, bytes] = {}
    left = LARGEST_TOTAL
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        with archive.open(entry) as stream:
            content = stream.read(min(LARGEST_PART, left) + 1)
        left -= len(content)
        if left < 0 or len(content) > LARGEST_PART:
            return {}, [_too_large(f"The part {entry.filename!r} unpacks to far more than it announces.")]
        parts[entry.filename] = content
    return parts, []


def is_xml(name: str, content: bytes) -> bool:
    """True for a part that is XML by its name or by its first bytes."""
    return name.endswith((".xml", ".rels", ".vml")) or content.lstrip()[:5] == b"<?xml"


def _vet_xml(name: str, content: bytes) -> Iterator[Diagnostic]:
    if not is_xml(name, content):
        return
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", content.removeprefix(b"\xef\xbb\xbf"))
    foreign = content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:64]
    if foreign or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        yield HIDDEN_ENTITIES.at(None, f"The part {name!r} is not UTF-8.", help="Ask for a copy saved by Word itself.")
    elif b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        message = f"The part {name!r} declares a document type, which Word never does."
        yield HIDDEN_ENTITIES.at(None, message, help="Do not open this file; ask for a copy saved by Word itself.")
    elif content.count(b"<") > MOST_TAGS:
        yield _too_large(f"The part {name!r} holds more elements than any contract.")
    else:
        try:
            parse(content)
        except etree.XMLSyntaxError:
            message = f"The part {name!r} is damaged."
            yield DAMAGED_PART.at(None, message, help="Open the file in Word, let it repair it, and save a new copy.")


def _main_part(parts: Mapping[str, bytes]) -> str:
    """The Word document of the package, found as Word finds it: by relationship and content type."""
    if CONTENT_TYPES not in parts:
        return ""
    types = {
        element.get("PartName", "").lstrip("/"): element.get("ContentType", "")
        for element in parse(parts[CONTENT_TYPES])
        if isinstance(element.tag, str) and element.tag.endswith("}Override")
    }
    for item in _relationships(parts, ""):
        active = "macroEnabled" in types.get(item.target, "")
        if item.kind == "officeDocument" and item.target in parts and (active or types.get(item.target) in MAIN_TYPES):
            return item.target
    return ""


def _relationships(parts: Mapping[str, bytes], name: str) -> Iterator[Relationship]:
    folder, base = posixpath.split(name)
    source = posixpath.join(folder, "_rels", f"{base}.rels")
    if source not in parts:
        return
    for element in parse(parts[source]).iter(f"{{{RELS}}}Relationship"):
        external = element.get("TargetMode", "").casefold() == "external"
        target = element.get("Target", "")
        if not external:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        kind = element.get("Type", "").rsplit("/", 1)[-1]
        yield Relationship(element.get("Id", ""), kind, target, external)


def _vet_active(parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    help = "Save the document as .docx without macros and paste embedded objects as tables."
    for name in sorted(parts):
        if _ACTIVE.search("/" + name):
            yield ACTIVE_CONTENT.at(None, f"The file holds active content: {name!r}.", help=help)
    if _ACTIVE.search(parts[CONTENT_TYPES].decode("utf-8", "replace")):
        yield ACTIVE_CONTENT.at(None, "The file's list of contents names macros or embedded objects.", help=help)


def _vet_relationships(parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    for rels in sorted(name for name in parts if name.endswith(".rels")):
        folder, base = posixpath.split(rels)
        owner = posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
        for item in _relationships(parts, owner if owner != "." else ""):
            yield from _vet_relationship(item, parts)


def _vet_relationship(item: Relationship, parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    if _ACTIVE_RELATION.search(f"/{item.kind}"):
        message = f"The file relates to active content: {item.target!r}."
        yield ACTIVE_CONTENT.at(None, message, help="Save the document as .docx without macros and embedded objects.")
    elif item.external and item.kind == "attachedTemplate" and _LOCAL_TEMPLATE.match(item.target):
        return
    elif (item.external and item.kind != "hyperlink") or item.kind == "aFChunk":
        message = f"The file fetches its {item.kind} from {item.target!r}."
        yield OUTSIDE_SOURCE.at(
            None, message, help="Insert what is fetched into the document, and detach the template."
        )
    elif not item.external and item.target not in parts and not item.target.startswith(("#", "NULL")):
        message = f"The part {item.target!r} is named but not in the file."
        yield DAMAGED_PART.at(None, message, help="Open the file in Word, let it repair it, and save a new copy.")


def _vet_fields(parts: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    for name in sorted(parts):
        if not is_xml(name, parts[name]):
            continue
        for code in _field_codes(parse(parts[name])):
            found = _FETCHING_FIELD.match(code)
            if found:
                message = f"A field in {name!r} fetches something from outside: {found[1].upper()}."
                yield OUTSIDE_SOURCE.at(None, message, help="Replace the field by its text (Ctrl+Shift+F9).")


def _field_codes(tree: Element) -> Iterator[str]:
    """The instructions of all fields; an instruction may be spread over several runs."""
    for simple in tree.iter(q("fldSimple")):
        yield simple.get(q("instr"), "")
    open_codes: list[str] = []
    for element in tree.iter(q("fldChar"), q("instrText"), q("delInstrText")):
        if element.tag == q("fldChar"):
            kind = element.get(q("fldCharType"))
            if kind == "begin":
                open_codes.append("")
            elif open_codes and kind in ("separate", "end"):
                yield open_codes[-1]
                if kind == "end":
                    open_codes.pop()
        elif open_codes:
            open_codes[-1] += element.text or ""
        else:
            yield element.text or ""
