"""A contract becomes a plan: every level in every version as rows, every clock as buckets.

In: the contract, the local days to report, the as-of instant, the span of the log. Out: a `Plan`, or None, and a
finding for each level that cannot be computed. Runs before each measurement. It reads no log.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.contract.calendar import coverage, day_start
from sla2.contract.level import CASE_MEASURES, BoundTarget, Level, Measure, Period
from sla2.contract.periods import level_periods
from sla2.contract.unmeasured import OUTAGE_MEASURES, ROW_MEASURES, SAMPLE_MEASURES
from sla2.contract.versions import versions
from sla2.measure.clockwork import Clockwork
from sla2.measure.codes import NO_HOURS, NO_TARGET, NO_TIMEZONE
from sla2.measure.plan import NEVER, LevelTerms, Plan, Trial, rows
from sla2.measure.refusals import refusals
from sla2.measure.rules import allowance_of
from sla2.measure.stop_rows import other_hours
from sla2.measure.term_rows import term_tables

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Calendar
    from sla2.diagnostics import Diagnostic

_COUNTED: tuple[Measure, ...] = ("number of incidents", "reopened share")
"""Measures whose cases have no allowance."""
_MARGIN = 7 * 86_400_000_000
"""So much before the first day of the contract a ticket may be opened that counts as received on it."""


def plan(
    contract: Contract,
    start: date,
    end: date,
    as_of: int,
    span_of_log: tuple[int, int],
    claims: tuple[tuple[str, date], ...] = (),
    *,
    messages: bool = True,
    trials: tuple[Trial, ...] = (),
) -> tuple[Plan | None, tuple[Diagnostic, ...]]:
    """The plan for the levels of `contract`, judged over the local days [start, end).

    `span_of_log`: the first and last instant at which a clock may start; what starts after `as_of` is not judged.
    `claims`: credits block and local day of each claim, for levels that are judged over the time before one.
    `messages`: the log holds the messages to customers. `trials`: judge these, all in one run, and not `contract`
    itself. A level that cannot be computed is left out and named in an error. None only if the contract has no time
    zone.
    """
    if contract.timezone is None:
        message = f"Contract {contract.name} names no time zone, so nothing can be measured."
        return None, (NO_TIMEZONE.at(contract.span, message, help="Add `timezone: Europe/Amsterdam`."),)
    found: list[Diagnostic] = []
    fit: list[LevelTerms] = []
    gone: set[str] = set()
    for terms in _all_terms(contract, contract.timezone, trials):
        faults = refusals(terms.contract, terms.level) or _faults(terms)
        found.extend(fault for fault in faults if fault not in found)
        named = _of_trial(terms)
        if faults:
            gone.add(named.level.name)
        fit.append(named)
    fit = [terms for terms in fit if terms.level.name not in gone]
    low, high = min(span_of_log[0], as_of), as_of
    fit, uncovered = _covered(fit, low, high)
    found.extend(uncovered)
    kept = [terms for terms in fit if terms.level.measure in CASE_MEASURES]
    low = max(low, min((terms.since for terms in kept), default=low) - _MARGIN)
    work = Clockwork(contract.timezone, low, high)
    judged = _periods(contract, fit, start, end, claims)
    tables = (
        rows("p_run", "as_of terms messages", [(as_of, len(kept) + 1, int(messages))]),
        *term_tables(contract, kept, work, judged, as_of),
        rows("p_period", "level$ label$ started ended", _period_rows(judged)),
    )
    of_outages = tuple(terms for terms in fit if terms.level.measure in OUTAGE_MEASURES)
    of_rows = tuple(terms for terms in fit if terms.level.measure in (*SAMPLE_MEASURES, *ROW_MEASURES))
    return Plan(contract, as_of, tuple(kept), judged, tables, of_outages, of_rows), tuple(found)


def _covered(fit: list[LevelTerms], low: int, high: int) -> tuple[list[LevelTerms], list[Diagnostic]]:
    """The levels whose calendars know the holidays of every year they are needed for, and errors for the others."""
    found: list[Diagnostic] = []
    gone: set[str] = set()
    for terms in fit:
        hours = other_hours(terms) if terms.level.measure in CASE_MEASURES else None
        for calendar in (terms.calendar, hours):
            faults = coverage(calendar, max(low, terms.since), min(high, terms.until)) if calendar else ()
            if faults:
                gone.add(terms.level.name)
            found.extend(fault for fault in faults if fault not in found)
    return [terms for terms in fit if terms.level.name not in gone], found


def _all_terms(contract: Contract, zone: str, trials: tuple[Trial, ...]) -> list[LevelTerms]:
    """Every level of every version of the contract, or of its trials, numbered from 1."""
    if not trials:
        return _folded(contract, zone)
    every = [
        replace(terms, trial=trial.prefix)
        for trial in trials
        for terms in _folded(trial.contract, zone)
        if terms.level.name in trial.levels
    ]
    return [replace(terms, term=number) for number, terms in enumerate(every, start=1)]


def _of_trial(terms: LevelTerms) -> LevelTerms:
    """The same terms under a name that tells trials apart."""
    if not terms.trial:
        return terms
    return replace(terms, level=terms.level.model_copy(update={"name": terms.trial + terms.level.name}))


def _folded(contract: Contract, zone: str) -> list[LevelTerms]:
    """Every level of every version, in the order of the contract, then of time."""
    history = versions(contract)
    names = dict.fromkeys(level.name for version in history for level in version.contract.levels)
    found: list[LevelTerms] = []
    for name in names:
        for version in history:
            level = next((level for level in version.contract.levels if level.name == name), None)
            if level is None:
                continue
            since = day_start(version.since, zone) if version.since else 0
            until = day_start(version.until, zone) if version.until else NEVER
            if contract.term is not None:
                since = max(since, day_start(contract.term.start, zone))
            calendar, allowance = _clock(version.contract, level)
            found.append(
                LevelTerms(len(found) + 1, level, version.contract, version.label, since, until, calendar, allowance)
            )
    return found


def _clock(contract: Contract, level: Level) -> tuple[Calendar | None, int | None]:
    """The calendar in which the allowance of a level runs (None: always) and its length on that clock."""
    if level.measure in (*OUTAGE_MEASURES, *SAMPLE_MEASURES):
        hours = contract.level_hours(level)
        return (None if hours is None or hours.round_the_clock else hours), None
    allowance = allowance_of(level)
    if allowance is None:
        return None, 0 if level.measure in CASE_MEASURES else None
    calendar = contract.level_hours(level) if allowance.kind == "service" else None
    if calendar is not None and calendar.round_the_clock and allowance.microseconds is not None:
        calendar = None
    return calendar, allowance.microseconds


def _faults(terms: LevelTerms) -> tuple[Diagnostic, ...]:
    level, allowance = terms.level, allowance_of(terms.level)
    if level.measure not in CASE_MEASURES:
        return ()
    counted = level.measure in _COUNTED or (level.measure == "backlog age" and isinstance(level.target, BoundTarget))
    if allowance is None and not counted:
        message = f"Level {level.name} has no target with a time in force in version {terms.version}."
        return (NO_TARGET.at(level.span, message, help="Write `target: 90% within 4 business hours`."),)
    if allowance is not None and allowance.kind == "service" and terms.contract.level_hours(level) is None:
        message = f"Level {level.name} counts {allowance}, but it has no opening hours."
        return (NO_HOURS.at(level.span, message, help="Add `hours: <calendar>` to the level or to its service."),)
    return ()


def _periods(
    contract: Contract, kept: list[LevelTerms], start: date, end: date, claims: tuple[tuple[str, date], ...]
) -> tuple[tuple[str, tuple[JudgedPeriod, ...]], ...]:
    found: dict[str, tuple[JudgedPeriod, ...]] = {}
    for terms in kept:
        level = terms.level
        if level.period is None and level.measure == "delivery date":
            level = level.model_copy(update={"period": Period(span=level.span, unit="month")})
        if level.period is not None:
            found.setdefault(level.name, level_periods(contract, level, start, end, claims))
    return tuple(found.items())


def _period_rows(judged: tuple[tuple[str, tuple[JudgedPeriod, ...]], ...]) -> list[tuple[str, str, int, int]]:
    return [(level, period.label, period.start, period.end) for level, found in judged for period in found]
