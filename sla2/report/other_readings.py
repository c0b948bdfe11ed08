"""What the other reading of each unstated rule would change: the same log judged a second time per rule.

In: the contract as signed, the log, what was settled under the default readings, and the days. Out: the unstated rules
with the figures they would change (verdicts, amounts, service points, pools, rights), and the settlement with each such
verdict and amount marked. It runs before a report is made. The rules and their readings are those of
`contract/readings`; nothing here decides which reading is right. A reading by which something of the contract could not
be measured or settled, or that the log cannot show, was not tried, and says so: an amount that is missing is never
taken for one of zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sla2.contract.reading import put_combination, put_rounding, put_scope
from sla2.contract.readings import state, unstated
from sla2.diagnostics import Severity
from sla2.measure.run import measure
from sla2.report.frame import Unstated, figure, owed_figure, points_figure, pool_figure, right_figure
from sla2.settle.from_measurements import settle
from sla2.settle.verdict import Otherwise

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sla2.contract.contract import Contract
    from sla2.contract.readings import Unstated as Unsaid
    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Log
    from sla2.measure.measurement import Measurement, Measurements
    from sla2.settle.given import Given
    from sla2.settle.verdict import Owed, Settlement, Verdict

_OF_SETTLING = (put_rounding, put_combination, put_scope)
"""Choices that change no case and no piece of outage time: the log is not judged again for them."""

_Figures = dict[str, tuple[frozenset[str], str]]
"""Each reported figure by its name: the levels it rests upon, and what it says."""


_NOT_MEASURED = ("answered-by",)
"""Rules whose other reading no log can show: who wrote an answer stands in no table, so it is said not to be tried."""
_OF_TICKETS = "clock-starts"
"""The rule whose other reading starts the clock of an outage when its ticket is opened."""


@dataclass(frozen=True, slots=True)
class Run:
    """How the settlement was made, so that it can be made again: measured from the first day, reported [start, end).

    `found`: what measuring and settling had to say under the default readings; `kept`: what was measured under them.
    """

    log: Log
    given: Given
    measured: date
    start: date
    end: date
    as_of: int
    found: tuple[Diagnostic, ...] = ()
    kept: Measurements | None = None


def other_readings(contract: Contract, settlement: Settlement, run: Run) -> tuple[tuple[Unstated, ...], Settlement]:
    """Each unstated rule of each level in the order of the contract, and `settlement` with verdicts and amounts marked.

    A rule is read otherwise on every level that leaves it unsaid at once; where one of these cannot be judged that way,
    on each level by itself. A rule whose default the language itself states is named only where its other reading
    would change a figure.
    """
    unsaid = unstated(contract)
    before = _figures(settlement)
    tried: dict[str, Settlement | None] = {}
    found: list[Unstated] = []
    flipped: dict[str, list[str]] = {}
    otherwise: dict[str, list[Otherwise]] = {}
    for one in unsaid:
        rule = one.reading.id
        if rule in _NOT_MEASURED or (rule == _OF_TICKETS and not _told_of_tickets(run.log)):
            found.append(Unstated(rule, one.level, *_lines(one)))
            continue
        same = tuple(other for other in unsaid if other.reading.id == rule)
        if rule not in tried:
            tried[rule] = _again(contract, same, run)
        again = tried[rule] if tried[rule] is not None or len(same) == 1 else _again(contract, (one,), run)
        names = frozenset(other.level for other in same)
        flips = None if again is None else _changed(before, _figures(again), one.level, names)
        total, bonus = (None, None) if again is None else (again.statement.total, again.statement.bonus_total)
        if flips or one.reading.asked:
            found.append(Unstated(rule, one.level, *_lines(one), flips, total, bonus))
        amounts = {} if again is None else _amounts(again)
        for name in flips or ():
            flipped.setdefault(name, []).append(rule)
            marks = otherwise.setdefault(name, [])
            if all(mark.rule != rule for mark in marks):
                marks.append(Otherwise(rule, one.level, one.reading.other.line, amounts.get(name)))
    return tuple(found), _marked(settlement, flipped, otherwise)


def _lines(one: Unsaid) -> tuple[str, str]:
    """The lines that state the reading used, and the other one."""
    used = next(choice for choice in one.reading.readings if choice.id == one.reading.default)
    return used.line, one.reading.other.line


def _told_of_tickets(log: Log) -> bool:
    """False where no outage of the log says when its ticket was opened: then no clock could start with a ticket."""
    rows = log.cursor().execute("SELECT count(*), count(ticket_at) FROM outages").fetchall()
    return not rows[0][0] or bool(rows[0][1])


def _again(contract: Contract, unsaid: tuple[Unsaid, ...], run: Run) -> Settlement | None:
    """The settlement with the other reading of one rule on the levels of `unsaid`; None if it cannot be had.

    Raises: KeyError if a level or rule is not one of the contract.
    """
    stated = contract
    for one in unsaid:
        stated = state(stated, one.level, one.reading.id, one.reading.other.id)
    measurements, found = _kept(stated, unsaid, run), run.found
    if measurements is None:
        measurements, found = measure(stated, run.log, run.measured, run.end, run.as_of)
    if measurements is None:
        return None
    settlement, more = settle(measurements, given=run.given, start=run.start, end=run.end)
    known = {(one.code, one.span) for one in run.found}
    refused = any(one.severity is Severity.ERROR and (one.code, one.span) not in known for one in (*found, *more))
    return None if refused or len(stated.unevaluated) > len(contract.unevaluated) else settlement


def _kept(stated: Contract, unsaid: tuple[Unsaid, ...], run: Run) -> Measurements | None:
    """What was measured, under the terms of `stated`, if the rule is one that only settling looks at; else None.

    Where amendments change the terms, it is measured again: one of them may take back what is stated here.
    """
    if run.kept is None or stated.amendments or any(one.reading.set not in _OF_SETTLING for one in unsaid):
        return None
    levels = {one.level for one in unsaid}

    def under(one: Measurement) -> Measurement:
        if one.level not in levels or one.terms.rounding is not None:
            return one
        rounding = stated.level(one.level).rounding
        return replace(one, terms=one.terms.model_copy(update={"rounding": rounding}))

    return replace(run.kept, contract=stated, measurements=tuple(under(one) for one in run.kept.measurements))


def _figures(settlement: Settlement) -> _Figures:
    """Each reported figure: the levels it rests upon, and the verdict, the amount, the points or the right."""
    found: _Figures = {figure(one): _of(one.level, one.status) for one in settlement.verdicts if not one.units}
    found |= {owed_figure(one): _of(one.level, _range(one.low, one.high)) for one in _all_owed(settlement)}
    for whole in settlement.verdicts:
        if whole.units:
            found |= {figure(unit): _of(whole.level, whole.status) for unit in whole.units}
            found |= _owed_together(whole, settlement)
    for account in settlement.points:
        found[points_figure(account)] = _of(account.level, _range(account.low, account.high))
    levels = {(one.credits, one.period.label): one.level for one in settlement.ledger}
    for pool in settlement.pools:
        of = {levels[(taken.credits, pool.period.label)] for taken in pool.taken}
        found[pool_figure(pool)] = (frozenset(of), _range(pool.paid, pool.paid_high))
    return found | _rights(settlement)


def _rights(settlement: Settlement) -> _Figures:
    """Each right that arose: several triggers of one period are one figure."""
    found: _Figures = {}
    for right in settlement.rights:
        name = right_figure(right)
        before = found.get(name, (frozenset(), ""))
        levels = before[0] | {fact.level for fact in right.facts}
        found[name] = (levels, f"{before[1]} {right.status} {right.arose} {right.trigger.kind}")
    return found


def _of(level: str, text: str) -> tuple[frozenset[str], str]:
    return frozenset((level,)), text


def _range(low: object, high: object) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _all_owed(settlement: Settlement) -> tuple[Owed, ...]:
    return (*settlement.statement.owed, *settlement.statement.bonuses)


def _owed_together(whole: Verdict, settlement: Settlement) -> _Figures:
    """What all units owe together, under the name that each unit's own amount would have."""
    return {
        owed_figure(replace(one, unit=unit.unit)): _of(
            one.level, f"{one.amount} together" if one.amount else str(one.amount)
        )
        for one in _all_owed(settlement)
        if (one.level, one.period) == (whole.level, whole.period)
        for unit in whole.units
    }


def _amounts(settlement: Settlement) -> dict[str, tuple[Decimal, Decimal]]:
    """Least and most of each amount, by the name of its figure."""
    return {owed_figure(one): (one.low, one.high) for one in _all_owed(settlement)}


def _changed(before: _Figures, after: _Figures, level: str, unsaid: frozenset[str]) -> tuple[str, ...]:
    """The figures of `level` that are there under one reading only, or differ.

    A figure of a level that itself leaves nothing unsaid (its cap is shared with others, say) counts for all of them.
    """
    names = dict.fromkeys((*before, *after))
    found = []
    for name in names:
        levels = frozenset(one for table in (before, after) if name in table for one in table[name][0])
        told = {key: table[name][1] for key, table in (("before", before), ("after", after)) if name in table}
        if told.get("before") != told.get("after") and (level in levels or not levels & unsaid):
            found.append(name)
    return tuple(found)


def _marked(settlement: Settlement, flipped: dict[str, list[str]], otherwise: dict[str, list[Otherwise]]) -> Settlement:
    def mark(verdict: Verdict) -> Verdict:
        return replace(verdict, other_reading=tuple(dict.fromkeys(flipped.get(figure(verdict), ()))))

    def priced(owed: tuple[Owed, ...]) -> tuple[Owed, ...]:
        return tuple(replace(one, otherwise=tuple(otherwise.get(owed_figure(one), ()))) for one in owed)

    statement = settlement.statement
    statement = replace(statement, owed=priced(statement.owed), bonuses=priced(statement.bonuses))
    return replace(settlement, verdicts=tuple(mark(verdict) for verdict in settlement.verdicts), statement=statement)
