"""Small pieces that every sentence maker needs: references to blocks, durations and sides in the cases of German.

In: a contract and a short name, a duration, a side. Out: marked text, or the values of one phrase under the names that
templates use (`within`, `within_dat`; `by`, `by_gen`, `by_dat`, `by_acc`). It words no sentence.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from sla2.words import format, phrases
from sla2.words.phrases import Marked
from sla2.words.sentence import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration
    from sla2.contract.surroundings import Language, Role

Kind = Literal[
    "level",
    "calendar",
    "service",
    "passage",
    "clock stop",
    "exclusion",
    "credits",
    "bonus",
    "points",
    "pool",
    "termination",
    "clause",
    "obligation",
    "amendment",
    "principle",
    "promise",
    "updates",
    "zero repeat",
    "impact",
    "survey",
    "review",
    "goal",
    "improvement",
    "priorities",
    "scorecard",
    "exit plan",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of block that bears a title."""


class _Titled(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...


def titles(contract: Contract, kind: Kind) -> dict[str, str]:
    """Title by short name of all blocks of one kind, in the order of the file."""
    return {block.name: block.title for block in _blocks(contract)[kind]}


def _blocks(contract: Contract) -> dict[Kind, Sequence[_Titled]]:
    return {
        "level": contract.levels,
        "calendar": contract.calendars,
        "service": contract.services,
        "passage": contract.passages,
        "clock stop": contract.clock_stops,
        "exclusion": contract.exclusions,
        "credits": contract.credits,
        "bonus": contract.bonuses,
        "points": contract.points,
        "pool": contract.pools,
        "termination": contract.terminations,
        "clause": contract.clauses,
        "obligation": contract.obligations,
        "amendment": contract.amendments,
        "principle": contract.principles,
        "promise": contract.promises,
        "updates": contract.updates,
        "zero repeat": contract.repeats,
        "impact": contract.impacts,
        "survey": contract.surveys,
        "review": contract.reviews,
        "goal": contract.goals,
        "improvement": contract.improvements,
        "priorities": contract.priorities,
        "scorecard": contract.scorecards,
        "exit plan": contract.exit_plans,
    }


def kinds_of(contract: Contract, name: str) -> tuple[Kind, ...]:
    """The kinds of block that bear this short name."""
    return tuple(kind for kind, blocks in _blocks(contract).items() if any(block.name == name for block in blocks))


def block(contract: Contract, kind: Kind, name: str, language: Language) -> Marked:
    """A reference to a block by its quoted title; its short name if the contract has no such block."""
    title = titles(contract, kind).get(name, name)
    return phrases.to(anchor(kind, name), format.quoted(title, language))


def any_block(contract: Contract, name: str, language: Language) -> Marked:
    """A reference to the block with this short name, of whatever kind."""
    found = kinds_of(contract, name)
    return block(contract, found[0], name, language) if found else Marked(format.quoted(name, language))


def blocks(contract: Contract, kind: Kind, names: Iterable[str], language: Language) -> Marked:
    """References to several blocks as a list."""
    return format.listing([block(contract, kind, name, language) for name in names], language)


def title(contract: Contract, kind: Kind, name: str, language: Language) -> str:
    """The quoted title of a block, without a reference."""
    return format.quoted(titles(contract, kind).get(name, name), language)


def span(key: str, duration: Duration, language: Language) -> dict[str, str]:
    """A duration for a template: `key`, and `key_dat` for German after innerhalb von and nach."""
    return {
        key: format.duration_marked(duration, language),
        f"{key}_dat": format.duration_marked(duration, language, "dative"),
    }


def side(key: str, role: Role, language: Language) -> dict[str, str]:
    """A side for a template: `key`, and `key_gen`, `key_dat`, `key_acc`."""
    forms = {"": "nom", "_gen": "gen", "_dat": "dat", "_acc": "acc"}
    return {key + end: phrases.render(language, f"unit.side.{role}.{form}") for end, form in forms.items()}


def side_name(role: Role, language: Language) -> str:
    """The side as a label: customer, supplier."""
    return phrases.render(language, f"unit.side.{role}.name")


def count(key: str, unit: str, number: int, language: Language) -> dict[str, str]:
    """A number of things for a template (3 periods): `key`, and `key_dat` for German."""
    return {
        key: format.counted(unit, Decimal(number), language, "nominative"),
        f"{key}_dat": format.counted(unit, Decimal(number), language, "dative"),
    }
