"""Units judged together: one verdict for all units of a level, missed as soon as one unit misses.

In: the verdicts of a level, one per unit. Out: the same; where the level says `judged: all units together` those of one
period become one, which keeps them in `units`. Its figure is that of the worst unit among those that decide it.
It runs after each unit is judged, before any money; it compares nothing with a target itself.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.settle.judge import comparison

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.settle.verdict import Status, Verdict

_DECIDES: tuple[Status, ...] = ("missed", "undecided", "met", "insufficient data", "not judged", "not in force")
"""What prevails where units differ, first to last: units that are not judged decide nothing beside one that is."""


def together(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """`verdicts` with one in the place of the units of each level and period that are judged together."""
    groups: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in verdicts:
        one = verdict.measurement.terms.judged == "together"
        groups.setdefault((verdict.level, verdict.period.label, "" if one else verdict.unit), []).append(verdict)
    return tuple(_one(group) if group[0].unit != unit else group[0] for (_, _, unit), group in groups.items())


def _one(units: list[Verdict]) -> Verdict:
    status = worst([unit.status for unit in units])
    decisive = min((unit for unit in units if unit.status == status), key=_order)
    minima = [unit.minimum for unit in units if unit.minimum is not None]
    return replace(
        decisive,
        unit="",
        minimum=worst(minima) if minima else None,
        provisional=tuple(dict.fromkeys(what for unit in units for what in unit.provisional)),
        units=tuple(units),
    )


def worst(statuses: Iterable[Status]) -> Status:
    """The status of units judged together. Raises: ValueError if there are none."""
    return min(statuses, key=_DECIDES.index)


def _order(unit: Verdict) -> tuple[bool, bool, Fraction, str]:
    """The worst value first, the unit's name where they are equal; one that a small-numbers rule let pass last."""
    target, value = unit.measurement.terms.target, unit.measurement.value
    if value is None:
        value = unit.measurement.low
    down = target is not None and comparison(target) in ("at most", "below")
    return (
        unit.reason == "allowed misses",
        value is None,
        (-value if down else value) if value else Fraction(0),
        unit.unit,
    )
