"""What the trust stage brings forth: rows of promises per class and side, and what they add up to.

In: built by `from_verdicts`. Out: `report/trust` prints it. Nothing here is worded and nothing is a score out of ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sla2.contract.contract import Contract, Unevaluated
    from sla2.contract.passage_state import PassageState
    from sla2.trust.combine import Colour, Comparison, DimensionResult
    from sla2.trust.perception import Perception
    from sla2.trust.promises import Standing
    from sla2.trust.repeats import Repeats
    from sla2.trust.stream import Promise, Side, Stream
    from sla2.trust.surveys import ItemResult


@dataclass(frozen=True, slots=True)
class Row:
    """One class of promises of one side: standing in the period, and over the trailing year."""

    stream: Stream
    period: Standing
    year: Standing
    broken: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class SideResult:
    """One side: each dimension (the weakest class decides) and the colour that follows."""

    side: Side
    dimensions: tuple[DimensionResult, ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Question:
    """One survey item as one side answered it, held against compliance."""

    survey: str
    item: str
    question: str
    about: Side
    target: Fraction | None
    result: ItemResult
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class RepeatResult:
    """A zero-repeat block with the columns that made two incidents the same."""

    block: str
    same: tuple[str, ...]
    found: Repeats


@dataclass(frozen=True, slots=True)
class Trust:
    """Everything the trust report prints, for [start, end) and the year from `year_start` (microseconds UTC).

    `year_start` is a year before `end`, or the start of the contract's term if that is later. `verdicts_missed` of
    `verdicts_judged` is the compliance that the answers of surveys are held against. `not_evaluated` names what the
    contract says about trust and nothing here judges.
    """

    contract: Contract
    start: int
    end: int
    year_start: int
    as_of: int
    rows: tuple[Row, ...]
    sides: tuple[SideResult, ...]
    repeats: tuple[RepeatResult, ...]
    perception: Perception | None
    perception_of: str
    questions: tuple[Question, ...]
    passages: tuple[PassageState, ...]
    not_evaluated: tuple[Unevaluated, ...]
    verdicts_missed: int
    verdicts_judged: int

    def of(self, side: Side) -> tuple[Row, ...]:
        """The rows of one side."""
        return tuple(row for row in self.rows if row.stream.side == side)


def decided(rows: Sequence[Row], *, year: bool = False) -> int:
    """How many of `rows` are demonstrated or missed, in the period or over the year."""
    return sum((row.year if year else row.period).status in ("demonstrated", "missed") for row in rows)
