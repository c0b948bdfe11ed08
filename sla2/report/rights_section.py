"""Rights to end the contract that arose: on which facts, until when they can be used.

In: a frame. Out: blocks. It runs after the money; a contract without such rights gets nothing. It decides nothing: a
right is the one of the settlement, and whether to use it is for the party that has it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.document.blocks import Cell, Fact, Facts, Heading, Items, Link, Paragraph, Run, Table, runs
from sla2.report import shown
from sla2.report.clauses import trigger_words
from sla2.report.frame import place, right_figure
from sla2.report.points_section import points_words
from sla2.settle.spans import ONE_DAY
from sla2.words import format as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.document.blocks import Block, Inlines
    from sla2.report.frame import Frame
    from sla2.settle.balance import RightFact, RightState


def rights_section(frame: Frame) -> tuple[Block, ...]:
    """Every right that arose, or may have, in the reported periods."""
    if not frame.contract.terminations and not frame.settlement.rights:
        return ()
    blocks: list[Block] = [Heading(1, runs(frame.say("right.title")), id="rights")]
    found = frame.settlement.rights
    if not found:
        return (*blocks, Paragraph(runs(frame.say("right.none"))))
    blocks.append(Paragraph(runs(frame.say("right.intro"))))
    blocks.append(_table(frame))
    blocks.append(Heading(2, runs(frame.say("right.facts_title")), id="right-facts"))
    for name in dict.fromkeys(right_figure(one) for one in found):
        blocks.extend(right_blocks(frame, tuple(one for one in found if right_figure(one) == name)))
    return tuple(blocks)


def _table(frame: Frame) -> Table:
    keys = ("right", "of", "state", "use_by", "cure_by", "ends_from")
    return Table(
        id="rights-table",
        caption=frame.say("right.caption"),
        header=tuple(Cell(runs(frame.say(f"right.{key}"))) for key in keys),
        rows=tuple(_row(frame, one) for one in frame.settlement.rights),
        widths=(4, 3, 5, 4, 4, 4),
    )


def _row(frame: Frame, right: RightState) -> tuple[Cell, ...]:
    none = frame.say("overview.not_measured")
    return (
        Cell((Link(_title(frame, right), f"#{right_figure(right)}"),)),
        Cell(runs(frame.say(f"right.of_{right.right_of}"))),
        Cell(runs(_state(frame, right)), tone="open" if right.status == "possible" else "accent"),
        Cell(runs(_use_by(frame, right))),
        Cell(runs(frame.day(right.cure_by) if right.cure_by else none)),
        Cell(runs(frame.day(right.ends_from) if right.ends_from else frame.say("right.ends_none"))),
    )


def _title(frame: Frame, right: RightState) -> str:
    title = right.block.title if right.block is not None else frame.block_title(right.right)
    return f"{title} – {right.unit}" if right.unit else title


def _state(frame: Frame, right: RightState) -> str:
    day = frame.day(right.arose)
    if right.status == "possible":
        return frame.say("right.state_possible_lapsed" if right.lapsed else "right.state_possible", day=day)
    return frame.say("right.state_lapsed" if right.lapsed else "right.state_arisen", day=day)


def _use_by(frame: Frame, right: RightState) -> str:
    return frame.day(right.use_by) if right.use_by else frame.say("right.use_open")


def right_blocks(frame: Frame, rights: tuple[RightState, ...]) -> tuple[Block, ...]:
    """One right in one period: its days, its rule, and the facts it rests on, trigger by trigger."""
    first = rights[0]
    title = f"{_title(frame, first)} – {shown.period(frame, first.period)}"
    blocks: list[Block] = [Heading(3, runs(title), id=right_figure(first))]
    for one in rights:
        blocks.append(Facts(tuple(_facts(frame, one))))
        blocks.append(Paragraph(runs(f"{frame.say('right.facts')}:")))
        blocks.append(Items(tuple(fact_line(frame, fact) for fact in one.facts)))
    return tuple(blocks)


def _facts(frame: Frame, right: RightState) -> Iterator[Fact]:
    rule = trigger_words(frame, right.trigger, right.period.last)
    version = frame.version_short(frame.terms.version(right.period.terms_day).label)
    where = " · ".join(part for part in (place(right.trigger.span), version) if part)
    yield Fact(frame.say("right.of"), runs(frame.say(f"right.of_{right.right_of}")))
    yield Fact(frame.say("right.state"), runs(_state(frame, right)))
    yield Fact(frame.say("right.rule"), (*runs(f"{rule} "), *runs(where, "code")))
    if right.cure_by is not None:
        yield Fact(frame.say("right.cure_by"), runs(frame.day(right.cure_by)))
    yield Fact(frame.say("right.use_by"), runs(_use_by(frame, right)))
    if right.ends_from is not None:
        yield Fact(frame.say("right.ends_from"), runs(frame.day(right.ends_from)))
    for what in right.provisional:
        key = {"period running": "running", "open cases": "open"}.get(what, "earlier")
        yield Fact(frame.say("money.state"), runs(frame.say(f"money.depends_{key}")))


def fact_line(frame: Frame, fact: RightFact) -> Inlines:
    """One fact in words, and the figure that proves it."""
    text = _fact_words(frame, fact)
    if not fact.certain:
        text = f"{text} ({frame.say('right.uncertain')})"
    name = fact_figure(fact)
    return (*runs(text), *((Run(" · "), Run(name, "code")) if name else ()))


def fact_figure(fact: RightFact) -> str:
    """The figure that proves a fact; "" for an outage that has none of its own."""
    label = fact.period.replace("/", "..")
    if not label:
        return ""
    if fact.kind == "points":
        return f"points/{fact.ident}/{label}"
    name = fact.ident if fact.kind == "credit" else fact.level
    return "/".join(part for part in (name, fact.unit, label) if part)


def _fact_words(frame: Frame, fact: RightFact) -> str:
    level = ", ".join(part for part in (frame.title(fact.level), fact.unit) if part)
    period = _period(frame, fact)
    value = fact.value if fact.value is not None else Fraction(0)
    match fact.kind:
        case "verdict" if fact.value is None:
            bar = frame.say(f"right.bar_{fact.ident or 'target'}")
            return frame.say("right.fact_verdict", level=level, bar=bar, period=period)
        case "verdict" | "average":
            key = "right.fact_value" if fact.kind == "verdict" else "right.fact_average"
            return frame.say(key, level=level, period=period, value=_value(frame, fact))
        case "outage":
            day = frame.day(fact.day) if fact.day else period
            length = words.length(int(value), frame.language)
            return frame.say("right.fact_outage", level=level, ident=fact.ident, length=length, day=day)
        case "credit":
            amount = shown.amount(frame, value, frame.contract.currency or "")
            return frame.say("right.fact_credit", title=frame.block_title(fact.ident), period=period, amount=amount)
        case "points":
            points = points_words(frame, value, value)
            if fact.day is not None:
                day = frame.day(fact.day + ONE_DAY)
                return frame.say("right.fact_carried", title=frame.block_title(fact.ident), day=day, points=points)
            return frame.say("right.fact_points", title=frame.block_title(fact.ident), period=period, points=points)
        case "delivery":
            return frame.say("right.fact_delivery", level=level, days=shown.number(frame, value))
        case "downtime":
            length = words.length(int(value), frame.language)
            return frame.say("right.fact_downtime", level=level, period=period, length=length)


def _period(frame: Frame, fact: RightFact) -> str:
    known = (one.period for one in frame.settlement.history if one.level == fact.level)
    period = next((one for one in known if one.label == fact.period), None)
    return shown.period(frame, period) if period is not None else fact.period


def _value(frame: Frame, fact: RightFact) -> str:
    terms = next(one for one in frame.settlement.history if one.level == fact.level).measurement.terms
    if fact.value is not None and shown.kind(terms) == "share":
        return shown.percent(frame, fact.value)
    return shown.value(frame, fact.value, terms)
