"""What earlier and later periods say: how long a target has been missed in a row, and whether a credit is earned back.

In: all verdicts of one level and unit in the order of time. Out: runs of misses, and the outcome of an earn-back.
Only `met` counts as on target; `missed` breaks a run; no cases, insufficient data and not in force neither count nor
break; undecided is read both ways. It reckons no money.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.contract.level import BoundTarget
from sla2.settle.judge import bounds, threshold

if TYPE_CHECKING:
    from sla2.contract.credits import EarnBack
    from sla2.settle.verdict import Verdict

Answer = Literal["yes", "no", "open"]


def runs(verdicts: tuple[Verdict, ...]) -> tuple[tuple[int, int], ...]:
    """For each verdict, how many periods in a row have missed, this one included: least and most.

    Least reads an undecided period as met, most as missed; a period that does not miss is at 0.
    """
    found: list[tuple[int, int]] = []
    least = most = 0
    for verdict in verdicts:
        if verdict.status == "met":
            least = most = 0
        elif verdict.status == "missed":
            least, most = least + 1, most + 1
        elif verdict.status == "undecided":
            least, most = 0, most + 1
        counted = verdict.status in ("missed", "undecided")
        found.append((least, most) if counted else (0, 0))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Earned:
    """Whether a credit is earned back: `certain` under the worst, `possible` under the best reading.

    `waiting`: later periods are still to come.
    """

    certain: bool
    possible: bool
    waiting: bool
    by: str = ""


def earned(rule: EarnBack, later: tuple[Verdict, ...]) -> Earned:
    """Whether the next `periods` judged periods in a row are on target (or above it)."""
    counted = 0
    certain = True
    for verdict in later:
        if verdict.status in ("not judged", "insufficient data", "not in force"):
            continue
        if "period running" in verdict.provisional:
            break
        answer = _on_target(verdict, rule)
        if answer == "no":
            return Earned(certain=False, possible=False, waiting=False, by=verdict.period.label)
        certain = certain and answer == "yes"
        counted += 1
        if counted == rule.periods:
            return Earned(certain=certain, possible=True, waiting=False, by=verdict.period.label)
    return Earned(certain=False, possible=False, waiting=True)


def _on_target(verdict: Verdict, rule: EarnBack) -> Answer:
    if verdict.status == "undecided":
        return "open"
    if verdict.status != "met":
        return "no"
    if rule.comparison == "on":
        return "yes"
    target = verdict.measurement.terms.target
    limit = None if target is None else threshold(target)
    if limit is None or verdict.measurement.value is None:
        return "no"
    low, high = bounds(verdict.measurement)
    lower_is_better = isinstance(target, BoundTarget) and target.comparison in ("at most", "below")
    if lower_is_better:
        low, high = -high, -low
        limit = -limit
    if low > limit:
        return "yes"
    return "open" if high > limit else "no"
