"""Figures, deliveries, survey answers and stretches of life as the log has them.

In: the tables `figures`, `deliveries`, `surveys` and `units`. Out: one value per row, in an order that does not
depend on the files. Used by the measures of the same names. It judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sla2.logs.schema import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.measure.plan import Cell

    Fetch = Callable[[str], list[tuple[Cell, ...]]]

FIGURES = """
SELECT name, unit, period, value, source, import_id, row_no FROM figures
ORDER BY name, unit, period, value, source, import_id, row_no
"""
DELIVERIES = """
SELECT obligation, due, delivered_at, evidence, import_id, row_no FROM deliveries
ORDER BY obligation, due, delivered_at, import_id, row_no
"""
SURVEYS = """
SELECT s.respondent, s.at, s.item, s.score, s.party, s.about, s.service, s.ticket_id, s.import_id, s.row_no
FROM surveys s ORDER BY s.at, s.respondent, s.item, s.score, s.import_id, s.row_no
"""
UNITS = """
SELECT service, component, zone, region, project, started, ended FROM units
ORDER BY service, component, zone, region, project, started, ended
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure; `unit` "" is the service."""

    number: int
    name: str
    unit: str
    period: str
    value: Decimal
    source: str
    import_id: int
    row_no: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery; `due` None: as the contract says; `delivered` None: not yet."""

    number: int
    obligation: str
    due: int | None
    delivered: int | None
    evidence: str
    import_id: int
    row_no: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one survey item."""

    number: int
    respondent: str
    at: int
    item: str
    score: Decimal
    party: str | None
    about: str | None
    service: str | None
    ticket: str
    import_id: int
    row_no: int


@dataclass(frozen=True, slots=True)
class Life:
    """One stretch in which a unit existed; `places`: the values of the columns that a unit may be told apart by."""

    service: str | None
    places: tuple[tuple[str, str | None], ...]
    started: int
    ended: int | None


def figures(fetch: Fetch) -> tuple[Figure, ...]:
    """All reported figures."""
    return tuple(
        Figure(
            number,
            _text(row[0]),
            _text(row[1]),
            _text(row[2]).strip(),
            value,
            _text(row[4]),
            _whole(row[5]),
            _whole(row[6]),
        )
        for number, row in enumerate(fetch(FIGURES))
        if (value := _exact(row[3])) is not None
    )


def deliveries(fetch: Fetch) -> tuple[Delivery, ...]:
    """All deliveries."""
    return tuple(
        Delivery(number, _text(row[0]), _moment(row[1]), _moment(row[2]), _text(row[3]), _whole(row[4]), _whole(row[5]))
        for number, row in enumerate(fetch(DELIVERIES))
    )


def answers(fetch: Fetch, as_of: int) -> tuple[Answer, ...]:
    """All survey answers given before `as_of`."""
    return tuple(
        Answer(
            number, _text(row[0]), at, _text(row[2]), score, _given(row[4]), _given(row[5]), _given(row[6]),
            _text(row[7]), _whole(row[8]), _whole(row[9]),
        )
        for number, row in enumerate(fetch(SURVEYS))
        if (score := _exact(row[3])) is not None and (at := _whole(row[1])) < as_of
    )  # fmt: skip


def lives(fetch: Fetch) -> tuple[Life, ...]:
    """All stretches of life of units."""
    return tuple(
        Life(
            _given(row[0]),
            tuple((name, _given(cell)) for name, cell in zip(PLACES, row[1:5], strict=True)),
            _whole(row[5]),
            _moment(row[6]),
        )
        for row in fetch(UNITS)
    )


def _exact(cell: Cell) -> Decimal | None:
    try:
        value = Decimal(str(cell))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _given(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _whole(cell: Cell) -> int:
    return int(cell) if isinstance(cell, int) else 0


def _moment(cell: Cell) -> int | None:
    return int(cell) if isinstance(cell, int) else None
