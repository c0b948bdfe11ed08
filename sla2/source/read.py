"""Text to `Document` in one call.

In: the text of a file and the name its user knows it by. Out: the document and all findings, in the order of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.source.from_text import parse
from sla2.source.from_tree import read_tree

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Document


def read_document(text: str, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """What could be read of `text`, mistakes or not; None only if nothing could."""
    parsed = parse(text, path)
    if parsed.tree is None:
        return None, parsed.diagnostics
    document, findings = read_tree(parsed.tree, path)
    found = (*parsed.diagnostics, *findings)
    return document, tuple(sorted(found, key=lambda finding: finding.span.start if finding.span else 0))
