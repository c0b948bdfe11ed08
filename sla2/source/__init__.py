"""Text of a `.sla` file to its syntax, and back.

In: bytes or text. Out: a `Document` with the place of every word, findings in plain sentences, formatted text.
Passes: `decode` (bytes to text), `from_text` (text to tree, recovering from mistakes), `from_tree` (tree to document).
It knows how the language is spelled, not what a contract means: names are not resolved here.
"""

from __future__ import annotations

from sla2.source.read import read_document

__all__ = ["read_document"]
