"""The gap between the priority a ticket got and the priority its hindered users call for.

In: tickets with users hindered, assigned priority and verdict; the contract's impact table. Out: a `Perception` with
the under-prioritised share, the user-weighted gap and shadow compliance: each ticket judged by the target of the
priority it should have had. Tickets without a number of users are counted, never guessed.

Rule: floors are inclusive; gap = assigned - expected, in steps of priority, positive = under-prioritised. Weighted
gap = sum(users x max(gap, 0)) / sum(users).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.relations import Impact


@dataclass(frozen=True, slots=True)
class Felt:
    """One ticket. `rank`s: 1 is the highest priority. `met` as logged, `met_as_felt` by the expected priority's target.

    Either may be None where no level judges that priority or the case is not decided. `hindered` = microseconds open.
    """

    ref: str
    users: int
    assigned: int
    expected: int
    hindered: int
    met: bool | None
    met_as_felt: bool | None

    @property
    def gap(self) -> int:
        """Steps of priority too low (positive) or too high (negative)."""
        return self.assigned - self.expected


@dataclass(frozen=True, slots=True)
class Perception:
    """The figures over all tickets with a known number of users; shares are exact and None without evidence."""

    rows: tuple[Felt, ...]
    without_users: int
    under_share: Fraction | None
    weighted_gap: Fraction | None
    as_logged: Fraction | None
    as_felt: Fraction | None
    judged_both: int
    hidden_user_time: int


def expected_priority(impact: Impact, users: int) -> str | None:
    """The priority that `users` hindered users call for, by the contract's table; None if no row fits."""
    for floor in sorted((f for f in impact.floors if not f.below), key=lambda floor: -floor.number):
        if users >= floor.number:
            return floor.priority
    below = (floor for floor in impact.floors if floor.below and users < floor.number)
    return next((floor.priority for floor in below), None)


def perceive(rows: Sequence[Felt], without_users: int) -> Perception:
    """The figures of the gap over `rows`; `without_users` tickets had no number of users."""
    ordered = tuple(sorted(rows, key=lambda row: (-max(row.gap, 0) * row.users, row.ref)))
    users = sum(row.users for row in rows)
    both = [row for row in rows if row.met is not None and row.met_as_felt is not None]
    return Perception(
        rows=ordered,
        without_users=without_users,
        under_share=Fraction(sum(row.gap > 0 for row in rows), len(rows)) if rows else None,
        weighted_gap=Fraction(sum(row.users * max(row.gap, 0) for row in rows), users) if users else None,
        as_logged=Fraction(sum(row.met is True for row in both), len(both)) if both else None,
        as_felt=Fraction(sum(row.met_as_felt is True for row in both), len(both)) if both else None,
        judged_both=len(both),
        hidden_user_time=sum(row.users * row.hindered for row in rows if row.gap > 0),
    )
