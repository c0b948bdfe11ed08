"""Rights: which have arisen at the end of which period, on what facts, and until when they can be used.

In: the history of verdicts, outages, amounts and points; the `termination` blocks in force. Out: `RightState` values in
the order in which they arose. It runs last: it changes no verdict and no amount, and it uses no right. A day of use is
counted from the day on which the right arose: the last day of the period, or the day of the outage. Working days are
those of the contract's calendar. An undecided history gives a right that is only possible. What a single outage or a
late delivery has already brought about does not wait for the end of its period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date, shift
from sla2.contract.rights import CreditsReach, CreditsReachCap, LateDelivery, LongOutage, ManyOutages, PointsReach
from sla2.settle.balance import OpeningBalance, PointsAccount, RightFact, RightState
from sla2.settle.outage_events import Event, long_outages, many_outages, singles
from sla2.settle.spans import ONE_DAY
from sla2.settle.triggers import Books, Past, holds_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.contract.rights import Termination, Trigger
    from sla2.measure.measurement import Measurements
    from sla2.settle.terms import Terms
    from sla2.settle.verdict import Owed, Verdict


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all rights of one run are tested on."""

    terms: Terms
    zone: str
    today: date
    pasts: dict[str, Past]
    running: dict[str, Past]
    books: Books
    measurements: Measurements


def rights(
    contract: Contract,
    terms: Terms,
    history: tuple[Verdict, ...],
    measurements: Measurements,
    ledger: tuple[Owed, ...],
    points: tuple[PointsAccount, ...],
    opening: tuple[OpeningBalance, ...] = (),
) -> tuple[RightState, ...]:
    """Every right that arose or may have arisen, in the order of days."""
    zone = contract.timezone or "UTC"
    today = local_date(measurements.as_of - 1, zone) if measurements.as_of else local_date(0, zone)
    books = Books(ledger, points, opening)
    scene = _Scene(terms, zone, today, _pasts(history), _pasts(history, running=True), books, measurements)
    names = dict.fromkeys(right.name for version in terms.versions for right in version.contract.terminations)
    found = {
        (state.right, state.trigger, state.unit, state.arose, state.period.label): state
        for name in names
        for state in _of_right(name, scene)
    }
    place = {name: number for number, name in enumerate(names)}
    return tuple(sorted(found.values(), key=lambda one: (one.arose, place[one.right], one.unit)))


def _pasts(history: tuple[Verdict, ...], *, running: bool = False) -> dict[str, Past]:
    """The completed periods of each level, or with the one that is running; claims end no period of the contract."""
    groups: dict[str, dict[str, list[Verdict]]] = {}
    for verdict in history:
        if (running or "period running" not in verdict.provisional) and verdict.period.kind != "before claim":
            groups.setdefault(verdict.level, {}).setdefault(verdict.period.label, []).append(verdict)
    return {
        level: Past(level, tuple(tuple(group) for group in sorted(of.values(), key=lambda one: one[0].period.end)))
        for level, of in groups.items()
    }


def _of_right(name: str, scene: _Scene) -> Iterator[RightState]:
    newest = {right.name: right for version in scene.terms.versions for right in version.contract.terminations}[name]
    for trigger in newest.triggers:
        if isinstance(trigger, LongOutage | ManyOutages):
            yield from _on_outages(name, trigger, scene)
            continue
        pasts = scene.running if isinstance(trigger, LateDelivery) else scene.pasts
        for level in _levels(trigger, pasts, scene):
            past = pasts[level]
            for number in range(len(past.periods)):
                yield from _at_end(name, trigger, past.until(number), scene)


def _levels(trigger: Trigger, pasts: dict[str, Past], scene: _Scene) -> tuple[str, ...]:
    """The levels whose periods a trigger looks at: its own, that of its block, or (any level) each for itself."""
    if isinstance(trigger, CreditsReach | CreditsReachCap):
        named = [one.level for one in scene.books.ledger if one.credits == trigger.credits]
    elif isinstance(trigger, PointsReach):
        named = [one.level for one in scene.books.points if one.points == trigger.points]
    else:
        level = getattr(trigger, "level", None)
        named = list(pasts) if level is None else [level]
    return tuple(level for level in dict.fromkeys(named) if level in pasts)


def _in_force(name: str, trigger: Trigger, day: date, scene: _Scene) -> Termination | None:
    """The right as it stands on `day`, if it has the trigger then."""
    contract = scene.terms.on(day)
    return next((one for one in contract.terminations if one.name == name and trigger in one.triggers), None)


def _at_end(name: str, trigger: Trigger, past: Past, scene: _Scene) -> Iterator[RightState]:
    right = _in_force(name, trigger, past.now.last, scene)
    held = holds_now(trigger, past, scene.books) if right is not None else None
    if right is None or held is None:
        return
    verdicts = past.periods[-1]
    unit = verdicts[0].unit if len(verdicts) == 1 else ""
    provisional = tuple(dict.fromkeys(what for verdict in verdicts for what in verdict.provisional))
    arose = _too_late(trigger, verdicts, scene.terms.on(past.now.terms_day)) or min(past.now.last, scene.today)
    yield _state(right, trigger, past, arose, held.facts, unit, provisional, scene, certain=held.certain)


def _too_late(trigger: Trigger, verdicts: tuple[Verdict, ...], contract: Contract) -> date | None:
    """The first day on which a delivery was later than the trigger allows; None for other triggers."""
    due = verdicts[0].measurement.terms.due
    if not isinstance(trigger, LateDelivery) or due is None:
        return None
    last = _after(due, trigger.over, contract)
    return None if last is None else last + ONE_DAY


def _on_outages(name: str, trigger: LongOutage | ManyOutages, scene: _Scene) -> Iterator[RightState]:
    pieces = [piece for piece in scene.measurements.pieces if piece.level == trigger.level]
    outages = singles(pieces)
    if isinstance(trigger, LongOutage):
        events: Iterator[Event] = long_outages(trigger, outages, scene.zone)
    else:
        events = many_outages(trigger, outages, scene.zone)
    past = scene.running.get(trigger.level)
    for event in events:
        day = local_date(event.at, scene.zone)
        right = _in_force(name, trigger, day, scene)
        held = [number for number, one in enumerate(past.periods) if one[0].period.end > event.at] if past else []
        if right is None or past is None or not held or past.periods[held[0]][0].period.start > event.at:
            continue
        then = past.until(held[0])
        yield _state(right, trigger, then, day, event.facts, event.unit, (), scene, certain=True)


def _state(
    right: Termination,
    trigger: Trigger,
    past: Past,
    arose: date,
    facts: tuple[RightFact, ...],
    unit: str,
    provisional: tuple[str, ...],
    scene: _Scene,
    *,
    certain: bool,
) -> RightState:
    contract = scene.terms.on(past.now.terms_day)
    cure_by = _after(arose, right.cure, contract)
    use_by = _after(arose, right.use_within, contract)
    return RightState(
        right=right.name,
        right_of=right.right_of,
        status="arisen" if certain else "possible",
        trigger=trigger,
        period=past.now,
        arose=arose,
        facts=facts,
        unit=unit,
        cure_by=cure_by,
        use_by=use_by,
        notice=right.notice,
        ends_from=_after(cure_by or arose, right.notice, contract),
        lapsed=use_by is not None and scene.today > use_by,
        provisional=provisional,
        block=right,
    )


def _after(day: date, length: Duration | None, contract: Contract) -> date | None:
    """`day` moved by a length; None without one, or for working days without a calendar."""
    if length is None or (length.unit == "working day" and contract.working_days is None):
        return None
    if length.unit in ("business minute", "business hour"):
        return None
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    return shift(day, length, "after", calendar)
