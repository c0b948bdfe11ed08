"""Ticket levels: the share of cases met, or a statistic of their times, per level, unit and period.

Response, resolution and restoration times, and the share or statistic of a backlog. What is counted otherwise has a
file of its own: `number_of_incidents`, `reopened_share`, `backlog_age`.

In: the plan and the engine that holds `case_rows`. Out: `Measurement` values in order of level, period, unit.
A share is met / (met + missed). Undecided cases bound it: all of them missed, all of them met. Median, p95 and p99 are
nearest rank (the smallest time that at least half, 95% or 99% of the cases do not exceed), the average is exact; they
are taken over cases that have stopped, and bounded by the least and most time the records allow.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import StatisticTarget
from sla2.contract.unmeasured import unit_column
from sla2.measure.measurement import Counts, Measurement
from sla2.measure.measures.backlog_age import OLDEST, backlog, is_bound
from sla2.measure.measures.days_taken import Days, TimeTaken, in_days
from sla2.measure.measures.number_of_incidents import number
from sla2.measure.measures.reopened_share import share

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.engines.duckdb import DuckEngine
    from sla2.measure.plan import LevelTerms, Plan

COUNTS = """
SELECT level, unit, period, outcome, count(*) AS n FROM case_rows
WHERE period IS NOT NULL GROUP BY level, unit, period, outcome
"""
UNITS = "SELECT DISTINCT level, unit FROM case_rows ORDER BY level, unit"

_RANKED = """
SELECT q.level, q.unit, q.period, q.n, q.total, q.{value}
FROM (
    SELECT c.level, c.unit, c.period, c.{value},
        row_number() OVER (PARTITION BY c.level, c.unit, c.period ORDER BY c.{value}) AS place,
        count(*) OVER (PARTITION BY c.level, c.unit, c.period) AS n,
        CAST(sum(c.{value}) OVER (PARTITION BY c.level, c.unit, c.period) AS BIGINT) AS total
    FROM case_rows c
    WHERE c.period IS NOT NULL AND c.stopped IS NOT NULL AND c.outcome <> 'excluded' AND c.level = ?
) q
WHERE q.place * 100 >= q.n * {percent} AND (q.place - 1) * 100 < q.n * {percent}
"""
RANKED = {
    (value, percent): _RANKED.format(value=value, percent=percent)
    for value in ("elapsed", "low", "high")
    for percent in (50, 95, 99)
}
IN_DAYS = """
SELECT unit, period, started, stopped, elapsed, low, high, paused, outcome
FROM case_rows
WHERE period IS NOT NULL AND stopped IS NOT NULL AND outcome <> 'excluded' AND level = ?
"""
_PERCENT = {"median": 50, "p95": 95, "p99": 99, "average": 50}

_Key = tuple[str, str, str]


def measurements(plan: Plan, engine: DuckEngine, *, kept: bool = True) -> tuple[Measurement, ...]:
    """One measurement per level, judged period and unit; without units one per period even if it has no cases.

    `kept`: somebody keeps tickets, so that none of them is a count of 0.
    """
    counts: dict[_Key, dict[str, int]] = {}
    for level, unit, counted_in, outcome, n in engine.rows(COUNTS):
        counts.setdefault((str(level), str(unit), str(counted_in)), {})[str(outcome)] = int(n or 0)
    units: dict[str, list[str]] = {}
    for level, unit in engine.rows(UNITS):
        units.setdefault(str(level), []).append(str(unit))
    oldest = _oldest(plan, engine)
    found: list[Measurement] = []
    for name, judged in plan.periods:
        history = plan.of_level(name)
        if not history:
            continue
        by_unit = unit_column(history[0].level) != ""
        times = _times(engine, history)
        for period in judged:
            terms = _in_force(history, period)
            if terms is None:
                continue
            for unit in _units(terms, units.get(name, [])) if by_unit else [""]:
                key = (name, unit, period.label)
                counted, known = _counts(counts.get(key, {})), kept and period.start < plan.as_of
                if terms.level.measure == "number of incidents":
                    found.append(number(terms, period, unit, counted, known=known))
                elif terms.level.measure == "reopened share":
                    found.append(share(terms, period, unit, counted))
                elif is_bound(terms.level):
                    found.append(backlog(terms, period, unit, counted, oldest.get(key), known=known))
                else:
                    found.append(_measurement(terms, period, unit, counted, times.get(key)))
    return tuple(found)


def _units(terms: LevelTerms, found: list[str]) -> list[str]:
    """The units with a case; for a count also the components of the service that have none."""
    counted = terms.level.measure == "number of incidents" or is_bound(terms.level)
    if not counted or unit_column(terms.level) != "component" or terms.level.service is None:
        return found
    return sorted({*found, *terms.contract.service(terms.level.service).components})


def _oldest(plan: Plan, engine: DuckEngine) -> dict[_Key, tuple[int, int]]:
    """The greatest age as recorded, and at most, of the cases of levels that look at the oldest."""
    if not any(is_bound(terms.level) for terms in plan.terms):
        return {}
    return {
        (str(level), str(unit), str(period)): (int(age or 0), int(high or age or 0))
        for level, unit, period, age, _, high in engine.rows(OLDEST)
    }


def _in_force(history: tuple[LevelTerms, ...], period: JudgedPeriod) -> LevelTerms | None:
    """The terms in force at the start of a period; if the level begins within it, the first ones."""
    at_start = [terms for terms in history if terms.since <= period.start < terms.until]
    later = [terms for terms in history if period.start < terms.since < period.end]
    return next(iter(at_start or later), None)


def _counts(found: dict[str, int]) -> Counts:
    return Counts(
        met=found.get("met", 0),
        missed=found.get("missed", 0),
        open=found.get("open", 0),
        excluded=found.get("excluded", 0),
        undecided=found.get("undecided", 0),
    )


_Time = tuple[int, Fraction, Fraction, Fraction]


def _times(engine: DuckEngine, history: tuple[LevelTerms, ...]) -> dict[_Key, _Time]:
    """Number of cases, and the statistic as recorded, at least and at most, of the cases of a statistic level."""
    level: Level = history[0].level
    if not isinstance(level.target, StatisticTarget):
        return {}
    if in_days(history[0]):
        return _times_in_days(engine, history, level.target.statistic)
    average = level.target.statistic == "average"
    percent = _PERCENT[level.target.statistic]
    parts: dict[_Key, list[Fraction]] = {}
    sizes: dict[_Key, int] = {}
    for value in ("elapsed", "low", "high"):
        for name, unit, period, n, total, ranked in engine.rows(RANKED[value, percent], (level.name,)):
            key = (str(name), str(unit), str(period))
            sizes[key] = int(n or 0)
            exact = Fraction(int(total or 0), int(n or 1)) if average else Fraction(int(ranked or 0))
            parts.setdefault(key, []).append(exact)
    return {key: (sizes[key], found[0], found[1], found[2]) for key, found in parts.items()}


def _times_in_days(engine: DuckEngine, history: tuple[LevelTerms, ...], statistic: str) -> dict[_Key, _Time]:
    """The same for a statistic in days: of whole days, a day begun being a day."""
    rows = engine.rows(IN_DAYS, (history[0].level.name,))
    if not rows:
        return {}
    low, high = min(int(row[2] or 0) for row in rows), max(int(row[3] or 0) for row in rows)
    counters = [(terms, Days(terms, low, max(low, high))) for terms in history]
    taken: dict[_Key, list[tuple[int, int, int]]] = {}
    for unit, period, *times, outcome in rows:
        started, stopped, elapsed, least, most, paused = (int(value or 0) for value in times)
        days = next(counter for terms, counter in counters if terms.since <= started < terms.until)
        late = None if outcome == "undecided" else outcome == "missed"
        recorded = days.of(TimeTaken(started, max(started, stopped), elapsed, paused, late))
        fewest, greatest = recorded, recorded
        if late is None:
            fewest, greatest = (
                days.of(TimeTaken(started, max(started, stopped), used, 1, None)) for used in (least, most)
            )
        taken.setdefault((history[0].level.name, str(unit), str(period)), []).append((recorded, fewest, greatest))
    found: dict[_Key, _Time] = {}
    for key, all_days in taken.items():
        own, low_days, high_days = (_statistic(sorted(one), statistic) for one in zip(*all_days, strict=True))
        found[key] = (len(all_days), own, low_days, high_days)
    return found


def _statistic(values: list[int], statistic: str) -> Fraction:
    """The average, or the nearest rank, of sorted numbers."""
    if statistic == "average":
        return Fraction(sum(values), len(values))
    return Fraction(values[-(-len(values) * _PERCENT[statistic] // 100) - 1])


def _measurement(terms: LevelTerms, period: JudgedPeriod, unit: str, counts: Counts, time: _Time | None) -> Measurement:
    judged = counts.met + counts.missed
    everything = judged + counts.undecided
    value = Fraction(counts.met, judged) if judged else None
    low = Fraction(counts.met, everything) if everything else None
    high = Fraction(counts.met + counts.undecided, everything) if everything else None
    numerator, denominator = counts.met, judged
    if isinstance(terms.level.target, StatisticTarget):
        size, value, low, high = time or (0, None, None, None)
        numerator, denominator = size, size
    return Measurement(
        level=terms.level.name,
        unit=unit,
        period=period,
        version=terms.version,
        counts=counts,
        numerator=numerator,
        denominator=denominator,
        value=value,
        low=low,
        high=high,
        terms=terms.level,
    )
