"""What the measures of samples, figures, deliveries and surveys share: the plan, the rows, and a place for findings.

In: a plan and an engine that holds the log. Out: `RowSource`, with which each measure asks for its rows, says what it
finds and leaves its proof. It judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from sla2.contract.calendar import open_intervals
from sla2.measure.codes_of_rows import NO_EVIDENCE, UNCLAIMED_ROWS
from sla2.measure.exclusions import windows
from sla2.measure.intervals import union
from sla2.measure.measurement import Counts, Measurement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla2.contract.contract import Contract
    from sla2.contract.level import Measure
    from sla2.contract.period import JudgedPeriod
    from sla2.diagnostics import Code, Diagnostic
    from sla2.logs.log import Import
    from sla2.measure.exclusions import Window
    from sla2.measure.intervals import Intervals
    from sla2.measure.measurement import Evidence, Slot, Standing
    from sla2.measure.outage_rows import Excluded
    from sla2.measure.plan import Cell, LevelTerms, Plan, Rows

Fate = Literal["judged", "refused", "out of period"]
FATES: tuple[Fate, ...] = ("judged", "refused", "out of period")
MANY = 5
"""So many rows or names stand in one message."""


@dataclass(slots=True)
class RowSource:
    """One run over the rows of a log. `imports` is empty for a log given by hand, which holds all that there is."""

    plan: Plan
    fetch: Callable[[str], list[tuple[Cell, ...]]]
    load: Callable[[Rows], None]
    imports: tuple[Import, ...]
    excluded: tuple[Excluded, ...] = ()
    findings: list[Diagnostic] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    fates: dict[tuple[str, int], Fate] = field(default_factory=dict)

    def mark(self, table: str, number: int, fate: Fate) -> None:
        """What became of a row of a table, for the accounting: judged by one level is judged."""
        known = self.fates.get((table, number))
        if known is None or FATES.index(fate) < FATES.index(known):
            self.fates[table, number] = fate

    def kept(self, table: str) -> bool:
        """Whether somebody kept this table."""
        return not self.imports or any(entry.table == table for entry in self.imports)

    def covered(self, table: str) -> Intervals | None:
        """The time that the imports of a table cover; None if they do not say."""
        spans = [(entry.covers_from, entry.covers_to) for entry in self.imports if entry.table == table]
        known = [(low, high) for low, high in spans if low is not None and high is not None]
        return union(known) if known and len(known) == len(spans) else None

    def terms(self, *measures: Measure) -> tuple[LevelTerms, ...]:
        """The terms of the levels with one of these measures."""
        return tuple(terms for terms in self.plan.row_terms if terms.level.measure in measures)

    def say(self, code: Code, terms: LevelTerms, message: str, remedy: str) -> None:
        """Keep a finding at a level, once."""
        finding = code.at(terms.level.span, message, help=remedy)
        if finding not in self.findings:
            self.findings.append(finding)

    def say_no_evidence(self, terms: LevelTerms, table: str) -> None:
        """The log holds no such table."""
        message = f"Level {terms.level.name} has no evidence: the log holds no table of {table}."
        self.say(NO_EVIDENCE, terms, message, f'Add an import with `table = "{table}"`.')

    def say_unclaimed(self, terms: LevelTerms, number: int, what: str) -> None:
        """So many rows are in no unit of a level."""
        rows = "1 row" if number == 1 else f"{number:,} rows"
        message = f"{rows} of {what}; {terms.level.name} does not judge {'it' if number == 1 else 'them'}."
        self.say(UNCLAIMED_ROWS, terms, message, "Correct the mapping, or add the name to the contract.")

    def windows(self, terms: LevelTerms, unit: str, low: int, high: int) -> tuple[Window, ...]:
        """The windows in which exclusions of a level hold for one of its units."""
        found, faults = windows(terms.contract, terms.level, self.excluded, low, high)
        self.findings.extend(fault for fault in faults if fault not in self.findings)
        return tuple(window for window in found if window.component in (None, unit or None))

    def opens(self, terms: LevelTerms, low: int, high: int) -> Intervals:
        """The hours in which a level is measured."""
        if low >= high:
            return ()
        return ((low, high),) if terms.calendar is None else open_intervals(terms.calendar, low, high)


def services(contract: Contract, service: str | None) -> tuple[str, ...]:
    """The names under which rows of a service stand in the log; "" is a row that names none."""
    names = tuple(each.name for each in contract.services)
    if service is None:
        return (*names, "")
    return (service, "") if len(names) == 1 else (service,)


def measurement(
    terms: LevelTerms,
    unit: str,
    period: JudgedPeriod,
    value: Fraction | None,
    *,
    bounds: Iterable[Fraction] = (),
    part: tuple[int, int] = (0, 0),
    counts: Counts | None = None,
    standing: Standing = "final",
) -> Measurement:
    """A measurement bounded by the least and greatest of `bounds` and its value; `part`: numerator and denominator."""
    values = [*bounds, *([] if value is None else [value])]
    return Measurement(
        level=terms.level.name,
        unit=unit,
        period=period,
        version=terms.version,
        counts=counts or Counts(),
        numerator=part[0],
        denominator=part[1],
        value=value,
        low=min(values, default=None),
        high=max(values, default=None),
        terms=terms.level,
        standing=standing,
    )


_PLACES = 10**30


def bounded(value: Fraction) -> Fraction:
    """The same value, or if its denominator has more than 60 digits a shorter one that no target can tell from it.

    It lies strictly between the same two neighbouring multiples of 10^-30, so it compares alike with every bound and
    every step of rounding that has up to 30 decimals. Averages of thousands of shares would else have thousands of
    digits.
    """
    if value.denominator <= _PLACES**2:
        return value
    return Fraction(2 * (value.numerator * _PLACES // value.denominator) + 1, 2 * _PLACES)
