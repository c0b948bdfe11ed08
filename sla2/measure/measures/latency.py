"""latency: how long answers took: a share within a time, median, p95, p99, average, or the longest.

Rows: `samples` with a latency. Steps: latencies per moment (SQL), into periods and service hours, excluded ones
left out, rank. Proof: the counts of samples; the rows themselves are the log. Naive twin: `naive_slots`. Words:
`level.target`.

In: a `RowSource`. Out: measurements and findings. A share is of all samples that hold a time; the statistics are
nearest rank, as for tickets. `at most 2 elapsed seconds` is about the longest. A sample that failed without an
answer has no latency; such samples are counted and named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget
from sla2.measure.codes_of_rows import NO_ANSWER
from sla2.measure.measurement import Counts
from sla2.measure.measures.success_rate import units
from sla2.measure.row_source import measurement
from sla2.measure.sample_rows import LATENCIES, sampled
from sla2.measure.slot_grid import Grid, SlotRule, inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.contract.level import Target
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Measurement
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

Answers = list[tuple[int, int | None, int]]
"""(when, latency in microseconds or None without an answer, how many), in order of time."""
PERCENT = {"median": 50, "p95": 95, "p99": 99}


def measured(source: RowSource) -> tuple[Measurement, ...]:
    """The measurements of all levels with this measure."""
    terms = source.terms("latency")
    if not terms:
        return ()
    source.load(sampled((one, 1) for one in terms))
    made: dict[int, dict[str, Answers]] = {one.term: {} for one in terms}
    for term, unit, at, latency, number in source.fetch(LATENCIES):
        answers = made[int(term or 0)].setdefault(str(unit), [])
        answers.append((int(at or 0), None if latency is None else int(latency), int(number or 0)))
    found: list[Measurement] = []
    for one, period in source.plan.judged(terms):
        if not source.kept("samples"):
            source.say_no_evidence(one, "samples")
        grids = {
            unit: Grid(SlotRule(1), rows=sum(row[2] for row in answers)) for unit, answers in made[one.term].items()
        }
        for unit in units(source, one, grids):
            found.append(_measure(source, one, period, unit, made[one.term].get(unit, [])))
    return tuple(found)


def _measure(source: RowSource, terms: LevelTerms, period: JudgedPeriod, unit: str, answers: Answers) -> Measurement:
    until = min(period.end, source.plan.as_of)
    if until <= period.start:
        return measurement(terms, unit, period, None)
    opens = source.opens(terms, period.start, until)
    windows = source.windows(terms, unit, period.start, until)
    first, last = (bisect_left(answers, moment, key=lambda row: row[0]) for moment in (period.start, until))
    times: Counter[int] = Counter()
    excluded = silent = 0
    for at, latency, number in answers[first:last]:
        if inside(opens, at, at + 1) is None:
            continue
        if any(window.started <= at < window.ended for window in windows):
            excluded += number
        elif latency is None:
            silent += number
        else:
            times[latency] += number
    if silent:
        message = f"{silent:,} samples of {terms.level.name} in {period.label} failed without an answer."
        source.say(NO_ANSWER, terms, message, "They are in no latency; a level of the success rate counts them.")
    return _figures(terms, unit, period, times, excluded)


def _figures(
    terms: LevelTerms, unit: str, period: JudgedPeriod, times: Mapping[int, int], excluded: int
) -> Measurement:
    target, number = terms.level.target, sum(times.values())
    within = limit(target)
    met = number if within is None else sum(many for latency, many in times.items() if latency <= within)
    counts = Counts(met=met, missed=number - met, excluded=excluded)
    value = statistic(times, target) if number else None
    part = (met, number) if isinstance(target, ShareTarget) else (number, number)
    return measurement(terms, unit, period, value, part=part, counts=counts)


def limit(target: Target | None) -> int | None:
    """The time within which an answer is in time; None if the target names none."""
    if isinstance(target, ShareTarget | StatisticTarget):
        return target.within.microseconds
    if isinstance(target, BoundTarget) and target.duration is not None:
        return target.duration.microseconds
    return None


def statistic(times: Mapping[int, int], target: Target | None) -> Fraction:
    """What the target is about, of at least one answer; the average if there is no target."""
    number = sum(times.values())
    if isinstance(target, ShareTarget):
        within = limit(target) or 0
        return Fraction(sum(many for latency, many in times.items() if latency <= within), number)
    if isinstance(target, BoundTarget):
        return Fraction(max(times))
    percent = PERCENT.get(target.statistic) if isinstance(target, StatisticTarget) else None
    if percent is None:
        return Fraction(sum(latency * many for latency, many in times.items()), number)
    ordered = sorted(times)
    upto, total = [], 0
    for latency in ordered:
        total += times[latency]
        upto.append(total * 100)
    return Fraction(ordered[bisect_right(upto, number * percent - 1)])
