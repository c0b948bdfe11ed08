"""The clocks of a plan, each reckoned once and numbered: open hours, due dates, local windows, intake rules.

In: calendars, allowances, local hours, and the span in which clocks may start. Out: numbers for the rows of levels, and
the tables of buckets behind those numbers. Used by `from_contract` only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sla2.measure.buckets import Clock, clock, due_buckets, due_width, intake_buckets, window_buckets
from sla2.measure.plan import Rows, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from sla2.contract.level import Intake
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Calendar


@dataclass(slots=True)
class Clockwork:
    """Clocks for instants in [low, high] of contracts in the time zone `zone`."""

    zone: str
    low: int
    high: int
    _clocks: dict[Calendar, Clock] = field(default_factory=dict)
    _dues: dict[tuple[Duration, Calendar | None], int] = field(default_factory=dict)
    _windows: dict[tuple[time, time | None], int] = field(default_factory=dict)
    _intakes: dict[tuple[Intake, Calendar], int] = field(default_factory=dict)
    _found: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)

    def prepare(self, needs: dict[Calendar, int]) -> None:
        """Reckon the calendars, each with as much open time after the span as its longest allowance `needs`."""
        for calendar, need in needs.items():
            self._clocks[calendar] = clock(calendar, self.low, self.high + 1, need)
            number = len(self._clocks)
            self._table("p_calendar").extend((number, *bucket) for bucket in self._clocks[calendar].buckets())

    def calendar(self, calendar: Calendar) -> tuple[int, int]:
        """The number of a prepared calendar and the width of its buckets."""
        return list(self._clocks).index(calendar) + 1, self._clocks[calendar].width

    def opens(self, calendar: Calendar) -> Clock:
        """The prepared clock of a calendar."""
        return self._clocks[calendar]

    def due(self, allowance: Duration, calendar: Calendar | None) -> tuple[int, int]:
        """The number of an allowance in days and the width of its buckets."""
        hours = self._clocks[calendar] if calendar else None
        key = (allowance, calendar)
        if key not in self._dues:
            number = self._dues[key] = len(self._dues) + 1
            found = due_buckets(allowance, self.zone, hours, self.low, self.high + 1)
            self._table("p_due").extend((number, *row) for row in found)
        return self._dues[key], due_width(self.zone, hours, self.low, self.high + 1)

    def window(self, since: time, until: time | None) -> tuple[int, int]:
        """The number of a local window and the width of its buckets."""
        key = (since, until)
        width, found = window_buckets(self.zone, since, until, self.low, self.high + 1)
        if key not in self._windows:
            number = self._windows[key] = len(self._windows) + 1
            self._table("p_window").extend((number, bucket) for bucket in found)
        return self._windows[key], width

    def intake(self, intake: Intake, calendar: Calendar) -> tuple[int, int]:
        """The number of an intake rule and the width of its buckets."""
        key = (intake, calendar)
        width, found = intake_buckets(intake, self._clocks[calendar], self.low, self.high + 1)
        if key not in self._intakes:
            number = self._intakes[key] = len(self._intakes) + 1
            self._table("p_intake").extend((number, *row) for row in found)
        return self._intakes[key], width

    def tables(self) -> Iterator[Rows]:
        """All tables of buckets."""
        yield rows("p_calendar", "clock bucket cum0 opened", self._table("p_calendar"))
        yield rows("p_due", "due_set bucket due slope", self._table("p_due"))
        yield rows("p_window", "win bucket", self._table("p_window"))
        yield rows("p_intake", "intake bucket counts_from", self._table("p_intake"))

    def _table(self, name: str) -> list[tuple[int, ...]]:
        return self._found.setdefault(name, [])
