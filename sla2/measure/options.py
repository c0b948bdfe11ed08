"""What each option of each open passage would have given on the same log: all of them measured in one run.

In: a contract, its log, what was measured of it, the local days, and the same log again. Out: one `OptionRun` for each
option: the whole contract measured with that option in place of what applied (`versions.with_option`), from the day on
which the passage was opened. Levels that the option does not touch are not measured again. The options are rows of one
plan, told apart by a prefix of their levels' names; money is the business of whoever settles the result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from sla2.contract.versions import versions, with_option
from sla2.measure.measurement import Cases, Evidence, Piece, Slot
from sla2.measure.plan import Trial
from sla2.measure.run import measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.passage import Passage
    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Log
    from sla2.measure.measurement import Case, Measurements, Outcome


_Proof = TypeVar("_Proof", Piece, Slot, Evidence)


@dataclass(frozen=True, slots=True)
class OptionRun:
    """One option of a passage: `measurements` of the contract with that option; `levels` are those that it touches.

    `levels` is empty for an option that changes money only: then the measurements are those of the contract itself.
    """

    passage: str
    option: str
    levels: tuple[str, ...]
    measurements: Measurements


class TrialCases(Cases):
    """Cases of a trial for the levels that it touches, those of the contract itself for all others."""

    def __init__(self, own: Cases, tried: Cases, prefix: str, levels: frozenset[str]) -> None:
        """Read from both."""
        self._own, self._tried, self._prefix, self._levels = own, tried, prefix, levels

    def of(self, level: str, period: str | None = None, outcome: Outcome | None = None) -> Iterator[Case]:
        """Cases of a level, ordered by start and ticket."""
        if level not in self._levels:
            return self._own.of(level, period, outcome)
        return (replace(case, level=level) for case in self._tried.of(self._prefix + level, period, outcome))

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        """All cases of one ticket, by level."""
        tried = [case for case in self._tried.ticket(ticket_id) if case.level.startswith(self._prefix)]
        mine = [replace(case, level=case.level.removeprefix(self._prefix)) for case in tried]
        others = [case for case in self._own.ticket(ticket_id) if case.level not in self._levels]
        return tuple(sorted((*mine, *others), key=lambda case: (case.level, case.started, case.cycle)))


def measure_options(
    measured: Measurements, log: Log, start: date, end: date
) -> tuple[tuple[OptionRun, ...], tuple[Diagnostic, ...]]:
    """Every option of every open passage of the contract, over the same days and the same log as `measured`.

    The findings are those that the options add: what of them cannot be computed.
    """
    contract = measured.contract
    runs: list[tuple[Passage, str, Trial]] = []
    for passage in contract.passages:
        for option in passage.options:
            tried = with_option(contract, passage.name, option.name)
            levels = _touched(contract, tried)
            runs.append((passage, option.name, Trial(f"{passage.name} {option.name} ", tried, levels)))
    trials = tuple(trial for _, _, trial in runs if trial.levels)
    found: Measurements | None = None
    told: tuple[Diagnostic, ...] = ()
    if trials:
        found, told = measure(contract, log, start, end, measured.as_of, trials=trials)
    return (
        tuple(
            OptionRun(passage.name, option, _in_order(contract, trial.levels), _joined(measured, found, trial))
            for passage, option, trial in runs
        ),
        told,
    )


def _touched(contract: Contract, tried: Contract) -> frozenset[str]:
    """The levels that some version of the trial judges otherwise than the contract does on the same day."""
    own, other = versions(contract), versions(tried)
    days = sorted({version.since for version in (*own, *other) if version.since is not None})
    found: set[str] = set()
    for day in (None, *days):
        one = next(each.contract for each in reversed(own) if each.since is None or (day and each.since <= day))
        two = next(each.contract for each in reversed(other) if each.since is None or (day and each.since <= day))
        same = _surroundings(one) == _surroundings(two)
        old = {level.name: _bare(level) for level in one.levels}
        found |= {level.name for level in two.levels if not same or old.get(level.name) != _bare(level)}
        shared = {_tickets_of(level) for level in two.levels if level.name in found}
        found |= {level.name for level in two.levels if _tickets_of(level) in shared}
    return frozenset(found)


def _tickets_of(level: Level) -> tuple[str | None, str, str]:
    """Levels alike in this may share tickets by priority: a miss of one of them takes the ticket from the others."""
    return level.service, level.measure, level.unit


def _surroundings(contract: Contract) -> tuple[object, ...]:
    return contract.calendars, contract.services, contract.clock_stops, contract.exclusions, contract.term


def _bare(level: Level) -> Level:
    """The level without the record of where its values came from."""
    return level.model_copy(update={"held": ()})


def _in_order(contract: Contract, levels: frozenset[str]) -> tuple[str, ...]:
    return tuple(level.name for level in contract.levels if level.name in levels)


def _joined(own: Measurements, found: Measurements | None, trial: Trial) -> Measurements:
    """What was measured of the contract, with the levels of the trial in place of its own."""
    if found is None or not trial.levels:
        return replace(own, contract=trial.contract)
    place = {level.name: number for number, level in enumerate(trial.contract.levels)}
    tried = [
        replace(one, level=name, terms=one.terms.model_copy(update={"name": name}))
        for one in found.measurements
        if (name := one.level.removeprefix(trial.prefix)) in trial.levels and one.level != name
    ]
    kept = [one for one in own.measurements if one.level not in trial.levels]
    return replace(
        own,
        contract=trial.contract,
        measurements=tuple(sorted((*kept, *tried), key=lambda one: place[one.level])),
        cases=TrialCases(own.cases, found.cases, trial.prefix, trial.levels),
        pieces=_swapped(own.pieces, found.pieces, trial),
        slots=_swapped(own.slots, found.slots, trial),
        evidence=_swapped(own.evidence, found.evidence, trial),
    )


def _swapped(own: tuple[_Proof, ...], tried: tuple[_Proof, ...], trial: Trial) -> tuple[_Proof, ...]:
    """The proof of the levels that the trial does not touch, and that of the trial for the others."""
    found: list[_Proof] = [one for one in own if one.level not in trial.levels]
    for one in tried:
        if one.level.startswith(trial.prefix):
            found.append(replace(one, level=one.level.removeprefix(trial.prefix)))
    return tuple(found)
