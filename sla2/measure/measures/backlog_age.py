"""Backlog age: how old the tickets are that are open at the end of the period.

In: the cases of a level, one for each ticket and period at whose end it is open. Out: the greatest age or, for a target
in a plain number, how many are open. A share within an allowance, median, p95, p99 and average are reckoned like those
of a resolution time (`shares`). Age runs in the hours of the level from the opening (or reopening, if that makes a new
case) to the end of the period, less the time in which its clock stood still. A period that still runs is looked at on
the as-of date. A ticket done in the very instant in which the period ends is still open at its end.
Wording: `level.measure.backlog-age`; slow judge: `naive`, kind backlog.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget
from sla2.measure.measures.number_of_incidents import number
from sla2.measure.row_source import measurement

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Counts, Measurement
    from sla2.measure.plan import LevelTerms

OLDEST = """
SELECT level, unit, period, max(elapsed) AS age, min(low) AS low, max(high) AS high
FROM case_rows
WHERE period IS NOT NULL AND outcome <> 'excluded'
GROUP BY level, unit, period
"""


def is_bound(level: Level) -> bool:
    """True if the target is about the number of open tickets or the oldest of them, and not about a share of them."""
    return level.measure == "backlog age" and isinstance(level.target, BoundTarget)


def backlog(
    terms: LevelTerms, period: JudgedPeriod, unit: str, counts: Counts, oldest: tuple[int, int] | None, *, known: bool
) -> Measurement:
    """The number of open tickets, or the greatest age in microseconds: as recorded, and at most (`oldest`)."""
    target = terms.level.target
    if isinstance(target, BoundTarget) and target.duration is None:
        return number(terms, period, unit, counts, known=known)
    if oldest is None:
        return measurement(terms, unit, period, None, counts=counts)
    cases = counts.met + counts.missed + counts.undecided
    bounds = (Fraction(oldest[1]),)
    return measurement(terms, unit, period, Fraction(oldest[0]), bounds=bounds, part=(cases, cases), counts=counts)
