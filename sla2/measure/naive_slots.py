"""The slow judge of samples: every slot asked on its own, every sample looked at each time, in plain Python.

In: a contract, rows of samples as plain mappings, a level about success or latency, its unit and period. Out: the value
with its bounds. It adds nothing up beforehand and knows no intervals: it walks from slot to slot and looks through all
samples. It runs in tests and in `--verify`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from sla2.contract.calendar import local
from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget
from sla2.measure.exclusions import appeals, failure
from sla2.measure.naive_outages import is_open, recurs
from sla2.measure.places import unit_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.outage_rows import Excluded
    from sla2.measure.plan import Cell

_NOTHING = (None, None, None)
_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """One unit of one level in one period, with the rows of exclusions and the as-of instant."""

    contract: Contract
    level: Level
    unit: str
    period: JudgedPeriod
    as_of: int
    excluded: tuple[Excluded, ...] = ()


def naive_success(case: Case, rows: Sequence[Mapping[str, Cell]]) -> tuple[Fraction | None, ...]:
    """Value, lowest and highest success rate."""
    level = case.level
    length = level.slot.microseconds if level.slot is not None else None
    mine = [row for row in _mine(case, rows) if row["requests"] is not None or _probe(row)]
    if length is None:
        return _plain(case, [row for row in mine if _counts(case, _int(row["at"]))])
    interval = max(
        (_int(row["expected_interval"]) for row in mine if row["expected_interval"] is not None), default=None
    )
    shares: list[tuple[int, Fraction]] = []
    empty = missing = 0
    end = min(case.period.end, case.as_of)
    at = case.period.start - case.period.start % length
    while at < end:
        here = [row for row in mine if at <= _int(row["at"]) < at + length]
        excluded = _excluded(case, at, at + length)
        kind, requests, lost = _slot(level, here, excluded=excluded, expected=interval is not None)
        if case.period.start <= at and at + length <= case.as_of and _counts(case, at):
            if kind == "counted":
                shares.append((requests, Fraction(lost, requests)))
            empty += kind == "empty"
            missing += kind == "missing"
        at += length
    probes = all(row["requests"] is None for row in mine)
    volume = max(length // interval, 1) if interval is not None and probes else None
    return _readings(level, shares, empty, missing, volume)


def _slot(level: Level, here: Sequence[Mapping[str, Cell]], *, excluded: bool, expected: bool) -> tuple[str, int, int]:
    """What a slot is, its requests and how many of them are lost."""
    known = [row for row in here if row["requests"] is not None or row["ok"] is not None]
    if not known:
        return ("missing" if (here or expected) and not excluded else "empty"), 0, 0
    requests = sum(1 if row["requests"] is None else _int(row["requests"]) for row in known)
    failed = [int(row["ok"] == 0) if row["requests"] is None else _int(row["errors"]) for row in known]
    lost = 0 if excluded else sum(failed)
    if requests == 0 or requests < (level.slot_needs or 0):
        return "empty", 0, 0
    if level.slot_fails is not None:
        lost = requests if Fraction(lost, requests) > level.slot_fails.ratio else 0
    return "counted", requests, lost


def _readings(
    level: Level, shares: list[tuple[int, Fraction]], empty: int, missing: int, volume: int | None
) -> tuple[Fraction | None, ...]:
    """The success rate by every reading of what the level does not say, the default first."""
    if not shares and not missing and level.empty_slot is None:
        return _NOTHING
    averaged = ["averaged"] if level.slots is None and level.slot_fails is not None else ["averaged", "pooled"]
    ways = [level.slots] if level.slots is not None else averaged
    empties = [level.empty_slot] if level.empty_slot is not None else ["ignored", "good"]
    found = [
        _rate(shares, empty, missing, volume, way == "pooled", good == "good", lack)
        for way, good, lack in product(ways, empties, (None, 0, 1))
    ]
    value = found[0]
    if not missing:
        found = found[::3]
    else:
        found = [one for place, one in enumerate(found) if place % 3] + [value]
    known = [one for one in found if one is not None]
    return value, min(known, default=None), max(known, default=None)


def _rate(
    shares: list[tuple[int, Fraction]],
    empty: int,
    missing: int,
    volume: int | None,
    pooled: bool,
    empty_is_good: bool,
    lack: int | None,
) -> Fraction | None:
    """`lack`: the share of successes in missing slots; None: they are left out."""
    if not pooled:
        parts = [1 - lost for _, lost in shares] + [Fraction(1)] * (empty if empty_is_good else 0)
        parts += [Fraction(lack)] * missing if lack is not None else []
        return sum(parts, Fraction(0)) / len(parts) if parts else None
    if missing and lack is not None and volume is None:
        return Fraction(lack)
    requests = sum(number for number, _ in shares)
    good = sum(((1 - lost) * number for number, lost in shares), Fraction(0))
    if missing and lack is not None and volume is not None:
        requests, good = requests + missing * volume, good + missing * volume * lack
    if not requests:
        return Fraction(1) if empty_is_good and empty else None
    return good / requests


def _plain(case: Case, rows: Sequence[Mapping[str, Cell]]) -> tuple[Fraction | None, ...]:
    """Without slots, of rows that come at no fixed interval: successes of all requests."""
    requests = good = 0
    for row in rows:
        if row["requests"] is None and row["ok"] is None:
            continue
        number = 1 if row["requests"] is None else _int(row["requests"])
        lost = int(row["ok"] == 0) if row["requests"] is None else _int(row["errors"])
        requests += number
        good += number - (0 if _excluded(case, _int(row["at"]), _int(row["at"]) + 1) else lost)
    value = Fraction(good, requests) if requests else None
    return value, value, value


def naive_latency(case: Case, rows: Sequence[Mapping[str, Cell]]) -> Fraction | None:
    """The latency, or the share of answers in time."""
    times = [
        _int(row["latency"])
        for row in _mine(case, rows)
        if row["latency"] is not None
        and _counts(case, _int(row["at"]))
        and not _excluded(case, _int(row["at"]), _int(row["at"]) + 1)
    ]
    target = case.level.target
    if not times:
        return None
    if isinstance(target, ShareTarget):
        return Fraction(sum(time <= (target.within.microseconds or 0) for time in times), len(times))
    if isinstance(target, BoundTarget):
        return Fraction(max(times))
    percent = (
        {"median": 50, "p95": 95, "p99": 99}.get(target.statistic) if isinstance(target, StatisticTarget) else None
    )
    if percent is None:
        return Fraction(sum(times), len(times))
    fits = [time for time in times if 100 * sum(other <= time for other in times) >= percent * len(times)]
    return Fraction(min(fits))


def _mine(case: Case, rows: Sequence[Mapping[str, Cell]]) -> list[Mapping[str, Cell]]:
    only = len(case.contract.services) == 1
    column = unit_place(case.level)
    return [
        row
        for row in rows
        if (row["service"] == case.level.service or (row["service"] is None and only))
        and (not case.unit or row[column] == case.unit)
        and _int(row["at"]) < case.as_of
    ]


def _probe(row: Mapping[str, Cell]) -> bool:
    """A single probe, a missing one among them; a row that holds nothing but a latency is none."""
    return row["ok"] is not None or row["latency"] is None


def _counts(case: Case, at: int) -> bool:
    """Whether an instant lies in the period and in service hours."""
    if not case.period.start <= at < min(case.period.end, case.as_of):
        return False
    calendar = case.contract.level_hours(case.level)
    return calendar is None or is_open(calendar, local(at, calendar.timezone))


def _excluded(case: Case, low: int, high: int) -> bool:
    """Whether [low, high) lies as a whole in one excluded stretch of the unit."""
    for name in case.level.excludes:
        exclusion = case.contract.exclusion(name)
        if exclusion.recurring:
            moments = range(low, high, _MINUTE)
            if all(recurs(case.contract, exclusion, moment) for moment in moments):
                return True
            continue
        for row in case.excluded:
            applies = row.service in (None, case.level.service) and row.component in (None, case.unit or None)
            granted = applies and appeals(row, exclusion) and failure(case.contract, exclusion, row) is None
            if granted and row.started <= low and high <= row.ended:
                return True
    return False


def _int(cell: Cell) -> int:
    return int(cell) if cell is not None else 0
