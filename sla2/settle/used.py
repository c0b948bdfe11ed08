"""What has been paid before: the memory of caps, pools and the maximum exposure.

In: lines that are settled, balances carried over. Out: sums over spans of days. It grows period by period; it decides
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sla2.settle.line import Line
    from sla2.settle.spans import Days


@dataclass(slots=True)
class Used:
    """Per block: the last day of each period, the unit and the amount paid; and the bases of these periods.

    `carried`: the blocks for which an opening balance says what was paid before the first day that is measured.
    """

    paid: dict[str, list[tuple[date, str, Fraction]]] = field(default_factory=dict)
    bases: dict[str, list[tuple[date, str, Fraction]]] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()

    @staticmethod
    def opened(carried: Mapping[str, Fraction], day: date) -> Used:
        """With the balances that are carried over, paid on `day`."""
        return Used({name: [(day, "", amount)] for name, amount in carried.items()}, {}, frozenset(carried))

    def copy(self) -> Used:
        """The same, to be tried on."""
        return Used(
            {name: list(paid) for name, paid in self.paid.items()},
            {name: list(bases) for name, bases in self.bases.items()},
            self.carried,
        )

    def within(self, blocks: tuple[str, ...], days: Days, unit: str | None) -> Fraction:
        """What the blocks have paid for periods that end within `days`; for one unit, or (None) for all units."""
        total = Fraction(0)
        for block in blocks:
            for last, of, amount in self.paid.get(block, []):
                if days.first <= last < days.after and unit in (None, of):
                    total += amount
        return total

    def based(self, block: str, days: Days, unit: str | None) -> Fraction:
        """The sum of the bases of the periods that end within `days`: each once, or those of one unit."""
        found = {
            (last, of if unit is not None else ""): base
            for last, of, base in self.bases.get(block, [])
            if days.first <= last < days.after and unit in (None, of)
        }
        return sum(found.values(), Fraction(0))

    def add(self, line: Line) -> None:
        """Remember what this line finally pays."""
        where = line.verdict.period.last, line.verdict.unit
        self.paid.setdefault(line.block.name, []).append((*where, line.amount))
        if line.base is not None:
            self.bases.setdefault(line.block.name, []).append((*where, line.base))
