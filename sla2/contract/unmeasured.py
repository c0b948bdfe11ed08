"""What a level may ask that is not computed yet: one reason per rule, found in the contract alone.

In: a contract (as signed or folded) and one of its levels. Out: the reasons in a few words; none if the level is
judged. Measurement refuses by them, and `check` says the same beforehand. It reads no log.
"""

from __future__ import annotations

from collections.abc import Iterator

from sla2.contract.contract import Contract
from sla2.contract.level import CASE_MEASURES, BoundTarget, Level, Measure, ShareTarget, StatisticTarget, Target
from sla2.contract.quantity import HOUR, Duration

OUTAGE_MEASURES: tuple[Measure, ...] = (
    "availability",
    "number of outages",
    "longest outage",
    "mean time between failures",
)
"""Measures that are reckoned from outages."""
SAMPLE_MEASURES: tuple[Measure, ...] = ("success rate", "latency")
"""Measures that are reckoned from samples."""
ROW_MEASURES: tuple[Measure, ...] = ("reported figure", "delivery date", "satisfaction")
"""Measures that take their figures from rows of their own."""
UNIT_COLUMNS = ("component", "country", "category", "service", "ci")
"""Columns of the ticket table by which a level may be judged per unit."""


def reasons(contract: Contract, level: Level) -> Iterator[str]:
    """The rules of `level` in `contract` (as folded at some time) that are not computed, each in a few words."""
    blocks = {level.name, level.service, level.hours, *level.clock_stops, *level.excludes}
    yield from (f"`{item.what}` of {item.block}" for item in contract.unevaluated if item.block in blocks)
    overlapping = level.period is not None and level.period.unit in ("rolling", "before claim")
    if level.period is not None and overlapping and level.measure in CASE_MEASURES:
        yield f"the period `{level.period.unit}`"
    if level.measure in CASE_MEASURES:
        yield from _ticket_reasons(contract, level)
    elif level.measure in OUTAGE_MEASURES:
        yield from _outage_reasons(contract, level)
    elif level.measure in SAMPLE_MEASURES:
        yield from _sample_reasons(contract, level)
    elif level.measure in ROW_MEASURES:
        yield from _row_reasons(contract, level)
    else:
        yield f"`measure: {level.measure}`"


def _outage_reasons(contract: Contract, level: Level) -> Iterator[str]:
    down = level.down_when
    if down is not None and down.kind == "open":
        yield "`down when: open`"
    if down is not None and down.kind == "error slot":
        yield from _slot_reasons(down.slot)
        if level.weighted_by is not None or level.degraded_counts is not None:
            yield "a weight of outages beside slots with errors"
        if level.clock_starts not in (None, "outage"):
            yield f"`clock starts: {level.clock_starts}` beside slots with errors"
    if level.measure not in ("availability", "mean time between failures") and level.weighted_by is not None:
        yield f"`weighted by: {level.weighted_by}` for the measure {level.measure}"
    if level.counts is not None and level.counts.length.microseconds is None:
        yield f"a minimum length of {level.counts.length}"
    for name in level.excludes:
        budget = contract.exclusion(name).budget
        if budget is not None and budget.microseconds is None:
            yield f"`at most: {budget}` of exclusion {name}"


def _slot_reasons(slot: Duration | None) -> Iterator[str]:
    length = None if slot is None else slot.microseconds
    if length is None or length <= 0 or 24 * HOUR % length:
        yield f"a slot of {slot}, which does not divide a day"


def _sample_reasons(contract: Contract, level: Level) -> Iterator[str]:
    for name in level.excludes:
        if contract.exclusion(name).budget is not None:
            yield f"`at most:` of exclusion {name} for samples"
    lines = (("slot fails", level.slot_fails), ("slot needs", level.slot_needs), ("empty slot", level.empty_slot))
    averaged = level.slots if level.measure == "latency" or level.slots == "averaged" else None
    alone = [name for name, value in (*lines, ("slots", averaged)) if value is not None]
    if level.measure == "latency":
        yield from (f"`{name}:` for latency" for name in [*(["slot"] if level.slot else []), *alone])
        yield from _latency_reasons(level)
    elif level.slot is None:
        yield from (f"`{name}:` without a line `slot:`" for name in alone)
    else:
        yield from _slot_reasons(level.slot)


def _latency_reasons(level: Level) -> Iterator[str]:
    target = level.target
    within = target.within if isinstance(target, ShareTarget | StatisticTarget) else None
    if isinstance(target, BoundTarget):
        within = target.duration
    if within is not None and (within.kind != "elapsed" or within.microseconds is None):
        yield f"a latency in {within.unit}s"


def _row_reasons(contract: Contract, level: Level) -> Iterator[str]:
    if level.excludes:
        yield f"`excludes:` for the measure {level.measure}"
    if level.measure != "reported figure" and level.unit != "the service":
        yield f"`unit: {level.unit}` for the measure {level.measure}"
    target = level.target if isinstance(level.target, BoundTarget) else None
    if level.measure == "delivery date" and target is not None and target.duration is not None:
        unit = target.duration.unit
        if unit not in ("day", "working day"):
            yield f"a delay in {unit}s"
        if unit == "working day" and contract.working_days is None and contract.level_hours(level) is None:
            yield "a delay in working days without a calendar"
    if level.measure == "satisfaction":
        yield from _survey_reasons(contract, level, percent=target is not None and target.percent is not None)


def _survey_reasons(contract: Contract, level: Level, *, percent: bool) -> Iterator[str]:
    asked = [survey for survey in contract.surveys if survey.scale_high is not None and survey.items]
    if level.when is not None:
        yield "`when:` for the measure satisfaction"
    if percent and (not asked or any(survey.satisfied_from is None for survey in asked)):
        yield "a share of satisfied answers without a survey that says from which score somebody is satisfied"
    if not percent and len({(survey.scale_low, survey.scale_high) for survey in asked}) > 1:
        yield "a mean over surveys with different scales"


def _ticket_reasons(contract: Contract, level: Level) -> Iterator[str]:
    word = unit_column(level)
    if word is None:
        yield f"`unit: {level.unit}` for tickets"
    if level.clock_starts not in (None, "ticket opened"):
        yield f"`clock starts: {level.clock_starts}` for tickets"
    for name in level.clock_stops:
        stop = contract.clock_stop(name)
        most = stop.at_most
        if most is not None and most.kind == "service" and contract.level_hours(level) is None:
            yield f"`at most: {most}` of clock stop {name} without opening hours"
    target = level.target
    for word, bar in (("minimum", level.minimum), ("expected", level.expected)):
        if isinstance(bar, ShareTarget | StatisticTarget) and _time_of(bar) != _time_of(target):
            yield f"`{word}:` with another time than `target:`"
    most_age = target.duration if level.measure == "backlog age" and isinstance(target, BoundTarget) else None
    if most_age is not None and most_age.microseconds is None:
        yield f"an age of {most_age} as a bound, where `every case within {most_age}` is"
    if isinstance(target, StatisticTarget) and target.within.unit in ("week", "month", "year"):
        yield f"a {target.statistic} in {target.within.unit}s"
    if level.weighted_by is not None:
        yield f"`weighted by: {level.weighted_by}` for tickets"


def _time_of(target: Target | None) -> tuple[Duration, bool] | None:
    return (target.within, target.end_of_day) if isinstance(target, ShareTarget | StatisticTarget) else None


def unit_column(level: Level) -> str | None:
    """The ticket column that tells the units of a level apart; "" for the service as a whole, None if unknown."""
    if level.unit == "the service":
        return ""
    word = level.unit.removeprefix("each ")
    return word if word in UNIT_COLUMNS else None
