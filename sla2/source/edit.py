"""The only place that changes the text of a contract: replacements at places, from the end to the beginning.

In: a text and edits whose spans were made from it. Out: the new text. Used by fixes, filling and proposals.
It does not parse: who makes the edits answers for what comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.diagnostics import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all edits made; the same edit twice is made once. Insertions at one place keep their order.

    Raises: ValueError if two edits overlap or one lies outside the text.
    """
    ordered = sorted(dict.fromkeys(edits), key=lambda edit: (edit.span.start, edit.span.end))
    pieces: list[str] = []
    at = 0
    for edit in ordered:
        start, end = edit.span.start, edit.span.end
        if start < at or end < start or end > len(text):
            raise ValueError(f"the edit at {edit.span} overlaps another or lies outside the text")
        pieces += (text[at:start], edit.text)
        at = end
    return "".join((*pieces, text[at:]))
