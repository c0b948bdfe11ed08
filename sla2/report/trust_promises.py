"""Promises kept, per side: a table and a chart with intervals.

In: the rows of trust. Out: blocks. It shows the period and the trailing year side by side, and for each undecided
class how many more kept promises would decide it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.document.blocks import Bar, Cell, Chart, Heading, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.trust_words import side, status, tone
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.document.blocks import Block, Inlines
    from sla2.report.frame import Frame
    from sla2.trust.promises import Standing
    from sla2.trust.stream import Side, Stream
    from sla2.trust.trust import Row, Trust

_PLACES = 0
_COUNTED = ("unknown cause", "recorded late", "other target", "coarse")
_WITH_VALUE = ("too few answers", "checked by")


def promises_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """One table and one chart per side."""
    blocks: list[Block] = [Heading(1, runs(frame.say("trust.promises.title")), id="promises")]
    for one in trust.sides:
        rows = trust.of(one.side)
        who = side(frame, one.side)
        lower = who if frame.language == "de" else who.lower()
        blocks.append(Heading(2, runs(frame.say("trust.promises.of_side", side=lower)), id=f"promises-{one.side}"))
        if not rows:
            blocks.append(Paragraph(runs(frame.say("trust.promises.nothing"))))
            continue
        blocks.append(_table(frame, one.side, rows, lower, year=not same_time(trust)))
        if any(row.period.tally.n for row in rows):
            blocks.append(_chart(frame, one.side, rows, lower))
    key = "note_young" if same_time(trust) else "note"
    blocks.append(Paragraph(runs(frame.say(f"trust.promises.{key}")), "note"))
    return tuple(blocks)


def same_time(trust: Trust) -> bool:
    """True if the contract is so young that the trailing year is the period itself."""
    return trust.year_start == trust.start


def label_of(frame: Frame, stream: Stream) -> str:
    """The title of a class; a question in quotation marks; a passage class has no title of its own."""
    if stream.kind == "survey":
        return frame.say("trust.promises.question", text=stream.title.rstrip("."))
    return stream.title or frame.say(f"trust.kind.{stream.kind.replace(' ', '_')}")


def columns_of(frame: Frame, columns: Iterable[str]) -> str:
    """The columns of a log that make two incidents the same, in words."""
    return shown.listed(frame, (frame.say(f"trust.column.{column}") for column in columns))


def percent_of(frame: Frame, share: Decimal | Fraction) -> str:
    """A share as a whole percentage, for intervals."""
    exact = Fraction(share)
    return words.share(exact, frame.language, _PLACES)


def target_of(frame: Frame, stream: Stream) -> str:
    """The target of a class, with all its digits; every single one; or a dash."""
    if stream.target is None:
        return frame.say("trust.promises.none")
    if ("by period", "") in stream.notes:
        return frame.say("trust.promises.each_period")
    places = 0
    while places < 6 and (stream.target * 100 * 10**places).denominator != 1:
        places += 1
    return words.share(stream.target, frame.language, places)


def _table(frame: Frame, name: Side, rows: tuple[Row, ...], lower: str, *, year: bool) -> Table:
    keys = ("class", "target", "period", "interval", "status", "year", "year_status")[: 7 if year else 5]
    return Table(
        id=f"kept-{name}",
        caption=frame.say("trust.promises.caption", side=lower),
        header=tuple(
            Cell(runs(frame.say(f"trust.promises.{key}")), align="right" if key == "target" else "left") for key in keys
        ),
        rows=tuple(_row(frame, row, year=year) for row in rows),
        widths=(9, 5, 6, 5, 10, 7, 10)[: len(keys)],
        show_caption=True,
    )


def _row(frame: Frame, row: Row, *, year: bool) -> tuple[Cell, ...]:
    stream = row.stream
    kind = frame.say(f"trust.kind.{stream.kind.replace(' ', '_')}")
    title: Inlines = runs(label_of(frame, stream), "strong")
    if stream.title:
        title = (*title, Run(f" – {kind}"))
    for note in _notes(frame, stream):
        title = (*title, Run(f" ({note})", "emphasis"))
    over_year = (
        Cell(runs(_kept(frame, row.year))),
        Cell(runs(status(frame, row.year.status)), tone=tone(row.year.status)),
    )
    return (
        Cell(title),
        Cell(runs(target_of(frame, stream)), align="right"),
        Cell(runs(_kept(frame, row.period))),
        Cell(runs(_range(frame, row.period))),
        Cell(runs(_status(frame, row)), tone=tone(row.period.status)),
        *(over_year if year else ()),
    )


def _notes(frame: Frame, stream: Stream) -> list[str]:
    found = []
    for key, value in stream.notes:
        words_key = f"trust.promises.{key.replace(' ', '_')}"
        if key in _COUNTED:
            found += [frame.count(words_key, int(value))] if value != "0" else []
        elif key == "same":
            found.append(frame.say(words_key, value=columns_of(frame, value.split(" + "))))
        elif key in _WITH_VALUE:
            found.append(frame.say(words_key, value=value))
        elif key != "by period":
            found.append(frame.say(words_key))
    if stream.capped:
        found.append(frame.say("trust.promises.capped"))
    return found


def _kept(frame: Frame, found: Standing) -> str:
    tally = found.tally
    kept = words.number(tally.kept, frame.language)
    parts = [frame.say("trust.promises.kept", kept=kept, n=words.number(tally.n, frame.language))] if tally.n else []
    waiting = (("waiting", tally.pending), ("untested", tally.untested), ("moved", tally.moved))
    parts += [frame.count(f"trust.promises.{key}", n) for key, n in waiting if n]
    return "; ".join(parts) or frame.say("trust.promises.none")


def _range(frame: Frame, found: Standing) -> str:
    if not found.tally.n:
        return frame.say("trust.promises.none")
    low, high = percent_of(frame, found.low), percent_of(frame, found.high)
    if low == high:
        low, high = (words.share(Fraction(bound), frame.language, 1) for bound in (found.low, found.high))
    return frame.say("trust.promises.range", low=low, high=high)


def _status(frame: Frame, row: Row) -> str:
    """The status; for what is unproven, how many more kept promises would decide it."""
    found = row.period
    word = status(frame, found.status)
    if not found.status.startswith("unproven") or row.stream.capped:
        return word
    if found.more_kept is None:
        return f"{word}; {frame.say('trust.promises.never')}"
    key = "more_answers" if row.stream.kind == "survey" else "more"
    return f"{word}; {frame.count(f'trust.promises.{key}', found.more_kept)}"


def _chart(frame: Frame, name: Side, rows: tuple[Row, ...], lower: str) -> Chart:
    shown = [row for row in rows if row.period.tally.n]
    return Chart(
        id=f"chart-{name}",
        kind="bars",
        title=frame.say("trust.promises.chart", side=lower),
        description=frame.say("trust.promises.chart_description"),
        bars=tuple(_bar(frame, row) for row in shown),
        axis_words=tuple(words.share(Fraction(n, 4), frame.language, 0) for n in range(5)),
        table_header=(frame.say("trust.promises.class"), frame.say("trust.promises.chart_share")),
    )


def _bar(frame: Frame, row: Row) -> Bar:
    found = row.period
    share = Fraction(found.tally.kept, found.tally.n)
    return Bar(
        label=label_of(frame, row.stream),
        value=float(share),
        words=f"{words.share(share, frame.language, _PLACES)} ({_range(frame, found)})",
        tone=tone(found.status),
        low=_pixel(found.low),
        high=_pixel(found.high),
        mark=None if row.stream.target is None else float(row.stream.target),
    )


def _pixel(share: Decimal) -> float:
    return float(share.quantize(Decimal("0.0001"), ROUND_HALF_UP))
