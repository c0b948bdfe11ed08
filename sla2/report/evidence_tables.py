"""The slots and the rows of the log behind one figure: success rates, latencies, reported figures, deliveries, surveys.

In: a frame, a level, a period and a unit. Out: tables in the order of time, cut where a person stops reading; all of
them stand in the workbook. It runs for `explain`. It reckons nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Heading, Paragraph, Table, runs
from sla2.report import shown
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.contract.level import Level
    from sla2.document.blocks import Block
    from sla2.measure.measurement import Evidence, Slot
    from sla2.report.frame import Frame

MOST = 200
"""So many rows are shown."""


def evidence_blocks(frame: Frame, level: Level, period: str, unit: str) -> tuple[Block, ...]:
    """What a figure of one level, period and unit rests on beside cases and outages."""
    measured = frame.measurements
    slots = [
        one for one in measured.slots if (one.level, one.period) == (level.name, period) and unit in ("", one.unit)
    ]
    rows = [
        one for one in measured.evidence if (one.level, one.period) == (level.name, period) and unit in ("", one.unit)
    ]
    blocks: list[Block] = []
    if slots:
        cells = tuple(_slot(frame, one) for one in slots[:MOST])
        blocks.append(Heading(2, runs(frame.say("evidence.slots_title"))))
        blocks.append(
            _table(frame, level, "slots", ("unit", "from", "to", "slots", "requests", "errors", "kind"), cells)
        )
        blocks.extend(_more(frame, len(slots)))
    if rows:
        cells = tuple(_evidence(frame, one) for one in rows[:MOST])
        blocks.append(Heading(2, runs(frame.say("evidence.rows_title"))))
        blocks.append(_table(frame, level, "rows", ("unit", "what", "value", "used", "place"), cells))
        blocks.extend(_more(frame, len(rows)))
    return tuple(blocks)


def _table(frame: Frame, level: Level, what: str, keys: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    right = ("slots", "requests", "errors")
    return Table(
        id=f"{level.name}-{what}",
        caption=frame.say(f"evidence.{what}_caption", level=level.title),
        header=tuple(
            Cell(runs(frame.say(f"evidence.{key}")), align="right" if key in right else "left") for key in keys
        ),
        rows=rows,
    )


def _more(frame: Frame, number: int) -> list[Block]:
    return [Paragraph(runs(frame.count("evidence.more", number - MOST)), "note")] if number > MOST else []


def _slot(frame: Frame, slot: Slot) -> tuple[Cell, ...]:
    kind = frame.say(f"evidence.kind_{slot.kind}")
    if slot.excluded:
        why = shown.case_reason(frame, slot.excluded)
        kind = f"{kind}; {frame.say('evidence.excluded', why=why)}"
    numbers = (slot.slots, slot.requests, slot.errors)
    return (
        Cell(runs(slot.unit or frame.say("overview.not_measured"))),
        Cell(runs(frame.instant(slot.started))),
        Cell(runs(frame.instant(slot.ended))),
        *(Cell(runs(words.number(number, frame.language)), align="right") for number in numbers),
        Cell(runs(kind)),
    )


def _evidence(frame: Frame, row: Evidence) -> tuple[Cell, ...]:
    file = next((entry.file for entry in frame.imports if entry.id == row.import_id), "")
    place = frame.say("evidence.row", row=str(row.row_no), file=file) if file else frame.say("overview.not_measured")
    if row.source:
        place = frame.say("evidence.source", place=place, source=row.source)
    used = frame.say("evidence.used_yes") if row.used else frame.say("evidence.used_no", why=row.why)
    return (
        Cell(runs(row.unit or frame.say("overview.not_measured"))),
        Cell(runs(row.what)),
        Cell(runs(row.value)),
        Cell(runs(used)),
        Cell(runs(place)),
    )
