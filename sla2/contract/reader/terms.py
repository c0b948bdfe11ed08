"""Targets, caps, "down when" and the like: the phrases that stand on a line and in the rules of open passages alike.

In: a phrase at a desk. Out: a part of a model, or None with a finding.
"""

from __future__ import annotations

from dataclasses import dataclass

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import Base, Cap
from sla2.contract.level import (
    BoundTarget,
    Down,
    Measure,
    OpenTarget,
    Period,
    ShareTarget,
    StatisticTarget,
    Target,
    When,
)
from sla2.contract.quantity import DaysOfFee, Duration, Percent
from sla2.contract.reader.desk import Desk
from sla2.contract.surroundings import Calendar, Fee
from sla2.diagnostics import Diagnostic
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MoneyValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    Text,
    TimeValue,
    Word,
)

TARGETS = ("share_target", "every_case_target", "statistic_target", "bound_target", "late_target", "open_target")
CAPS = ("cap_percent", "cap_amount", "cap_days", "cap_of_fee")
DOWNS = ("down_any_component", "down_all_components", "down_some", "down_errors")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule is read against: the hours and the measure of the level concerned, or service points.

    `block`, `kind` and `line` say which line of which block it is about, where that matters.
    """

    hours: Calendar | None = None
    measure: Measure | None = None
    points: bool = False
    block: str | None = None
    kind: str = ""
    line: str | None = None

    @property
    def fee(self) -> str:
        """The fee that is concerned."""
        return self.block or ""


def setting_of(desk: Desk, block: str | None) -> Setting:
    """What a rule about `block` is read against: a level, or the level or points that credits rest on."""
    level = desk.shared.level_named(block) if block is not None else None
    credits = desk.shared.credits_named(block) if block is not None and level is None else None
    if credits is not None and credits.points is None:
        level = desk.shared.level_named(credits.level)
    if level is None:
        return Setting(points=credits is not None and credits.points is not None)
    name = level.hours or (desk.shared.service_hours(level.service) if level.service is not None else None)
    return Setting(desk.shared.calendar_named(name) if name is not None else None, level.measure)


def target(desk: Desk, phrase: Phrase, hours: Calendar | None) -> Target | None:
    """A target; plain hours in it stand only where `hours` are round the clock."""
    match phrase.form, phrase.args:
        case "share_target" | "every_case_target" | "statistic_target", _:
            return _within(desk, phrase, hours)
        case "late_target", (Word(text=comparison), DurationValue() as late):
            length = desk.duration(late, hours, ask=True)
            return BoundTarget(span=phrase.span, comparison=comparison, duration=length, late=True) if length else None
        case "open_target", (Name() as name,):
            passage = desk.ref(name, "open passage")
            return OpenTarget(span=phrase.span, passage=passage) if passage else None
        case "bound_target", (Word(text=comparison), bound):
            return _bound(desk, phrase, comparison, bound, hours)
    return None


def _within(desk: Desk, phrase: Phrase, hours: Calendar | None) -> ShareTarget | StatisticTarget | None:
    """A target with a time that each case has; `at the end of the day` is for whole working days."""
    node = next(node for node in phrase.args if isinstance(node, DurationValue))
    length = desk.duration(node, hours, ask=True)
    last = next((arg for arg in phrase.args if isinstance(arg, Phrase) and arg.form == "end_of_day"), None)
    if length is None:
        return None
    if last is not None and length.unit != "working day":
        message = f"{length} do not end with a day: only working days can run until the end of one."
        desk.say(IMPOSSIBLE_VALUE.at(last.span, message, help="Leave the words out, or count in working days."))
    values: dict[str, object] = {"within": length, "end_of_day": last is not None}
    match phrase.args[0]:
        case PercentValue() as share:
            return ShareTarget(span=phrase.span, share=desk.percent(share), **values)
        case Word(text=statistic):
            return StatisticTarget(span=phrase.span, statistic=statistic, **values)
    return ShareTarget(span=phrase.span, share=Percent(value=100), every=True, **values)


def _bound(desk: Desk, phrase: Phrase, comparison: str, bound: Node, hours: Calendar | None) -> BoundTarget | None:
    match bound:
        case PercentValue():
            return BoundTarget(span=phrase.span, comparison=comparison, percent=desk.percent(bound))
        case NumberValue(value=number):
            return BoundTarget(span=phrase.span, comparison=comparison, number=number)
        case DurationValue():
            length = desk.duration(bound, hours, ask=True)
            return BoundTarget(span=phrase.span, comparison=comparison, duration=length) if length else None
    message = "A target is a percentage, a number or a length of time, not an amount of money."
    desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help="Write for instance `at least 99.9%`."))
    return None


def down(phrase: Phrase, desk: Desk) -> Down | None:
    """`down when:`."""
    match phrase.form, phrase.args:
        case "down_any_component", _:
            return Down(span=phrase.span, kind="any component")
        case "down_all_components", _:
            return Down(span=phrase.span, kind="all components")
        case "down_some", (NumberValue() as number, Name(text=unit)):
            return Down(span=phrase.span, kind="number down", number=desk.whole(number), unit=unit)
        case "down_errors", (*_, PercentValue() as share, DurationValue() as slot):
            length, above = desk.duration(slot), desk.percent(share)
            return Down(span=phrase.span, kind="error slot", errors_above=above, slot=length) if length else None
    return None


def per(desk: Desk, node: Node) -> tuple[str, Duration | None] | None:
    """`contract year` or `12 months rolling` after "per"; another rolling stretch has its length beside `rolling`."""
    match node:
        case Word(text=words):
            return words, None
        case Phrase(form="rolling", args=(DurationValue(unit="month", value=value),)) if value == 12:
            return "12 months rolling", None
        case Phrase(form="rolling", args=(DurationValue(unit="year", value=value),)) if value == 1:
            return "12 months rolling", None
        case Phrase(form="rolling", args=(DurationValue() as node,)):
            length = desk.calendar_span(node)
            return ("rolling", length) if length is not None else None
    return None


def stretch(desk: Desk, node: Node) -> str | None:
    """What a cap is per, as `Cap.stretch` says it."""
    found = per(desk, node)
    if found is None:
        return None
    words, rolling = found
    return f"{rolling} rolling" if rolling is not None else words


def base(desk: Desk, phrase: Phrase) -> Base | None:
    """`fee hosting of the period`, `all fees of the next period`."""
    match phrase.form, phrase.args:
        case "base_fee", (Name() as name, Word(text=of)):
            fee = desk.fee(name)
            of_what = of.removeprefix("the ")
            return Base(span=phrase.span, fees=(fee,), of=of_what) if fee is not None else None
        case "base_before_claim", (Name() as name, DurationValue() as node):
            named, length = desk.fee(name), desk.calendar_span(node)
            if named is None or length is None:
                return None
            return Base(span=phrase.span, fees=(named,), of="before claim", length=length)
        case "base_all_fees", (Word(text=of),):
            return Base(span=phrase.span, of=of.removeprefix("the "))
    return None


def cap(desk: Desk, phrase: Phrase, together: tuple[str, ...] = ()) -> Cap | None:
    """`20% of base per period`, `EUR 25000.00 per contract year`."""
    if not phrase.args:
        return None
    found = per(desk, phrase.args[-1])
    if found is None:
        return None
    words, rolling = found
    values: dict[str, object] = {"per": words, "rolling": rolling, "together_with": together}
    match phrase.args[0]:
        case PercentValue() as share if phrase.form == "cap_of_fee":
            of = base(desk, phrase.args[1]) if isinstance(phrase.args[1], Phrase) else None
            return Cap(span=phrase.span, percent_of_base=desk.percent(share), base=of, **values) if of else None
        case PercentValue() as share:
            return Cap(span=phrase.span, percent_of_base=desk.percent(share), **values)
        case MoneyValue() as amount:
            return Cap(span=phrase.span, money=desk.money(amount), **values)
        case Phrase(form="days_of_fee", args=(NumberValue(value=days),)):
            return Cap(span=phrase.span, days_of_fee=DaysOfFee(days=days), **values)
    return None


def when(desk: Desk, block: Block, phrases: tuple[Node, ...]) -> When | None:
    """`priority P2, opened between 08:00 and 10:00`; every condition must hold."""
    values: dict[str, object] = {}
    for phrase in phrases:
        if not isinstance(phrase, Phrase):
            continue
        found = _condition(desk, phrase)
        if isinstance(found, Diagnostic):
            desk.say(found)
        elif values.keys() & found.keys():
            message = "This condition stands twice in one line."
            desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help="Write its values once, with commas."))
        else:
            values.update(found)
    return When(span=phrases[0].span, **values) if phrases else None


def _condition(desk: Desk, phrase: Phrase) -> dict[str, object] | Diagnostic:
    match phrase.form, phrase.args:
        case "when_priority", args:
            return {"priorities": tuple(node.text for node in args if isinstance(node, Name))}
        case "when_opened_between", (TimeValue() as start, TimeValue() as end):
            if start.end_of_day or not (end.end_of_day or start.value < end.value):
                message = "These times do not end after they begin."
                return IMPOSSIBLE_VALUE.at(phrase.span, message, help="Write `opened between 18:00 and 24:00`.")
            return {"opened_from": start.value, "opened_to": None if end.end_of_day else end.value}
        case "when_category", args:
            return {"categories": tuple(desk.line(node) for node in args if isinstance(node, Text))}
        case "when_country", args:
            return {"countries": tuple(node.text for node in args if isinstance(node, Name))}
    return {}


def period(desk: Desk, phrase: Phrase) -> Period | None:
    """The period of a level."""
    span = phrase.span
    match phrase.form, phrase.args:
        case "period_month", ():
            return Period(span=span, unit="month")
        case "period_month", (NumberValue(value=number),):
            if 1 <= number <= 31:
                return Period(span=span, unit="month", from_day=int(number) if number > 1 else None)
            message = f"No month has a day {number}."
            desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Write for instance `month from the 16th`."))
        case "period_quarter", (Word(text=month),):
            first = _MONTHS.index(month) % 3 + 1
            return Period(span=span, unit="quarter", from_month=first if first > 1 else None)
        case "period_quarter", ():
            return Period(span=span, unit="quarter")
        case "period_year", (Word(text=month),):
            first = _MONTHS.index(month) + 1
            return Period(span=span, unit="year", from_month=first if first > 1 else None)
        case "period_calendar_year", _:
            return Period(span=span, unit="year")
        case (
            ("period_contract_month" | "period_contract_quarter" | "period_contract_year" | "period_term" as form),
            _,
        ):
            return Period(span=span, unit=form.removeprefix("period_").replace("_", " "))
        case (("period_rolling" | "period_before_claim" as form), (DurationValue() as length,)):
            found = desk.calendar_span(length)
            return Period(span=span, unit=form.removeprefix("period_").replace("_", " "), length=found)
    return None


def fee(desk: Desk, name: str, phrase: Phrase, since: DateValue | None) -> Fee | None:
    """`EUR 17000.00 per month`, `EUR 20.00 per user per month`, `EUR 200000.00 once`, `as invoiced for each region`."""
    match phrase.args:
        case (Phrase(form="indexed", args=(Text() as index,)),) | (*_, Phrase(form="indexed", args=(Text() as index,))):
            indexed: str | None = desk.line(index)
        case _:
            indexed = None
    day = desk.date(since) if since is not None else None
    match phrase.form, phrase.args:
        case "fee_per_period", (MoneyValue() as amount, Word(text=span), *_):
            return Fee(
                span=phrase.span, name=name, amount=desk.money(amount), per=span, valid_from=day, indexed_by=indexed
            )
        case "fee_per_unit", (MoneyValue() as amount, Name(text=unit), Word(text=span), *_):
            per_user = unit in ("user", "users")
            return Fee(
                span=phrase.span,
                name=name,
                amount=desk.money(amount),
                per=span,
                per_user=per_user,
                each=None if per_user else unit,
                valid_from=day,
                indexed_by=indexed,
            )
        case "fee_once", (MoneyValue() as amount,):
            return Fee(span=phrase.span, name=name, amount=desk.money(amount), per="once", valid_from=day)
        case "fee_invoiced", units:
            each = " and ".join(node.text for node in units if isinstance(node, Name)) or None
            return Fee(span=phrase.span, name=name, amount=None, per="as invoiced", each=each, valid_from=day)
    return None
