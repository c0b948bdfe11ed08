"""The trust report: promises of both sides, numbers against feeling, and what broke.

In: the `Trust` of a period and the frame of the reports. Out: a `Document` for any of the writers. It runs after
trust is judged, judges nothing itself, and gives no score out of ten: it prints counts, intervals and statuses that
may say "unproven".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.document.blocks import Cell, Document, Heading, Items, Paragraph, Table, runs
from sla2.report import shown
from sla2.report.compliance import meta
from sla2.report.overview import head
from sla2.report.trust_evidence import broken_section, passages_section, perception_section, repeat_section
from sla2.report.trust_feeling import feeling_section
from sla2.report.trust_promises import label_of, promises_section, same_time, target_of
from sla2.report.trust_words import colour, dimension, judge_of, side, status, tone
from sla2.trust.trust import decided
from sla2.words import format as words

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.report.trust_words import Tone
    from sla2.trust.combine import Colour, DimensionResult
    from sla2.trust.stream import Side
    from sla2.trust.trust import Row, Trust

_MOST_LINES = 6


def trust_report(frame: Frame, trust: Trust) -> Document:
    """The report on `trust`, in the language of `frame`; the first page is for both boards."""
    properties = meta(frame)
    title = f"{frame.say('trust.title')} – {frame.contract.title}"
    blocks: tuple[Block, ...] = (
        *head(frame),
        *_board(frame, trust),
        *feeling_section(frame, trust),
        *promises_section(frame, trust),
        *perception_section(frame, trust),
        *repeat_section(frame, trust),
        *passages_section(frame, trust),
        *broken_section(frame, trust),
        *_method(frame, trust),
    )
    return Document(replace(properties, title=title), blocks)


def _board(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    names = [found.dimension for found in trust.sides[0].dimensions]
    header = (
        Cell(runs(frame.say("trust.board.side"))),
        *(Cell(runs(dimension(frame, name))) for name in names),
        Cell(runs(frame.say("trust.board.overall"))),
    )
    rows = tuple(
        (
            Cell(
                runs(frame.say("trust.side.of", side=side(frame, one.side), name=frame.contract.party(one.side).title))
            ),
            *(_standing(frame, found) for found in one.dimensions),
            Cell(runs(colour(frame, one.colour)), tone=_COLOUR_TONES[one.colour]),
        )
        for one in trust.sides
    )
    table = Table("board", frame.say("trust.board.caption"), header, rows, widths=(4, 3, 3, 3, 4))
    return (
        Heading(1, runs(frame.say("trust.board.title")), id="board-page"),
        table,
        *(Paragraph(runs(line)) for line in _sums(frame, trust)),
        Items(tuple(runs(line) for line in _lines(frame, trust))),
        Paragraph(runs(frame.say("trust.board.intro")), "note"),
    )


_COLOUR_TONES: dict[Colour, Tone] = {"red": "bad", "amber": "open", "green": "good", "cannot say": "muted"}


def _standing(frame: Frame, found: DimensionResult) -> Cell:
    """The worst class of a dimension, and how many of its classes nothing shows anything about."""
    word = status(frame, found.status)
    if found.without_evidence and found.status != "no evidence":
        word = f"{word} ({frame.count('trust.board.lacking', found.without_evidence)})"
    return Cell(runs(word), tone=tone(found.status))


def _sums(frame: Frame, trust: Trust) -> list[str]:
    """How much is decided at all, in the period and over the year, and what has no evidence."""
    judged = [row for row in trust.rows if row.stream.target is not None]
    total, now = str(len(judged)), str(decided(judged))
    if same_time(trust):
        said = frame.say("trust.board.decided_young", decided=now, total=total)
    else:
        over_year = str(decided(judged, year=True))
        said = frame.say("trust.board.decided", decided=now, total=total, year=over_year)
    empty = [_owner(frame, row) for row in trust.rows if row.period.status == "no evidence"]
    if not empty:
        return [said]
    return [said, frame.count("trust.board.empty", len(empty), classes=shown.listed(frame, tuple(empty)))]


def _owner(frame: Frame, row: Row) -> str:
    name = frame.say(f"trust.side.{row.stream.side}")
    lower = name if frame.language == "de" else name.lower()
    return frame.say("trust.board.class_of", title=label_of(frame, row.stream), side=lower)


def _lines(frame: Frame, trust: Trust) -> list[str]:
    """For a director: what is missed, what is broken without an agreed share, what is nearly decided, what is shown."""
    missed = [_line(frame, "missed", row) for row in trust.rows if row.period.status == "missed"]
    untold = [
        _line(frame, "broken", row)
        for row in trust.rows
        if row.period.status == "no target" and row.period.tally.broken
    ]
    unproven = [row for row in trust.rows if row.period.status.startswith("unproven") and row.period.more_kept]
    unproven.sort(key=lambda row: row.period.more_kept or 0)
    lines = [*(missed or [frame.say("trust.board.nothing_missed")]), *untold]
    lines += [_line(frame, "more", row) for row in unproven][: max(_MOST_LINES - len(lines), 3)]
    return lines + [line for one in trust.sides if (line := _shown(frame, one.side, trust.of(one.side)))]


def _shown(frame: Frame, name: Side, rows: tuple[Row, ...]) -> str:
    """What one side has demonstrated, or ""."""
    titles = [label_of(frame, row.stream) for row in rows if row.period.status == "demonstrated"]
    if not titles:
        return ""
    return frame.say("trust.board.demonstrated", side=side(frame, name), classes=shown.listed(frame, titles))


def _line(frame: Frame, key: str, row: Row) -> str:
    tally, more = row.period.tally, row.period.more_kept or 0
    kind = "_answers" if row.stream.kind == "survey" else "_every" if row.stream.target == 1 else ""
    return frame.count(
        f"trust.board.{key}{kind}",
        more if key == "more" else tally.broken,
        side=side(frame, row.stream.side),
        judge=judge_of(frame, row.stream.side),
        title=label_of(frame, row.stream),
        kept=words.number(tally.kept, frame.language),
        of=words.number(tally.n, frame.language),
        target=target_of(frame, row.stream),
    )


def _method(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    lines = [frame.say(f"trust.method.{key}") for key in ("beta", "every", "classes", "evidence", "once")]
    blocks: list[Block] = [
        Heading(1, runs(frame.say("trust.method.title")), id="method"),
        Items(tuple(runs(line) for line in (*lines, _year(frame, trust)))),
    ]
    if trust.not_evaluated:
        skipped = (frame.say("trust.method.skipped", block=one.block, what=one.what) for one in trust.not_evaluated)
        blocks += [
            Heading(2, runs(frame.say("trust.method.not_evaluated")), id="trust-not-evaluated"),
            Items(tuple(runs(line) for line in skipped)),
        ]
    return tuple(blocks)


def _year(frame: Frame, trust: Trust) -> str:
    zone = frame.zone
    first, last = (frame.day(local_date(at, zone)) for at in (trust.year_start, trust.end - 1))
    start = frame.contract.term.start if frame.contract.term else None
    if start is None:
        return frame.say("trust.method.year_unknown", first=first, last=last)
    key = "year_young" if local_date(trust.year_start, zone) == start else "year"
    return frame.say(f"trust.method.{key}", first=first, last=last, start=frame.day(start))
