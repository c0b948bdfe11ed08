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
from sla2.report.compliance import meta
from sla2.report.overview import head
from sla2.report.trust_evidence import broken_section, passages_section, perception_section, repeat_section
from sla2.report.trust_feeling import feeling_section
from sla2.report.trust_promises import label_of, promises_section, target_of
from sla2.report.trust_words import colour, dimension, side, status, tone

if TYPE_CHECKING:
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.report.trust_words import Tone
    from sla2.trust.combine import Colour
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
    dimensions = [name for name, _ in trust.sides[0].dimensions]
    header = (
        Cell(runs(frame.say("trust.board.side"))),
        *(Cell(runs(dimension(frame, name))) for name in dimensions),
        Cell(runs(frame.say("trust.board.overall"))),
    )
    rows = tuple(
        (
            Cell(
                runs(frame.say("trust.side.of", side=side(frame, one.side), name=frame.contract.party(one.side).title))
            ),
            *(Cell(runs(status(frame, found)), tone=tone(found)) for _, found in one.dimensions),
            Cell(runs(colour(frame, one.colour)), tone=_COLOUR_TONES[one.colour]),
        )
        for one in trust.sides
    )
    table = Table("board", frame.say("trust.board.caption"), header, rows, widths=(4, 3, 3, 3, 4))
    judged = [row for row in trust.rows if row.stream.target is not None]
    decided = frame.say(
        "trust.board.decided",
        decided=str(sum(row.period.status in ("demonstrated", "missed") for row in judged)),
        year=str(sum(row.year.status in ("demonstrated", "missed") for row in judged)),
        total=str(len(judged)),
    )
    return (
        Heading(1, runs(frame.say("trust.board.title")), id="board-page"),
        table,
        Paragraph(runs(decided)),
        Items(tuple(runs(line) for line in _lines(frame, judged))),
        Paragraph(runs(frame.say("trust.board.intro")), "note"),
    )


_COLOUR_TONES: dict[Colour, Tone] = {"red": "bad", "amber": "open", "green": "good", "cannot say": "muted"}


def _lines(frame: Frame, judged: list[Row]) -> list[str]:
    """What a director needs to know: first what is missed, then what a few more kept promises would decide."""
    missed = [_line(frame, "missed", row) for row in judged if row.period.status == "missed"]
    open_rows = [row for row in judged if row.period.status.startswith("unproven") and row.period.more_kept]
    open_rows.sort(key=lambda row: row.period.more_kept or 0)
    lines = missed or [frame.say("trust.board.nothing_missed")]
    return lines + [_line(frame, "more", row) for row in open_rows][: max(_MOST_LINES - len(lines), 2)]


def _line(frame: Frame, key: str, row: Row) -> str:
    tally = row.period.tally
    return frame.say(
        f"trust.board.{key}",
        side=side(frame, row.stream.side),
        title=label_of(frame, row.stream),
        kept=str(tally.kept),
        n=str(tally.n),
        target=target_of(frame, row.stream),
        more=str(row.period.more_kept or 0),
    )


def _method(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    zone = frame.zone
    first, last = local_date(trust.year_start, zone), local_date(trust.end - 1, zone)
    start = frame.contract.term.start if frame.contract.term else None
    if start is None:
        year = frame.say("trust.method.year_unknown", first=frame.day(first), last=frame.day(last))
    else:
        year = frame.say("trust.method.year", first=frame.day(first), last=frame.day(last), start=frame.day(start))
    lines = [frame.say(f"trust.method.{key}") for key in ("beta", "classes", "evidence")]
    return (
        Heading(1, runs(frame.say("trust.method.title")), id="method"),
        Items(tuple(runs(line) for line in (*lines, year))),
    )
