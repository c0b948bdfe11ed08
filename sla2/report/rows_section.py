"""Data quality: what became of every row of each table, and which rows were refused.

In: a frame. Out: blocks. It runs in the section on data and method. The numbers are those that measuring asserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Heading, Paragraph, Table, runs
from sla2.report.texts import book
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.logs.log import Import
    from sla2.measure.measurement import Accounting
    from sla2.report.frame import Frame

_KEYS = ("read", "judged", "excluded", "out_of_period", "refused", "not_asked")


def rows_blocks(frame: Frame) -> tuple[Block, ...]:
    """The account of each table by which levels are judged; nothing where there is none."""
    found = frame.measurements.accounting
    if not found:
        return ()
    header = (
        Cell(runs(frame.say("rows.table"))),
        *(Cell(runs(frame.say(f"rows.{key}")), align="right") for key in _KEYS),
    )
    table = Table(
        id="rows-table",
        caption=frame.say("rows.caption"),
        header=header,
        rows=tuple(_row(frame, one) for one in found),
        widths=(3, 3, 4, 4, 4, 4, 4),
    )
    heading = Heading(2, runs(frame.say("rows.title")), id="rows")
    return heading, Paragraph(runs(frame.say("rows.intro"))), table


def _row(frame: Frame, account: Accounting) -> tuple[Cell, ...]:
    values = (
        account.read, account.judged, account.excluded, account.out_of_period, account.refused, account.not_asked,
    )  # fmt: skip
    numbers = (Cell(runs(words.number(value, frame.language)), align="right") for value in values)
    return (Cell(runs(table_name(frame, account.table))), *numbers)


def table_name(frame: Frame, table: str) -> str:
    """The name of a table of the log for a reader."""
    return frame.say(f"rows.{table}") if f"rows.{table}" in book(frame.language) else table


def refused_lines(frame: Frame, entry: Import) -> list[str]:
    """The rows of one file that were refused, each reason with the numbers of its rows."""
    lines = []
    for one in entry.refused:
        rows = ", ".join(str(row) for row in one.rows) or "–"
        key = "rows.refused_rows" if len(one.rows) == one.count else "rows.refused_more"
        number = words.number(one.count, frame.language)
        values = {"file": entry.file, "rows": rows, "reason": one.reason}
        lines.append(frame.say(key, **values) if key == "rows.refused_rows" else frame.say(key, n=number, **values))
    return lines
