"""What each option of each open passage would have come to: verdicts, misses and money, one column an option.

In: the runs that `measure.options` made, and what was given beside the log. Out: one `OptionColumn` per option, over
the reported periods from the one in which the passage was opened. Each is a whole settlement of the contract with that
option, so caps, repeats and earn-backs are those that the option would have led to. It decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.settle.from_measurements import settle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.measure.options import OptionRun
    from sla2.settle.given import Given
    from sla2.settle.verdict import Statement, Verdict


@dataclass(frozen=True, slots=True)
class OptionColumn:
    """One option: the verdicts of the levels that it touches (of all, if it changes money only) and what is owed.

    `statement` is that of the whole contract: compare it with the contract's own to see what the option changes.
    """

    passage: str
    option: str
    verdicts: tuple[Verdict, ...]
    statement: Statement

    @property
    def missed(self) -> int:
        """How many periods missed their target."""
        return sum(verdict.status == "missed" for verdict in self.verdicts)

    @property
    def missed_cases(self) -> int:
        """How many cases were late, of levels that judge cases."""
        return sum(verdict.measurement.counts.missed for verdict in self.verdicts)


def option_columns(
    runs: Iterable[OptionRun], *, given: Given | None, start: date, end: date
) -> tuple[OptionColumn, ...]:
    """The columns for the periods whose last day lies in [start, end), none of them before the passage was opened."""
    found = []
    for run in runs:
        opened = run.measurements.contract.passage(run.passage).opened
        since = max(start, opened) if opened is not None else start
        settled, _ = settle(run.measurements, given=given, start=since, end=end)
        verdicts = tuple(one for one in settled.verdicts if not run.levels or one.level in run.levels)
        found.append(OptionColumn(run.passage, run.option, verdicts, settled.statement))
    return tuple(found)
