"""Checks of bookmarks, comments, tracked changes and content controls.

In: a vetted `Package`. Out: findings SLA711, SLA718 and SLA724. Part of `lint`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sla2.document.codes import MARK_COLLISION, MISPLACED_DELETION, UNLABELLED_PASSAGE
from sla2.document.docx.context import LONGEST_MARK, passage_mark
from sla2.document.docx.numbers import val
from sla2.document.docx.xml import q

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.document.docx.package import Package
    from sla2.document.docx.xml import Element

PAIRS = (("bookmarkStart", "bookmarkEnd", "bookmark"), ("commentRangeStart", "commentRangeEnd", "comment"))
NUMBERED_MARKS = ("bookmarkStart", "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")
ANEW = "Make the draft anew from the contract."
PASSAGE_PREFIX = "sla-open:"


def check_marks(package: Package) -> Iterator[Diagnostic]:
    """Numbers and names are unique, names short enough, and what begins also ends."""
    document = package.document()
    for what, repeated in (
        ("number of a bookmark or change", _repeated(document, NUMBERED_MARKS, "id")),
        ("bookmark name", _repeated(document, ("bookmarkStart",), "name")),
        ("number of a content control", _repeated(document, ("sdtPr/id",), "val")),
    ):
        for text in repeated:
            yield MARK_COLLISION.at(None, f"The {what} {text!r} is used twice.", help=ANEW)
    for name in _values(document, "bookmarkStart", "name"):
        if len(name) > LONGEST_MARK:
            message = f"The bookmark name {name!r} is longer than {LONGEST_MARK} characters."
            yield MARK_COLLISION.at(None, message, help=ANEW)
    for begin, end, what in PAIRS:
        begins, ends = Counter(_values(document, begin, "id")), Counter(_values(document, end, "id"))
        for number in sorted((begins - ends) + (ends - begins)):
            yield MARK_COLLISION.at(None, f"The {what} with number {number!r} begins or ends only.", help=ANEW)


def _values(document: Element, path: str, attribute: str) -> list[str]:
    tag = path.split("/")[-1]
    parent = path.split("/")[0] if "/" in path else ""
    return [
        element.get(q(attribute), "")
        for element in document.iter(q(tag))
        if not parent or _tag_of(element.getparent()) == q(parent)
    ]


def _tag_of(element: Element | None) -> str:
    return str(element.tag) if element is not None else ""


def _repeated(document: Element, paths: tuple[str, ...], attribute: str) -> list[str]:
    counts = Counter(text.casefold() for path in paths for text in _values(document, path, attribute))
    return sorted(text for text, count in counts.items() if count > 1)


def check_changes(package: Package) -> Iterator[Diagnostic]:
    """Deleted text stands in deletions, and only there."""
    for name, story in package.stories():
        for element in story.iter(q("delText"), q("t")):
            deleted = any(ancestor.tag in (q("del"), q("moveFrom")) for ancestor in element.iterancestors())
            moved = any(ancestor.tag == q("moveFrom") for ancestor in element.iterancestors())
            if deleted != (element.tag == q("delText")) and not (moved and element.tag == q("t")):
                message = f"{_excerpt(element.text)} in {name!r} is marked as deleted in one way and not in the other."
                yield MISPLACED_DELETION.at(
                    None, message, help="Accept or reject this change in Word and make it again."
                )


def _excerpt(text: str | None) -> str:
    words = (text or "").strip()
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"


def check_passages(package: Package) -> Iterator[Diagnostic]:
    """Every open passage can be seen and found back."""
    marks = set(_values(package.document(), "bookmarkStart", "name"))
    for control in package.document().iter(q("sdtPr")):
        tag = val(control, "tag")
        if not tag.startswith(PASSAGE_PREFIX):
            continue
        lacking = [
            what
            for what, present in (
                ("a title", bool(val(control, "alias"))),
                ("a number", bool(val(control, "id"))),
                ("its bookmark", passage_mark(tag.removeprefix(PASSAGE_PREFIX)) in marks),
            )
            if not present
        ]
        if lacking:
            message = f"The open passage {tag.removeprefix(PASSAGE_PREFIX)!r} lacks {' and '.join(lacking)}."
            yield UNLABELLED_PASSAGE.at(None, message, help=ANEW)
