"""What a block of money or points may ask that cannot be reckoned for its level: found in the contract alone.

In: a contract (as signed or folded) and one of its credits or bonuses. Out: the reasons in a few words; none if the
block can be reckoned. `check` says beforehand what settling would refuse when the quarter is over. What hangs on the
log (a fee without an invoice) is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from sla2.contract.contract import Contract
from sla2.contract.credits import Cap, Credits, Each
from sla2.contract.level import BoundTarget, Level, OpenTarget, ShareTarget, StatisticTarget, Target
from sla2.contract.quantity import Duration, TimesFee

_STEPWISE = ("started", "completed", "proportional")
_DISTANCES = ("below target", "above target")
_OF_OUTAGES = ("availability", "number of outages", "longest outage")


def reasons(contract: Contract, block: Credits) -> Iterator[str]:
    """The lines of `block` that cannot be reckoned for its level, each in a few words."""
    level = next((level for level in contract.levels if level.name == block.level), None)
    for each in block.each:
        if not _counts(each, block, level):
            yield f"each: {each.of}"
    if block.each and level is not None and level.judged == "together":
        yield "each: of units that are judged together"
    for cap in block.caps:
        if cap.per in ("outage", "case") and (cap.together_with or not _parted(cap, block)):
            yield f"cap per {cap.per}"
        if cap.per == "contract year" and contract.term is None:
            yield "cap per contract year without a term"


def _counts(each: Each, block: Credits, level: Level | None) -> bool:
    """True if the formula has something to count for this level; an open target is judged as soon as it is filled."""
    if each.gives_points is not None:
        return False
    if block.points is not None:
        return each.of == "point"
    if level is None:
        return True
    target = level.target
    if target is None or isinstance(target, OpenTarget):
        return each.of != "point"
    if each.of in _DISTANCES:
        return _distance(each, target, bonus=block.bonus)
    if block.bonus:
        return False
    if each.of in _STEPWISE:
        return _stepwise(each, level, target)
    if each.of == "day late":
        return level.measure == "delivery date"
    return each.of in ("missed case", "minute of downtime")


def _least(target: Target) -> bool:
    """True for a target that is a least value: what lies below it is worse."""
    return isinstance(target, ShareTarget) or (
        isinstance(target, BoundTarget) and target.comparison in ("at least", "above")
    )


def _distance(each: Each, target: Target, *, bonus: bool) -> bool:
    below = each.of == "below target"
    if below != _least(target) and not (bonus and (below or _least(target))):
        return False
    bound = target if isinstance(target, BoundTarget) else None
    if each.step_percent is not None:
        return isinstance(target, ShareTarget) or (bound is not None and bound.percent is not None)
    if each.step_number is not None:
        return bound is not None and bound.number is not None
    within = _time(target)
    late = bound is not None and bound.late
    return not late and within is not None and each.step_duration is not None and _alike(each.step_duration, within)


def _time(target: Target) -> Duration | None:
    if isinstance(target, StatisticTarget):
        return target.within
    return target.duration if isinstance(target, BoundTarget) else None


def _alike(step: Duration, within: Duration) -> bool:
    return step.kind == within.kind and None not in (step.microseconds, within.microseconds)


def _stepwise(each: Each, level: Level, target: Target) -> bool:
    if level.measure == "delivery date":
        unit = each.step_duration.unit if each.step_duration else ""
        return unit in ("day", "working day", "week") and each.scope != "each outage"
    if each.step_duration is None or each.step_duration.microseconds is None:
        return False
    if each.scope != "in total":
        return level.measure in _OF_OUTAGES
    if isinstance(target, StatisticTarget):
        return target.within.microseconds is not None
    if not isinstance(target, BoundTarget):
        return False
    if target.duration is not None:
        return not _least(target)
    return level.measure == "availability" and target.percent is not None


def _parted(cap: Cap, block: Credits) -> bool:
    """True if all that the block gives falls apart into outages, or into cases."""
    if block.gives is not None or block.takes is not None:
        return False
    if cap.per == "case":
        return not block.tiers and all(each.of == "missed case" for each in block.each)
    of_outages = all(each.of == "minute of downtime" or each.scope == "each outage" for each in block.each)
    return of_outages and all(isinstance(tier.gives, TimesFee) for tier in block.tiers)
