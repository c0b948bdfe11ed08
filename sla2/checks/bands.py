"""A tier table as ranges of attainment: which values fall in no tier, in two, or in one although the target is met.

In: the tiers of a `credits` block and the target they belong to. Out: ranges of percentages with exact, worded bounds.
It runs inside the tier checks. It walks the points at which something changes and the stretches between them, so a
single value that falls between two tiers ("above 99.0%" and "below 99.0%") is found as surely as a wide gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sla2.contract.credits import Tier
    from sla2.contract.level import Target

_NONE = Decimal(0)
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value (`low` == `high`) or the open stretch between two neighbouring values, in percent."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """A value inside the cell."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Range:
    """A run of neighbouring cells."""

    cells: tuple[Cell, ...]

    @property
    def low(self) -> Decimal:
        """Where the range begins."""
        return self.cells[0].low

    @property
    def high(self) -> Decimal:
        """Where the range ends."""
        return self.cells[-1].high

    @property
    def words(self) -> str:
        """The range with its bounds worded: `of exactly 99.0%`, `from 99.0% to below 99.5%`."""
        first, last = self.cells[0], self.cells[-1]
        if len(self.cells) == 1 and first.low == first.high:
            return f"of exactly {_percent(first.low)}"
        upper_included = last.low == last.high
        if first.low == _NONE and first.high == _NONE:
            return f"{'up to and including' if upper_included else 'below'} {_percent(last.high)}"
        lower = f"from {_percent(first.low)}" if first.low == first.high else f"above {_percent(first.low)}"
        if last.high == _ALL and upper_included:
            return f"{lower} up to 100%"
        return f"{lower} {'up to and including' if upper_included else 'to below'} {_percent(last.high)}"


def _percent(value: Decimal) -> str:
    return f"{value}%"


def gaps(tiers: tuple[Tier, ...], target: Target | None) -> tuple[Range, ...]:
    """The ranges that miss the target and fall in no tier."""
    return _ranges(
        _cells(tiers, target),
        lambda value: not _meets(value, target) and not any(covers(tier, value) for tier in tiers),
    )


def overlap(first: Tier, second: Tier) -> tuple[Range, ...]:
    """The ranges that fall in both tiers."""
    found = _cells((first, second), None)
    return _ranges(found, lambda value: covers(first, value) and covers(second, value))


def met_in(tier: Tier, target: Target | None) -> tuple[Range, ...]:
    """The ranges of the tier that meet the target."""
    return _ranges(_cells((tier,), target), lambda value: _meets(value, target) and covers(tier, value))


def _cells(tiers: Iterable[Tier], target: Target | None) -> tuple[Cell, ...]:
    """The points and stretches from 0% to 100% on which neither the tiers nor the target change."""
    points = {Decimal(0): _NONE, Decimal(100): _ALL}
    for tier in tiers:
        for bound in (tier.lower, tier.upper):
            if bound is not None and _NONE <= bound.value <= _ALL:
                points.setdefault(bound.value, bound.value)
    edge = threshold(target)
    if edge is not None and _NONE <= edge <= _ALL:
        points.setdefault(edge, edge)
    values = [points[key] for key in sorted(points)]
    found = [Cell(values[0], values[0])]
    for low, high in zip(values, values[1:], strict=False):
        found += [Cell(low, high), Cell(high, high)]
    return tuple(found)


def threshold(target: Target | None) -> Decimal | None:
    """The percentage at which the target turns from missed to met; None if it is not a percentage."""
    if isinstance(target, ShareTarget):
        return target.share.value
    if isinstance(target, BoundTarget) and target.percent is not None:
        return target.percent.value
    return None


def _meets(value: Decimal, target: Target | None) -> bool:
    """True if an attainment of `value` percent meets the target (False where no target is known)."""
    edge = threshold(target)
    if edge is None:
        return False
    if isinstance(target, BoundTarget):
        compare: dict[str, bool] = {
            "at least": value >= edge,
            "above": value > edge,
            "at most": value <= edge,
            "below": value < edge,
        }
        return compare[target.comparison]
    return value >= edge


def covers(tier: Tier, value: Decimal) -> bool:
    """True if `value` percent falls in this tier."""
    if tier.lower is not None and not _inside(value, tier.lower.value, tier.lower_included):
        return False
    return tier.upper is None or _inside(-value, -tier.upper.value, tier.upper_included)


def _inside(value: Decimal, bound: Decimal, included: bool) -> bool:
    return value > bound or (included and value == bound)


def _ranges(found: tuple[Cell, ...], wanted: Callable[[Decimal], bool]) -> tuple[Range, ...]:
    """The runs of neighbouring cells in which `wanted` holds, from low to high."""
    runs: list[list[Cell]] = []
    previous = False
    for cell in found:
        now = wanted(cell.middle)
        if now and previous:
            runs[-1].append(cell)
        elif now:
            runs.append([cell])
        previous = now
    return tuple(Range(tuple(run)) for run in runs)
