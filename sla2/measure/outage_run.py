"""Outage levels measured: from the rows of the log to one measurement per level, unit and period.

In: the terms of the outage levels, their judged periods, the outages and exclusions of the log. Out: measurements,
pieces and findings. The terms in force at the start of a period hold for all of it. Runs after the tickets; the tables
are small, so it is plain Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import day_start, local_date, open_intervals
from sla2.contract.level import Period
from sla2.contract.periods import periods
from sla2.measure import intervals
from sla2.measure.codes import LASTING_OUTAGE, NO_OUTAGES, NO_SHARE, OVERLAPPING_USERS, UNKNOWN_COMPONENT
from sla2.measure.exclusions import windows
from sla2.measure.measurement import Counts, Measurement
from sla2.measure.measures.outages import available, begun
from sla2.measure.overlay import Budget, Scene, slices

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Exclusion
    from sla2.diagnostics import Diagnostic
    from sla2.measure.exclusions import Window
    from sla2.measure.measurement import Piece
    from sla2.measure.measures.outages import Figures
    from sla2.measure.outage_rows import Excluded, Outage
    from sla2.measure.overlay import Slice
    from sla2.measure.plan import LevelTerms, Plan

Overlap = Literal["add", "highest"]
_SPANS: dict[str, Literal["month", "quarter", "contract year", "year"]] = {
    "month": "month",
    "quarter": "quarter",
    "contract year": "contract year",
    "calendar year": "year",
}


@dataclass(slots=True)
class OutageRun:
    """One run over the outages of a log, as known at `as_of`. `recorded`: somebody kept a list of outages at all."""

    plan: Plan
    outages: tuple[Outage, ...]
    excluded: tuple[Excluded, ...]
    recorded: bool
    measurements: list[Measurement] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    _scenes: dict[tuple[int, str, Overlap], tuple[Slice, ...]] = field(default_factory=dict)

    def measure(self) -> None:
        """Fill `measurements`, `pieces` and `findings`."""
        for name, judged in self.plan.periods:
            history = [terms for terms in self.plan.outage_terms if terms.level.name == name]
            for period in judged if history else ():
                terms = in_force(history, period)
                if terms is None:
                    continue
                mine = self._mine(terms)
                for unit in self._units(terms, mine):
                    self._measure(terms, period, unit, mine)

    def _measure(self, terms: LevelTerms, period: JudgedPeriod, unit: str, mine: tuple[Outage, ...]) -> None:
        until = min(period.end, self.plan.as_of)
        if until <= period.start or not self.recorded:
            self._no_evidence(terms, period, unit)
            return
        level = terms.level
        add, highest = (self._figures(terms, period, unit, mine, until, how) for how in ("add", "highest"))
        chosen = highest if level.overlapping_users == "highest" or level.weighted_by is None else add
        value, owed = self._value(terms, chosen, period, until, unit)
        other, _ = self._value(terms, highest, period, until, unit)
        stated = level.overlapping_users is not None or level.weighted_by is None
        if not stated and other != value:
            self._say(OVERLAPPING_USERS.at(level.span, _overlap_words(level.name), help=_OVERLAP_HELP))
        values = [one for one in (value, value if stated else other) if one is not None]
        self.pieces.extend(chosen.pieces)
        self.measurements.append(
            Measurement(
                level=level.name,
                unit=unit,
                period=period,
                version=terms.version,
                counts=Counts(),
                numerator=int((value or 0) * owed),
                denominator=owed,
                value=value,
                low=min(values, default=None),
                high=max(values, default=None),
                terms=level,
            )
        )

    def _no_evidence(self, terms: LevelTerms, period: JudgedPeriod, unit: str) -> None:
        if not self.recorded:
            message = f"Level {terms.level.name} has no evidence: the log holds no list of outages."
            self._say(NO_OUTAGES.at(terms.level.span, message, help='Add an import with `table = "outages"`.'))
        self.measurements.append(
            Measurement(terms.level.name, unit, period, terms.version, Counts(), 0, 0, None, None, None, terms.level)
        )

    def _figures(
        self, terms: LevelTerms, period: JudgedPeriod, unit: str, mine: tuple[Outage, ...], until: int, how: Overlap
    ) -> Figures:
        found = self._slices(terms, unit, mine, how)
        measure = available if terms.level.measure == "availability" else begun
        if period.kind == "before claim" and terms.contract.term is not None:
            used_from = day_start(terms.contract.term.start, terms.contract.timezone or "UTC")
            period = replace(period, start=min(max(period.start, used_from), until))
        return measure(found, terms.level, unit, period, until)

    def _value(
        self, terms: LevelTerms, figures: Figures, period: JudgedPeriod, until: int, unit: str
    ) -> tuple[Fraction | None, int]:
        """The value and what it is a part of."""
        if terms.level.measure == "number of outages":
            return Fraction(figures.number), 1
        if terms.level.measure == "longest outage":
            return Fraction(figures.longest), 1
        owed = self._owed(terms, period, until, figures, unit)
        return (1 - Fraction(figures.downtime) / owed, owed) if owed else (None, 0)

    def _owed(self, terms: LevelTerms, period: JudgedPeriod, until: int, figures: Figures, unit: str) -> int:
        """The time of which availability is a share: the period, without exclusions, or its service hours."""
        of = terms.level.of or ("period" if terms.calendar is None else "service hours")
        if of == "service hours" and terms.calendar is not None:
            return intervals.length(open_intervals(terms.calendar, period.start, until))
        if of == "period minus exclusions":
            gone = intervals.clip(
                (
                    (window.started, window.ended)
                    for window in self._windows(terms)
                    if window.component in (None, unit or None)
                ),
                period.start,
                until,
            )
            counted = [(piece.started, piece.ended) for piece in figures.pieces if piece.counted]
            return until - period.start - intervals.length(intervals.difference(gone, counted))
        return until - period.start

    def _slices(self, terms: LevelTerms, unit: str, mine: tuple[Outage, ...], how: Overlap) -> tuple[Slice, ...]:
        key = (terms.term, unit, how)
        if key not in self._scenes:
            self._scenes[key] = tuple(slices(self._scene(terms, unit, mine, how)))
        return self._scenes[key]

    def _scene(self, terms: LevelTerms, unit: str, mine: tuple[Outage, ...], how: Overlap) -> Scene:
        level, contract = terms.level, terms.contract
        low, high = self._span(level.name)
        declared = contract.service(level.service).components if level.service else ()
        if unit:
            mine = tuple(replace(outage, component=unit) for outage in mine if outage.component in (None, unit))
        seen = tuple(sorted({outage.component for outage in mine if outage.component is not None}))
        opens = open_intervals(terms.calendar, low, high) if terms.calendar else ((low, high),)
        judged = self.plan.level_periods(level.name)
        return Scene(
            low=low,
            high=high,
            outages=tuple((outage, self._weight(level, outage)) for outage in mine),
            windows=self._windows(terms),
            opens=opens,
            budgets=tuple(self._budgets(terms, low, high)),
            components=(unit,) if unit else declared or seen,
            down=None if unit else level.down_when,
            overlap=how,
            cuts=tuple(cut for period in judged for cut in (period.start, period.end)),
        )

    def _span(self, name: str) -> tuple[int, int]:
        """From the first outage, window or period to the as-of instant."""
        judged = self.plan.level_periods(name)
        starts = [*(row.started for row in self.outages), *(row.started for row in self.excluded)]
        low = min([*starts, *(period.start for period in judged)], default=self.plan.as_of)
        return min(low, self.plan.as_of), self.plan.as_of

    def _windows(self, terms: LevelTerms) -> tuple[Window, ...]:
        low, high = self._span(terms.level.name)
        found, faults = windows(terms.contract, terms.level, self.excluded, low, high)
        for fault in faults:
            self._say(fault)
        return found

    def _budgets(self, terms: LevelTerms, low: int, high: int) -> list[Budget]:
        zone = terms.contract.timezone or "UTC"
        first, last = local_date(low, zone), local_date(high, zone)
        found = []
        for name in terms.level.excludes:
            exclusion = terms.contract.exclusion(name)
            amount = budget_amount(exclusion)
            if amount is not None:
                spans = tuple(_spans(terms.contract, terms.level, exclusion, first, last))
                found.append(Budget(name, amount, spans))
        return found

    def _weight(self, level: Level, outage: Outage) -> Fraction:
        weight = Fraction(1)
        if level.degraded_counts is not None and outage.severity.casefold() == "degraded":
            weight = level.degraded_counts.ratio
        if level.weighted_by is None:
            return weight
        if outage.share is None:
            message = f"Outage {outage.id} does not say how many users were affected; it counts in full."
            self._say(NO_SHARE.at(level.span, message, help="Add the number of users to the list of outages."))
            return weight
        return weight * outage.share

    def _mine(self, terms: LevelTerms) -> tuple[Outage, ...]:
        """The outages of the level's service, begun where its clock begins; what belongs to nobody is named."""
        level, contract = terms.level, terms.contract
        only = len(contract.services) == 1
        declared = contract.service(level.service).components if level.service else ()
        found, strangers, lasting = [], [], []
        for outage in self.outages:
            if level.service is not None and not (outage.service == level.service or (outage.service is None and only)):
                continue
            if declared and outage.component is not None and outage.component not in declared:
                strangers.append(outage)
                continue
            begun_at = clock_start(level, outage)
            if begun_at is not None and begun_at < outage.ended:
                found.append(replace(outage, started=begun_at))
            if outage.lasting:
                lasting.append(outage)
        if strangers:
            names = ", ".join(sorted({str(outage.component) for outage in strangers}))
            message = f"{len(strangers)} outages name a component that service {level.service} does not have: {names}."
            self._say(UNKNOWN_COMPONENT.at(level.span, message, help="Add it to `components:` or correct the mapping."))
        for outage in lasting:
            message = f"Outage {outage.id} has no end; for {level.name} it lasts until the as-of date."
            self._say(LASTING_OUTAGE.at(level.span, message, help="Write its end into the list of outages."))
        return tuple(sorted(found, key=lambda outage: (outage.started, outage.number)))

    def _units(self, terms: LevelTerms, mine: tuple[Outage, ...]) -> tuple[str, ...]:
        if terms.level.unit == "the service":
            return ("",)
        declared = terms.contract.service(terms.level.service).components if terms.level.service else ()
        if not declared:
            message = f"{terms.level.name} measures each component, and the contract does not say which there are."
            self._say(UNKNOWN_COMPONENT.at(terms.level.span, message, help=_COMPONENTS_HELP))
        return declared or tuple(sorted({outage.component for outage in mine if outage.component is not None}))

    def _say(self, finding: Diagnostic) -> None:
        if finding not in self.findings:
            self.findings.append(finding)


_OVERLAP_HELP = "Write `overlapping users: add` (different users) or `overlapping users: highest` (the same users)."


_COMPONENTS_HELP = "Write `components:` in the service; until then only those that an outage names are measured."


def _overlap_words(level: str) -> str:
    return f"Outages of {level} overlap, and the level does not say whether their users are the same."


def in_force(history: list[LevelTerms], period: JudgedPeriod) -> LevelTerms | None:
    """The terms in force at the start of a period; if the level begins within it, the first ones.

    For a period that ends with a day or a claim, those in force on its last day.
    """
    if period.kind != "fixed":
        return next((terms for terms in history if terms.since < period.end <= terms.until), None)
    at_start = [terms for terms in history if terms.since <= period.start < terms.until]
    later = [terms for terms in history if period.start < terms.since < period.end]
    return next(iter(at_start or later), None)


def clock_start(level: Level, outage: Outage) -> int | None:
    """From when an outage counts; None if that moment never came."""
    match level.clock_starts:
        case "detection":
            moment = outage.detected
        case "ticket opened":
            moment = outage.ticket
        case "acknowledgement":
            moment = outage.acknowledged
        case _:
            return outage.started
    return None if moment is None else max(moment, outage.started)


def budget_amount(exclusion: Exclusion) -> int | None:
    """The microseconds an exclusion may take off; None if it is not limited."""
    return None if exclusion.budget is None else exclusion.budget.microseconds


def _spans(contract: Contract, level: Level, exclusion: Exclusion, first: date, last: date) -> list[tuple[int, int]]:
    """The spans over which the budget of an exclusion is given anew."""
    unit = exclusion.budget_per or "period"
    period = level.period if unit == "period" else Period(span=exclusion.span, unit=_SPANS[unit])
    if period is None:
        return []
    end = local_date(day_start(last, contract.timezone or "UTC") + _DAYS, contract.timezone or "UTC")
    return [(one.start, one.end) for one in periods(contract, period, first, end)]


_DAYS = 2 * 86_400_000_000
