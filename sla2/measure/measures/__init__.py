"""The measures: how cases, pieces of outage time, samples or rows become one figure per level, unit and period.

In: what the log holds about a level, and its terms. Out: `Measurement` values and their proof. One file per measure, or
per family where they share all but the last step: `shares` (tickets), `outages` (availability, number of outages,
longest outage, mean time between failures). `OF_ROWS` lists those that read rows of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.measure.measures import delivery_date, latency, reported_figure, satisfaction, success_rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.measure.measurement import Measurement
    from sla2.measure.row_source import RowSource

OF_ROWS: tuple[Callable[[RowSource], tuple[Measurement, ...]], ...] = (
    success_rate.measured,
    latency.measured,
    reported_figure.measured,
    delivery_date.measured,
    satisfaction.measured,
)
"""The measures that are reckoned from samples, figures, deliveries and surveys, in this order."""
