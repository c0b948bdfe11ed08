"""A contract and a log become measurements: cases judged, outages counted, one measurement per level and period.

In: a `Contract` with its versions and a `Log`. Out: `Measurements`, with every case and piece of outage time as
evidence. Runs after reading and checking. It gives no verdict on a target and knows no money: `settle` does.
"""

from __future__ import annotations

from sla2.measure.measurement import Case, Cases, Counts, Measurement, Measurements, Piece
from sla2.measure.run import measure

__all__ = ["Case", "Cases", "Counts", "Measurement", "Measurements", "Piece", "measure"]
