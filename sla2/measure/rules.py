"""The rules of a ticket level with nothing left unsaid: what the level states, else the default reading.

In: a level. Out: `Rules`. Used wherever tickets are judged, by the engine and by the slow judge alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.contract.surroundings import ClockStop

Kind = Literal["response", "continues", "new"]
Mode = Literal["opening", "highest", "rising", "resolution", "each"]
CountsIn = Literal["opening", "resolution", "decision"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a level judges tickets.

    `kind`: the stretch of a ticket's life that is one case: until the first response, until the last resolution (the
    clock continues after a reopening), or each resolution on its own (a reopening makes a new case).
    `mode`: the priority that decides whether the level judges a ticket. `rising` is the highest held where the clock
    restarts: the stretches before the highest are looked at too, because a miss in one of them is not undone.
    `restart`: the clock restarts when the priority changes.
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
        mode = "resolution" if restart else "opening"
    elif restart and mode == "highest":
        mode = "rising"
    return Rules(kind, mode, restart, level.counts_in or "decision")


def statuses(stop: ClockStop) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statuses in which a clock stop begins, and those with which it ends (none: with any other status)."""
    if stop.from_status is None:
        return (), ()
    begins = dict.fromkeys((stop.from_status, *stop.more_from))
    ends = dict.fromkeys((stop.until_status, *stop.more_until)) if stop.until_status is not None else {}
    return tuple(begins), tuple(word for word in ends if word is not None)


def reason_words(stop: ClockStop) -> tuple[str, ...]:
    """The reasons by which a pause given in the log is one of this clock stop: its reasons, its name, its statuses."""
    words = (stop.reason, *stop.more_reasons, stop.name, *statuses(stop)[0])
    return tuple(dict.fromkeys(word for word in words if word is not None))
