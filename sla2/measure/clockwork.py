"""The clocks of a plan, each reckoned once and numbered: open hours, due dates, local windows, intake rules.

In: calendars, allowances, local hours, and the span in which clocks may start. Out: numbers for the rows of levels, and
the runs of buckets behind those numbers. Used by `from_contract` only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sla2.measure.buckets import DAY, Clock, Run, clock, due_runs, due_width, intake_runs, window_runs
from sla2.measure.plan import Rows, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import time

    from sla2.contract.level import Intake
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Calendar


RUNS = {"calendar": 1, "due": 2, "window": 3, "intake": 4}
"""The numbers that stand for what a run of buckets is about."""


_AHEAD = 14 * DAY
"""So much after the span a clock may start, because of a rule of intake."""


@dataclass(slots=True)
class Clockwork:
    """Clocks for instants in [low, high] of contracts in the time zone `zone`."""

    zone: str
    low: int
    high: int
    _clocks: dict[Calendar, Clock] = field(default_factory=dict)
    _dues: dict[tuple[Duration, Calendar | None, bool], int] = field(default_factory=dict)
    _windows: dict[tuple[time, time | None], int] = field(default_factory=dict)
    _intakes: dict[tuple[Intake, Calendar], int] = field(default_factory=dict)
    _runs: list[tuple[int, ...]] = field(default_factory=list)

    def prepare(self, needs: dict[Calendar, int]) -> None:
        """Reckon the calendars, each with as much open time after the span as its longest allowance `needs`."""
        for calendar, need in needs.items():
            self._clocks[calendar] = clock(calendar, self.low, self.high + 1, need)
            number = len(self._clocks)
            self._keep("calendar", number, self._clocks[calendar].width, self._clocks[calendar].runs())

    def calendar(self, calendar: Calendar) -> tuple[int, int]:
        """The number of a prepared calendar and the width of its buckets."""
        return list(self._clocks).index(calendar) + 1, self._clocks[calendar].width

    def opens(self, calendar: Calendar) -> Clock:
        """The prepared clock of a calendar."""
        return self._clocks[calendar]

    def due(self, allowance: Duration, calendar: Calendar | None, *, closing: bool = False) -> tuple[int, int]:
        """The number of an allowance in days and the width of its buckets; `closing`: until the end of its last day."""
        hours = self._clocks[calendar] if calendar else None
        end = self.high + 1 + _AHEAD if hours is None else min(self.high + 1 + _AHEAD, hours.end)
        key = (allowance, calendar, closing)
        width = due_width(self.zone, hours, self.low, end)
        if key not in self._dues:
            number = self._dues[key] = len(self._dues) + 1
            self._keep("due", number, width, due_runs(allowance, self.zone, hours, self.low, end, closing=closing))
        return self._dues[key], width

    def window(self, since: time, until: time | None) -> tuple[int, int]:
        """The number of a local window and the width of its buckets."""
        key = (since, until)
        width, found = window_runs(self.zone, since, until, self.low, self.high + 1)
        if key not in self._windows:
            number = self._windows[key] = len(self._windows) + 1
            self._keep("window", number, width, found)
        return self._windows[key], width

    def intake(self, intake: Intake, calendar: Calendar) -> tuple[int, int]:
        """The number of an intake rule and the width of its buckets."""
        key = (intake, calendar)
        width, found = intake_runs(intake, self._clocks[calendar], self.low, self.high + 1)
        if key not in self._intakes:
            number = self._intakes[key] = len(self._intakes) + 1
            self._keep("intake", number, width, found)
        return self._intakes[key], width

    def tables(self) -> Iterator[Rows]:
        """All runs of buckets, and the numbers with which the engine counts them off."""
        yield rows("p_run_of_buckets", "kind number start width count value step slope", self._runs)
        most = max((run[4] for run in self._runs), default=0)
        yield rows("p_number", "k", [(number,) for number in range(most)])

    def _keep(self, what: str, number: int, width: int, found: Iterable[Run]) -> None:
        kind = RUNS[what]
        self._runs.extend(
            (kind, number, run.start, width, run.count, run.value, run.step, run.slope)
            for run in found
            if run.count > 0
        )
