"""Worked examples.

In: `example` blocks. Out: `Example` models.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sla2.contract.codes import MISSING_LINE
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.example import (
    Example,
    Expect,
    ExpectCount,
    ExpectCredit,
    ExpectFigure,
    ExpectPoints,
    ExpectShare,
    ExpectVerdict,
    Given,
    GivenCases,
    GivenFee,
    GivenFigure,
    GivenOutage,
    GivenShare,
    GivenTicket,
    PriorityFrom,
    Reopened,
    Stretch,
)
from sla2.contract.quantity import Duration, Number
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import setting_of
from sla2.diagnostics import Span
from sla2.source.syntax import (
    Block,
    DurationValue,
    MoneyValue,
    MonthValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    StampValue,
    Statement,
    Word,
)


def example(desk: Desk, block: Block) -> Example:
    """`example`."""
    lines = Lines(desk, block)
    lines.need(
        "given: avail-hosting 99.75% in 2026-03", "example_given", "example_given_ticket", "example_given_outage"
    )
    lines.need("expect: credit EUR 850.00 in 2026-03", "example_expect")
    given = (
        _given(lines, statement)
        for statement in lines.forms("example_given", "example_given_ticket", "example_given_outage")
    )
    expect = (_expect(lines, statement) for statement in lines.all("example_expect"))
    return Example(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        given=tuple(item for item in given if item is not None),
        expect=tuple(item for item in expect if item is not None),
    )


def _given(lines: Lines, statement: Statement) -> Given | None:
    if statement.form == "example_given_ticket":
        return _ticket(lines, statement)
    if statement.form == "example_given_outage":
        return _outage(lines, statement)
    phrase = statement.args[0]
    return _figure(lines, statement, phrase) if isinstance(phrase, Phrase) else None


def _figure(lines: Lines, statement: Statement, phrase: Phrase) -> Given | None:
    desk, span = lines.desk, statement.span
    month = phrase.args[-1]
    if not isinstance(month, MonthValue):
        message = "This example does not say in which month the figure was measured."
        desk.say(MISSING_LINE.at(span, message, help="Add the month, for instance `in 2026-03`."))
        return None
    match phrase.form, phrase.args:
        case "given_figure", (Name() as name, PercentValue() as share, _):
            level = desk.ref(name, "level")
            return GivenShare(span=span, level=level, percent=desk.percent(share), month=month.value) if level else None
        case "given_figure", (Name() as name, node, _):
            level = desk.ref(name, "level")
            figure = _number(desk, node, level)
            if level is not None and figure is not None:
                return GivenFigure(span=span, level=level, figure=figure, month=month.value)
        case "given_cases", (Name() as name, NumberValue() as all_cases, NumberValue() as misses, _):
            level = desk.ref(name, "level")
            cases, missed = desk.whole(all_cases), desk.whole(misses)
            if missed > cases:
                message = f"Of {cases} cases {missed} cannot be missed."
                desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Check the two numbers."))
            values = {"cases": cases, "missed": missed, "month": month.value}
            return GivenCases(span=span, level=level, **values) if level else None
        case "given_fee", (Name() as name, MoneyValue() as amount, _):
            fee = desk.fee(name)
            return GivenFee(span=span, fee=fee, money=desk.money(amount), month=month.value) if fee else None
    return None


def _number(desk: Desk, node: Node, level: str | None) -> Number | Duration | None:
    """A figure that is no percentage: a number, or a length of time in the hours of its level."""
    match node:
        case NumberValue(value=value):
            return Number(value=value)
        case DurationValue():
            return desk.duration(node, setting_of(desk, level).hours, ask=True)
    message = "What a level measures is a percentage, a number or a length of time, not an amount of money."
    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write for instance `avail-hosting 99.75% in 2026-03`."))
    return None


def _ticket(lines: Lines, statement: Statement) -> GivenTicket | None:
    match statement.args:
        case (Name(text=priority), StampValue(value=opened), *events):
            pending = tuple(span for node in events if (span := _pending(lines.desk, node)) is not None)
            _refuse_early(lines.desk, opened, events)
            solved, again = _reopened(lines.desk, events)
            return GivenTicket(
                span=statement.span,
                priority=priority,
                opened=opened,
                pending=pending,
                responded=_moment(events, "ticket_answered"),
                resolved=solved,
                reopened=again,
                changes=tuple(_changes(events)),
            )
    return None


def _refuse_early(desk: Desk, opened: datetime, events: list[Node]) -> None:
    for node in events:
        for stamp in node.args if isinstance(node, Phrase) else ():
            if isinstance(stamp, StampValue) and stamp.value < opened:
                message = "This happens before the ticket is opened."
                desk.say(IMPOSSIBLE_VALUE.at(stamp.span, message, help="Check the two times."))


def _reopened(desk: Desk, events: list[Node]) -> tuple[datetime | None, tuple[Reopened, ...]]:
    """When the ticket was resolved first, and each time it was opened again with the resolution that followed."""
    first: datetime | None = None
    again: list[Reopened] = []
    for node in events:
        match node:
            case Phrase(form="ticket_resolved", args=(StampValue(value=at),)):
                if again and again[-1].resolved is None:
                    again[-1] = Reopened(at=again[-1].at, resolved=at)
                elif first is None:
                    first = at
                else:
                    message = "This ticket is resolved twice without being reopened in between."
                    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write `reopened …` between the two."))
            case Phrase(form="ticket_reopened", args=(StampValue(value=at),)):
                if first is None or (again and again[-1].resolved is None):
                    message = "This ticket is reopened before it is resolved."
                    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write `resolved …` before it."))
                again.append(Reopened(at=at))
    return first, tuple(again)


def _changes(events: list[Node]) -> Iterator[PriorityFrom]:
    for node in events:
        match node:
            case Phrase(form="ticket_priority", args=(Name(text=priority), StampValue(value=since))):
                yield PriorityFrom(priority=priority, since=since)


def _pending(desk: Desk, node: Node) -> Stretch | None:
    match node:
        case Phrase(form="ticket_pending", args=(StampValue() as start, StampValue() as end)):
            return _stretch(desk, start, end, node.span)
    return None


def _stretch(desk: Desk, start: StampValue, end: StampValue, span: Span) -> Stretch | None:
    if start.value < end.value:
        return Stretch(start=start.value, end=end.value)
    message = "This stretch of time does not end after it begins."
    desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Check the two times."))
    return None


def _moment(events: list[Node], form: str) -> datetime | None:
    """The first time in an event of this form."""
    for node in events:
        match node:
            case Phrase(form=found, args=(StampValue(value=value),)) if found == form:
                return value
    return None


def _outage(lines: Lines, statement: Statement) -> GivenOutage | None:
    match statement.args:
        case (Name(text=unit), StampValue() as start, StampValue() as end, *rest):
            stretch = _stretch(lines.desk, start, end, statement.span)
            cause = next((node.text for node in rest if isinstance(node, Word)), None)
            return GivenOutage(span=statement.span, unit=unit, stretch=stretch, cause=cause) if stretch else None
    return None


def _expect(lines: Lines, statement: Statement) -> Expect | None:
    desk, span, phrase = lines.desk, statement.span, statement.args[0]
    if not isinstance(phrase, Phrase):
        return None
    month = next((node.value for node in phrase.args if isinstance(node, MonthValue)), None)
    match phrase.form, phrase.args:
        case "expect_credit", (MoneyValue() as amount, *_):
            return ExpectCredit(span=span, money=desk.money(amount), month=month)
        case "expect_bonus", (MoneyValue() as amount, *_):
            return ExpectCredit(span=span, money=desk.money(amount), bonus=True, month=month)
        case "expect_points", args:
            return ExpectPoints(span=span, points=tuple(node.value for node in args if isinstance(node, NumberValue)))
        case "expect_figure", (Name() as name, PercentValue() as share, *_):
            level = desk.ref(name, "level")
            return ExpectShare(span=span, level=level, percent=desk.percent(share), month=month) if level else None
        case "expect_figure", (Name() as name, node, *_):
            level = desk.ref(name, "level")
            figure = _number(desk, node, level)
            if level is not None and figure is not None:
                return ExpectFigure(span=span, level=level, figure=figure, month=month)
        case "expect_verdict", (Name() as name, Word(text=outcome), *_):
            level = desk.ref(name, "level")
            return ExpectVerdict(span=span, level=level, outcome=outcome, month=month) if level else None
        case "expect_counts", (Name() as name, DurationValue() as node, Word(text=outcome)):
            level = desk.ref(name, "level")
            counts = desk.duration(node, setting_of(desk, level).hours, ask=True)
            if outcome not in ("met", "missed"):
                message = "A worked example of one ticket ends in met or missed."
                desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Write `…, met` or `…, missed`."))
                return None
            return ExpectCount(span=span, level=level, counts=counts, outcome=outcome) if level and counts else None
    return None
