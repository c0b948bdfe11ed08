"""What changes in meaning between two contracts, in the words of a lawyer.

In: two typed contracts. Out: `Difference`: changes grouped by kind of block, each a sentence in nl, en or de. It runs
for `sla2 diff`. It judges nothing and knows no file: order, comments and layout are no part of a contract.
"""

from __future__ import annotations

from sla2.diff.change import Change, Difference, Piece, Section
from sla2.diff.from_contracts import diff
from sla2.diff.over_time import between
from sla2.diff.render import as_json, markdown, plain

__all__ = ["Change", "Difference", "Piece", "Section", "as_json", "between", "diff", "markdown", "plain"]
