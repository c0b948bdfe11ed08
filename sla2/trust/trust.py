"""What the trust stage brings forth: rows of promises per class and side, and what they add up to.

In: built by `from_verdicts`. Out: `report/trust` prints it. Nothing here is worded and nothing is a score out of ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sla2.contract.contract import Contract
    from sla2.contract.passage_state import PassageState
    from sla2.trust.combine import Colour, Comparison
    from sla2.trust.perception import Perception
    from sla2.trust.promises import Standing, Status
    from sla2.trust.repeats import Repeats
    from sla2.trust.stream import Dimension, Promise, Side, Stream
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
    """One side: the status of each dimension (the weakest row decides) and the colour that follows."""

    side: Side
    dimensions: tuple[tuple[Dimension, Status], ...]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Question:
    """One survey item as one side answered it, held against compliance."""

    survey: str
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
    """Everything the trust report prints, for [start, end) and the year from `year_start` (microseconds UTC)."""

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

    def of(self, side: Side) -> tuple[Row, ...]:
        """The rows of one side."""
        return tuple(row for row in self.rows if row.stream.side == side)

    def decided(self, rows: Sequence[Row]) -> int:
        """How many of `rows` are demonstrated or missed in the period."""
        return sum(row.period.status in ("demonstrated", "missed") for row in rows)
