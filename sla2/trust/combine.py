"""How the classes come together: the worst decides, and compliance is held against perception.

In: standings of streams, compliance, the interval of the perceived share. Out: a status per dimension, an overall
colour, the comparison of numbers and feeling. No weighted average anywhere: trust needs ability, integrity and
benevolence at once (Mayer, Davis & Schoorman 1995, An Integrative Model of Organizational Trust).

Rules of a dimension: the worst class that has evidence decides. Classes without evidence are counted beside it; they
never improve it and always keep it from green. A class that no share judges (none agreed, or every single promise is
owed) and that holds no broken promise does not hold back a dimension that has other evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from fractions import Fraction

    from sla2.trust.promises import Standing, Status
    from sla2.trust.stream import Dimension

Colour = Literal["red", "amber", "green", "cannot say"]
Comparison = Literal[
    "watermelon",
    "possible watermelon",
    "green through",
    "unknown: nobody asked",
    "SLA measures the wrong thing",
    "red through",
    "unclear",
    "no compliance",
]
ASKED_AT_LEAST = 5

_ORDER: tuple[Status, ...] = (
    "missed",
    "unproven, below target so far",
    "unproven, on target so far",
    "no target",
    "kept so far",
    "demonstrated",
)
_NEUTRAL: tuple[Status, ...] = ("no target", "kept so far")


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One dimension of one side: the status that its worst class gives it, and how many classes lack evidence."""

    dimension: Dimension
    status: Status
    classes: int
    without_evidence: int


def dimension_of(dimension: Dimension, standings: Iterable[Standing]) -> DimensionResult:
    """The result of a dimension over the standings of its classes; one without any evidence says so."""
    found = tuple(standings)
    evident = [one for one in found if one.status != "no evidence"]
    telling = [one.status for one in evident if one.status not in _NEUTRAL or one.tally.broken]
    nothing: Status = "no evidence"
    status = min(telling or [one.status for one in evident], key=_ORDER.index, default=nothing)
    return DimensionResult(dimension, status, len(found), len(found) - len(evident))


def overall(dimensions: Iterable[DimensionResult]) -> Colour:
    """Any missed: red. Any dimension without evidence: cannot say. All demonstrated: green. Else amber."""
    found = tuple(dimensions)
    statuses = {one.status for one in found}
    if "missed" in statuses:
        return "red"
    if "no evidence" in statuses or not found:
        return "cannot say"
    whole = all(one.without_evidence == 0 for one in found)
    return "green" if whole and statuses == {"demonstrated"} else "amber"


def compare(met: bool | None, asked: int, low: Decimal, high: Decimal, target: Fraction) -> Comparison:
    """Compliance (`met`) against the 90% interval of the share of satisfied answers.

    A contract that is met while the perceived share lies below its target is green outside and red inside.
    """
    if met is None:
        return "no compliance"
    if asked < ASKED_AT_LEAST:
        return "unknown: nobody asked" if met else "unclear"
    below, above = high < target, low >= target
    if met:
        return "watermelon" if below else "green through" if above else "possible watermelon"
    return "red through" if below else "SLA measures the wrong thing" if above else "unclear"
