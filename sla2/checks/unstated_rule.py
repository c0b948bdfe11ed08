"""Asks about every rule that changes an outcome and that the contract leaves unstated.

In: a contract. Out: one finding per level and rule, with both readings. The rules, their readings and the manual page
of the finding stand in `contract/readings` and `contract/codes`, because measuring needs them as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.codes import UNSTATED_RULE
from sla2.contract.readings import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = UNSTATED_RULE


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level and unstated rule that the language has no default of its own for."""
    yield from questions(contract)
