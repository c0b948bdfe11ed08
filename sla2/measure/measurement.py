"""What measurement brings forth: cases, pieces of outage time, slots, and one measurement per level, unit and period.

In: built by `run`. Out: read by `settle`, `trust` and `report`. Compared with the log it has gained a judgement per
case; it has no verdict and no money yet. The case table stays in the database and is read through `Cases`.
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod

Outcome = Literal["met", "missed", "open", "excluded", "undecided"]
Standing = Literal["final", "rising", "missed", "undecided", "insufficient data"]
"""What a value means for a verdict. final: it decides. rising: it is what is certain so far and can only grow.
missed, undecided, insufficient data: nothing was measured that could decide; this is what the contract then says."""
SlotKind = Literal["counted", "good", "bad", "empty", "missing"]


@dataclass(frozen=True, slots=True)
class Case:
    """One ticket judged by one level. Times in microseconds.

    `elapsed`, `paused`, `allowance` run on the clock of the level.

    `deadline`: the instant at which the allowance was or will be used up (None if the clock stands still now).
    `stopped` None: not yet done at the as-of date. `period` None: counts in no judged period (`reason` says why).
    `low`/`high` bound `elapsed` when the log is too coarse (`undecided`). `version`: label of the contract version
    whose allowance applied. `import_id`, `row_no`: where the ticket stands in the log. `cycle` counts the cases of a
    ticket where each reopening makes a new one. `counted`: the instant that puts the case in its period.
    `restates`: the period in which an earlier resolution had counted as met, before the ticket was opened again.
    """

    level: str
    unit: str
    ticket: int
    ticket_id: str
    priority: str
    period: str | None
    started: int
    stopped: int | None
    deadline: int | None
    elapsed: int
    paused: int
    allowance: int
    outcome: Outcome
    reason: str
    version: str
    import_id: int
    row_no: int
    low: int | None = None
    high: int | None = None
    cycle: int = 1
    counted: int | None = None
    restates: str = ""

    def late(self, as_of: int) -> int:
        """How far the case is beyond its time, in microseconds on the clock of its level.

        Where the allowance is no fixed length (working days), from the deadline to the stop on the wall clock.
        """
        if self.allowance > 0:
            return max(self.elapsed - self.allowance, 0)
        end = self.stopped if self.stopped is not None else as_of
        return max(end - self.deadline, 0) if self.deadline is not None else 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time in which an outage lasted, and whether it counts.

    `counted` False: `why` names the reason (excluded, too short, part of a minute, outside hours, overlaps another,
    unit still up) and `exclusion_id` the exclusion of the contract, `approved_by` who approved it, `exclusion_row` the
    row of the log. `counted` True: `why` is empty, or "no end recorded". Counted pieces of a unit lie in service hours
    and add up, weighted, to its downtime. `outage_id`: the outage as counted, outages that overlap or follow on being
    one; `recorded_id`: the row of the log.
    """

    level: str
    unit: str
    period: str
    outage_id: str
    started: int
    ended: int
    counted: bool
    why: str
    exclusion_id: str = ""
    approved_by: str = ""
    weight: Fraction = Fraction(1)
    recorded_id: str = ""
    exclusion_row: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """`slots` slots of requests that follow each other and are alike: those without an error, empty or missing ones.

    A slot with errors stands alone. kind counted: it weighs with its own share of successes; good, bad: the level says
    from which share of errors a slot fails; empty: no requests, or fewer than the level asks for; missing: nothing was
    measured although something should have been. `excluded`: the exclusion for which errors in it do not count.
    """

    level: str
    unit: str
    period: str
    started: int
    ended: int
    slots: int
    requests: int
    errors: int
    kind: SlotKind
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of the log that a figure, a delivery or a satisfaction rests on: which row, what it says, what became of
    it (`used`, or why it was not)."""

    level: str
    unit: str
    period: str
    what: str
    value: str
    used: bool
    why: str
    source: str
    import_id: int
    row_no: int


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of the rows of one table: `read` is the sum of all others, asserted in every run.

    judged: looked at by a level in a judged period, or still open. excluded: left out by an exclusion, or cancelled.
    out_of_period: outside the judged periods or the term. refused: by the import, or because it names a service or
    unit that the contract does not know. not_asked: no level asks about such rows.
    """

    table: str
    read: int
    judged: int
    excluded: int
    out_of_period: int
    refused: int
    not_asked: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases have which outcome."""

    met: int = 0
    missed: int = 0
    open: int = 0
    excluded: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Measurement:
    """The measure of one level, unit ("" = the service) and period.

    `value` is exact: a share of one, microseconds for a statistic, a count; None = no evidence. `numerator` and
    `denominator` are what it is made of (cases, or microseconds of time up and of time owed).
    `low`/`high` bound the value where cases are undecided (equal to `value` if none are). `standing`: what the value
    means for a verdict.
    """

    level: str
    unit: str
    period: JudgedPeriod
    version: str
    counts: Counts
    numerator: int
    denominator: int
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    terms: Level
    standing: Standing = "final"


class Cases(Protocol):
    """The case table, read on demand: there may be millions of them, and a reader takes what it prints.

    `of` and `ticket` are all there is to know; the others say the same shorter, and a database answers them itself.
    """

    def of(self, level: str, period: str | None = None, outcome: Outcome | None = None) -> Iterator[Case]:
        """Cases of a level, ordered by start and ticket."""
        ...

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        """All cases of one ticket, by level."""
        ...

    def worst(self, level: str, period: str, as_of: int, most: int) -> list[Case]:
        """The missed cases of a period that are late the longest, at most so many."""
        missed = self.of(level, period, "missed")
        return heapq.nsmallest(most, missed, key=lambda case: (-case.late(as_of), case.started, case.ticket_id))

    def open_before(self, level: str, instant: int) -> int:
        """How many cases that started before `instant` are open."""
        return sum(case.started < instant for case in self.of(level, None, "open"))

    def reasons(self, level: str, period: str, outcome: Outcome) -> Mapping[str, int]:
        """How many cases of a period have this outcome, by reason."""
        return Counter(case.reason for case in self.of(level, period, outcome))

    def restated(self, level: str) -> Iterator[Case]:
        """The cases that had counted as met in an earlier period, ordered by start and ticket."""
        return (case for case in self.of(level) if case.restates)


@dataclass(frozen=True, slots=True)
class Measurements:
    """Everything measured in one run; `as_of` is the instant up to which the log was believed."""

    contract: Contract
    as_of: int
    measurements: tuple[Measurement, ...]
    cases: Cases
    pieces: tuple[Piece, ...] = ()
    slots: tuple[Slot, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    accounting: tuple[Accounting, ...] = ()

    def of(self, level: str) -> tuple[Measurement, ...]:
        """The measurements of one level in order of period and unit."""
        return tuple(found for found in self.measurements if found.level == level)
