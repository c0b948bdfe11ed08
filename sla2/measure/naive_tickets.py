"""The slow judge's view of one ticket: its history as plain lists, read off row by row.

In: the rows of a log as plain mappings. Out: what was known of a ticket at the as-of date: states, priorities, cycles
and pauses. Used by `naive` only; the engine has its own way in SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.contract.quantity import SECOND
from sla2.measure.rules import reason_words, rules, statuses
from sla2.measure.stop_rows import clock_stops

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import ClockStop
    from sla2.measure.plan import LevelTerms

Row = Mapping[str, int | str | None]
_DONE = ("resolved", "closed", "cancelled")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A priority held on [since, until); None: still held."""

    priority: str | None
    since: int
    until: int | None

    def touches(self, low: int, high: int) -> bool:
        """True if it was held at some time of a case from `low` to `high`."""
        return (self.since < high or self.since <= low) and (self.until is None or self.until > low)


@dataclass(frozen=True, slots=True)
class State:
    """A status that a ticket took at an instant."""

    at: int
    label: str
    done: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class History:
    """One ticket as known at `as_of`. `slack`: how much later than recorded something may have happened."""

    row: Mapping[str, int | str | None]
    as_of: int
    states: tuple[State, ...]
    priorities: tuple[Stretch, ...]
    pauses: tuple[tuple[str | None, int, int | None], ...]
    messages: tuple[int, ...] | None

    @property
    def number(self) -> int:
        """The surrogate of the ticket."""
        return int(self.row["ticket"] or 0)

    @property
    def service(self) -> str | None:
        """Its service, or None."""
        value = self.row.get("service")
        return None if value is None else str(value)

    def moment(self, column: str) -> int | None:
        """An instant of the ticket, unless it is absent or later than the as-of date."""
        value = self.row.get(column)
        return value if isinstance(value, int) and value <= self.as_of else None

    def unit_slack(self, column: str) -> int:
        """How much later than recorded an instant may have been; exact to the second counts as exact."""
        value = self.row.get(column)
        return value - 1 if isinstance(value, int) and value > SECOND else 0

    @property
    def slack(self) -> int:
        """The slack of the opening and of every event."""
        return self.unit_slack("opened_unit")

    @property
    def paused_total(self) -> int | None:
        """A total of pauses given without times."""
        value = self.row.get("paused_total")
        return value if isinstance(value, int) else None

    @property
    def paused_basis(self) -> str | None:
        """What that total counts."""
        value = self.row.get("paused_basis")
        return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A stretch of a ticket's life that is one case."""

    number: int
    opened: int
    stopped: int | None
    slack: int
    cancelled: bool
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """When the clock of a level stood still by one clock stop, or (`stop` None) between resolution and reopening.

    `unsure`: nobody kept the messages without which the stop does not count.
    """

    stop: ClockStop | None
    stretches: tuple[tuple[int, int | None], ...]
    unsure: bool = False


def history(
    row: Mapping[str, int | str | None], tables: Mapping[str, Sequence[Row]], as_of: int, messages: bool
) -> History | None:
    """What was known of the ticket in `row`; None if it was not opened yet. `messages`: whether they were kept."""
    opened = row["opened_at"]
    if not isinstance(opened, int) or opened > as_of:
        return None
    mine = [event for event in tables.get("status_events", ()) if event["ticket"] == row["ticket"]]
    mine = sorted((e for e in mine if int(e["at"] or 0) <= as_of), key=lambda event: int(event["seq"] or 0))
    states = tuple(
        State(int(e["at"] or 0), str(e["to_raw"]), e["to_value"] in _DONE, e["to_value"] == "cancelled")
        for e in mine
        if e["field"] == "state"
    )
    pauses = tuple(
        (None if p.get("reason_raw") is None else str(p["reason_raw"]), int(p["started"] or 0), _until(p, as_of))
        for p in tables.get("pauses", ())
        if p["ticket"] == row["ticket"] and int(p["started"] or 0) <= as_of
    )
    changes = [(int(e["at"] or 0), e["to_value"]) for e in mine if e["field"] == "priority"]
    seen = tuple(
        int(u["at"] or 0)
        for u in tables.get("updates", ())
        if u["ticket"] == row["ticket"] and u["visible"] == 1 and int(u["at"] or 0) <= as_of
    )
    return History(row, as_of, states, _priorities(row, opened, changes), pauses, seen if messages else None)


def _until(pause: Mapping[str, int | str | None], as_of: int) -> int | None:
    ended = pause.get("ended")
    return ended if isinstance(ended, int) and ended <= as_of else None


def _priorities(
    row: Mapping[str, int | str | None], opened: int, changes: list[tuple[int, int | str | None]]
) -> tuple[Stretch, ...]:
    if not changes:
        value = row.get("priority")
        return (Stretch(None if value is None else str(value), opened, None),)
    kept: list[tuple[int, str]] = []
    for place, (at, value) in enumerate(changes):
        if place + 1 < len(changes) and changes[place + 1][0] == at:
            continue
        if not kept or kept[-1][1] != str(value):
            kept.append((at, str(value)))
    starts = [opened, *(at for at, _ in kept[1:])]
    ends = [*(at for at, _ in kept[1:]), None]
    return tuple(Stretch(value, low, high) for (_, value), low, high in zip(kept, starts, ends, strict=True))


def cycles(past: History, terms: LevelTerms, judged: tuple[JudgedPeriod, ...]) -> tuple[Cycle, ...]:
    """The stretches of a ticket's life that are one case each."""
    rule = rules(terms.level)
    kind = rule.kind
    if kind == "backlog":
        return tuple(_backlog(past, judged, fresh=rule.fresh))
    opened = past.moment("opened_at") or 0
    done_at, taken_up = _turns(past)
    solved = _solved(past, taken_up)
    cancelled = _cancelled(past)
    slack = past.unit_slack("resolved_unit")
    if kind == "response":
        answered = past.moment("first_response_at")
        slack = slack if answered is None else past.unit_slack("response_unit")
        stops = [answered, done_at[0] if done_at else None, solved]
        stop = next((moment for moment in stops if moment is not None), None)
        return (Cycle(1, opened, stop, slack, cancelled),)
    if kind == "reopened":
        first = done_at[0] if done_at else solved
        return (Cycle(1, opened, first, slack, cancelled),)
    if kind in ("continues", "count") or not taken_up:
        earlier = done_at[len(taken_up) - 1] if kind == "continues" and taken_up else None
        return (Cycle(1, opened, solved, slack, cancelled, earlier),)
    starts = [opened, *taken_up]
    stops = [*done_at[: len(taken_up)], solved]
    return tuple(
        Cycle(number, low, high, slack, cancelled and number == len(starts))
        for number, (low, high) in enumerate(zip(starts, stops, strict=True), start=1)
    )


def _backlog(past: History, judged: tuple[JudgedPeriod, ...], *, fresh: bool) -> Iterator[Cycle]:
    """The ticket at the end of each period in which it is open then."""
    opened = past.moment("opened_at") or 0
    done_at, taken_up = _turns(past)
    starts = [opened, *taken_up]
    stops = [*done_at[: len(taken_up)], _solved(past, taken_up)]
    for place, period in enumerate(judged, start=1):
        moment = min(period.end, past.as_of)
        for number, (low, high) in enumerate(zip(starts, stops, strict=True), start=1):
            gone = high is None and number == len(starts) and _cancelled(past)
            if period.start < past.as_of and low < moment and (high is None or high >= moment) and not gone:
                yield Cycle(place, low if fresh else opened, moment, 0, False)


def reopened(past: History) -> bool | None:
    """Whether the ticket was opened again after a resolution; None if nobody wrote it down."""
    done_at, taken_up = _turns(past)
    if done_at:
        return bool(taken_up)
    count = past.row.get("reopened_count")
    return None if count is None else int(count) > 0


def _turns(past: History) -> tuple[list[int], list[int]]:
    """When the ticket became done, and when it was taken up again, in turn."""
    done_at: list[int] = []
    taken_up: list[int] = []
    is_done = False
    for state in past.states:
        if state.done != is_done:
            (done_at if state.done else taken_up).append(state.at)
            is_done = state.done
    return done_at, taken_up


def _solved(past: History, taken_up: list[int]) -> int | None:
    done_at, _ = _turns(past)
    after = max(taken_up, default=0)
    resolved, closed = past.moment("resolved_at"), past.moment("closed_at")
    if resolved is not None and resolved >= after:
        return resolved
    if len(done_at) > len(taken_up):
        return done_at[-1]
    return closed if closed is not None and closed >= after else None


def _cancelled(past: History) -> bool:
    if past.moment("resolved_at") is not None:
        return False
    if not any(True for _ in _turns(past)[0]):
        return past.row.get("state") == "cancelled"
    done_at, taken_up = _turns(past)
    if len(done_at) == len(taken_up):
        return False
    started = [state for place, state in enumerate(past.states) if state.done and not _done_before(past, place)]
    return started[-1].cancelled


def _done_before(past: History, place: int) -> bool:
    return place > 0 and past.states[place - 1].done


def stood(past: History, terms: LevelTerms) -> tuple[Stood, ...]:
    """When the clock of a level stood still for this ticket, by each of its clock stops."""
    groups: list[Stood] = []
    for stop in clock_stops(terms):
        found = [(low, high) for reason, low, high in past.pauses if reason in reason_words(stop)]
        begins, ends = statuses(stop)
        if begins:
            found.extend(_waits(past, begins, ends))
        if stop.needs_visible_message and past.messages is not None:
            found = [pair for pair in found if any(_lies_in(at, pair) for at in past.messages)]
        unsure = stop.needs_visible_message and past.messages is None and bool(found)
        groups.append(Stood(stop, tuple(found), unsure))
    rule = rules(terms.level)
    if rule.kind == "continues" or (rule.kind == "backlog" and not rule.fresh):
        done_at, taken_up = _turns(past)
        groups.append(Stood(None, tuple(zip(done_at, taken_up, strict=False))))
    return tuple(groups)


def _lies_in(at: int, pair: tuple[int, int | None]) -> bool:
    return pair[0] <= at and (pair[1] is None or at <= pair[1])


def _waits(past: History, begins: tuple[str, ...], ends: tuple[str, ...]) -> list[tuple[int, int | None]]:
    found: list[tuple[int, int | None]] = []
    since: int | None = None
    for state in past.states:
        over = not ends or state.label in ends or state.done
        if state.label in begins:
            since = state.at if since is None else since
        elif since is not None and over:
            found.append((since, state.at))
            since = None
    return [*found, (since, None)] if since is not None else found
