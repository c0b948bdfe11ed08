"""success rate: which part of the requests succeeded, slot by slot or over the whole period.

Rows: `samples`. Steps: requests and errors per slot (SQL), slots into periods and service hours, exclusions, grade,
average or pool. Proof: `Slot` runs, which add up to the figure. Naive twin: `naive_slots`. Words: `level.slot`.

In: a `RowSource`. Out: measurements, slots and findings. A slot counts in the period, and in the service hours, in
which it begins, once it has ended. It is excluded if it lies in an excluded window as a whole: then no error in it
counts. What the level does not say about empty slots and about averaging is reckoned both ways. Missing slots bound
the figure: all bad, all good. Slots of a period before a claim that lie before the term are good.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from sla2.measure.codes_of_rows import MISSING_SAMPLES
from sla2.measure.measurement import Counts, Slot
from sla2.measure.places import COMPONENT, unit_place
from sla2.measure.plan import in_use
from sla2.measure.row_source import bounded, measurement
from sla2.measure.sample_rows import SLOTS, WHOLE, sampled
from sla2.measure.slot_grid import Graded, Grid, SlotRule, grids, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.intervals import Interval, Intervals
    from sla2.measure.measurement import Measurement
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

Missing = Literal["left out", "bad", "good"]


def rule(level: Level) -> SlotRule:
    """The slots of a success rate; without a `slot:` line each sample stands for itself."""
    length = level.slot.microseconds if level.slot is not None else None
    return SlotRule(length or 1, level.slot_fails.ratio if level.slot_fails is not None else None, level.slot_needs)


def measured(source: RowSource) -> tuple[Measurement, ...]:
    """The measurements of all levels with this measure."""
    terms = source.terms("success rate")
    if not terms:
        return ()
    rules = {one.term: rule(one.level) for one in terms}
    source.load(sampled((one, rules[one.term].length) for one in terms))
    made = grids(source.fetch(SLOTS), rules, source.covered("samples"))
    found: list[Measurement] = []
    for one, period in source.plan.judged(terms):
        if not source.kept("samples"):
            source.say_no_evidence(one, "samples")
        for unit in units(source, one, made[one.term]):
            grid = made[one.term].get(unit) or Grid(rules[one.term], source.covered("samples"))
            found.append(_measure(source, one, period, unit, grid))
    return tuple(found)


def units(source: RowSource, terms: LevelTerms, made: dict[str, Grid]) -> tuple[str, ...]:
    """The units of a level: those of the contract, else those that samples name; what is in none is named."""
    place = unit_place(terms.level)
    if not place:
        return ("",)
    declared = terms.contract.service(terms.level.service).components if terms.level.service else ()
    known = declared if place == COMPONENT and declared else tuple(sorted(unit for unit in made if unit != WHOLE))
    strangers = sorted(unit for unit in made if unit not in known)
    if strangers:
        names = ", ".join(f"no {place}" if name == WHOLE else name for name in strangers)
        source.say_unclaimed(terms, sum(made[name].rows for name in strangers), f"samples name {names}")
    return known


@dataclass(slots=True)
class Totals:
    """What the slots of one unit and period come to. `shares`: errors by number of requests, of slots that count."""

    counted: int = 0
    empty: int = 0
    missing: int = 0
    bad: int = 0
    requests: int = 0
    lost: int = 0
    shares: Counter[int] = field(default_factory=Counter)

    def add(self, slot: Graded) -> None:
        """Count one slot. All requests of a bad slot are lost, none of a good one."""
        if slot.kind == "empty":
            self.empty += 1
        elif slot.kind == "missing":
            self.missing += 1
        else:
            lost = {"counted": slot.errors, "bad": slot.requests}.get(slot.kind, 0)
            self.counted += 1
            self.bad += slot.kind == "bad"
            self.requests += slot.requests
            self.lost += lost
            if lost:
                self.shares[slot.requests] += lost


def _measure(source: RowSource, terms: LevelTerms, period: JudgedPeriod, unit: str, grid: Grid) -> Measurement:
    until = min(period.end, source.plan.as_of)
    if until <= period.start or not source.kept("samples"):
        return measurement(terms, unit, period, None)
    used = in_use(terms, period, until)
    graded = tuple(_graded(source, terms, unit, grid, used))
    totals = Totals()
    if grid.rule.length > 1:
        totals.counted += sum(1 for _ in grid.slots(source.opens(terms, period.start, used[0])))
    for slot in graded:
        totals.add(slot)
    if terms.level.slot is None:
        totals.missing = _missing_probes(grid, totals, source.opens(terms, *used))
    source.slots.extend(_proof(terms, unit, period, grid, graded))
    if totals.missing:
        _say_missing(source, terms, period, unit, grid, totals.missing)
    return _figures(terms, unit, period, grid, totals)


def _say_missing(
    source: RowSource, terms: LevelTerms, period: JudgedPeriod, unit: str, grid: Grid, missing: int
) -> None:
    of = f" of {unit}" if unit else ""
    slots = "slot has" if missing == 1 else "slots have"
    message = f"In {period.label} {missing:,} {slots} no measurement for {terms.level.name}{of}."
    remedy = "Deliver the missing samples; until then the figure is bounded by both possibilities."
    if grid.interval is not None and grid.interval > grid.rule.length > 1:
        remedy = "Samples come less often than slots end: agree a longer slot, or measure more often."
    source.say(MISSING_SAMPLES, terms, message, remedy)


def _graded(source: RowSource, terms: LevelTerms, unit: str, grid: Grid, span: Interval) -> Iterator[Graded]:
    """The slots of a period that begin in service hours and have ended."""
    length = grid.rule.length
    opens = source.opens(terms, *span)
    windows = sorted(source.windows(terms, unit, *span), key=lambda window: (window.started, window.ended))
    held = [(window.exclusion, ((window.started, window.ended),)) for window in windows]
    slots = sorted(at for at in grid.tallies if inside(opens, at, at + 1)) if length == 1 else grid.slots(opens)
    for at in slots:
        if at + length <= source.plan.as_of:
            excluded = next((name for name, window in held if inside(window, at, at + length)), "")
            yield grid.grade(at, excluded)


def _missing_probes(grid: Grid, totals: Totals, opens: Intervals) -> int:
    """Without slots: how many samples of those expected are not there."""
    if grid.interval is None:
        return totals.missing
    expected = sum(-(-(high - low) // grid.interval) for low, high in opens)
    return max(expected - totals.counted - totals.empty, totals.missing)


def _figures(terms: LevelTerms, unit: str, period: JudgedPeriod, grid: Grid, totals: Totals) -> Measurement:
    level = terms.level
    pooled = [level.slots == "pooled"] if level.slots or level.slot_fails else [False, True]
    pooled = pooled if level.slot is not None else [True]
    empty = [level.empty_slot == "good"] if level.empty_slot else [False, True]
    if not totals.counted and not totals.missing and not level.empty_slot:
        return measurement(terms, unit, period, None)
    value = _value(grid, totals, pooled[0], empty[0], "left out")
    ways: tuple[Missing, ...] = ("bad", "good") if totals.missing else ("left out",)
    bounds = [_value(grid, totals, pool, good, way) for pool in pooled for good in empty for way in ways]
    number = totals.counted + (totals.empty if empty[0] else 0)
    part = (totals.requests - totals.lost, totals.requests)
    if not pooled[0]:
        part = (number - totals.bad, number) if level.slot_fails is not None else (number, number)
    counts = Counts(met=number - totals.bad, missed=totals.bad) if level.slot_fails is not None else None
    known = [bound for bound in bounds if bound is not None]
    return measurement(terms, unit, period, value, bounds=known, part=part, counts=counts)


def _value(grid: Grid, totals: Totals, pooled: bool, empty_is_good: bool, missing: Missing) -> Fraction | None:
    """The success rate by one reading; None if there is nothing to take it of."""
    if not pooled:
        number = (
            totals.counted + (totals.empty if empty_is_good else 0) + (totals.missing if missing != "left out" else 0)
        )
        lost = _sum(sorted(totals.shares.items())) + (totals.missing if missing == "bad" else 0)
        return bounded(1 - lost / number) if number else None
    requests, lost = totals.requests, Fraction(totals.lost)
    if totals.missing and missing != "left out":
        if not grid.probes or grid.interval is None:
            return Fraction(int(missing == "good"))
        volume = totals.missing * (grid.rule.length // grid.interval or 1)
        requests, lost = requests + volume, lost + (volume if missing == "bad" else 0)
    if not requests:
        return Fraction(1) if empty_is_good and totals.empty else None
    return 1 - lost / requests


def _sum(shares: list[tuple[int, int]]) -> Fraction:
    """The sum of lost / requests, halves first: the parts stay small."""
    if len(shares) <= 1:
        return sum((Fraction(lost, requests) for requests, lost in shares), Fraction(0))
    middle = len(shares) // 2
    return _sum(shares[:middle]) + _sum(shares[middle:])


def _proof(
    terms: LevelTerms, unit: str, period: JudgedPeriod, grid: Grid, graded: tuple[Graded, ...]
) -> Iterator[Slot]:
    """Runs of slots that are alike and have no errors; a slot with errors stands alone."""
    length = grid.rule.length
    name = terms.level.name
    for key, group in groupby(enumerate(graded), key=lambda pair: _alike(pair[0], pair[1], length)):
        run = [slot for _, slot in group]
        requests, errors = sum(slot.requests for slot in run), sum(slot.errors for slot in run)
        ended = run[-1].at + length
        yield Slot(name, unit, period.label, run[0].at, ended, len(run), requests, errors, key[0], key[1])


def _alike(
    number: int, slot: Graded, length: int
) -> tuple[Literal["counted", "good", "bad", "empty", "missing"], str, int, int]:
    """Slots with the same key stand in one run: of one kind, without errors, one after the other."""
    follows = slot.at - number * length if length > 1 else 0
    return slot.kind, slot.excluded, follows, slot.at if slot.errors else -1
