"""Small questions about terms that several checks ask: what a filling holds, what an amendment does to a passage.

In: parts of a `Contract`. Out: plain values. It runs inside checks; it finds nothing itself and words nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, OpenTarget, ShareTarget, StatisticTarget
from sla2.contract.passage import CapTerm, DownTerm, Fill, Move, TargetTerm, Withdraw
from sla2.contract.periods import periods
from sla2.contract.versions import versions
from sla2.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, ServicePoints
    from sla2.contract.level import Level, Target
    from sla2.contract.passage import Amendment, Filling, Passage, Verb
    from sla2.contract.quantity import Duration, Money, Percent

_DAY = 86_400_000_000
_MINUTES = {"business minute": 1, "business hour": 60, "elapsed minute": 1, "elapsed hour": 60}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def below(header: Span) -> Span:
    """The place at the end of a block's first line, where a line can be put into the block."""
    end = (header.end_line, header.end_column)
    return Span(header.path, header.end, header.end, *end, *end)


def target_duration(target: Target | None) -> Duration | None:
    """The duration in a target, if it has one."""
    if isinstance(target, ShareTarget | StatisticTarget):
        return target.within
    return target.duration if isinstance(target, BoundTarget) else None


def target_percent(target: Target | None) -> Percent | None:
    """The percentage in a target, if it has one."""
    if isinstance(target, ShareTarget):
        return target.share
    return target.percent if isinstance(target, BoundTarget) else None


def duration_of(filling: Filling | None) -> Duration | None:
    """The duration that a filling promises, if it has one."""
    if isinstance(filling, TargetTerm):
        return target_duration(filling.target)
    return filling.down.slot if isinstance(filling, DownTerm) else None


def percent_of(filling: Filling | None) -> Percent | None:
    """The percentage that a filling sets, if it has one."""
    if isinstance(filling, TargetTerm):
        return target_percent(filling.target)
    return filling.cap.percent_of_base if isinstance(filling, CapTerm) else None


def money_of(filling: Filling | None) -> Money | None:
    """The amount that a filling sets, if it has one."""
    return filling.cap.money if isinstance(filling, CapTerm) else None


def length(duration: Duration) -> tuple[str, Fraction]:
    """A duration as (yardstick, length): two durations with the same yardstick may be compared by length."""
    for yardstick, factors in (("minutes", _MINUTES), ("days", _DAYS), ("months", _MONTHS)):
        if duration.unit in factors:
            return f"{duration.kind} {yardstick}", Fraction(duration.value) * factors[duration.unit]
    return duration.unit, Fraction(duration.value)


def verbs(contract: Contract) -> Iterator[tuple[Amendment, Verb]]:
    """Every line of every amendment, in the order of the file."""
    for amendment in contract.amendments:
        for verb in amendment.verbs:
            yield amendment, verb


def fills(contract: Contract, passage: Passage) -> Iterator[tuple[Amendment, Fill]]:
    """The amendment lines that fill this passage."""
    for amendment, verb in verbs(contract):
        if isinstance(verb, Fill) and verb.passage == passage.name:
            yield amendment, verb


def moves(contract: Contract, passage: Passage) -> tuple[Move, ...]:
    """The amendment lines that move the review of this passage, in the order of the file."""
    return tuple(verb for _, verb in verbs(contract) if isinstance(verb, Move) and verb.passage == passage.name)


def reviews(contract: Contract) -> Iterator[tuple[Passage, date, Span]]:
    """Each review date of each passage: as signed, and as moved by an amendment, with its place."""
    for passage in contract.passages:
        if passage.review is not None:
            yield passage, passage.review, passage.span
        for move in moves(contract, passage):
            yield passage, move.review, move.span


def closed(contract: Contract, passage: Passage) -> bool:
    """True if an amendment fills or withdraws this passage."""
    named = (verb for _, verb in verbs(contract) if isinstance(verb, Fill | Withdraw))
    return any(verb.passage == passage.name for verb in named)


def level_target(contract: Contract, level: Level) -> Target | None:
    """The target of a level as signed; for an open one the interim rule, if that is a target."""
    if not isinstance(level.target, OpenTarget):
        return level.target
    name = level.target.passage
    passage = next((found for found in contract.passages if found.name == name), None)
    interim = passage.interim if passage is not None else None
    return interim.target if isinstance(interim, TargetTerm) else None


def level_of(contract: Contract, name: str | None) -> Level | None:
    """The level with this short name, if there is one."""
    return next((level for level in contract.levels if level.name == name), None)


def periods_in_term(contract: Contract, level: Level | None) -> int | None:
    """How many periods of the level the first term has; None if it has no end, or the periods move."""
    term = contract.term
    if level is None or level.period is None or term is None or term.end is None or contract.timezone is None:
        return None
    if level.period.unit in ("rolling", "before claim"):
        return None
    return len(periods(contract, level.period, term.start, term.end))


def days_about(duration: Duration) -> int:
    """About how many days of the calendar a duration takes: five working days are a week, a month has 30 days."""
    if duration.unit == "working day":
        return int(-(-duration.value * 7 // 5))
    days = {"day": 1, "week": 7, "month": 30, "year": 365}
    if duration.unit in days:
        return int(duration.value) * days[duration.unit]
    return int((duration.microseconds or 0) // _DAY)


def stricter(one: Target, other: Target) -> bool:
    """True if `one` asks for more than `other` in all that can be compared; False if the two are of different kinds."""
    if isinstance(one, ShareTarget) and isinstance(other, ShareTarget):
        if length(one.within)[0] != length(other.within)[0]:
            return False
        more, shorter = one.share.value - other.share.value, length(other.within)[1] - length(one.within)[1]
        return more >= 0 and shorter >= 0 and bool(more or shorter)
    if isinstance(one, StatisticTarget) and isinstance(other, StatisticTarget):
        same = one.statistic == other.statistic and length(one.within)[0] == length(other.within)[0]
        return same and length(one.within)[1] < length(other.within)[1]
    if isinstance(one, BoundTarget) and isinstance(other, BoundTarget):
        return _stricter_bound(one, other)
    return False


def _stricter_bound(one: BoundTarget, other: BoundTarget) -> bool:
    first, second = _bound(one), _bound(other)
    upward = ("at least", "above")
    if first is None or second is None or first[0] != second[0]:
        return False
    if (one.comparison in upward) != (other.comparison in upward):
        return False
    return first[1] > second[1] if one.comparison in upward else first[1] < second[1]


def _bound(target: BoundTarget) -> tuple[str, Fraction] | None:
    if target.percent is not None:
        return "percent", Fraction(target.percent.value)
    if target.number is not None:
        return "number", Fraction(target.number)
    return length(target.duration) if target.duration is not None else None


def tables(contract: Contract) -> Iterator[tuple[Credits | ServicePoints, Level, str]]:
    """Each block of credits or points with its level, for every version of the contract; and since when, in words.

    A level whose target is open, or filled by an interim rule only, is left out: its tiers are made for the figure that
    will be agreed.
    """
    for version in versions(contract):
        since = f" from {version.since} on" if version.since is not None else ""
        levels = {level.name: level for level in version.contract.levels}
        blocks: tuple[Credits | ServicePoints, ...] = (*version.contract.credits, *version.contract.points)
        for block in blocks:
            level = levels.get(block.level)
            if level is not None and not _provisional(level):
                yield block, level, since


def _provisional(level: Level) -> bool:
    interim = any(held.line == "target" and held.by == "interim rule" for held in level.held)
    return interim or isinstance(level.target, OpenTarget)
