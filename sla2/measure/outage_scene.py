"""What bears on one unit of an outage level: which outages, windows, hours, budgets and stretches of life.

In: the terms of a level, the outages and exclusions of the log. Out: a `Scene` for the overlay, and the units of the
level. It is used by `outage_run`; it judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import day_start, local_date, open_intervals
from sla2.contract.level import Period
from sla2.contract.periods import periods
from sla2.measure import intervals
from sla2.measure.codes import LASTING_OUTAGE, NO_SHARE, UNKNOWN_COMPONENT
from sla2.measure.codes_of_rows import NO_EVIDENCE
from sla2.measure.exclusions import windows
from sla2.measure.outage_rows import affected
from sla2.measure.overlay import Budget, Scene
from sla2.measure.places import COMPONENT, part_place, unit_place
from sla2.measure.row_source import services

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.surroundings import Exclusion
    from sla2.diagnostics import Diagnostic
    from sla2.measure.exclusions import Window
    from sla2.measure.intervals import Intervals
    from sla2.measure.outage_rows import Excluded, Outage
    from sla2.measure.plain_rows import Life
    from sla2.measure.plan import LevelTerms, Plan

Overlap = Literal["add", "highest"]
_SPANS: dict[str, Literal["month", "quarter", "contract year", "year"]] = {
    "month": "month",
    "quarter": "quarter",
    "contract year": "contract year",
    "calendar year": "year",
}
_DAYS = 2 * 86_400_000_000
_COMPONENTS_HELP = "Write `components:` in the service; until then only those that an outage names are measured."


@dataclass(slots=True)
class Stage:
    """The rows of a log from which scenes are made, and the findings met on the way."""

    plan: Plan
    outages: tuple[Outage, ...]
    excluded: tuple[Excluded, ...]
    lives: tuple[Life, ...] = ()
    findings: list[Diagnostic] = field(default_factory=list)

    def say(self, finding: Diagnostic) -> None:
        """Keep a finding, once."""
        if finding not in self.findings:
            self.findings.append(finding)

    def mine(self, terms: LevelTerms) -> tuple[Outage, ...]:
        """The outages of the level's service, begun where its clock begins; what belongs to nobody is named."""
        level, contract = terms.level, terms.contract
        names = services(contract, level.service)
        declared = contract.service(level.service).components if level.service else ()
        found, strangers, lasting = [], [], []
        for outage in self.outages:
            if level.service is not None and (outage.service or "") not in names:
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
            names_of = ", ".join(sorted({str(outage.component) for outage in strangers}))
            message = (
                f"{len(strangers)} outages name a component that service {level.service} does not have: {names_of}."
            )
            self.say(UNKNOWN_COMPONENT.at(level.span, message, help="Add it to `components:` or correct the mapping."))
        for outage in lasting:
            message = f"Outage {outage.id} has no end; for {level.name} it lasts until the as-of date."
            self.say(LASTING_OUTAGE.at(level.span, message, help="Write its end into the list of outages."))
        return tuple(sorted(found, key=lambda outage: (outage.started, outage.number)))

    def units(self, terms: LevelTerms, mine: tuple[Outage, ...]) -> tuple[str, ...]:
        """The units of a level: the components of the contract, else those that outages and stretches of life name."""
        place = unit_place(terms.level)
        if not place:
            return ("",)
        declared = terms.contract.service(terms.level.service).components if terms.level.service else ()
        if place == COMPONENT and declared:
            return declared
        if place == COMPONENT and not self.lives:
            message = f"{terms.level.name} measures each component, and the contract does not say which there are."
            self.say(UNKNOWN_COMPONENT.at(terms.level.span, message, help=_COMPONENTS_HELP))
        named = {outage.place(place) for outage in mine}
        named |= {dict(life.places)[place] for life in self._lives(terms)}
        return tuple(sorted(name for name in named if name is not None))

    def scene(self, terms: LevelTerms, unit: str, mine: tuple[Outage, ...], how: Overlap) -> Scene:
        """Everything that bears on one unit."""
        level, contract = terms.level, terms.contract
        low, high = self.span(level.name)
        declared = contract.service(level.service).components if level.service else ()
        place = unit_place(level)
        down = level.down_when
        part = part_place(down)
        if unit and place:
            mine = tuple(outage for outage in mine if outage.place(place) in (None, unit))
            down = None if place == part else down
        if unit and place == COMPONENT:
            mine = tuple(replace(outage, component=unit) for outage in mine)
        mine = tuple(replace(outage, part=outage.place(part)) for outage in mine)
        seen = tuple(sorted({outage.part for outage in mine if outage.part is not None}))
        lives = self.life(terms, unit)
        opens = open_intervals(terms.calendar, low, high) if terms.calendar else ((low, high),)
        judged = self.plan.level_periods(level.name)
        return Scene(
            low=low,
            high=high,
            outages=tuple((outage, self._weight(terms, outage)) for outage in mine),
            windows=self.windows(terms),
            opens=opens if lives is None else intervals.intersection(opens, lives),
            budgets=tuple(self._budgets(terms, low, high)),
            parts=declared if part == COMPONENT and declared else seen,
            down=down,
            overlap=how,
            cuts=tuple(cut for period in judged for cut in (period.start, period.end)),
            lives=lives,
        )

    def span(self, name: str) -> tuple[int, int]:
        """From the first outage, window or period to the as-of instant."""
        judged = self.plan.level_periods(name)
        starts = [*(row.started for row in self.outages), *(row.started for row in self.excluded)]
        low = min([*starts, *(period.start for period in judged)], default=self.plan.as_of)
        return min(low, self.plan.as_of), self.plan.as_of

    def windows(self, terms: LevelTerms) -> tuple[Window, ...]:
        """The windows in which the exclusions of a level hold."""
        low, high = self.span(terms.level.name)
        found, faults = windows(terms.contract, terms.level, self.excluded, low, high)
        for fault in faults:
            self.say(fault)
        return found

    def life(self, terms: LevelTerms, unit: str) -> Intervals | None:
        """When a unit existed; None if the level does not ask. The service existed while one of its units did."""
        if terms.level.of != "lifetime in period":
            return None
        place = unit_place(terms.level)
        mine = [life for life in self._lives(terms) if not unit or dict(life.places).get(place) in (None, unit)]
        if not mine:
            what = unit or "it"
            message = f"{terms.level.name} is of the lifetime of {what}, and no row of units says when {what} existed."
            self.say(NO_EVIDENCE.at(terms.level.span, message, help='Add an import with `table = "units"`.'))
        as_of = self.plan.as_of
        return intervals.union((life.started, as_of if life.ended is None else life.ended) for life in mine)

    def _lives(self, terms: LevelTerms) -> list[Life]:
        names = services(terms.contract, terms.level.service)
        return [life for life in self.lives if (life.service or "") in names]

    def _budgets(self, terms: LevelTerms, low: int, high: int) -> list[Budget]:
        zone = terms.contract.timezone or "UTC"
        first, last = local_date(low, zone), local_date(high, zone)
        found = []
        for name in terms.level.excludes:
            exclusion = terms.contract.exclusion(name)
            amount = None if exclusion.budget is None else exclusion.budget.microseconds
            if amount is not None:
                spans = tuple(_spans(terms.contract, terms.level, exclusion, first, last))
                found.append(Budget(name, amount, spans))
        return found

    def _weight(self, terms: LevelTerms, outage: Outage) -> Fraction:
        level, weight = terms.level, Fraction(1)
        if level.degraded_counts is not None and outage.severity.casefold() == "degraded":
            weight = level.degraded_counts.ratio
        if level.weighted_by is None:
            return weight
        total = terms.contract.service(level.service).users if level.service else None
        share = affected(outage, level.weighted_by, total)
        if share is None:
            message = f"Outage {outage.id} does not say how many users were affected; it counts in full."
            self.say(NO_SHARE.at(level.span, message, help="Add the number of users to the list of outages."))
            return weight
        return weight * share


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


def _spans(contract: Contract, level: Level, exclusion: Exclusion, first: date, last: date) -> list[tuple[int, int]]:
    """The spans over which the budget of an exclusion is given anew."""
    unit = exclusion.budget_per or "period"
    period = level.period if unit == "period" else Period(span=exclusion.span, unit=_SPANS[unit])
    if period is None:
        return []
    end = local_date(day_start(last, contract.timezone or "UTC") + _DAYS, contract.timezone or "UTC")
    return [(one.start, one.end) for one in periods(contract, period, first, end)]
