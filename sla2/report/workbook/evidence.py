"""The sheets of one level: its cases, its outages piece by piece, its slots, the rows that its figures rest on.

In: a frame and a level. Out: tables for the workbook, whose numbers add up to those of the verdicts. It runs once for
each level that was judged. It reckons nothing: the times are those of the measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.report import shown
from sla2.report.case_tables import late, open_cases
from sla2.report.workbook.grid import Cell, Column, Length, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sla2.contract.level import Level
    from sla2.measure.measurement import Case, Evidence, Piece, Slot
    from sla2.report.frame import Frame

_SECOND = 1_000_000
PERIOD, UNIT = 0, 1
"""The columns of period and unit, in every table of evidence."""
MET, MISSED = 15, 16
"""The columns of a table of cases that hold 1 for a met and for a missed case."""
COUNTED = 6
"""The column of a table of outages that holds the seconds that counted, weighted."""
_CASES = (
    "period", "unit", "ticket", "priority", "started", "stopped", "deadline", "elapsed", "elapsed_s", "paused",
    "allowance", "late", "outcome", "reason", "counted", "met", "missed", "low_s", "high_s", "cycle", "restates",
    "version", "file", "row",
)  # fmt: skip
_PIECES = (
    "period", "unit", "outage", "started", "ended", "length", "counted_s", "counts", "why", "weight", "approved",
    "recorded", "exclusion_row",
)  # fmt: skip
_SLOTS = ("period", "unit", "started", "ended", "slots", "requests", "errors", "kind", "excluded")
_ROWS = ("period", "unit", "what", "value", "used", "why", "source", "file", "row")
_WIDE = {
    "reason": 28,
    "started": 19,
    "stopped": 19,
    "deadline": 19,
    "ended": 19,
    "counted": 19,
    "why": 28,
    "source": 28,
}


@dataclass(frozen=True, slots=True)
class Evidenced:
    """One table of evidence: what it holds, its columns, how many rows, and the rows."""

    kind: str
    columns: tuple[str, ...]
    number: int
    rows: Callable[[], Iterable[tuple[Cell, ...]]]

    def headed(self, frame: Frame) -> tuple[Column, ...]:
        """The columns with their headings in the language of the report."""
        heads = [(frame.say(f"workbook.{self.kind}_{key}"), _WIDE.get(key, 13)) for key in self.columns]
        return tuple(Column(heading, max(width, len(heading) + 2)) for heading, width in heads)


def tables(frame: Frame, level: Level) -> tuple[Evidenced, ...]:
    """The tables of a level that have rows, cases first."""
    labels = {one.period.label for one in frame.settlement.of(level.name)}
    measured = frame.measurements
    pieces = [one for one in measured.pieces if one.level == level.name and one.period in labels]
    slots = [one for one in measured.slots if one.level == level.name and one.period in labels]
    rows = [one for one in measured.evidence if one.level == level.name and one.period in labels]
    found = (
        Evidenced("case", _CASES, sum(1 for _ in _cases(frame, level)), lambda: _case_rows(frame, level)),
        Evidenced("piece", _PIECES, len(pieces), lambda: (_piece(frame, one) for one in pieces)),
        Evidenced("slot", _SLOTS, len(slots), lambda: (_slot(frame, one) for one in slots)),
        Evidenced("row", _ROWS, len(rows), lambda: (_row(frame, one) for one in rows)),
    )
    return tuple(one for one in found if one.number)


def _cases(frame: Frame, level: Level) -> Iterator[Case]:
    """Every case that counts in a reported period, then those that are still open and count in none."""
    verdicts = frame.settlement.of(level.name)
    for label in dict.fromkeys(one.period.label for one in verdicts):
        yield from frame.measurements.cases.of(level.name, label)
    yield from (case for case in open_cases(frame, verdicts) if case.period is None)


def _case_rows(frame: Frame, level: Level) -> Iterator[tuple[Cell, ...]]:
    files = {entry.id: entry.file for entry in frame.imports}
    as_of = frame.measurements.as_of
    for case in _cases(frame, level):
        yield (
            case.period,
            case.unit,
            case.ticket_id,
            case.priority,
            Moment(case.started),
            None if case.stopped is None else Moment(case.stopped),
            None if case.deadline is None else Moment(case.deadline),
            Length(case.elapsed),
            Fraction(case.elapsed, _SECOND),
            Length(case.paused),
            Length(case.allowance) if case.allowance > 0 else None,
            Length(late(case, as_of)) if case.outcome == "missed" else None,
            frame.say(f"workbook.outcome_{case.outcome}"),
            shown.case_reason(frame, case.reason),
            None if case.counted is None else Moment(case.counted),
            int(case.outcome == "met"),
            int(case.outcome == "missed"),
            None if case.low is None else Fraction(case.low, _SECOND),
            None if case.high is None else Fraction(case.high, _SECOND),
            case.cycle,
            case.restates,
            frame.version_short(case.version),
            files.get(case.import_id, ""),
            case.row_no,
        )


def _piece(frame: Frame, piece: Piece) -> tuple[Cell, ...]:
    length = piece.ended - piece.started
    return (
        piece.period,
        piece.unit,
        piece.outage_id,
        Moment(piece.started),
        Moment(piece.ended),
        Length(length),
        Fraction(length, _SECOND) * piece.weight if piece.counted else 0,
        frame.say("workbook.yes" if piece.counted else "workbook.no"),
        shown.case_reason(frame, piece.exclusion_id or piece.why),
        str(piece.weight),
        piece.approved_by,
        piece.recorded_id,
        piece.exclusion_row,
    )


def _slot(frame: Frame, slot: Slot) -> tuple[Cell, ...]:
    return (
        slot.period,
        slot.unit,
        Moment(slot.started),
        Moment(slot.ended),
        slot.slots,
        slot.requests,
        slot.errors,
        frame.say(f"workbook.slot_is_{slot.kind}"),
        slot.excluded,
    )


def _row(frame: Frame, row: Evidence) -> tuple[Cell, ...]:
    files = {entry.id: entry.file for entry in frame.imports}
    used = frame.say("workbook.yes" if row.used else "workbook.no")
    return (
        row.period,
        row.unit,
        row.what,
        row.value,
        used,
        row.why,
        row.source,
        files.get(row.import_id, ""),
        row.row_no,
    )
