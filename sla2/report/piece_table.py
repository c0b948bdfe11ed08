"""Downtime piece by piece: what counted, what did not, and who approved that.

In: a frame and a level of which intervals are measured. Out: a table, longest pieces first. It runs in the section of
its level; levels without outages get nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fold, Heading, Paragraph, Table, runs
from sla2.report import shown
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.level import Level
    from sla2.document.blocks import Block
    from sla2.measure.measurement import Piece
    from sla2.report.frame import Frame

MOST = 50
"""So many pieces are shown; all of them stand in the JSON report."""


def piece_blocks(frame: Frame, level: Level) -> tuple[Block, ...]:
    """The pieces of downtime of a level in the reported periods."""
    labels = {one.period.label for one in frame.settlement.of(level.name)}
    pieces = [one for one in frame.measurements.pieces if one.level == level.name and one.period in labels]
    if not pieces:
        return ()
    chosen = sorted(pieces, key=lambda one: (one.started - one.ended, one.started, one.unit, one.outage_id))[:MOST]
    table = _table(frame, level, chosen)
    title = frame.say("level.pieces_title")
    blocks: list[Block] = [Heading(3, runs(title), id=f"{level.name}-downtime")]
    blocks.append(
        Fold(runs(f"{frame.say('level.pieces_fold')} ({len(chosen)})"), (table,)) if len(pieces) > 10 else table
    )
    if len(pieces) > MOST:
        blocks.append(Paragraph(runs(frame.count("case.more_listed", len(pieces) - MOST)), "note"))
    return tuple(blocks)


def pieces_of(frame: Frame, level: Level, period: str, unit: str) -> tuple[Block, ...]:
    """All pieces of one level in one period, of one unit where the level is judged by unit, in the order of time."""
    pieces = [
        one
        for one in frame.measurements.pieces
        if (one.level, one.period) == (level.name, period) and unit in ("", one.unit)
    ]
    return (replace(_table(frame, level, pieces), show_caption=True),) if pieces else ()


def _table(frame: Frame, level: Level, pieces: Iterable[Piece]) -> Table:
    return Table(
        id=f"{level.name}-pieces",
        caption=frame.say("level.pieces_caption", level=level.title),
        header=tuple(
            Cell(runs(frame.say(f"level.piece_{key}"))) for key in ("unit", "outage", "from", "to", "length", "counts")
        ),
        rows=tuple(_row(frame, one) for one in sorted(pieces, key=lambda one: (one.started, one.unit))),
        widths=(3, 3, 4, 4, 3, 3),
    )


def _is_exclusion(frame: Frame, piece: Piece) -> bool:
    return any(one.name == piece.exclusion_id for one in frame.contract.exclusions)


def _row(frame: Frame, piece: Piece) -> tuple[Cell, ...]:
    why = shown.case_reason(frame, piece.exclusion_id if _is_exclusion(frame, piece) else piece.why)
    if piece.counted:
        counts = frame.say("level.piece_yes")
    elif piece.approved_by:
        counts = frame.say("level.piece_approved", why=why, who=piece.approved_by)
    else:
        counts = frame.say("level.piece_no", why=why)
    return (
        Cell(runs(piece.unit or frame.say("overview.not_measured"))),
        Cell(runs(piece.outage_id)),
        Cell(runs(frame.instant(piece.started))),
        Cell(runs(frame.instant(piece.ended))),
        Cell(runs(words.length(piece.ended - piece.started, frame.language)), align="right"),
        Cell(runs(counts)),
    )
