"""How far a log reaches: the days that its exports say they cover.

In: a `Log`. Out: starts and ends in microseconds UTC. It runs when the days of a run are chosen. It reads no ticket and
chooses no day itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla2.logs.log import Log

_JUDGED = ("tickets", "status_events", "outages", "samples")
"""The tables that levels are judged by. How far a log is believed follows them: a list of claims or a survey that
reaches further says nothing about tickets."""


def covered(log: Log) -> tuple[list[int], list[int]]:
    """Starts and ends of what the imports cover; of other tables only where none that levels are judged by has any."""
    judged = [entry for entry in log.imports if entry.table in _JUDGED and entry.covers_to is not None]
    told = judged or [entry for entry in log.imports if entry.covers_to is not None]
    starts = [entry.covers_from for entry in told if entry.covers_from is not None]
    return starts, [entry.covers_to for entry in told if entry.covers_to is not None]
