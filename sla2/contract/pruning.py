"""Blocks left out of a contract, and with them whatever refers to them.

In: a `Contract` and the short names of blocks that are not in force. Out: the `Contract` without them. `versions`
uses it, so that no later stage meets a name that leads nowhere. It decides nothing about dates.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from sla2.contract.contract import Contract
from sla2.contract.credits import Credits
from sla2.contract.example import Example
from sla2.contract.level import Level
from sla2.contract.rights import Termination, Trigger


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Block = TypeVar("_Block", bound=_Named)


def without(contract: Contract, gone: frozenset[str]) -> Contract:
    """`contract` without the blocks named in `gone`.

    A level loses the exclusions and clock stops among them; credits on a level that is gone go with it, and so do the
    worked examples that need it. Parties, calendars and services stay: amendments replace them, they do not end them.
    """
    if not gone:
        return contract

    def kept(blocks: tuple[_Block, ...]) -> tuple[_Block, ...]:
        return tuple(block for block in blocks if block.name not in gone)

    levels = tuple(_level(level, gone) for level in kept(contract.levels))
    names = frozenset(level.name for level in levels)
    lost = frozenset(level.name for level in contract.levels) - names
    points = frozenset(block.name for block in contract.points if block.level in lost or block.name in gone)

    def lost_for(block: Credits) -> bool:
        return block.level in lost or block.points in points

    credits = tuple(_credits(block, gone) for block in kept(contract.credits) if not lost_for(block))
    return contract.model_copy(
        update={
            "priorities": kept(contract.priorities),
            "clock_stops": kept(contract.clock_stops),
            "exclusions": kept(contract.exclusions),
            "levels": levels,
            "credits": credits,
            "bonuses": tuple(_credits(block, gone) for block in kept(contract.bonuses) if not lost_for(block)),
            "points": tuple(block for block in kept(contract.points) if block.level not in lost),
            "pools": kept(contract.pools),
            "terminations": tuple(_termination(block, gone | lost) for block in kept(contract.terminations)),
            "obligations": kept(contract.obligations),
            "passages": kept(contract.passages),
            "clauses": kept(contract.clauses),
            "principles": kept(contract.principles),
            "examples": tuple(example for example in kept(contract.examples) if not _needs(example) & lost),
            "updates": kept(contract.updates),
            "repeats": kept(contract.repeats),
            "impacts": kept(contract.impacts),
            "promises": kept(contract.promises),
            "surveys": kept(contract.surveys),
            "reviews": kept(contract.reviews),
            "goals": kept(contract.goals),
            "scorecards": kept(contract.scorecards),
            "exit_plans": kept(contract.exit_plans),
            "improvements": tuple(block for block in kept(contract.improvements) if block.of not in lost),
            "opened": tuple(mark for mark in contract.opened if mark.block not in gone),
            "held": tuple(record for record in contract.held if record.block not in gone),
            "unevaluated": tuple(item for item in contract.unevaluated if item.block not in gone),
            "allows": tuple(item for item in contract.allows if item.block not in gone),
        }
    )


def _level(level: Level, gone: frozenset[str]) -> Level:
    if gone.isdisjoint((*level.excludes, *level.clock_stops)):
        return level
    excludes = tuple(name for name in level.excludes if name not in gone)
    stops = tuple(name for name in level.clock_stops if name not in gone)
    return level.model_copy(update={"excludes": excludes, "clock_stops": stops})


def _termination(block: Termination, gone: frozenset[str]) -> Termination:
    """A right without the triggers that rest on what is gone."""

    def rests_on(trigger: Trigger) -> str | None:
        for line in ("level", "credits", "points"):
            if hasattr(trigger, line):
                found: str | None = getattr(trigger, line)
                return found
        return None

    triggers = tuple(trigger for trigger in block.triggers if rests_on(trigger) not in gone)
    return block if triggers == block.triggers else block.model_copy(update={"triggers": triggers})


def _credits(block: Credits, gone: frozenset[str]) -> Credits:
    values: dict[str, object] = {}
    if block.combine is not None and not gone.isdisjoint(block.combine.credits):
        rest = tuple(name for name in block.combine.credits if name not in gone)
        values["combine"] = block.combine.model_copy(update={"credits": rest})
    if any(not gone.isdisjoint(cap.together_with) for cap in block.caps):
        values["caps"] = tuple(
            cap.model_copy(update={"together_with": tuple(name for name in cap.together_with if name not in gone)})
            for cap in block.caps
        )
    return block.model_copy(update=values) if values else block


def _needs(example: Example) -> frozenset[str]:
    """The levels that a worked example speaks of."""
    return frozenset(
        name for part in (*example.given, *example.expect) if (name := getattr(part, "level", None)) is not None
    )
