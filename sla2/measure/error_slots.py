"""Units that are down in slots with too many errors: such slots become outages.

In: levels with `down when: above 5% errors in a slot of 1 minute`, and the samples of the log. Out: for each unit the
bad slots as outages, those that follow each other as one, and the slots that nobody measured as doubtful ones.
Minimum length, whole minutes, service hours and exclusions apply to them as to any outage. An empty slot is no outage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sla2.measure.codes_of_rows import MISSING_SAMPLES
from sla2.measure.measures.success_rate import units
from sla2.measure.outage_rows import Outage
from sla2.measure.places import COMPONENT, unit_place
from sla2.measure.sample_rows import SLOTS, sampled
from sla2.measure.slot_grid import Grid, SlotRule, grids

if TYPE_CHECKING:
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.intervals import Interval
    from sla2.measure.measurement import SlotKind
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

Outages = tuple[Outage, ...]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class ErrorSlots:
    """The slots of all outage levels that are decided by them."""

    source: RowSource
    _grids: dict[int, dict[str, Grid]] = field(default_factory=dict)
    _found: dict[tuple[int, str], tuple[Outages, Outages]] = field(default_factory=dict)

    def read(self) -> None:
        """Add up the samples of these levels."""
        terms = [one for one in self.source.plan.outage_terms if self.decides(one)]
        rules = {one.term: rule(one) for one in terms}
        if rules:
            self.source.load(sampled((one, rules[one.term].length) for one in terms))
            self._grids = grids(self.source.fetch(SLOTS), rules, self.source.covered("samples"))

    def decides(self, terms: LevelTerms) -> bool:
        """True if slots of requests tell when the units of a level are down."""
        return terms.level.down_when is not None and terms.level.down_when.kind == "error slot"

    def recorded(self, terms: LevelTerms) -> bool:
        """Whether somebody kept samples; if not, that is said."""
        if not self.source.kept("samples"):
            self.source.say_no_evidence(terms, "samples")
        return self.source.kept("samples")

    def units(self, terms: LevelTerms) -> tuple[str, ...]:
        """The units of a level."""
        return units(self.source, terms, self._grids.get(terms.term, {}))

    def outages(self, terms: LevelTerms, unit: str, span: Interval) -> tuple[Outages, Outages]:
        """The bad slots, and the missing ones, as outages within `span`."""
        key = (terms.term, unit)
        if key not in self._found:
            grid = self._grids.get(terms.term, {}).get(unit) or Grid(rule(terms), self.source.covered("samples"))
            bad, missing = self._runs(grid, "bad", span), self._runs(grid, "missing", span)
            self._found[key] = (
                self._as_outages(terms, unit, bad, 1),
                self._as_outages(terms, unit, missing, 1 + len(bad)),
            )
        return self._found[key]

    def say_missing(self, terms: LevelTerms, unit: str, period: JudgedPeriod, doubtful: Outages) -> None:
        """Name the slots of a period that nobody measured."""
        if any(outage.started < period.end and outage.ended > period.start for outage in doubtful):
            of = f" of {unit}" if unit else ""
            message = f"In {period.label} there are slots without a measurement for {terms.level.name}{of}."
            remedy = "Deliver the missing samples; until then the figure is bounded by both possibilities."
            self.source.say(MISSING_SAMPLES, terms, message, remedy)

    def _runs(self, grid: Grid, kind: SlotKind, span: Interval) -> list[Interval]:
        """Slots of one kind that have ended, those that follow each other as one stretch."""
        found: list[Interval] = []
        length = grid.rule.length
        for at in grid.slots(((span[0] - span[0] % length, span[1] - length + 1),)):
            if grid.grade(at).kind != kind:
                continue
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + length)
            else:
                found.append((at, at + length))
        return found

    def _as_outages(self, terms: LevelTerms, unit: str, found: list[Interval], first: int) -> Outages:
        component = unit if unit and unit_place(terms.level) == COMPONENT else None
        made = []
        for number, (start, end) in enumerate(found, start=first):
            shown = _EPOCH + timedelta(microseconds=start)
            name = f"slot {shown:%Y-%m-%d %H:%M:%S} UTC"
            made.append(Outage(number, name, terms.level.service, component, start, end, False))
        return tuple(made)


def rule(terms: LevelTerms) -> SlotRule:
    """The slots of such a level.

    Raises: ValueError if the level has none (`decides` says which have).
    """
    down = terms.level.down_when
    if down is None or down.slot is None or down.slot.microseconds is None or down.errors_above is None:
        raise ValueError(f"{terms.level.name} has no error slots")
    return SlotRule(down.slot.microseconds, down.errors_above.ratio, terms.level.slot_needs)
