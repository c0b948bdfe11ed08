"""The judged periods of a contract: months, quarters, years and contract spans as local days and instants.

In: the contract (time zone, term, renewals), a level's `Period`, and the days that are asked for. Out: `JudgedPeriod`
values in order of time. It runs when a plan is made. It judges nothing. A rolling period ends with the last day of each
calendar month (and the day before each claim of credits on its level); a period before a claim exists where a claim is.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sla2.contract.calendar import day_start, shift
from sla2.contract.contract import Contract
from sla2.contract.level import Level, Period
from sla2.contract.period import JudgedPeriod

_MONTHS: dict[str, int] = {
    "month": 1,
    "quarter": 3,
    "year": 12,
    "contract month": 1,
    "contract quarter": 3,
    "contract year": 12,
}


def term_end(contract: Contract) -> date | None:
    """The first day after the term with all its renewals (they follow unless notice is given); None if open-ended."""
    term = contract.term
    if term is None or term.end is None:
        return None
    end = term.end
    if contract.renewal is not None:
        for _ in range(contract.renewal.times):
            end = shift(end, contract.renewal.length, "after", None)
    return end


def periods(contract: Contract, level_period: Period, start: date, end: date) -> tuple[JudgedPeriod, ...]:
    """The judged periods that overlap the local days [start, end), clipped to the term, in order of time.

    A period that the term cuts off is a part period: `full` is False and `nominal_days` still counts the whole one.
    The initial term and each renewal are one `term` period each. A rolling period belongs to the day on which it ends,
    the last day of a calendar month. Empty for periods before a claim (see `level_periods`), for `term`
    in an open-ended contract, and without a time zone.
    """
    low = contract.term.start if contract.term else date.min
    high = term_end(contract) or date.max
    start, end = max(start, low), min(end, high)
    if contract.timezone is None or start >= end:
        return ()
    if level_period.unit == "rolling":
        ends = (day for day in _month_ends(start, end) if low <= day < high)
        return tuple(_ending(contract, level_period, day, low, None) for day in ends)
    if level_period.unit == "term":
        nominal = _terms(contract)
    elif level_period.unit in _MONTHS:
        nominal = _months(contract, level_period, start, end)
    else:
        return ()
    found = []
    for first, after in nominal:
        clipped, until = max(first, low), min(after, high)
        if clipped < until and clipped < end and start < until:
            found.append(_judged(contract.timezone, first, after, clipped, until))
    return tuple(found)


def level_periods(
    contract: Contract, level: Level, start: date, end: date, claims: tuple[tuple[str, date], ...] = ()
) -> tuple[JudgedPeriod, ...]:
    """The judged periods of a level that overlap [start, end), those of claims among them.

    `claims`: name of a credits block and local day of each claim that is known. A claim ends a run of its own: the
    stretch before the day of the claim. Where the credits say `before first use: good`, it keeps its whole length, also
    before the term; otherwise it begins with the term. Each stretch is given once.
    """
    if level.period is None:
        return ()
    found = {one.label: one for one in periods(contract, level.period, start, end)}
    if level.period.unit not in ("rolling", "before claim") or contract.timezone is None:
        return tuple(found.values())
    blocks = {block.name: block for block in (*contract.credits, *contract.bonuses) if block.level == level.name}
    term = contract.term.start if contract.term else date.min
    for name, day in sorted(claims, key=lambda claim: (claim[1], claim[0])):
        if name in blocks and start < day <= end and day > term:
            one = claim_period(contract, level.period, day, whole=blocks[name].before_first_use)
            if one is not None:
                found[one.label] = one
    return tuple(sorted(found.values(), key=lambda one: (one.last, one.first)))


def claim_period(contract: Contract, level_period: Period, day: date, *, whole: bool) -> JudgedPeriod | None:
    """The stretch before a claim of the local `day`, which is not part of it; `whole`: not cut off by the term."""
    if level_period.length is None or contract.timezone is None:
        return None
    low = date.min if whole or contract.term is None else contract.term.start
    return _ending(contract, level_period, day - timedelta(days=1), low, day)


def _ending(contract: Contract, level_period: Period, last: date, low: date, claim: date | None) -> JudgedPeriod:
    """The stretch of the length of `level_period` whose last day is `last`, begun on `low` at the earliest."""
    after = last + timedelta(days=1)
    assert level_period.length is not None and contract.timezone is not None
    first = shift(after, level_period.length, "before", None)
    clipped = max(first, low)
    return JudgedPeriod(
        start=day_start(clipped, contract.timezone),
        end=day_start(after, contract.timezone),
        first=clipped,
        last=last,
        label=f"{first}/{last}",
        full=clipped == first,
        nominal_days=(after - first).days,
        kind="rolling" if claim is None else "before claim",
        claim=claim,
    )


def _month_ends(start: date, end: date) -> Iterator[date]:
    """The last days of the calendar months within [start, end)."""
    day = date(start.year, start.month, monthrange(start.year, start.month)[1])
    while day < end:
        yield day
        following = day + timedelta(days=1)
        day = date(following.year, following.month, monthrange(following.year, following.month)[1])


def period_at(contract: Contract, level_period: Period, day: date) -> JudgedPeriod | None:
    """The judged period in which the local `day` lies; None outside the term."""
    found = periods(contract, level_period, day, day + timedelta(days=1))
    return found[0] if found else None


def _judged(zone: str, first: date, after: date, clipped: date, until: date) -> JudgedPeriod:
    return JudgedPeriod(
        start=day_start(clipped, zone),
        end=day_start(until, zone),
        first=clipped,
        last=until - timedelta(days=1),
        label=label(first, after),
        full=(clipped, until) == (first, after),
        nominal_days=(after - first).days,
    )


def _terms(contract: Contract) -> Iterator[tuple[date, date]]:
    term = contract.term
    if term is None or term.end is None:
        return
    yield term.start, term.end
    end = term.end
    if contract.renewal is not None:
        for _ in range(contract.renewal.times):
            start, end = end, shift(end, contract.renewal.length, "after", None)
            yield start, end


@dataclass(frozen=True, slots=True)
class _Steps:
    """Boundaries on day `day` of every `step`th month, one of them in month `anchor` (counted from year 0)."""

    anchor: int
    step: int
    day: int

    def boundary(self, number: int) -> date:
        year, month = divmod(self.anchor + number * self.step, 12)
        return date(year, month + 1, min(self.day, monthrange(year, month + 1)[1]))


def _months(contract: Contract, period: Period, start: date, end: date) -> Iterator[tuple[date, date]]:
    step = _MONTHS[period.unit]
    if period.unit.startswith("contract"):
        if contract.term is None:
            return
        origin = contract.term.start
        steps = _Steps(origin.year * 12 + origin.month - 1, step, origin.day)
    else:
        steps = _Steps((period.from_month or 1) - 1, step, period.from_day or 1)
    number = (start.year * 12 + start.month - 1 - steps.anchor) // step - 1
    while (first := steps.boundary(number)) < end:
        after = steps.boundary(number + 1)
        if after > start:
            yield first, after
        number += 1


def label(first: date, after: date) -> str:
    """The stable name of the whole period [first, after): `2016-03`, `2016-Q1`, `2016`, `2016-02/2016-04`, or days."""
    last = after - timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        if months == 1:
            return f"{first:%Y-%m}"
        if months == 3 and first.month % 3 == 1:
            return f"{first:%Y}-Q{first.month // 3 + 1}"
        if months == 12 and first.month == 1:
            return f"{first:%Y}"
        return f"{first:%Y-%m}/{last:%Y-%m}"
    return f"{first}/{last}"
