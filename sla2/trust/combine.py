"""How the classes come together: the worst decides, and compliance is held against perception.

In: statuses of streams, compliance, the interval of the perceived share. Out: a status per dimension, an overall
colour, the comparison of numbers and feeling. No weighted average anywhere: trust needs ability, integrity and
benevolence at once (Mayer, Davis & Schoorman 1995, An Integrative Model of Organizational Trust).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from sla2.trust.promises import Status
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
    "no evidence",
    "unproven, below target so far",
    "unproven, on target so far",
    "no target",
    "demonstrated",
)


def weakest(statuses: Iterable[Status]) -> Status:
    """The worst status of a dimension; one without any stream has no evidence."""
    return min(statuses, key=_ORDER.index, default="no evidence")


def overall(dimensions: Mapping[Dimension, Status]) -> Colour:
    """Any missed: red. Any dimension without evidence: cannot say. All demonstrated: green. Else amber."""
    found = set(dimensions.values())
    if "missed" in found:
        return "red"
    if "no evidence" in found or not found:
        return "cannot say"
    return "green" if found == {"demonstrated"} else "amber"


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
