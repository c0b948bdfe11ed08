"""Reopened share: of the tickets that were resolved, the share that was opened again afterwards.

In: the counts of cases of one level, unit and period: missed are those opened again. Out: reopened / resolved. A ticket
counts once, in the period of its first resolution (or of its opening, if the level says so), however often it was
opened again. The history of states says whether it was; without a history the export's own count. Where there is
neither, the ticket is undecided: both shares are kept.
Wording: `level.measure.reopened-share`; slow judge: `naive`, kind reopened.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.measure.row_source import measurement

if TYPE_CHECKING:
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Counts, Measurement
    from sla2.measure.plan import LevelTerms


def share(terms: LevelTerms, period: JudgedPeriod, unit: str, counts: Counts) -> Measurement:
    """The share of one; None as value if no ticket was resolved, or nothing is known of any."""
    known = counts.met + counts.missed
    every = known + counts.undecided
    value = Fraction(counts.missed, known) if known else None
    bounds = (Fraction(counts.missed, every), Fraction(counts.missed + counts.undecided, every)) if every else ()
    return measurement(terms, unit, period, value, bounds=bounds, part=(counts.missed, known), counts=counts)
