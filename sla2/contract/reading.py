"""One rule that a contract may leave unstated: its question, its two readings, and how one of them is put in.

In: a level of a contract and the id of a choice. Out: the contract as it would be had the level stated it. `readings`
lists the rules; this file holds what they are made of. It decides nothing about which rule matters where.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sla2.contract.contract import Contract
from sla2.contract.credits import Combine
from sla2.contract.level import Level, Rounding
from sla2.contract.quantity import Percent


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read an unstated rule: its id, what it means in a sentence, and the line that states it."""

    id: str
    words: str
    line: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule that may be left unstated.

    `applies` tells whether a level of a contract leaves it unsaid and could come out differently for it; `default` is
    the id of the choice that is computed; `asked` is False where the language itself states the default, so that the
    rule is named only where another reading would change a verdict or an amount. `both`: measuring itself tries both
    readings, and a period that they judge differently is undecided. `on_credits`: the rule is a line of the credits.
    """

    id: str
    question: str
    readings: tuple[Choice, Choice]
    default: str
    applies: Callable[[Contract, Level], bool]
    set: Callable[[Contract, Level, str], Contract]
    asked: bool = True
    both: bool = False
    on_credits: bool = False

    @property
    def other(self) -> Choice:
        """The reading that is not the default."""
        return next(choice for choice in self.readings if choice.id != self.default)


def put(line: str) -> Callable[[Contract, Level, str], Contract]:
    """A function that puts a choice on the field `line` of the level."""

    def put_choice(contract: Contract, level: Level, choice: str) -> Contract:
        return _replaced(contract, level.model_copy(update={line: choice}))

    return put_choice


def put_rounding(contract: Contract, level: Level, choice: str) -> Contract:
    """The level with its figure rounded to 0.01% before it is compared, or compared exactly."""
    step = None if choice == "exact" else Percent(value=Decimal("0.01"))
    return _replaced(contract, level.model_copy(update={"rounding": Rounding(span=level.span, step=step)}))


def put_combination(contract: Contract, level: Level, choice: str) -> Contract:
    """The credits on the level with what holds when several of them fall due."""
    named = tuple(block.name for block in contract.credits if block.level == level.name)
    credits = tuple(
        block.model_copy(
            update={"combine": Combine(span=block.span, how=choice, credits=named if choice == "highest of" else ())}
        )
        if block.name in named
        else block
        for block in contract.credits
    )
    return contract.model_copy(update={"credits": credits})


def put_scope(contract: Contract, level: Level, choice: str) -> Contract:
    """The credits on the level with each amount for a length of time counted for each outage, or in total."""
    credits = tuple(
        block.model_copy(
            update={
                "each": tuple(
                    each.model_copy(update={"scope": choice}) if each.step_duration and each.scope is None else each
                    for each in block.each
                )
            }
        )
        if block.level == level.name
        else block
        for block in contract.credits
    )
    return contract.model_copy(update={"credits": credits})


def _replaced(contract: Contract, level: Level) -> Contract:
    levels = tuple(level if each.name == level.name else each for each in contract.levels)
    return contract.model_copy(update={"levels": levels})
