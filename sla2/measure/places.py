"""Which part of a service a row is about, and by which of them a level is measured.

In: the words of a level (`unit: each zone`, `down when: 2 or more zones are down`). Out: the column of the log that
tells the units apart: zone, region and project have columns of their own; components, and whatever else a contract
calls its units (droplet, machine, feature), stand in the column `component`. Used wherever outages and samples are
sorted into units. Tickets have columns of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.logs.schema import PLACES

if TYPE_CHECKING:
    from sla2.contract.level import Down, Level

COMPONENT = "component"


def unit_place(level: Level) -> str:
    """The column of the units of a level; "" for the service as a whole."""
    return "" if level.unit == "the service" else _column(level.unit.removeprefix("each "))


def part_place(down: Down | None) -> str:
    """The column that `down when:` counts: components unless it names something else."""
    return COMPONENT if down is None or down.unit is None else _column(down.unit)


def _column(word: str) -> str:
    single = word.removesuffix("s")
    return single if single in PLACES else COMPONENT
