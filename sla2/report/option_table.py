"""What each option of an open passage would have come to: one column an option, beside the terms that applied.

In: a frame with the option columns of its passages. Out: a table per passage. It runs in the section of open passages,
for passages that are still open. Each column is a whole settlement of the contract with that option; this only lays
them side by side. The periods are those since the passage was opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Paragraph, Table, runs
from sla2.report import shown
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from sla2.contract.passage import Passage
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.settle.options import OptionColumn
    from sla2.settle.verdict import Verdict

_Key = tuple[str, str, str]


def option_blocks(frame: Frame, passage: Passage) -> tuple[Block, ...]:
    """The options of one passage side by side; nothing where none was tried."""
    columns = tuple(one for one in frame.options if one.passage == passage.name)
    if not columns:
        return ()
    own = _own(frame, passage, columns)
    every = (own, *(one.verdicts for one in columns))
    verdicts = {_key(one): one for group in every for one in group}
    rows = [_row(frame, verdict, [_by_key(group) for group in every]) for verdict in verdicts.values()]
    rows.append(_total(frame, "late", [_cell(shown.whole(frame, _late(group))) for group in every]))
    credits = [_sum(frame, passage), *(one.statement.total for one in columns)]
    bonuses = [_sum(frame, passage, bonus=True), *(one.statement.bonus_total for one in columns)]
    rows.append(_total(frame, "credits", [_cell(_amount(frame, one)) for one in credits]))
    if any(bonuses):
        rows.append(_total(frame, "bonuses", [_cell(_amount(frame, one)) for one in bonuses]))
    heads = [frame.say("option.period"), frame.say("option.now")]
    heads += [words.quoted(one.option, frame.language) for one in columns]
    table = Table(
        id=f"{passage.name}-options",
        caption=frame.say("option.caption", passage=passage.title),
        header=tuple(Cell(runs(head)) for head in heads),
        rows=tuple(rows),
        widths=(5, *(4 for _ in every)),
        show_caption=True,
    )
    since = frame.day(passage.opened) if passage.opened is not None else frame.day(frame.start)
    return table, Paragraph(runs(frame.say("option.note", since=since)), "note")


def _own(frame: Frame, passage: Passage, columns: tuple[OptionColumn, ...]) -> tuple[Verdict, ...]:
    """The verdicts of the terms that applied, of the levels that an option touches, since the passage was opened."""
    levels = {one.level for column in columns for one in column.verdicts}
    return tuple(one for one in frame.settlement.verdicts if one.level in levels and _since(one.period.last, passage))


def _since(day: date, passage: Passage) -> bool:
    return passage.opened is None or day >= passage.opened


def _sum(frame: Frame, passage: Passage, *, bonus: bool = False) -> Decimal:
    statement = frame.settlement.statement
    owed = statement.bonuses if bonus else statement.owed
    return sum((one.amount for one in owed if _since(one.period.last, passage)), start=statement.total * 0)


def _key(verdict: Verdict) -> _Key:
    return verdict.level, verdict.unit, verdict.period.label


def _by_key(verdicts: Iterable[Verdict]) -> dict[_Key, Verdict]:
    return {_key(one): one for one in verdicts}


def _late(verdicts: Iterable[Verdict]) -> int:
    return sum(one.measurement.counts.missed for one in verdicts)


def _cell(text: str) -> Cell:
    return Cell(runs(text))


def _amount(frame: Frame, amount: Decimal) -> str:
    return shown.amount(frame, amount, frame.settlement.statement.currency)


def _row(frame: Frame, verdict: Verdict, groups: list[dict[_Key, Verdict]]) -> tuple[Cell, ...]:
    parts = (frame.title(verdict.level), verdict.unit, shown.period(frame, verdict.period))
    cells = []
    for group in groups:
        found = group.get(_key(verdict))
        if found is None:
            cells.append(_cell(frame.say("overview.not_measured")))
            continue
        text = shown.verdict(frame, found)
        if found.measurement.value is not None:
            text = f"{text} {shown.value(frame, found.measurement.value, found.measurement.terms)}"
        cells.append(Cell(runs(text), tone=shown.tone(found.status)))
    return _cell(", ".join(part for part in parts if part)), *cells


def _total(frame: Frame, key: str, cells: list[Cell]) -> tuple[Cell, ...]:
    return Cell(runs(frame.say(f"option.{key}"), "strong")), *cells
