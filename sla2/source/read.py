"""Text to `Document` in one call.

In: the text of a file and the name its user knows it by. Out: the document and all findings, in the order of the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.source import overview
from sla2.source.codes import UNREADABLE_LINE
from sla2.source.from_text import parse
from sla2.source.from_tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Block, Document


def read_document(text: str, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """What could be read of `text`, mistakes or not."""
    parsed = parse(text, path)
    document, findings = read_tree(parsed.tree, path)
    found = sorted((*parsed.diagnostics, *findings), key=_place)
    unsure = [one for one in found if one.fix is None and (not one.choices or one.code == UNREADABLE_LINE.id)]
    places = [one.span.start for one in unsure if one.span is not None]
    unread = sorted({*places, *parsed.unread})
    blocks = tuple(_with_unread(document.blocks, unread, text))
    lines = tuple(_line(text, at) for at in unread)
    document = replace(document, blocks=blocks, unread=lines, headless=parsed.headless)
    found += overview.findings(document)
    return document, tuple(_without_clashes(sorted(found, key=_place)))


def _with_unread(blocks: tuple[Block, ...], places: list[int], text: str) -> Iterator[Block]:
    """Each block with its lines that nothing could put right, and those around it that belong to no block, so that
    nobody asks for a line that is there."""
    for number, block in enumerate(blocks):
        since = blocks[number - 1].span.end if number else 0
        until = blocks[number + 1].header.start if number + 1 < len(blocks) else len(text)
        lines = [_line(text, at) for at in places if since < at < until and at != block.header.start]
        yield replace(block, unread=tuple(lines)) if lines else block


def _line(text: str, at: int) -> str:
    """The line that holds the place `at`."""
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0].strip()


def _place(finding: Diagnostic) -> int:
    return finding.span.start if finding.span else 0


def _without_clashes(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, with a fix left out where an earlier one changes the same words."""
    taken: list[tuple[int, int]] = []
    for finding in found:
        edits = finding.fix.edits if finding.fix else ()
        spans = [(edit.span.start, edit.span.end) for edit in edits]
        clash = any(start < last and first < end for start, end in spans for first, last in taken[-20:])
        taken += [] if clash else spans
        yield replace(finding, fix=None) if clash else finding
