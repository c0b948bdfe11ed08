"""Text to `Document` in one call.

In: the text of a file and the name its user knows it by. Out: the document and all findings, in the order of the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.source.from_text import parse
from sla2.source.from_tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Document


def read_document(text: str, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """What could be read of `text`, mistakes or not."""
    parsed = parse(text, path)
    document, findings = read_tree(parsed.tree, path)
    found = sorted((*parsed.diagnostics, *findings), key=_place)
    return document, tuple(_without_clashes(found))


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
