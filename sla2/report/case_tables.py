"""The cases behind a share: missed ones longest late first, undecided, open and excluded ones.

In: a frame, a level and its verdicts. Out: tables. It runs in the section of its level. Only so many cases are shown as
a person reads; all of them stand in the JSON report, and the count of the rest is given.
"""

from __future__ import annotations

import heapq
import shlex
from collections import Counter
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fold, Heading, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.frame import case_figure, coded
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.level import Level
    from sla2.document.blocks import Block, Inlines
    from sla2.measure.measurement import Case, Outcome
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Verdict

MOST = 25
"""So many missed cases are shown per level."""
FOLDED_FROM = 8
_RIGHT = ("late", "elapsed", "allowance", "number")


def case_blocks(frame: Frame, level: Level, verdicts: tuple[Verdict, ...]) -> tuple[Block, ...]:
    """The tables of missed, undecided, open and excluded cases; nothing for a level that judges no tickets."""
    totals = Counter[str]()
    for verdict in verdicts:
        counts = verdict.measurement.counts
        totals.update(
            met=counts.met,
            missed=counts.missed,
            undecided=counts.undecided,
            excluded=counts.excluded,
        )
    end = max((one.period.end for one in verdicts), default=0)
    names = dict.fromkeys(one.level for one in verdicts)
    totals["open"] = sum(frame.measurements.cases.open_before(name, end) for name in names)
    if not totals.total():
        return ()
    blocks: list[Block] = []
    if totals["missed"]:
        blocks.extend(_missed(frame, level, verdicts, totals["missed"]))
    elif totals["met"]:
        blocks.append(Paragraph(runs(frame.say("case.none_missed"))))
    if totals["undecided"]:
        blocks.extend(_undecided(frame, level, verdicts, totals["undecided"]))
    if totals["open"]:
        blocks.extend(_open(frame, level, verdicts, totals["open"]))
    if totals["excluded"]:
        blocks.append(_excluded(frame, level, verdicts))
    return tuple(blocks)


def late(case: Case, as_of: int) -> int:
    """How far a case is beyond its time (see `Case.late`)."""
    return case.late(as_of)


def of_periods(frame: Frame, verdicts: tuple[Verdict, ...], outcome: Outcome) -> Iterator[Case]:
    """The cases with one outcome behind the verdicts of one level, period by period."""
    for level, label in _periods(verdicts):
        yield from frame.measurements.cases.of(level, label, outcome)


def _periods(verdicts: tuple[Verdict, ...]) -> dict[tuple[str, str], None]:
    return dict.fromkeys((one.level, one.period.label) for one in verdicts)


def open_cases(frame: Frame, verdicts: tuple[Verdict, ...]) -> Iterator[Case]:
    """The cases that started before the last of these periods ended and are not decided on the as-of date.

    They count in no period yet where cases count in the period of their decision.
    """
    end = max((one.period.end for one in verdicts), default=0)
    for level in dict.fromkeys(one.level for one in verdicts):
        yield from (case for case in frame.measurements.cases.of(level, None, "open") if case.started < end)


def _missed(frame: Frame, level: Level, verdicts: tuple[Verdict, ...], total: int) -> list[Block]:
    as_of, worst = frame.measurements.as_of, frame.measurements.cases.worst
    chosen = heapq.nsmallest(
        MOST,
        (case for name, label in _periods(verdicts) for case in worst(name, label, as_of, MOST)),
        key=lambda case: (-late(case, as_of), case.started, case.ticket_id),
    )
    header = ("ticket", "priority", "opened", "deadline", "stopped", "late")
    rows = tuple(
        (
            _ticket(case, level),
            Cell(runs(case.priority)),
            Cell(runs(frame.instant(case.started))),
            Cell(runs(_deadline(frame, case))),
            Cell(runs(_stopped(frame, case))),
            Cell(runs(words.length(late(case, as_of), frame.language)), align="right"),
        )
        for case in chosen
    )
    table = _table(frame, level, "missed", header, rows, (3, 3, 4, 4, 4, 3))
    blocks: list[Block] = [Heading(3, runs(frame.say("case.missed_title")), id=f"{level.name}-missed")]
    blocks.append(_folded(frame, frame.say("case.missed_fold"), table, total))
    if total > len(chosen):
        blocks.append(Paragraph(runs(frame.count("case.more", total - len(chosen))), "note"))
    ticket = chosen[0].ticket_id.replace("`", "'") if chosen else ""
    figure = case_figure(ticket, level.name) if ticket else level.name
    names = {"figure": shlex.quote(figure), "contract": shlex.quote(frame.contract.span.path.replace("`", "'"))}
    note: Inlines = (*runs(f"{frame.say('case.late_note')} "), *coded(frame.say("case.explain", **names)))
    blocks.append(Paragraph(note, "note"))
    return blocks


def _folded(frame: Frame, title: str, table: Table, total: int) -> Block:
    rows = len(table.rows)
    if rows < FOLDED_FROM:
        return table
    number = frame.say("case.of", n=shown.whole(frame, rows), total=shown.whole(frame, total))
    return Fold(runs(f"{title} ({number if rows < total else shown.whole(frame, total)})"), (table,))


def _undecided(frame: Frame, level: Level, verdicts: tuple[Verdict, ...], total: int) -> list[Block]:
    cases = _first(of_periods(frame, verdicts, "undecided"))
    rows = tuple(
        (
            _ticket(case, level),
            Cell(runs(case.priority)),
            Cell(runs(frame.instant(case.started))),
            Cell(runs(_between(frame, case)), align="right"),
            Cell(runs(words.length(case.allowance, frame.language)), align="right"),
            Cell(runs(shown.case_reason(frame, case.reason))),
        )
        for case in cases
    )
    header = ("ticket", "priority", "opened", "elapsed", "allowance", "reason")
    table = _table(frame, level, "undecided", header, rows, (3, 3, 4, 4, 3, 4))
    blocks: list[Block] = [
        Heading(3, runs(frame.say("case.undecided_title")), id=f"{level.name}-undecided"),
        Paragraph(runs(frame.say("case.undecided_intro"))),
        _folded(frame, frame.say("case.fold"), table, total),
    ]
    return [*blocks, *_rest(frame, total - len(cases))]


def _open(frame: Frame, level: Level, verdicts: tuple[Verdict, ...], total: int) -> list[Block]:
    cases = _first(open_cases(frame, verdicts))
    rows = tuple(
        (
            _ticket(case, level),
            Cell(runs(case.priority)),
            Cell(runs(frame.instant(case.started))),
            Cell(runs(_deadline(frame, case))),
            Cell(runs(words.length(case.elapsed, frame.language)), align="right"),
            Cell(runs(shown.case_reason(frame, case.reason))),
        )
        for case in cases
    )
    header = ("ticket", "priority", "opened", "deadline", "elapsed", "reason")
    table = _table(frame, level, "open", header, rows, (3, 3, 4, 4, 3, 3))
    blocks: list[Block] = [
        Heading(3, runs(frame.say("case.open_title")), id=f"{level.name}-open"),
        Paragraph(runs(frame.say("case.open_intro")), "note"),
        _folded(frame, frame.say("case.fold"), table, total),
    ]
    return [*blocks, *_rest(frame, total - len(cases))]


def _excluded(frame: Frame, level: Level, verdicts: tuple[Verdict, ...]) -> Block:
    reasons = Counter[str]()
    for name, label in _periods(verdicts):
        reasons.update(frame.measurements.cases.reasons(name, label, "excluded"))
    rows = tuple(
        (Cell(runs(shown.case_reason(frame, reason))), Cell(runs(str(number)), align="right"))
        for reason, number in sorted(reasons.items())
    )
    table = _table(frame, level, "excluded", ("reason", "number"), rows, (8, 2))
    return Fold(runs(f"{frame.say('case.excluded_title')} ({reasons.total()})"), (table,))


def _first(cases: Iterable[Case]) -> list[Case]:
    return [case for _, case in zip(range(MOST), cases, strict=False)]


def _rest(frame: Frame, number: int) -> list[Block]:
    return [Paragraph(runs(frame.count("case.more_listed", number)), "note")] if number > 0 else []


def _ticket(case: Case, level: Level) -> Cell:
    return Cell(runs(case.ticket_id), anchor=case_figure(case.ticket_id, level.name))


def _deadline(frame: Frame, case: Case) -> str:
    return frame.instant(case.deadline) if case.deadline is not None else frame.say("case.still")


def _stopped(frame: Frame, case: Case) -> str:
    if case.stopped is not None:
        return frame.instant(case.stopped)
    return frame.say("case.not_stopped")


def _between(frame: Frame, case: Case) -> str:
    if case.low is None or case.high is None:
        return words.length(case.elapsed, frame.language)
    low, high = words.length(case.low, frame.language), words.length(case.high, frame.language)
    return frame.say("case.between", low=low, high=high)


def _table(
    frame: Frame,
    level: Level,
    kind: str,
    header: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    widths: tuple[int, ...],
) -> Table:
    heads = tuple(Cell(runs(frame.say(f"case.{key}")), align="right" if key in _RIGHT else "left") for key in header)
    caption = frame.say(f"case.{kind}_caption", level=level.title)
    return Table(id=f"{level.name}-{kind}-cases", caption=caption, header=heads, rows=rows, widths=widths)
