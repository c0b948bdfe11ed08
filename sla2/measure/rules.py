"""The rules of a ticket level with nothing left unsaid: what the level states, else the default reading.

In: a level. Out: `Rules`. Used wherever tickets are judged, by the engine and by the slow judge alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sla2.contract.level import Level

Kind = Literal["response", "continues", "new"]
Mode = Literal["opening", "highest", "resolution", "each", "last"]
CountsIn = Literal["opening", "resolution", "decision"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a level judges tickets.

    `kind`: the stretch of a ticket's life that is one case: until the first response, until the last resolution (the
    clock continues after a reopening), or each resolution on its own (a reopening makes a new case).
    `mode`: the priority that decides whether the level judges a ticket; `last` is for levels of all priorities whose
    clock restarts at a change. `restart`: the clock restarts when the priority changes.
    """

    kind: Kind
    mode: Mode
    restart: bool
    counts_in: CountsIn


_MODES: dict[str, Mode] = {
    "at opening": "opening",
    "at resolution": "resolution",
    "highest held": "highest",
    "each while held": "each",
}


def rules(level: Level) -> Rules:
    """The rules of `level`."""
    restart = level.after_priority_change == "clock restarts"
    kind: Kind = "continues"
    if level.measure == "response time":
        kind = "response"
    elif level.after_reopening == "new case":
        kind = "new"
    mode: Mode = _MODES[level.priority_is or "highest held"]
    if level.when is None or not level.when.priorities:
        mode = "last" if restart else "opening"
    return Rules(kind, mode, restart, level.counts_in or "decision")
