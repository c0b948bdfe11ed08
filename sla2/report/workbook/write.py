"""The workbook of a report, sheet by sheet.

In: a `Frame`. Out: the bytes of an xlsx file: the verdicts and the statement with formulas that add up the sheets
behind them, one sheet for each level with every case, the steps of every amount, the hours that counted, the files.
It runs for `sla2 report --format xlsx`. It judges and reckons nothing; the same frame gives the same bytes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import open_intervals
from sla2.report import shown
from sla2.report.frame import figure, owed_figure, place
from sla2.report.step_words import StepWords
from sla2.report.workbook import beside as sheets
from sla2.report.workbook.evidence import COUNTED, MET, MISSED, PERIOD, UNIT, Evidenced, tables
from sla2.report.workbook.grid import Book, Cell, Column, Length, Moment, Part, Share, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.level import Level
    from sla2.report.frame import Frame
    from sla2.settle.verdict import Owed, Step, Verdict

_SECOND = 1_000_000
_VERDICTS = (
    "level", "unit", "period", "first", "last", "verdict", "reason", "value", "exact", "met", "met_again", "missed",
    "missed_again", "open", "excluded", "undecided", "down_s", "down_again", "numerator", "denominator", "figure",
)  # fmt: skip
_OWED = (
    "credits", "level", "unit", "period", "amount", "least", "most", "claim_by", "claimed", "owed_by", "depends",
    "rule", "figure",
)  # fmt: skip
_STEPS = ("figure", "step", "says", "result", "rule", "version")
_HOURS = ("calendar", "opens", "closes", "length")
_FILES = ("file", "table", "read", "taken", "refused", "zone", "sha256", "note")
_ACCOUNT = ("table", "read", "judged", "excluded", "out_of_period", "refused", "not_asked")
_REMARKS = ("what", "place")
_WIDTHS = {
    "level": 22, "reason": 24, "figure": 32, "says": 90, "rule": 28, "exact": 24, "sha256": 40, "note": 50, "what": 110,
    "place": 34, "file": 26, "opens": 19, "closes": 19, "depends": 28, "credits": 22, "result": 18,
    "block": 22, "pool": 22, "right": 22, "fact": 70, "rests": 40, "name": 22, "status": 20,
}  # fmt: skip
_Behind = dict[str, list[tuple[Evidenced, tuple[Part, ...]]]]


def workbook(frame: Frame) -> bytes:
    """The report as a workbook."""
    book = Book(frame.zone, frame.today, f"{frame.say('meta.title')} – {frame.contract.title}")
    levels, owed = frame.levels(), (*frame.settlement.statement.owed, *frame.settlement.statement.bonuses)
    own = {
        "verdict": book.reserve(frame.say("workbook.verdicts"), len(frame.settlement.verdicts)),
        "owed": book.reserve(frame.say("workbook.statement"), len(owed) + 2),
    }
    beside = _reserved(frame, book)
    behind: _Behind = {level.name: [] for level in levels}
    for level in levels:
        for found in tables(frame, level):
            name = level.name if not behind[level.name] else f"{level.name} {frame.say(f'workbook.{found.kind}_sheet')}"
            behind[level.name].append((found, book.reserve(name, found.number)))
    book.write(
        own["verdict"], _title(frame, "verdicts"), _columns(frame, "verdict", _VERDICTS), _verdicts(frame, behind)
    )
    book.write(own["owed"], _title(frame, "statement"), _columns(frame, "owed", _OWED), _statement(frame, own["owed"]))
    for name, kind, keys, parts, rows in beside:
        book.write(parts, _title(frame, name), _columns(frame, kind, keys), rows)
    for level in levels:
        for found, parts in behind[level.name]:
            book.write(parts, f"{level.title} – {_days(frame)}", found.headed(frame), found.rows())
    _plain(frame, book, "steps", "step", _STEPS, list(_steps(frame, owed)))
    _plain(frame, book, "hours", "hour", _HOURS, list(_hours(frame, levels)))
    _plain(frame, book, "files", "file", _FILES, list(_files(frame)))
    _plain(frame, book, "accounting", "account", _ACCOUNT, list(_accounting(frame)))
    _plain(frame, book, "remarks", "remark", _REMARKS, [*_remarks(frame), *_cut(frame, book)])
    return book.close()


_Beside = tuple[str, str, tuple[str, ...], tuple[Part, ...], list[tuple[Cell, ...]]]


def _reserved(frame: Frame, book: Book) -> list[_Beside]:
    """The sheets beside the statement: the name of each, its columns, its place, its rows."""
    found: list[_Beside] = []
    taken = list(sheets.taken(frame))
    taken_parts = book.reserve(frame.say("workbook.taken"), len(taken)) if taken else ()
    if taken:
        found.append(("taken", "pool", sheets.TAKEN, taken_parts, taken))
    for name, kind, keys, rows in (
        ("pools", "pool", sheets.POOLS, list(sheets.pools(frame, taken_parts))),
        ("points", "point", sheets.POINTS, list(sheets.points(frame))),
        ("rights", "right", sheets.RIGHTS, list(sheets.rights(frame))),
        ("exposure", "exposure", sheets.EXPOSURE, list(sheets.exposure(frame))),
        ("opening", "opening", sheets.OPENING, list(sheets.opening(frame))),
        ("restated", "restated", sheets.RESTATED, list(sheets.restated(frame))),
    ):
        if rows:
            found.append((name, kind, keys, book.reserve(frame.say(f"workbook.{name}"), len(rows)), rows))
    return found


def _plain(frame: Frame, book: Book, name: str, kind: str, keys: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> None:
    """A sheet that no formula points at; none if it would be empty."""
    if rows:
        parts = book.reserve(frame.say(f"workbook.{name}"), len(rows))
        book.write(parts, _title(frame, name), _columns(frame, kind, keys), rows)


def _title(frame: Frame, name: str) -> str:
    return f"{frame.say(f'workbook.{name}')} – {frame.contract.title} – {_days(frame)}"


def _days(frame: Frame) -> str:
    return frame.say("head.period_value", first=frame.day(frame.start), last=frame.day(frame.last))


def _columns(frame: Frame, kind: str, keys: tuple[str, ...]) -> tuple[Column, ...]:
    heads = [(frame.say(f"workbook.{kind}_{key}"), _WIDTHS.get(key, 13)) for key in keys]
    return tuple(Column(heading, max(width, len(heading) + 2)) for heading, width in heads)


def _verdicts(frame: Frame, behind: _Behind) -> Iterator[tuple[Cell, ...]]:
    for verdict in frame.settlement.verdicts:
        measured, parts = verdict.raw or verdict.measurement, behind.get(verdict.level, [])
        counts = measured.counts
        cases = [part for found, place in parts if found.kind == "case" for part in place]
        pieces = [part for found, place in parts if found.kind == "piece" for part in place]
        met, missed = counts.met, counts.missed
        down = _down(frame, verdict)
        yield (
            verdict.level,
            verdict.unit,
            verdict.period.label,
            verdict.period.first.isoformat(),
            verdict.period.last.isoformat(),
            shown.status(frame, verdict.status),
            shown.reason(frame, verdict),
            _shown(frame, verdict),
            "" if measured.value is None else str(measured.value),
            met,
            Sum(_again(cases, MET, verdict), met) if cases else None,
            missed,
            Sum(_again(cases, MISSED, verdict), missed) if cases else None,
            counts.open,
            counts.excluded,
            counts.undecided,
            down,
            Sum(_again(pieces, COUNTED, verdict), down) if pieces and down is not None else None,
            measured.numerator,
            measured.denominator,
            figure(verdict),
        )


def _shown(frame: Frame, verdict: Verdict) -> Cell:
    """What was measured: as a percentage, a length of time or a number, else in words."""
    measured = verdict.raw or verdict.measurement
    if measured.value is None:
        return None
    match shown.kind(measured.terms):
        case "share":
            return Share(measured.value)
        case "time":
            return Length(int(measured.value))
        case _:
            return measured.value


def _down(frame: Frame, verdict: Verdict) -> Fraction | None:
    """The seconds that counted as downtime, weighted; None for a level that counts none, or units judged as one."""
    if verdict.units or (verdict.raw or verdict.measurement).terms.measure != "availability":
        return None
    wanted = (verdict.level, verdict.unit, verdict.period.label)
    counted = (one for one in frame.measurements.pieces if one.counted and (one.level, one.unit, one.period) == wanted)
    return sum((Fraction(one.ended - one.started, _SECOND) * one.weight for one in counted), Fraction(0))


def _again(parts: list[Part], column: int, verdict: Verdict) -> str:
    """The formula that adds up one column of the sheets behind a verdict, for its period and unit."""
    period, unit = _quoted(verdict.period.label), _quoted(verdict.unit)
    pieces = []
    for part in parts:
        chosen = f"{part.column(PERIOD)},{period}"
        if not verdict.units:
            chosen += f",{part.column(UNIT)},{unit}"
        pieces.append(f"SUMIFS({part.column(column)},{chosen})")
    return "=" + "+".join(pieces)


def _quoted(text: str) -> str:
    """A condition that a cell holds exactly this text: no wildcard, no number, no comparison."""
    escaped = text.replace("~", "~~").replace("*", "~*").replace("?", "~?").replace('"', '""')
    return f'"={escaped}"'


def _statement(frame: Frame, parts: tuple[Part, ...]) -> Iterator[tuple[Cell, ...]]:
    statement = frame.settlement.statement
    at = parts[0].first
    for owed, total, low, high, key in (
        (statement.owed, statement.total, statement.low, statement.high, "total"),
        (statement.bonuses, statement.bonus_total, statement.bonus_low, statement.bonus_high, "bonus_total"),
    ):
        first = at
        for one in owed:
            yield _owed(frame, one)
            at += 1
        if owed or key == "total":
            sums = [Sum(f"=SUM(E{first}:E{at - 1})", total) if owed else total, low, high]
            yield (frame.say(f"workbook.{key}", currency=statement.currency), "", "", "", *sums)
            at += 1


def _owed(frame: Frame, owed: Owed) -> tuple[Cell, ...]:
    claimed = {None: "", True: frame.say("workbook.yes"), False: frame.say("workbook.no")}[owed.claimed]
    return (
        owed.credits,
        owed.level,
        owed.unit,
        owed.period.label,
        owed.amount,
        owed.low,
        owed.high,
        owed.claim_by or "",
        claimed,
        frame.say(f"role.{owed.owed_by}"),
        ", ".join(owed.provisional),
        place(owed.block.span) if owed.block else "",
        owed_figure(owed),
    )


def _steps(frame: Frame, owed: tuple[Owed, ...]) -> Iterator[tuple[Cell, ...]]:
    """The proof of every amount, and of every verdict that no amount rests on."""
    history = {(one.level, one.unit, one.period): one for one in frame.settlement.history}
    told = set()
    for one in owed:
        verdict = history.get((one.level, one.unit, one.period))
        if verdict is None:
            continue
        told.add((one.level, one.unit, one.period))
        wording = StepWords(frame, verdict.measurement.terms, one.currency, one.block)
        yield from _numbered(frame, wording, owed_figure(one), verdict, one.steps)
    for verdict in frame.settlement.verdicts:
        if (verdict.level, verdict.unit, verdict.period) not in told:
            wording = StepWords(frame, verdict.measurement.terms, frame.settlement.statement.currency)
            yield from _numbered(frame, wording, figure(verdict), verdict, verdict.steps)


def _numbered(
    frame: Frame, wording: StepWords, name: str, verdict: Verdict, steps: tuple[Step, ...]
) -> Iterator[tuple[Cell, ...]]:
    version = frame.version_short(frame.terms.version(verdict.period.terms_day).label)
    for number, step in enumerate(steps, start=1):
        yield name, number, wording.words(step), step.result, place(step.rule), version


def _hours(frame: Frame, levels: tuple[Level, ...]) -> Iterator[tuple[Cell, ...]]:
    """The open hours of each calendar that a level of the report runs on, over the reported periods."""
    start = min((one.period.start for one in frame.settlement.verdicts), default=0)
    end = max((one.period.end for one in frame.settlement.verdicts), default=0)
    used = {calendar.name: calendar for level in levels if (calendar := frame.contract.level_hours(level)) is not None}
    for name, calendar in sorted(used.items()):
        if not calendar.round_the_clock:
            for opens, closes in open_intervals(calendar, start, end):
                yield name, Moment(opens), Moment(closes), Length(closes - opens)


def _files(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    for entry in frame.imports:
        note = "; ".join(part for part in (entry.note, entry.source) if part)
        name = f"{entry.file} ({frame.say('method.fictional')})" if entry.fictional else entry.file
        zone = entry.timezone or frame.say("method.zone_in_values")
        yield name, entry.table, entry.rows_in, entry.rows_ok, entry.rows_refused, zone, entry.sha256, note


def _accounting(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    for one in frame.measurements.accounting:
        yield one.table, one.read, one.judged, one.excluded, one.out_of_period, one.refused, one.not_asked


def _remarks(frame: Frame) -> Iterator[tuple[Cell, ...]]:
    for entry in frame.imports:
        for remark in (*entry.refused, *entry.notices):
            rows = ", ".join(str(row) for row in remark.rows)
            yield f"{entry.file}: {remark.count} × {remark.reason}", rows
    for found in (*frame.findings, *frame.checked):
        yield f"{found.code}: {found.message}", place(found.span)


def _cut(frame: Frame, book: Book) -> list[tuple[Cell, ...]]:
    return [(frame.say("workbook.cut", n=str(book.cut)), "")] if book.cut else []
