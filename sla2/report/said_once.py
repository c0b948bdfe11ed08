"""Findings that two stages have about one thing, said once.

In: the contract and the findings of measuring and settling. Out: the same findings without the echoes. A level that
measuring refuses by name (SLA601) is not named a second time by settling (SLA650). It runs before findings are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

_REFUSED, _ECHO = "SLA601", "SLA650"


def said_once(contract: Contract, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """`found` in its order, each once, without what settling repeats of measuring."""
    refused = {one.span for one in found if one.code == _REFUSED}
    levels = {level.name for level in contract.levels if level.span in refused}
    echoes = {item.span for item in contract.unevaluated if item.block in levels}
    return tuple(dict.fromkeys(one for one in found if one.code != _ECHO or one.span not in echoes))
