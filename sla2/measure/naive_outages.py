"""The slow judge of outages: every minute asked on its own, in plain Python, to check the overlay.

In: a contract, rows of outages and exclusions as plain mappings, an outage level, its period and unit. Out: the value
of the measure. It knows no intervals: it walks from minute to minute, so rows and hours must lie on whole minutes. It
runs in tests and in `--verify`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_hours, local
from sla2.contract.level import Period
from sla2.contract.periods import period_at
from sla2.contract.quantity import MINUTE
from sla2.measure.exclusions import appeals, failure
from sla2.measure.places import part_place, unit_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, time

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Calendar, Exclusion, Hours
    from sla2.measure.outage_rows import Excluded, Outage
    from sla2.measure.plain_rows import Life

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPANS = {"month": "month", "quarter": "quarter", "contract year": "contract year", "calendar year": "year"}


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute: whether it is service time, down, down for its own fault, excluded, and how heavy."""

    at: int
    open: bool
    raw: bool
    down: bool
    excluded: bool
    weight: Fraction


def naive_value(
    contract: Contract,
    level: Level,
    minutes: tuple[Minute, ...],
    period: JudgedPeriod,
    as_of: int,
) -> Fraction | None:
    """The value of an outage level for one period, from the minutes of the unit; None before it begins."""
    end = min(period.end, as_of)
    if end <= period.start:
        return None
    if level.measure in ("number of outages", "longest outage"):
        begun = [run for run in _counted(minutes, level) if period.start <= run[0][0].at < end]
        lengths = [len(part) * MINUTE for run in begun for part in run]
        return Fraction(len(begun) if level.measure == "number of outages" else max(lengths, default=0))
    inside = tuple(minute for minute in minutes if period.start <= minute.at < end)
    whole = level.at_the_end_of_a_period == "length counts whole"
    runs = [part for run in _counted(minutes if whole else inside, level) for part in run]
    counted = [minute for part in runs for minute in part if period.start <= minute.at < end]
    of = level.of or ("period" if _hours(contract, level) is None else "service hours")
    owed = {
        "service hours": sum(minute.open for minute in inside),
        "lifetime in period": sum(minute.open for minute in inside),
        "period minus exclusions": sum(not minute.excluded or minute in counted for minute in inside),
    }.get(of, len(inside))
    down = sum((minute.weight for minute in counted), Fraction(0))
    if level.measure == "availability" or not owed:
        return 1 - down / owed if owed else None
    begun = [run for run in _counted(minutes, level) if period.start <= run[0][0].at < end]
    return (owed - down) * MINUTE / max(len(begun), 1)


def _hours(contract: Contract, level: Level) -> Calendar | None:
    calendar = contract.level_hours(level)
    return None if calendar is None or calendar.round_the_clock else calendar


def _counted(minutes: tuple[Minute, ...], level: Level) -> Iterator[list[list[Minute]]]:
    """Each outage as its parts that count."""
    for raw in _runs([minute for minute in minutes if minute.open], "raw"):
        parts = _runs(raw, "down")
        if level.counts is not None:
            least = level.counts.length.microseconds or 0

            def enough(run: list[Minute], least: int = least) -> bool:
                time = len(run) * MINUTE
                return time > least or (time == least and not (level.counts and level.counts.strict))

            if level.minimum_length_judged == "before exclusions":
                parts = parts if enough(raw) else []
            else:
                parts = [part for part in parts if enough(part)]
        if parts:
            yield parts


def _runs(minutes: list[Minute], which: str) -> list[list[Minute]]:
    found: list[list[Minute]] = [[]]
    for minute in minutes:
        if getattr(minute, which):
            found[-1].append(minute)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def naive_minutes(
    contract: Contract,
    level: Level,
    unit: str,
    outages: tuple[Outage, ...],
    excluded: tuple[Excluded, ...],
    low: int,
    high: int,
    lives: tuple[Life, ...] = (),
) -> Iterator[Minute]:
    """Every minute of [low, high) for one unit of a level; weights of users add up unless the level says otherwise."""
    calendar = _hours(contract, level)
    granted = [
        (contract.exclusion(name), row)
        for name in level.excludes
        for row in excluded
        if appeals(row, contract.exclusion(name))
        and row.service in (None, level.service)
        and failure(contract, contract.exclusion(name), row) is None
    ]
    used: dict[tuple[str, str], int] = {}
    for at in range(low, high, MINUTE):
        owed = calendar is None or is_open(calendar, local(at, calendar.timezone))
        owed = owed and (level.of != "lifetime in period" or _exists(level, unit, lives, at))
        going_on = [row for row in outages if row.started <= at < row.ended]
        column = unit_place(level)
        active = [row for row in going_on if not unit or getattr(row, column) in (None, unit)]
        raw = _down(contract, level, unit, active)
        excusing = [_excuse(contract, level, unit, row, granted, at, used) for row in active]
        rest = [row for row, name in zip(active, excusing, strict=True) if name is None]
        if owed and raw:
            for name in {name for name in excusing if name is not None}:
                key = (name, _span_label(contract, level, contract.exclusion(name), at))
                used[key] = used.get(key, 0) + MINUTE
        down = owed and bool(rest) and _down(contract, level, unit, rest)
        yield Minute(
            at,
            owed,
            owed and raw,
            down,
            _is_excluded(contract, level, unit, granted, at),
            _weight(contract, level, rest),
        )


def _down(contract: Contract, level: Level, unit: str, active: list[Outage]) -> bool:
    rule = level.down_when
    column = part_place(rule)
    if rule is None or rule.kind == "any component" or unit_place(level) == column:
        return bool(active)
    names = {getattr(row, column) for row in active}
    if not active or None in names:
        return bool(active)
    if rule.kind == "all components":
        return set(contract.service(level.service or "").components) <= names
    return len(names) >= (rule.number or 1)


def _excuse(
    contract: Contract,
    level: Level,
    unit: str,
    row: Outage,
    granted: list[tuple[Exclusion, Excluded]],
    at: int,
    used: dict[tuple[str, str], int],
) -> str | None:
    for name in level.excludes:
        exclusion = contract.exclusion(name)
        component = unit if unit and unit_place(level) == "component" else row.component
        rows = [one for owner, one in granted if owner.name == name and one.started <= at < one.ended]
        fits = [one for one in rows if one.component in (None, component)]
        if exclusion.recurring:
            plain = exclusion.announced is None and exclusion.approved_by is None
            covered = (plain or bool(fits)) and recurs(contract, exclusion, at)
        else:
            covered = bool(fits)
        spent = used.get((name, _span_label(contract, level, exclusion, at)), 0)
        if covered and (exclusion.budget is None or spent < (exclusion.budget.microseconds or 0)):
            return name
    return None


def _is_excluded(
    contract: Contract, level: Level, unit: str, granted: list[tuple[Exclusion, Excluded]], at: int
) -> bool:
    for name in level.excludes:
        exclusion = contract.exclusion(name)
        rows = [one for owner, one in granted if owner.name == name and one.started <= at < one.ended]
        fits = any(one.component is None or (unit and one.component == unit) for one in rows)
        if not exclusion.recurring and fits:
            return True
        if exclusion.recurring and recurs(contract, exclusion, at):
            plain = exclusion.announced is None and exclusion.approved_by is None
            if plain or fits:
                return True
    return False


def _span_label(contract: Contract, level: Level, exclusion: Exclusion, at: int) -> str:
    unit = exclusion.budget_per or "period"
    period = level.period
    if unit != "period":
        period = Period.model_validate({"span": exclusion.span, "unit": _SPANS[unit]})
    found = period_at(contract, period, local(at, contract.timezone or "UTC").date()) if period else None
    return found.label if found else ""


def recurs(contract: Contract, exclusion: Exclusion, at: int) -> bool:
    """Whether an instant lies in a recurring window of an exclusion."""
    there = local(at, contract.timezone or "UTC")
    return any(_WEEK[there.weekday()] == one.day and _within(one.hours, there.time()) for one in exclusion.recurring)


def is_open(calendar: Calendar, there: datetime) -> bool:
    """Whether a calendar is open at a local time."""
    return any(_within(hours, there.time()) for hours in day_hours(calendar, there.date()))


def _within(hours: Hours, moment: time) -> bool:
    return hours.start <= moment and (hours.end is None or moment < hours.end)


def _exists(level: Level, unit: str, lives: tuple[Life, ...], at: int) -> bool:
    column = unit_place(level)
    for life in lives:
        mine = not unit or dict(life.places)[column] in (None, unit)
        if mine and life.service in (None, level.service) and life.started <= at and (life.ended or at + 1) > at:
            return True
    return False


def _weight(contract: Contract, level: Level, rest: list[Outage]) -> Fraction:
    total = contract.service(level.service or "").users
    weights = []
    for row in rest:
        weight = Fraction(1)
        if level.degraded_counts is not None and row.severity == "degraded":
            weight = level.degraded_counts.ratio
        known = [row.share] if row.share is not None else []
        if row.users is not None and (row.total or total):
            users = Fraction(row.users, row.total or total or 1)
            known = [users, *known] if level.weighted_by == "affected users" else [*known, users]
        weights.append(weight * min(known[0], Fraction(1)) if level.weighted_by and known else weight)
    if level.weighted_by is not None and level.overlapping_users != "highest":
        return min(sum(weights, Fraction(0)), Fraction(1))
    return max(weights, default=Fraction(0))
