"""The evidence behind trust: priority as felt, repeats, open passages side by side, and every promise that broke.

In: a frame and the `Trust`. Out: blocks. Long lists are cut with a count; the JSON has them whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.document.blocks import Cell, Fact, Facts, Fold, Heading, Items, Paragraph, Table, runs
from sla2.report.trust_promises import columns_of, label_of
from sla2.report.trust_words import fate
from sla2.words import format as words

if TYPE_CHECKING:
    from fractions import Fraction

    from sla2.contract.passage_state import PassageState
    from sla2.document.blocks import Block
    from sla2.report.frame import Frame
    from sla2.trust.perception import Felt, Perception
    from sla2.trust.stream import Promise, Stream
    from sla2.trust.trust import RepeatResult, Row, Trust

_MOST_TICKETS = 12
_MOST_BROKEN = 8
_HOUR = 3_600_000_000


def perception_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """How far the logged priority lies from the one that the hindered users call for."""
    title = Heading(1, runs(frame.say("trust.perception.title")), id="perception")
    found = trust.perception
    if found is None or not found.rows:
        return (title, Paragraph(runs(frame.say("trust.perception.none"))))
    table = next((impact.title for impact in frame.contract.impacts if impact.name == trust.perception_of), "")
    return (
        title,
        Paragraph(runs(frame.say("trust.perception.intro", table=table))),
        Facts(tuple(Fact(frame.say(f"trust.perception.{key}"), runs(value)) for key, value in _felt(frame, found))),
        *_too_low(frame, trust, found),
    )


def _felt(frame: Frame, found: Perception) -> list[tuple[str, str]]:
    language = frame.language

    def share(value: Fraction | None) -> str:
        if value is None:
            return frame.say("trust.promises.none")
        n = words.number(found.judged_both, language)
        return frame.say("trust.perception.both", share=words.share(value, language, 1), n=n)

    none = frame.say("trust.promises.none")
    return [
        ("known", words.number(len(found.rows), language)),
        ("without", words.number(found.without_users, language)),
        ("under", none if found.under_share is None else words.share(found.under_share, language, 1)),
        ("gap", none if found.weighted_gap is None else words.number(found.weighted_gap, language, 2)),
        ("logged", share(found.as_logged)),
        ("felt", share(found.as_felt)),
        ("user_hours", words.number(found.hidden_user_time // _HOUR, language)),
    ]


def _too_low(frame: Frame, trust: Trust, found: Perception) -> tuple[Block, ...]:
    low = [row for row in found.rows if row.gap > 0]
    if not low:
        return ()
    keys = ("ticket", "users", "assigned", "expected", "met", "met_felt")
    ranks = rank_names(frame, trust)
    table = Table(
        id="too-low",
        caption=frame.say("trust.perception.caption"),
        header=tuple(
            Cell(runs(frame.say(f"trust.perception.{key}")), align="right" if key == "users" else "left")
            for key in keys
        ),
        rows=tuple(_felt_row(frame, row, ranks) for row in low[:_MOST_TICKETS]),
        show_caption=True,
    )
    rest = len(low) - _MOST_TICKETS
    if rest <= 0:
        return (table,)
    return (table, Paragraph(runs(frame.count("trust.perception.more", rest)), "note"))


def rank_names(frame: Frame, trust: Trust) -> dict[int, str]:
    """The priorities of the impact table by their rank, the highest first."""
    impact = next(impact for impact in frame.contract.impacts if impact.name == trust.perception_of)
    ordered = sorted(impact.floors, key=lambda floor: (floor.below, -floor.number))
    return dict(enumerate(dict.fromkeys(floor.priority for floor in ordered), start=1))


def _felt_row(frame: Frame, row: Felt, ranks: dict[int, str]) -> tuple[Cell, ...]:
    def judged(met: bool | None) -> Cell:
        if met is None:
            return Cell(runs(frame.say("trust.perception.unknown")), tone="muted")
        key, tone = ("yes", "good") if met else ("no", "bad")
        return Cell(runs(frame.say(f"trust.perception.{key}")), tone="good" if tone == "good" else "bad")

    return (
        Cell(runs(row.ref, "code")),
        Cell(runs(words.number(row.users, frame.language)), align="right"),
        Cell(runs(ranks[row.assigned])),
        Cell(runs(ranks[row.expected])),
        judged(row.met),
        judged(row.met_as_felt),
    )


def repeat_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """One line per zero-repeat block: repeats, what was left out, and what made two incidents the same."""
    if not trust.repeats:
        return ()
    lines = tuple(runs(_repeat_line(frame, one)) for one in trust.repeats)
    return (Heading(1, runs(frame.say("trust.repeat.title")), id="repeats"), Items(lines))


def _repeat_line(frame: Frame, one: RepeatResult) -> str:
    found, language = one.found, frame.language
    title = next(block.title for block in frame.contract.repeats if block.name == one.block)
    none = frame.say("trust.promises.none")
    return frame.say(
        "trust.repeat.coarse" if found.coarse else "trust.repeat.line",
        title=title,
        repeats=words.number(len(found.repeats), language),
        eligible=words.number(found.eligible, language),
        share=none if found.share is None else words.share(found.share, language, 1),
        duplicates=words.number(len(found.duplicates), language),
        unknown=words.number(found.unknown, language),
        columns=columns_of(frame, one.same),
    )


def passages_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """Each open passage with what each side made of its review date."""
    title = Heading(1, runs(frame.say("trust.passages.title")), id="passages")
    if not trust.passages:
        return (title, Paragraph(runs(frame.say("trust.passages.none"))))
    kept = {
        (row.stream.side, promise.ref): promise
        for row in trust.rows
        if row.stream.kind == "open passages"
        for promise in row.stream.promises
    }
    rows = []
    for found in trust.passages:
        passage = frame.contract.passage(found.passage)
        sides = [kept.get(("customer", found.passage)), kept.get(("supplier", found.passage))]
        state = frame.say(f"passage.state_{found.state.replace(' ', '_')}")
        review = _review(frame, found)
        rows.append(
            (Cell(runs(passage.title)), Cell(runs(state)), Cell(runs(review)), *(_side(frame, p) for p in sides))
        )
    keys = ("passage", "state", "review", "customer", "supplier")
    table = Table(
        id="passages-table",
        caption=frame.say("trust.passages.caption"),
        header=tuple(Cell(runs(frame.say(f"trust.passages.{key}"))) for key in keys),
        rows=tuple(rows),
        widths=(6, 4, 3, 4, 4),
    )
    return (title, table)


def _review(frame: Frame, found: PassageState) -> str:
    """The review date in force; the first one stays visible."""
    if found.review is None:
        return frame.say("trust.promises.none")
    if not found.moves or found.first_review is None:
        return frame.day(found.review)
    first = frame.day(found.first_review)
    return f"{frame.day(found.review)} ({frame.count('trust.passages.moved', len(found.moves), first=first)})"


def _side(frame: Frame, promise: Promise | None) -> Cell:
    if promise is None:
        return Cell(runs(frame.say("trust.promises.none")))
    word = fate(frame, promise.fate)
    if promise.fate == "broken" and promise.detail:
        word = f"{word}, {frame.count('trust.passages.late', int(promise.detail))}"
    tone = {"kept": "good", "broken": "bad"}.get(promise.fate, "muted")
    return Cell(runs(word), tone="good" if tone == "good" else "bad" if tone == "bad" else "muted")


def broken_section(frame: Frame, trust: Trust) -> tuple[Block, ...]:
    """Every class with broken promises in the period, except cases of levels (the compliance report lists those)."""
    title = Heading(1, runs(frame.say("trust.broken.title")), id="broken")
    rows = [row for row in trust.rows if row.broken]
    levels = any(row.stream.kind == "reliability" and row.period.tally.broken for row in trust.rows)
    note = (Paragraph(runs(frame.say("trust.broken.levels")), "note"),) if levels else ()
    if not rows:
        return (title, Paragraph(runs(frame.say("trust.broken.none"))), *note)
    return (title, *(_broken(frame, row) for row in rows), *note)


def _broken(frame: Frame, row: Row) -> Fold:
    keys = ("when", "what", "detail")
    name = f"{label_of(frame, row.stream)} – {frame.say(f'trust.side.{row.stream.side}')} ({len(row.broken)})"
    table = Table(
        id=f"broken-{row.stream.kind.replace(' ', '-')}-{row.stream.block}-{row.stream.side}",
        caption=frame.say("trust.broken.caption", n=str(_MOST_BROKEN)),
        header=tuple(Cell(runs(frame.say(f"trust.broken.{key}"))) for key in keys),
        rows=tuple(_promise_row(frame, row.stream, promise) for promise in row.broken[:_MOST_BROKEN]),
    )
    rest = len(row.broken) - _MOST_BROKEN
    more = frame.count("trust.broken.more", rest, title=label_of(frame, row.stream)) if rest > 0 else ""
    blocks: tuple[Block, ...] = (table, Paragraph(runs(more), "note")) if more else (table,)
    return Fold(runs(name), blocks)


def _promise_row(frame: Frame, stream: Stream, promise: Promise) -> tuple[Cell, ...]:
    day = frame.day(local_date(promise.at, frame.zone))
    return (Cell(runs(day)), Cell(runs(promise.ref, "code")), Cell(runs(_detail(frame, stream, promise))))


def _detail(frame: Frame, stream: Stream, promise: Promise) -> str:
    if not promise.detail:
        return ""
    if stream.kind == "zero repeat":
        return frame.say("trust.broken.again", ticket=promise.detail)
    key = "trust.broken.silence" if stream.kind == "updates" else "trust.broken.late"
    return frame.count(key, int(promise.detail))
