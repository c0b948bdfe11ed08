"""What the other reading of each unstated rule would change: the same log judged a second time per rule.

In: the contract as signed, the log, what was settled under the default readings, and the days. Out: the unstated rules
with the figures they would change, and the settlement with each such verdict marked. It runs before a report is made.
The rules and their readings are those of `contract/readings`; nothing here decides which reading is right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sla2.contract.readings import state, unstated
from sla2.measure.run import measure
from sla2.report.frame import Unstated, figure, owed_figure
from sla2.settle.from_measurements import settle

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.readings import Unstated as Unsaid
    from sla2.logs.log import Log
    from sla2.settle.given import Given
    from sla2.settle.verdict import Settlement, Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """How the settlement was made, so that it can be made again: measured from the first day, reported [start, end)."""

    log: Log
    given: Given
    measured: date
    start: date
    end: date
    as_of: int


def other_readings(contract: Contract, settlement: Settlement, run: Run) -> tuple[tuple[Unstated, ...], Settlement]:
    """Each unstated rule of each level in the order of the contract, and `settlement` with the verdicts marked.

    A rule whose default the language itself states is named only where its other reading would change a figure.
    """
    unsaid = unstated(contract)
    before = _figures(settlement)
    after = {rule: _again(contract, unsaid, rule, run) for rule in dict.fromkeys(one.reading.id for one in unsaid)}
    found: list[Unstated] = []
    flipped: dict[str, list[str]] = {}
    for one in unsaid:
        again = after[one.reading.id]
        flips = None if again is None else _changed(before, _figures(again), one.level)
        total, bonus = (None, None) if again is None else (again.statement.total, again.statement.bonus_total)
        used = next(choice for choice in one.reading.readings if choice.id == one.reading.default)
        if flips or one.reading.asked:
            found.append(Unstated(one.reading.id, one.level, used.line, one.reading.other.line, flips, total, bonus))
        for name in flips or ():
            flipped.setdefault(name, []).append(one.reading.id)
    return tuple(found), _marked(settlement, flipped)


def _again(contract: Contract, unsaid: tuple[Unsaid, ...], rule: str, run: Run) -> Settlement | None:
    """The settlement with the other reading of `rule` on each level that leaves it unsaid; None if it cannot be had."""
    for one in unsaid:
        if one.reading.id == rule:
            contract = state(contract, one.level, rule, one.reading.other.id)
    measurements, _ = measure(contract, run.log, run.measured, run.end, run.as_of)
    if measurements is None:
        return None
    return settle(measurements, given=run.given, start=run.start, end=run.end)[0]


def _figures(settlement: Settlement) -> dict[str, tuple[str, str]]:
    """Each reported figure: its level, and the verdict or the amount."""
    found = {figure(one): (one.level, one.status) for one in settlement.verdicts if not one.units}
    statement = settlement.statement
    owed = {owed_figure(one): (one.level, str(one.amount)) for one in (*statement.owed, *statement.bonuses)}
    for whole in settlement.verdicts:
        if whole.units:
            found |= {figure(unit): (whole.level, whole.status) for unit in whole.units}
            owed |= _owed_together(whole, settlement)
    return found | owed


def _owed_together(whole: Verdict, settlement: Settlement) -> dict[str, tuple[str, str]]:
    """What all units owe together, under the name that each unit's own amount would have."""
    return {
        owed_figure(replace(one, unit=unit.unit)): (
            one.level,
            f"{one.amount} together" if one.amount else str(one.amount),
        )
        for one in (*settlement.statement.owed, *settlement.statement.bonuses)
        if (one.level, one.period) == (whole.level, whole.period)
        for unit in whole.units
    }


def _changed(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]], level: str) -> tuple[str, ...]:
    """The figures of `level` that are there under one reading only, or differ."""
    names = dict.fromkeys((*before, *after))
    return tuple(
        name for name in names if before.get(name) != after.get(name) and level in _levels(name, before, after)
    )


def _levels(name: str, *tables: dict[str, tuple[str, str]]) -> set[str]:
    return {table[name][0] for table in tables if name in table}


def _marked(settlement: Settlement, flipped: dict[str, list[str]]) -> Settlement:
    def mark(verdict: Verdict) -> Verdict:
        return replace(verdict, other_reading=tuple(flipped.get(figure(verdict), ())))

    return replace(settlement, verdicts=tuple(mark(verdict) for verdict in settlement.verdicts))
