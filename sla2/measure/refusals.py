"""What a level may ask that is not computed yet: refused by name, never half computed.

In: a folded contract and one of its levels. Out: an error for each rule of the level that measurement does not know.
Runs while a plan is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import TICKET_MEASURES, StatisticTarget
from sla2.measure.codes import NOT_EVALUATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level, Measure
    from sla2.diagnostics import Diagnostic

OUTAGE_MEASURES: tuple[Measure, ...] = ("availability", "number of outages", "longest outage")
"""Measures that are reckoned from outages."""
UNIT_COLUMNS = ("component", "country", "category", "service", "ci")
"""Columns of the ticket table by which a level may be judged per unit."""


def refusals(contract: Contract, level: Level) -> tuple[Diagnostic, ...]:
    """An error for each rule of `level` that is not computed."""
    return tuple(
        NOT_EVALUATED.at(
            level.span,
            f"Level {level.name} is not judged: {what} is not computed yet.",
            help="Leave that line out, or judge this level by hand; all other levels are judged.",
        )
        for what in dict.fromkeys(_reasons(contract, level))
    )


def _reasons(contract: Contract, level: Level) -> Iterator[str]:
    blocks = {level.name, level.service, level.hours, *level.clock_stops, *level.excludes}
    yield from (f"`{item.what}` of {item.block}" for item in contract.unevaluated if item.block in blocks)
    overlapping = level.period is not None and level.period.unit in ("rolling", "before claim")
    if level.period is not None and overlapping and level.measure in TICKET_MEASURES:
        yield f"the period `{level.period.unit}`"
    if level.measure in TICKET_MEASURES:
        yield from _ticket_reasons(contract, level)
    elif level.measure in OUTAGE_MEASURES:
        yield from _outage_reasons(contract, level)
    else:
        yield f"`measure: {level.measure}`"


def _outage_reasons(contract: Contract, level: Level) -> Iterator[str]:
    if level.unit not in ("the service", "each component"):
        yield f"`unit: {level.unit}` for outages"
    if level.down_when is not None and level.down_when.kind in ("error slot", "open"):
        yield f"`down when: {level.down_when.kind}`"
    if level.of == "lifetime in period":
        yield f"`of: {level.of}`"
    if level.measure != "availability" and level.weighted_by is not None:
        yield f"`weighted by: {level.weighted_by}` for the measure {level.measure}"
    if level.counts is not None and level.counts.length.microseconds is None:
        yield f"a minimum length of {level.counts.length}"
    for name in level.excludes:
        budget = contract.exclusion(name).budget
        if budget is not None and budget.microseconds is None:
            yield f"`at most: {budget}` of exclusion {name}"


def _ticket_reasons(contract: Contract, level: Level) -> Iterator[str]:
    word = unit_column(level)
    if word is None:
        yield f"`unit: {level.unit}` for tickets"
    if level.clock_starts not in (None, "ticket opened"):
        yield f"`clock starts: {level.clock_starts}` for tickets"
    for name in level.clock_stops:
        stop = contract.clock_stop(name)
        if stop.needs_visible_message:
            yield f"`needs: visible message` of clock stop {name}"
        if stop.at_most is not None:
            yield f"`at most: {stop.at_most}` of clock stop {name}"
    target = level.target
    if isinstance(target, StatisticTarget) and target.within.microseconds is None:
        yield f"a {target.statistic} in days"
    if level.weighted_by is not None:
        yield f"`weighted by: {level.weighted_by}` for tickets"


def unit_column(level: Level) -> str | None:
    """The ticket column that tells the units of a level apart; "" for the service as a whole, None if unknown."""
    if level.unit == "the service":
        return ""
    word = level.unit.removeprefix("each ")
    return word if word in UNIT_COLUMNS else None
