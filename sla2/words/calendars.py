"""Service hours, clock stops, exclusions and services in words.

In: the blocks of a contract. Out: sentences; the holidays themselves are rows for an annex. It computes no open time:
the rules it words are those of `contract/calendar`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer
from sla2.words.sentence import Sentence, anchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import (
        Calendar,
        ClockStop,
        Exclusion,
        HolidaySource,
        Hours,
        Language,
        OpeningRule,
        Service,
        Weekday,
    )
    from sla2.words.phrases import Marked

_WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_sentences(calendar: Calendar, language: Language) -> tuple[Sentence, ...]:
    """The hours of a calendar: the week, its holidays, and days that differ."""
    return tuple(phrases.parse(text, topic) for topic, text in _calendar(calendar, language) if text)


def _calendar(calendar: Calendar, language: Language) -> list[tuple[str, Marked]]:
    if calendar.round_the_clock:
        return [("open", phrases.render(language, "calendar.hours.always"))]
    rules = "; ".join(_rule(rule, language) for rule in calendar.opening)
    opened = phrases.render(language, "calendar.hours.open", rules=rules, zone=format.zone(calendar.timezone, language))
    edges = phrases.render(language, "calendar.hours.edges")
    found = [("open", phrases.together(opened, edges)), ("holidays", _holidays(calendar, language))]
    closed = [
        phrases.render(language, "calendar.hours.closed-day", day=format.day(day.day, language), name=day.name)
        for day in calendar.closed
        if day.day is not None
    ]
    yearly = [
        phrases.render(
            language,
            "calendar.hours.closed-day",
            day=format.day_of_year(day.month, day.day_of_month, language),
            name=day.name,
        )
        for day in calendar.closed
        if day.month is not None and day.day_of_month is not None
    ]
    if closed:
        days = format.listing(closed, language)
        found.append(("closed", phrases.render(language, "calendar.hours.closed", days=days)))
    if yearly:
        days = format.listing(yearly, language)
        found.append(("closed-every", phrases.render(language, "calendar.hours.closed-every", days=days)))
    for short in calendar.short_days:
        values = {"day": format.day(short.day, language), "times": times(short.hours, language)}
        found.append((f"short-{short.day.isoformat()}", phrases.render(language, "calendar.hours.short", **values)))
    if closed or yearly or calendar.short_days:
        found.append(("order", phrases.render(language, "calendar.hours.order")))
    return found


def _holidays(calendar: Calendar, language: Language) -> Marked:
    source = calendar.holidays
    if source is None:
        return phrases.render(language, "calendar.hours.holidays-none")
    annex = holidays_annex(source, language)
    kind = calendar.on_holidays.removeprefix("as ")
    said = phrases.render(language, f"calendar.hours.holidays-{kind}", annex=annex)
    if not source.years or calendar.on_holidays == "open":
        return said
    years = format.listing([str(year) for year in source.years], language)
    return phrases.together(said, phrases.render(language, "calendar.hours.years", years=years))


def holidays_annex(source: HolidaySource, language: Language) -> Marked:
    """A reference to the annex that lists the days of a holiday file."""
    title = f"{phrases.render(language, 'calendar.hours.annex')} ({source.region})"
    words = phrases.render(language, "calendar.hours.annex-named", title=format.quoted(title, language))
    return phrases.to(holidays_anchor(source), words, bare=True)


def holidays_anchor(source: HolidaySource) -> str:
    """The id of the annex with the days of a holiday file."""
    stem = source.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return anchor("holidays", stem)


def holiday_rows(source: HolidaySource, language: Language) -> tuple[tuple[str, str, str], ...]:
    """Day, weekday and name of each holiday."""
    return tuple(
        (format.day(day.day, language), format.weekday(_WEEK[day.day.weekday()], language), day.name)
        for day in source.days
    )


def _rule(rule: OpeningRule, language: Language) -> str:
    return phrases.render(
        language, "calendar.hours.rule", days=days_words(rule.days, language), times=times(rule.hours, language)
    )


def days_words(days: Sequence[Weekday], language: Language) -> str:
    """Weekdays in words, three or more in a row as a range: Monday to Friday and Sunday."""
    places = sorted({_WEEK.index(day) for day in days})
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    words: list[str] = []
    for run in runs:
        names = [format.weekday(_WEEK[place], language) for place in run]
        if len(names) < 3:
            words += names
        else:
            words.append(phrases.render(language, "calendar.hours.to", first=names[0], last=names[-1]))
    return format.listing(words, language)


def times(hours: Sequence[Hours], language: Language) -> Marked:
    """Opening times in words: from 08:00 to 12:00 and from 13:00 to 18:00."""
    return format.listing(
        [
            phrases.render(
                language,
                "calendar.hours.times",
                start=format.time_of_day(one.start, language),
                end=format.time_of_day(one.end, language),
            )
            for one in hours
        ],
        language,
    )


def clock_stop_sentence(stop: ClockStop, language: Language) -> Sentence:
    """Why and for how long the clock stands still."""
    if stop.from_status is not None:
        froms = format.listing(
            [format.quoted(one, language) for one in (stop.from_status, *stop.more_from)], language, "or"
        )
        written = [one for one in (stop.until_status, *stop.more_until) if one]
        until = format.listing([format.quoted(one, language) for one in written], language, "or")
        pieces = [phrases.render(language, "calendar.stop.status", status=froms, until=until)]
    else:
        reasons = [format.quoted(one, language) for one in (stop.reason or stop.name, *stop.more_reasons)]
        reason = format.listing(reasons, language, "or")
        pieces = [phrases.render(language, "calendar.stop.reason", reason=reason)]
    if stop.at_most is not None:
        pieces.append(phrases.render(language, "calendar.stop.at-most", **refer.span("length", stop.at_most, language)))
    if stop.attributed_to is not None:
        pieces.append(phrases.render(language, f"calendar.stop.{stop.attributed_to.replace(' ', '-')}"))
    if stop.needs_visible_message:
        pieces.append(phrases.render(language, "calendar.stop.message"))
    return phrases.parse(phrases.together(*pieces), stop.name)


def exclusion_sentence(exclusion: Exclusion, contract: Contract, language: Language) -> Sentence:
    """What does not count, and on which conditions."""
    head = phrases.render(
        language,
        "calendar.exclusion.head",
        what=_excluded(exclusion, contract, language),
    )
    pieces = [head]
    if exclusion.announced is not None and (exclusion.recurring or exclusion.causes):
        length = refer.span("length", exclusion.announced, language)
        pieces.append(phrases.render(language, "calendar.exclusion.announced-condition", **length))
    if exclusion.announced is not None and exclusion.announced.kind != "elapsed":
        pieces.append(phrases.render(language, "calendar.exclusion.notice-days"))
    if exclusion.approved_by is not None:
        by = refer.side("by", exclusion.approved_by, language)
        pieces.append(phrases.render(language, "calendar.exclusion.approved", **by))
    if exclusion.budget is not None:
        rolling = exclusion.budget_rolling
        span = refer.span("length", rolling, language) if rolling is not None else {}
        key = (exclusion.budget_per or "period").replace(" ", "-")
        per = phrases.render(language, f"calendar.exclusion.per.{key}", **span)
        length = refer.span("length", exclusion.budget, language)
        pieces.append(phrases.render(language, "calendar.exclusion.budget", per=per, **length))
        key = "beyond" if exclusion.beyond_counts else "beyond-unsaid"
        pieces.append(phrases.render(language, f"calendar.exclusion.{key}"))
    return phrases.parse(phrases.together(*pieces), exclusion.name)


def _excluded(exclusion: Exclusion, contract: Contract, language: Language) -> Marked:
    if exclusion.recurring:
        stretches = [
            phrases.render(
                language,
                "calendar.exclusion.recurring",
                day=format.weekday(one.day, language),
                times=times([one.hours], language),
            )
            for one in exclusion.recurring
        ]
        listed = format.listing(stretches, language)
        zone = format.zone(contract.timezone or "UTC", language)
        said = phrases.render(language, "calendar.exclusion.recurring-what", list=listed, zone=zone)
        if not exclusion.causes:
            return said
        causes = format.listing([cause_words(cause, language) for cause in exclusion.causes], language, "or")
        return phrases.render(language, "calendar.exclusion.recurring-causes", recurring=said, causes=causes)
    if exclusion.causes:
        causes = format.listing([cause_words(cause, language) for cause in exclusion.causes], language, "or")
        return phrases.render(language, "calendar.exclusion.causes", causes=causes)
    if exclusion.announced is not None:
        length = refer.span("length", exclusion.announced, language)
        return phrases.render(language, "calendar.exclusion.announced", **length)
    return phrases.render(language, "calendar.exclusion.plain")


def cause_words(cause: str, language: Language) -> str:
    """A cause in words; one that is the name of a log's own cause is quoted as written."""
    key = cause.replace(" ", "-")
    known = key in ("customer", "force-majeure")
    return phrases.render(language, f"calendar.cause.{key}") if known else format.quoted(cause, language)


def service_sentences(service: Service, contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """What a service is, in which hours it is owed, and what it rests on."""
    pieces = [
        phrases.render(
            language,
            "calendar.service.head",
            description=(service.description or "").rstrip("."),
        ),
        phrases.render(
            language, "calendar.service.hours", hours=refer.block(contract, "calendar", service.hours, language)
        ),
    ]
    if service.components:
        names = format.listing(service.components, language)
        pieces.append(phrases.render(language, "calendar.service.components", names=names))
    if service.users is not None:
        pieces.append(phrases.render(language, "calendar.service.users", n=format.number(service.users, language)))
    for one in service.numbers:
        unit, n = format.quoted(one.unit, language), format.number(one.number, language)
        pieces.append(phrases.render(language, "calendar.service.numbers", unit=unit, n=n))
    if service.nature is not None:
        pieces.append(phrases.render(language, f"calendar.service.nature-{service.nature}"))
    if service.fee is not None:
        pieces.append(phrases.render(language, "calendar.service.fee", fee=format.quoted(service.fee, language)))
    if service.underpinned_by is not None:
        text = format.quoted(service.underpinned_by, language)
        pieces.append(phrases.render(language, "calendar.service.underpinned", text=text))
    if service.asset_owner is not None:
        pieces.append(phrases.render(language, f"calendar.service.asset-{service.asset_owner}"))
    return (phrases.parse(phrases.together(*pieces), service.name),)
