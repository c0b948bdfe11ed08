"""reported figure: a number that a party hands in for each period.

Rows: `figures`. Steps: rows of the level's figure by unit and period, conflicts, missing reports. Proof: one
`Evidence` per row. Naive twin: `naive_rows`. Words: `level.report`.

In: a `RowSource`. Out: measurements and findings. The figure is in the unit of the target: 99.5 for 99.5%, 4 for 4
hours. Two figures that differ, for one unit and period, are in conflict: neither is taken. If nothing was reported
for a period that has ended, the line `no report:` says what holds; without it the period is undecided.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget
from sla2.measure.codes_of_rows import CONFLICTING_ROWS, NO_REPORT
from sla2.measure.measurement import Evidence, Measurement
from sla2.measure.plain_rows import figures
from sla2.measure.row_source import MANY, measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Standing
    from sla2.measure.plain_rows import Figure
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

CONFLICT = "in conflict with another row"
LABEL = re.compile(r"\d{4}(-\d\d(-\d\d)?|-Q[1-4])?(/\d{4}-\d\d(-\d\d)?)?")
"""How periods are named: 2026-03, 2026-Q1, 2026, 2026-02/2026-04, 2026-03-16/2026-04-15."""


def measured(source: RowSource) -> tuple[Measurement, ...]:
    """The measurements of all levels with this measure."""
    terms = source.terms("reported figure")
    rows = figures(source.fetch) if terms else ()
    found: list[Measurement] = []
    last: dict[tuple[str, str], Measurement] = {}
    for one, period in source.plan.judged(terms):
        mine = [row for row in rows if alike(row.name, one.level.figure or "")]
        for row in mine:
            source.mark("figures", row.number, "out of period" if LABEL.fullmatch(row.period) else "refused")
        _say_strangers(source, one, mine)
        if not source.kept("figures"):
            source.say_no_evidence(one, "figures")
        for unit in _units(one, mine):
            here = [row for row in mine if row.unit == unit and row.period == period.label]
            made = _measure(source, one, period, unit, here, last.get((one.level.name, unit)))
            found.append(made)
            if made.value is not None:
                last[one.level.name, unit] = made
    return tuple(found)


def alike(one: str, other: str) -> bool:
    """True if two names differ in capitals and spaces at most."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _units(terms: LevelTerms, mine: Sequence[Figure]) -> tuple[str, ...]:
    """The units of which a figure is due: the components of the service, and those that a figure names."""
    level = terms.level
    if level.unit == "the service":
        return ("",)
    of_components = level.unit == "each component" and level.service
    declared = terms.contract.service(level.service or "").components if of_components else ()
    return tuple(sorted({*declared, *(row.unit for row in mine if row.unit)}))


def _say_strangers(source: RowSource, terms: LevelTerms, mine: Sequence[Figure]) -> None:
    """Rows of the level's figure for a period that it does not have, or for a unit that it does not ask about."""
    strange = [row.period for row in mine if not LABEL.fullmatch(row.period)]
    if strange:
        names = ", ".join(sorted(set(strange))[:MANY])
        source.say_unclaimed(terms, len(strange), f"figures name a period in words that are not its own ({names})")
    if terms.level.unit == "the service" and any(row.unit for row in mine):
        source.say_unclaimed(terms, sum(bool(row.unit) for row in mine), "figures name a unit")


def _measure(
    source: RowSource,
    terms: LevelTerms,
    period: JudgedPeriod,
    unit: str,
    here: Sequence[Figure],
    last: Measurement | None,
) -> Measurement:
    values = sorted({row.value for row in here})
    conflict = len(values) > 1
    for row in here:
        source.mark("figures", row.number, "refused" if conflict else "judged")
    source.evidence.extend(
        Evidence(
            terms.level.name, unit, period.label, row.name, f"{row.value}", not conflict, CONFLICT if conflict else "",
            row.source, row.import_id, row.row_no,
        )
        for row in here
    )  # fmt: skip
    if conflict:
        rows = " and ".join(f"{row.value} in row {row.row_no}" for row in here[:MANY])
        message = f"{terms.level.figure} in {period.label} is {rows}; neither is taken."
        source.say(CONFLICTING_ROWS, terms, message, "Leave one of the rows, and state its source.")
        return measurement(terms, unit, period, None, standing="undecided")
    if values:
        return measurement(terms, unit, period, scaled(Fraction(values[0]), terms.level), part=(1, 1))
    if source.plan.as_of < period.end or not source.kept("figures"):
        return measurement(terms, unit, period, None)
    return _missing(source, terms, period, unit, last)


def _missing(
    source: RowSource, terms: LevelTerms, period: JudgedPeriod, unit: str, last: Measurement | None
) -> Measurement:
    """A period that has ended without a report."""
    rule = terms.level.no_report
    if rule == "previous" and last is not None:
        return replace(last, period=period, version=terms.version, terms=terms.level)
    message = f"No figure {terms.level.figure} was reported for {period.label}{f' of {unit}' if unit else ''}."
    source.say(NO_REPORT, terms, message, "Report it, or write `no report: missed`, `previous` or `undecided`.")
    standing: Standing = "missed" if rule == "missed" else "undecided"
    return measurement(terms, unit, period, None, standing=standing)


def scaled(value: Fraction, level: Level) -> Fraction:
    """The figure as it is compared: a share of one for a percentage, microseconds for a duration, else as it stands."""
    target = level.target
    if isinstance(target, BoundTarget) and target.percent is not None:
        return value / 100
    if isinstance(target, BoundTarget) and target.duration is not None:
        one = target.duration.model_copy(update={"value": 1}).microseconds
        day = 86_400_000_000
        return value * (one if one is not None else day)
    return value
