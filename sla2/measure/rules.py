"""The rules of a ticket level with nothing left unsaid: what the level states, else the default reading.

In: a level. Out: `Rules`. Used wherever tickets are judged, by the engine and by the slow judge alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import ClockStop

Kind = Literal["response", "continues", "new", "count", "reopened", "backlog"]
Mode = Literal["opening", "highest", "rising", "resolution", "each"]
CountsIn = Literal["opening", "resolution", "decision", "snapshot"]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a level judges tickets.

    `kind`: the stretch of a ticket's life that is one case: until the first response, until the last resolution (the
    clock continues after a reopening), or each resolution on its own (a reopening makes a new case); for measures
    without a clock the ticket (count), its first resolution (reopened), or the ticket as it stood at the end of a
    period (backlog).
    `mode`: the priority that decides whether the level judges a ticket. `rising` is the highest held where the clock
    restarts: the stretches before the highest are looked at too, because a miss in one of them is not undone.
    `restart`: the clock restarts when the priority changes. `counts_in` snapshot: the period at whose end it was open.
    `fresh`: after a reopening age runs from the reopening. `timed`: a case is in time or late.
    """

    kind: Kind
    mode: Mode
    restart: bool
    counts_in: CountsIn
    fresh: bool = False
    timed: bool = True


_MODES: dict[str, Mode] = {
    "at opening": "opening",
    "at resolution": "resolution",
    "highest held": "highest",
    "each while held": "each",
}
_KINDS: dict[str, Kind] = {
    "response time": "response",
    "number of incidents": "count",
    "reopened share": "reopened",
    "backlog age": "backlog",
}
_UNCLOCKED = ("number of incidents", "reopened share")


def rules(level: Level) -> Rules:
    """The rules of `level`."""
    restart = level.after_priority_change == "clock restarts" and level.measure not in _UNCLOCKED
    mode: Mode = _MODES[level.priority_is or "highest held"]
    if level.when is None or not level.when.priorities:
        mode = "resolution" if restart else "opening"
    elif restart and mode == "highest":
        mode = "rising"
    kind, fresh = _kind(level), level.after_reopening == "new case"
    return Rules(kind, mode, restart, _counts_in(level, kind), fresh, allowance_of(level) is not None)


def _kind(level: Level) -> Kind:
    kind = _KINDS.get(level.measure)
    if kind is not None:
        return kind
    return "new" if level.after_reopening == "new case" else "continues"


def _counts_in(level: Level, kind: Kind) -> CountsIn:
    """A ticket is decided to be an incident when it is opened, and its resolution is looked at when it is resolved."""
    if kind == "backlog":
        return "snapshot"
    stated = level.counts_in or "decision"
    if stated == "decision" and kind in ("count", "reopened"):
        return "opening" if kind == "count" else "resolution"
    return stated


def allowance_of(level: Level) -> Duration | None:
    """The allowance of each case of a level; None if its target has none."""
    target = level.target
    if isinstance(target, ShareTarget | StatisticTarget):
        return target.within
    if level.measure == "backlog age" and isinstance(target, BoundTarget):
        return target.duration
    return None


def until_closing(level: Level) -> bool:
    """True if an allowance in working days runs until the end of the last one."""
    return isinstance(level.target, ShareTarget | StatisticTarget) and level.target.end_of_day


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
