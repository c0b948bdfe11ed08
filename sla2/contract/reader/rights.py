"""Rights to terminate.

In: `termination` blocks. Out: `Termination` models with their triggers in the order of the file.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.quantity import Duration, Number, Percent
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import setting_of
from sla2.contract.rights import (
    AverageBelow,
    CreditsReach,
    CreditsReachCap,
    DowntimeOver,
    LateDelivery,
    LongOutage,
    ManyOutages,
    MissesInARow,
    MissesTimes,
    PointsReach,
    Termination,
    Trigger,
)
from sla2.diagnostics import Span
from sla2.source.syntax import (
    Block,
    DurationValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    Word,
)


def termination(desk: Desk, block: Block) -> Termination | None:
    """`termination`."""
    lines = Lines(desk, block)
    complete = lines.need("right of: customer", "termination_right_of")
    complete &= lines.need("trigger: avail-hosting misses its target 3 times in 6 periods", "termination_trigger")
    found = (
        _trigger(desk, phrase)
        for statement in lines.all("termination_trigger")
        for phrase in statement.args
        if isinstance(phrase, Phrase)
    )
    triggers = tuple(trigger for trigger in found if trigger is not None)
    if not complete:
        return None
    return Termination(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        right_of=lines.word("termination_right_of"),
        triggers=triggers,
        **fields_of(lines),
    )


def fields_of(lines: Lines) -> dict[str, object]:
    """The times of a right, by the fields of `Termination`."""
    return {
        "notice": lines.duration("termination_notice"),
        "use_within": lines.duration("termination_use_within"),
        "cure": lines.duration("termination_cure"),
    }


def _trigger(desk: Desk, phrase: Phrase) -> Trigger | None:
    match phrase.form, phrase.args:
        case "trigger_credits_reach", (Name() as name, *rest):
            return _credits_reach(desk, phrase.span, desk.ref(name, "credits", "bonus"), rest)
        case "trigger_credits_reach_cap", (Name() as name,):
            credits = desk.ref(name, "credits", "bonus")
            return CreditsReachCap(span=phrase.span, credits=credits) if credits is not None else None
        case "trigger_points_reach", (Name() as name, NumberValue(value=number), NumberValue() as periods):
            points = desk.ref(name, "points")
            if points is None:
                return None
            return PointsReach(span=phrase.span, points=points, number=number, periods=desk.whole(periods))
        case _, (Phrase(form="any_level"), *rest):
            return _of_level(desk, phrase, None, rest)
        case _, (Name() as name, *rest):
            level = desk.ref(name, "level")
            return _of_level(desk, phrase, level, rest) if level is not None else None
    return None


def _credits_reach(desk: Desk, span: Span, credits: str | None, rest: list[Node]) -> Trigger | None:
    match rest:
        case [PercentValue() as share, NumberValue() as times, NumberValue() as periods] if credits is not None:
            some, of = desk.whole(times), desk.whole(periods)
            _possible(desk, span, some, of)
            return CreditsReach(span=span, credits=credits, share=desk.percent(share), times=some, periods=of)
    return None


def _of_level(desk: Desk, phrase: Phrase, level: str | None, rest: list[Node]) -> Trigger | None:
    span = phrase.span
    match phrase.form, rest:
        case "trigger_misses_times", [Word(text=bar), NumberValue() as times, NumberValue() as periods]:
            some, of = desk.whole(times), desk.whole(periods)
            _possible(desk, span, some, of)
            return MissesTimes(span=span, level=level, bar=bar, times=some, periods=of)
        case "trigger_misses_in_a_row", [Word(text=bar), NumberValue() as periods]:
            return MissesInARow(span=span, level=level, bar=bar, periods=desk.whole(periods))
        case "trigger_average_below", [bound, NumberValue() as periods] if level is not None:
            value = _bound(desk, bound, level)
            of = desk.whole(periods)
            return AverageBelow(span=span, level=level, bound=value, periods=of) if value is not None else None
        case "trigger_late", [DurationValue() as node] if level is not None:
            over = desk.duration(node)
            return LateDelivery(span=span, level=level, over=over) if over is not None else None
        case "trigger_downtime", [DurationValue() as node] if level is not None:
            over = desk.duration(node)
            return DowntimeOver(span=span, level=level, over=over) if over is not None else None
        case "trigger_downtime_in_a_row", [DurationValue() as node, NumberValue() as periods] if level is not None:
            over, of = desk.duration(node), desk.whole(periods)
            return DowntimeOver(span=span, level=level, over=over, periods=of) if over is not None else None
        case "trigger_long_outage", [DurationValue() as node] if level is not None:
            over = desk.duration(node)
            return LongOutage(span=span, level=level, over=over) if over is not None else None
        case "trigger_outages", [NumberValue() as number, DurationValue() as node, DurationValue() as stretch]:
            over, within = desk.duration(node), desk.duration(stretch)
            if over is None or within is None or level is None:
                return None
            return ManyOutages(span=span, level=level, number=desk.whole(number), over=over, within=within)
    return None


def _bound(desk: Desk, node: Node, level: str) -> Percent | Number | Duration | None:
    match node:
        case PercentValue():
            return desk.percent(node)
        case NumberValue(value=value):
            return Number(value=value)
        case DurationValue():
            return desk.duration(node, setting_of(desk, level).hours, ask=True)
    message = "An average is a percentage, a number or a length of time, not an amount of money."
    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write for instance `is below 97% on average`."))
    return None


def _possible(desk: Desk, span: Span, times: int, periods: int) -> None:
    if times > periods:
        message = f"{times} times cannot happen in {periods} periods, so this right can never arise."
        desk.say(IMPOSSIBLE_VALUE.at(span, message, help=f"Write for instance `{periods} times in {times} periods`."))
