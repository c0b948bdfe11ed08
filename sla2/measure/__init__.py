"""A contract and a log become measurements: cases judged, outages counted, one measurement per level and period.

In: a `Contract` with its versions and a `Log`. Out: `Measurements`, with every case and piece of outage time as
evidence. Runs after reading and checking. It gives no verdict on a target and knows no money: `settle` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.later import Later
from sla2.measure.measurement import Case, Cases, Counts, Measurement, Measurements, Piece

if TYPE_CHECKING:
    from sla2.measure import run as _run
    from sla2.measure.run import measure
else:
    _run = Later("sla2.measure.run")

__all__ = ["Case", "Cases", "Counts", "Measurement", "Measurements", "Piece", "measure"]


def __getattr__(name: str) -> object:
    """`measure`, imported when it is first asked for: whoever wants the types alone needs no database."""
    if name != "measure":
        raise AttributeError(f"module 'sla2.measure' has no attribute {name!r}")
    return _run.measure
