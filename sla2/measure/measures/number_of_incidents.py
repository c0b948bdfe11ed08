"""Number of incidents: how many tickets that the level looks at were opened in the period, or resolved, if it says so.

In: the counts of cases of one level, unit and period. Out: their number. It looks at no clock. A cancelled ticket and
one with an excluded cause do not count. No ticket is a count of 0, not a want of evidence, once the period has begun.
Wording: `level.measure.number-of-incidents`; slow judge: `naive`, kind count.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.measure.row_source import measurement

if TYPE_CHECKING:
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Counts, Measurement
    from sla2.measure.plan import LevelTerms


def number(terms: LevelTerms, period: JudgedPeriod, unit: str, counts: Counts, *, known: bool) -> Measurement:
    """The number of cases; None as value if nothing is `known` of the period: it has not begun, or nobody kept tickets.

    Cases of a backlog that are older than the target are counted like the others.
    """
    found = counts.met + counts.missed
    most = found + counts.undecided
    value = Fraction(found) if known else None
    bounds = (Fraction(most),) if known else ()
    return measurement(terms, unit, period, value, bounds=bounds, part=(found, found), counts=counts)
