"""Outage levels measured: from the rows of the log to one measurement per level, unit and period.

In: the terms of the outage levels, their judged periods, the outages and exclusions of the log, the slots of samples
where those tell when a unit was down. Out: measurements, pieces and findings. The terms in force at the start of a
period hold for all of it. Runs after the tickets; the tables are small, so it is plain Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import open_intervals
from sla2.measure import intervals
from sla2.measure.codes import NO_OUTAGES, OVERLAPPING_USERS
from sla2.measure.measures.outages import available, begun
from sla2.measure.overlay import slices
from sla2.measure.plan import in_use
from sla2.measure.row_source import measurement

if TYPE_CHECKING:
    from sla2.contract.period import JudgedPeriod
    from sla2.diagnostics import Diagnostic
    from sla2.measure.error_slots import ErrorSlots
    from sla2.measure.measurement import Measurement, Piece
    from sla2.measure.measures.outages import Figures
    from sla2.measure.outage_rows import Outage
    from sla2.measure.outage_scene import Overlap, Stage
    from sla2.measure.overlay import Slice
    from sla2.measure.plan import LevelTerms, Plan

_Key = tuple[int, str, str, bool]
_OVERLAP_HELP = "Write `overlapping users: add` (different users) or `overlapping users: highest` (the same users)."


@dataclass(slots=True)
class OutageRun:
    """One run over the outages of a log, as known at `as_of`. `recorded`: somebody kept a list of outages at all."""

    plan: Plan
    stage: Stage
    recorded: bool
    error_slots: ErrorSlots
    measurements: list[Measurement] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    _scenes: dict[_Key, tuple[Slice, ...]] = field(default_factory=dict)

    @property
    def findings(self) -> list[Diagnostic]:
        """Everything that was met on the way."""
        return self.stage.findings

    def measure(self) -> None:
        """Fill `measurements`, `pieces` and `findings`."""
        for terms, period in self.plan.judged(self.plan.outage_terms):
            if self.error_slots.decides(terms):
                for unit in self.error_slots.units(terms):
                    self._measure_slots(terms, period, unit)
                continue
            mine = self.stage.mine(terms)
            for unit in self.stage.units(terms, mine):
                self._measure(terms, period, unit, mine)

    def _measure(self, terms: LevelTerms, period: JudgedPeriod, unit: str, mine: tuple[Outage, ...]) -> None:
        """One unit and period by the list of outages."""
        until = min(period.end, self.plan.as_of)
        if not self.recorded:
            message = f"Level {terms.level.name} has no evidence: the log holds no list of outages."
            self.stage.say(NO_OUTAGES.at(terms.level.span, message, help='Add an import with `table = "outages"`.'))
        if until <= period.start or not self.recorded:
            self.measurements.append(measurement(terms, unit, period, None))
            return
        level = terms.level
        stated = level.overlapping_users is not None or level.weighted_by is None
        first: Overlap = "highest" if level.overlapping_users == "highest" or level.weighted_by is None else "add"
        chosen = self._measured(terms, period, unit, mine, first)
        self.pieces.extend(chosen.figures.pieces)
        if stated:
            self.measurements.append(chosen.made)
            return
        other = self._measured(terms, period, unit, mine, "highest").made
        if other.value != chosen.made.value:
            message = f"Outages of {level.name} overlap, and the level does not say whether their users are the same."
            self.stage.say(OVERLAPPING_USERS.at(level.span, message, help=_OVERLAP_HELP))
        self.measurements.append(_between(chosen.made, other))

    def _measure_slots(self, terms: LevelTerms, period: JudgedPeriod, unit: str) -> None:
        """One unit and period by its slots of requests: missing ones up, and down."""
        until = min(period.end, self.plan.as_of)
        if until <= period.start or not self.error_slots.recorded(terms):
            self.measurements.append(measurement(terms, unit, period, None))
            return
        bad, doubtful = self.error_slots.outages(terms, unit, self.stage.span(terms.level.name))
        self.error_slots.say_missing(terms, unit, period, doubtful)
        best = self._measured(terms, period, unit, bad, "highest")
        self.pieces.extend(best.figures.pieces)
        if not doubtful:
            self.measurements.append(best.made)
            return
        both = tuple(sorted((*bad, *doubtful), key=lambda outage: (outage.started, outage.number)))
        self.measurements.append(_between(best.made, self._measured(terms, period, unit, both, "highest", True).made))

    def _measured(
        self,
        terms: LevelTerms,
        period: JudgedPeriod,
        unit: str,
        mine: tuple[Outage, ...],
        how: Overlap,
        doubtful: bool = False,
    ) -> _Measured:
        key = (terms.term, unit, how, doubtful)
        if key not in self._scenes:
            self._scenes[key] = tuple(slices(self.stage.scene(terms, unit, mine, how)))
        found, level, until = self._scenes[key], terms.level, min(period.end, self.plan.as_of)
        used = replace(period, start=in_use(terms, period, until)[0])
        if level.measure in ("number of outages", "longest outage"):
            figures = begun(found, level, unit, used, until)
            value = Fraction(figures.number if level.measure == "number of outages" else figures.longest)
            return _Measured(figures, measurement(terms, unit, period, value, part=(int(value), 1)))
        figures = available(found, level, unit, used, until)
        owed = self._owed(terms, period, until, figures, unit)
        if not owed:
            return _Measured(figures, measurement(terms, unit, period, None))
        up = owed - figures.downtime
        if level.measure == "availability":
            return _Measured(figures, measurement(terms, unit, period, up / owed, part=(int(up), owed)))
        number = begun(found, level, unit, used, until).number
        between = measurement(
            terms, unit, period, up / max(number, 1), part=(int(up), number), standing="final" if number else "rising"
        )
        return _Measured(figures, between)

    def _owed(self, terms: LevelTerms, period: JudgedPeriod, until: int, figures: Figures, unit: str) -> int:
        """The time of which availability is a share: the period, without exclusions, its service hours, or a life."""
        of = terms.level.of or ("period" if terms.calendar is None else "service hours")
        if of == "service hours" and terms.calendar is not None:
            return intervals.length(open_intervals(terms.calendar, period.start, until))
        if of == "lifetime in period":
            lived = intervals.clip(self.stage.life(terms, unit) or (), period.start, until)
            opens = open_intervals(terms.calendar, period.start, until) if terms.calendar else lived
            return intervals.length(intervals.intersection(lived, opens))
        if of == "period minus exclusions":
            gone = intervals.clip(
                (
                    (window.started, window.ended)
                    for window in self.stage.windows(terms)
                    if window.component in (None, unit or None)
                ),
                period.start,
                until,
            )
            counted = [(piece.started, piece.ended) for piece in figures.pieces if piece.counted]
            return until - period.start - intervals.length(intervals.difference(gone, counted))
        return until - period.start


@dataclass(frozen=True, slots=True)
class _Measured:
    """The figures of one unit and period by one reading, and the measurement that they make."""

    figures: Figures
    made: Measurement


def _between(chosen: Measurement, other: Measurement) -> Measurement:
    """The chosen measurement, bounded by what it would be otherwise."""
    values = [one for one in (chosen.value, other.value) if one is not None]
    return replace(chosen, low=min(values, default=None), high=max(values, default=None))
