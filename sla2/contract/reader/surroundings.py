"""Parties, calendars, services, priorities, clock stops and exclusions.

In: their blocks. Out: the models of `contract/surroundings`, or None where a line they cannot do without is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import cast

from sla2.contract.calendar import zones
from sla2.contract.codes import DUPLICATE_LINE
from sla2.contract.codes_of_values import HOLIDAY_FILE, IMPOSSIBLE_VALUE, UNKNOWN_ZONE
from sla2.contract.holidays import HolidayFile
from sla2.contract.names import meant, resolved
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.surroundings import (
    Calendar,
    ClockStop,
    ClosedDay,
    Contact,
    Exclusion,
    HolidaySource,
    Hours,
    ImpactRow,
    Language,
    OpeningRule,
    Party,
    Priorities,
    Recurrence,
    Service,
    ShortDay,
    UnitNumber,
    Weekday,
)
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MailValue,
    MonthDayValue,
    Name,
    Node,
    NumberValue,
    Phrase,
    Statement,
    Text,
    TimeValue,
    Word,
)

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_CLOSURE = 366


def language(desk: Desk, word: Word) -> Language | None:
    """A language in which drafts can be made."""
    if word.text in LANGUAGES:
        return word.text
    message = f'"{word.text}" is not a language that drafts can be made in.'
    desk.say(IMPOSSIBLE_VALUE.at(word.span, message, help=f"Write one of {', '.join(LANGUAGES)}."))
    return None


def zone(lines: Lines, form: str) -> str | None:
    """A time zone of the IANA database."""
    word = next((node for node in lines.args(form) if isinstance(node, Word)), None)
    if word is None or word.text in zones():
        return word.text if word is not None else None
    cities = {name.rpartition("/")[2]: name for name in reversed(zones())}
    known = cities.get(word.text)
    remedy = f"Did you mean {known}?" if known else meant(word.text, zones())
    message = f"{word.text} is not a time zone of the IANA database."
    lines.desk.say(UNKNOWN_ZONE.at(word.span, message, help=remedy))
    return None


def party(desk: Desk, block: Block) -> Party:
    """`party`."""
    lines = Lines(desk, block)
    word = next((node for node in lines.args("party_language") if isinstance(node, Word)), None)
    return Party(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        represented_by=lines.text("party_represented_by"),
        address=lines.text("party_address"),
        language=language(desk, word) if word is not None else None,
        contacts=_contacts(lines),
    )


def _contacts(lines: Lines) -> tuple[Contact, ...]:
    """`contact:` lines; `speaks for:` belongs to the contact above it."""
    found: list[Contact] = []
    for statement in lines.forms("party_contact", "party_speaks_for"):
        match statement.args:
            case (Text() as name, MailValue() as mail, *rest):
                function = " ".join(node.text for node in rest if isinstance(node, Word))
                mailbox = lines.desk.mailbox(name, mail)
                found.append(Contact(span=statement.span, mailbox=mailbox, function=function))
            case (NumberValue() as number, Name(text=what)) if found:
                stated = {"speaks_for": lines.desk.whole(number), "speaks_for_what": what}
                found[-1] = found[-1].model_copy(update=stated)
            case _:
                message = "This line belongs to a contact, and none stands above it."
                remedy = 'Write it below a line `contact: "Name" <name@host.example> as role`.'
                lines.desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help=remedy))
    return tuple(found)


def calendar(desk: Desk, block: Block, files: Mapping[str, HolidayFile]) -> Calendar | None:
    """`calendar`; `files` are the holiday files by path."""
    lines = Lines(desk, block)
    complete = lines.need("timezone: Europe/Amsterdam", "calendar_timezone")
    complete &= lines.need("open: mon-fri 08:00-18:00", "calendar_open")
    timezone = zone(lines, "calendar_timezone")
    opening = tuple(_opening(desk, statement) for statement in lines.all("calendar_open"))
    if not complete or timezone is None:
        return None
    return Calendar(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        timezone=timezone,
        opening=opening,
        holidays=_holidays(lines, files),
        closed=tuple(_closed(lines)),
        short_days=tuple(_short_days(lines)),
        on_holidays=lines.word("calendar_on_holidays") or "closed",
    )


def _opening(desk: Desk, statement: Statement) -> OpeningRule:
    chosen: list[Weekday] = []
    for phrase in statement.args:
        if isinstance(phrase, Phrase) and phrase.form == "weekdays":
            chosen.extend(weekdays(phrase))
    days = tuple(day for day in _WEEK if day in chosen)
    return OpeningRule(span=statement.span, days=days, hours=_spans(desk, statement.args))


def weekdays(phrase: Phrase) -> tuple[Weekday, ...]:
    """`mon-fri`, `sat-mon` (over the weekend) or `sun`."""
    ends = [_WEEK.index(cast("Weekday", node.text)) for node in phrase.args if isinstance(node, Word)]
    length = (ends[-1] - ends[0]) % 7 + 1
    return tuple(_WEEK[(ends[0] + step) % 7] for step in range(length))


def _spans(desk: Desk, args: tuple[Node, ...]) -> tuple[Hours, ...]:
    found = (hours(desk, node) for node in args if isinstance(node, Phrase) and node.form == "span")
    return tuple(span for span in found if span is not None)


def hours(desk: Desk, phrase: Phrase) -> Hours | None:
    """`08:00-18:00`; 24:00 may stand at the end only, and the end lies after the start."""
    match phrase.args:
        case (TimeValue() as start, TimeValue() as end):
            if not start.end_of_day and (end.end_of_day or start.value < end.value):
                return Hours(start=start.value, end=None if end.end_of_day else end.value)
            message = "These hours do not end after they begin."
            remedy = f"Write two spans: `{start.value:%H:%M}-24:00`, and `00:00-{end.value:%H:%M}` on the next day."
            desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help=remedy))
    return None


def _holidays(lines: Lines, files: Mapping[str, HolidayFile]) -> HolidaySource | None:
    statement = lines.one("calendar_holidays")
    match statement.args if statement is not None else ():
        case (Name(text=region), Text(text=written) as place):
            path = resolved(lines.block.span.path, written)
            file = files.get(path) if path is not None else None
            if file is None:
                message = f'The list of holidays "{written}" was not found beside this file, or cannot be read.'
                command = f"sla2 calendar lock --region {region} --year 2026 --out {path or written}"
                remedy = f"Make it with `{command}` (--year for each year of the term) and let both sides look at it."
                lines.desk.say(HOLIDAY_FILE.at(place.span, message, help=remedy))
            elif file.region not in ("", region):
                message = f'The holiday file "{written}" is of {file.region}, but this line asks for {region}.'
                lines.desk.say(HOLIDAY_FILE.at(place.span, message, help=f"Write `holidays: {file.region} from …`."))
            if statement is not None:
                days, years = (file.days, file.years) if file is not None else ((), ())
                return HolidaySource(span=statement.span, region=region, file=written, days=days, years=years)
    return None


def _closed(lines: Lines) -> Iterator[ClosedDay]:
    for statement in lines.forms("calendar_closed", "calendar_closed_every"):
        name = next((lines.desk.line(node) for node in statement.args if isinstance(node, Text)), "")
        match statement.args:
            case (MonthDayValue(month=month, day=day), *_):
                yield ClosedDay(span=statement.span, name=name, month=month, day_of_month=day)
            case (DateValue() as first, DateValue() as last, *_):
                yield from (
                    ClosedDay(span=statement.span, name=name, day=day) for day in _days(lines.desk, first, last)
                )
            case (DateValue() as first, *_):
                yield ClosedDay(span=statement.span, name=name, day=lines.desk.date(first))


def _days(desk: Desk, first: DateValue, last: DateValue) -> tuple[date, ...]:
    start, number = desk.date(first), (desk.date(last) - desk.date(first)).days + 1
    if 1 <= number <= _LONGEST_CLOSURE:
        return tuple(start + timedelta(days=step) for step in range(number))
    message = f"From {first.value} to {last.value} is not a closure of at most a year."
    desk.say(IMPOSSIBLE_VALUE.at(last.span, message, help="Check the order of the two days."))
    return ()


def _short_days(lines: Lines) -> Iterator[ShortDay]:
    for statement in lines.all("calendar_short_day"):
        day = next(node for node in statement.args if isinstance(node, DateValue))
        spans = _spans(lines.desk, statement.args)
        yield ShortDay(span=statement.span, day=lines.desk.date(day), hours=spans)


def service(desk: Desk, block: Block) -> Service | None:
    """`service`."""
    lines = Lines(desk, block)
    complete = lines.need("hours: office", "service_hours")
    name = lines.ref("service_hours", "calendar")
    numbers = _numbers(lines)
    if not complete or name is None:
        return None
    return Service(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        hours=name,
        description=lines.text("service_description"),
        components=lines.names("service_components"),
        nature=lines.word("service_nature"),
        asset_owner=lines.word("service_asset_owner"),
        underpinned_by=lines.text("service_underpinned_by"),
        users=numbers.pop("users").number if "users" in numbers else None,
        numbers=tuple(numbers.values()),
    )


def _numbers(lines: Lines) -> dict[str, UnitNumber]:
    """`number of users: 250` and the like, each unit once."""
    found: dict[str, UnitNumber] = {}
    for statement in lines.all("service_users"):
        match statement.args:
            case (Name(text=unit), NumberValue() as number):
                if unit in found:
                    message = f"{lines.title} states the number of {unit} twice."
                    lines.desk.say(DUPLICATE_LINE.at(statement.span, message, help="Keep one of the two."))
                count = UnitNumber(span=statement.span, unit=unit, number=lines.desk.whole(number))
                found.setdefault(unit, count)
    return found


def priorities(desk: Desk, block: Block) -> Priorities:
    """`priorities`: one row per impact, as long as the list of urgencies."""
    lines = Lines(desk, block)
    urgencies = lines.names("priorities_urgency")
    rows = []
    for statement in lines.all("priorities_impact"):
        impact, *row = (node.text for node in statement.args if isinstance(node, Name))
        if urgencies and len(row) != len(urgencies):
            message = f"The row {impact} has {len(row)} priorities, but there are {len(urgencies)} urgencies."
            remedy = f"Write one priority for each of {', '.join(urgencies)}."
            desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help=remedy))
        rows.append(ImpactRow(span=statement.span, impact=impact, priorities=tuple(row)))
    default = next(iter(lines.names("priorities_default")), None)
    return Priorities(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        urgencies=urgencies,
        rows=tuple(rows),
        default=default,
    )


def clock_stop(desk: Desk, block: Block) -> ClockStop | None:
    """`clock stop`: from a status, or for a reason."""
    lines = Lines(desk, block)
    if not lines.need('from status: "Pending customer"', "clock_stop_from_status", "clock_stop_reason"):
        return None
    begins, ends = lines.texts("clock_stop_from_status"), lines.texts("clock_stop_until_status")
    reasons = lines.texts("clock_stop_reason")
    return ClockStop(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        from_status=next(iter(begins), None),
        until_status=next(iter(ends), None),
        reason=next(iter(reasons), None),
        at_most=lines.duration("clock_stop_at_most"),
        attributed_to=lines.word("clock_stop_attributed_to"),
        needs_visible_message=lines.one("clock_stop_needs") is not None,
        more_from=begins[1:],
        more_until=ends[1:],
        more_reasons=reasons[1:],
    )


def exclusion(desk: Desk, block: Block) -> Exclusion:
    """`exclusion`."""
    lines = Lines(desk, block)
    return Exclusion(span=block.header, name=lines.name, title=lines.heading, **exclusion_fields(lines))


def exclusion_fields(lines: Lines) -> dict[str, object]:
    """What the lines of an exclusion state, by the fields of `Exclusion`."""
    budget = lines.one("exclusion_at_most")
    return dict(
        announced=lines.duration("exclusion_announced"),
        **(allowance(lines.desk, budget.args) if budget is not None else {}),
        beyond_counts=lines.one("exclusion_beyond_that") is not None,
        causes=tuple(node.text for node in lines.args("exclusion_cause") if isinstance(node, Word)),
        approved_by=lines.word("exclusion_approved_by"),
        recurring=tuple(_recurring(lines)),
    )


def allowance(desk: Desk, args: tuple[Node, ...]) -> dict[str, object]:
    """`8 hours per contract year`, `8 hours per 30 days rolling`, by the fields of `Exclusion`."""
    values: dict[str, object] = {}
    match args:
        case (DurationValue() as budget, *_):
            values["budget"] = desk.duration(budget)
    match args[1:]:
        case (Word(text=words),):
            values["budget_per"] = words
        case (Phrase(form="rolling", args=(DurationValue() as node,)),):
            values |= {"budget_per": "rolling", "budget_rolling": desk.calendar_span(node)}
    return values


def _recurring(lines: Lines) -> Iterator[Recurrence]:
    for statement in lines.all("exclusion_recurring"):
        match statement.args:
            case (Phrase() as which, Phrase() as phrase):
                span = hours(lines.desk, phrase)
                days = _WEEK if which.form == "daily" else weekdays(which)
                if span is not None:
                    yield from (Recurrence(span=statement.span, day=day, hours=span) for day in days)
