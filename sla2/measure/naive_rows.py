"""The slow judge of figures, deliveries and surveys: the rows read one by one, in plain Python.

In: a contract, a level and its period, rows as plain mappings. Out: the value and its standing. It shares no step with
the measures that it judges. It runs in tests and in `--verify`.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import is_working_day, local
from sla2.contract.level import BoundTarget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.plan import Cell

Found = tuple[Fraction | None, str]


def naive_figure(
    level: Level, periods: Sequence[JudgedPeriod], number: int, rows: Sequence[Mapping[str, Cell]], as_of: int
) -> Found:
    """The figure of the period in place `number`."""
    label = periods[number].label
    told = {
        Fraction(Decimal(str(row["value"]))) for row in rows if (row["name"], row["period"]) == (level.figure, label)
    }
    if len(told) > 1:
        return None, "undecided"
    if told:
        return _scaled(level, told.pop()), "final"
    if as_of < periods[number].end:
        return None, "final"
    if level.no_report == "previous":
        for earlier in range(number - 1, -1, -1):
            value, _ = naive_figure(level, periods, earlier, rows, as_of)
            if value is not None:
                return value, "final"
    return None, "missed" if level.no_report == "missed" else "undecided"


def _scaled(level: Level, value: Fraction) -> Fraction:
    percent = isinstance(level.target, BoundTarget) and level.target.percent is not None
    return value / 100 if percent else value


def naive_delay(contract: Contract, level: Level, due: date, rows: Sequence[Mapping[str, Cell]], as_of: int) -> Found:
    """Days late of what was due on a day: the days after it are counted one by one."""
    zone = contract.timezone or "UTC"
    came = [_int(row["delivered_at"]) for row in rows if row["delivered_at"] is not None]
    came = [moment for moment in came if moment < as_of]
    last = local(max(came) if came else as_of - 1, zone).date()
    if not came and last <= due:
        return None, "final"
    target = level.target
    working = isinstance(target, BoundTarget) and target.duration is not None and target.duration.unit == "working day"
    late, day = 0, due
    while day < last:
        day += timedelta(days=1)
        late += not working or is_working_day(contract.calendar(contract.working_days or ""), day)
    return Fraction(late), "final" if came else "rising"


def naive_satisfaction(
    contract: Contract, level: Level, period: JudgedPeriod, rows: Sequence[Mapping[str, Cell]], as_of: int
) -> Found:
    """Mean score or share of the satisfied, of one survey with items of one scale."""
    (survey,) = contract.surveys
    last: dict[tuple[Cell, Cell, Cell], Mapping[str, Cell]] = {}
    for row in sorted(rows, key=lambda row: (_int(row["at"]), str(row["score"]))):
        mine = row["item"] in {item.name for item in survey.items} and row["party"] in (None, "customer")
        if mine and row["about"] in (None, "supplier") and period.start <= _int(row["at"]) < min(period.end, as_of):
            last[row["respondent"], row["item"], row["ticket_id"]] = row
    scores = [Fraction(Decimal(str(row["score"]))) for row in last.values()]
    if not scores:
        return None, "final"
    if len({row["respondent"] for row in last.values()}) < (survey.show_from or 0):
        return None, "insufficient data"
    if isinstance(level.target, BoundTarget) and level.target.percent is not None:
        return Fraction(sum(score >= (survey.satisfied_from or 0) for score in scores), len(scores)), "final"
    return sum(scores, Fraction(0)) / len(scores), "final"


def _int(cell: Cell) -> int:
    return int(cell) if cell is not None else 0
