"""The sentences of a level that judges tickets: which, by whose clock, and in which period each counts.

In: a level. Out: one sentence per rule, or None where the level says nothing (`silent` then names the default).
It runs under `levels`. A rule that the measure cannot use (a reopening, for a response time) is not worded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import ShareTarget, StatisticTarget
from sla2.words import format, phrases, refer
from sla2.words.phrases import Marked
from sla2.words.targets import slug

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.level import Level, When
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

_CASES = (
    "response time",
    "resolution time",
    "restoration time",
    "update interval",
    "number of incidents",
    "reopened share",
    "backlog age",
)
_COUNTED = ("number of incidents", "reopened share")
"""Measures that count tickets: no clock runs, unless the level names one."""


def judges_cases(level: Level) -> bool:
    """True if the level judges single tickets."""
    if level.measure == "latency":
        return False
    return level.measure in _CASES or isinstance(level.target, ShareTarget | StatisticTarget)


def is_clocked(level: Level) -> bool:
    """True if a clock runs for each case of the level."""
    named = level.hours or level.hours_passage or level.clock_starts or level.clock_stops
    return level.measure not in _COUNTED or bool(named)


def cases(contract: Contract, level: Level, language: Language) -> Sentence:
    """Which tickets are cases of the level."""
    of = ""
    if level.service:
        service = refer.title(contract, "service", level.service, language)
        of = phrases.Marked(" " + phrases.render(language, "level.measure.of", service=service))
    if level.when is None or level.when == type(level.when)(span=level.when.span):
        return phrases.say(language, "level.cases.all", topic="cases", of=of)
    return phrases.say(language, "level.cases.some", topic="cases", of=of, **_when(contract, level.when, language))


def _when(contract: Contract, when: When, language: Language) -> dict[str, str]:
    return {
        "priorities": format.listing(when.priorities, language, "or"),
        "opened": _opened(contract, when, language),
        "category": format.listing([format.quoted(one, language) for one in when.categories], language, "or"),
        "country": format.listing(when.countries, language, "or"),
    }


def which(contract: Contract, when: When, language: Language) -> Marked:
    """Which tickets a restriction leaves, to be put after the word tickets; "" if it leaves them all."""
    text = phrases.render(language, "level.cases.which", **_when(contract, when, language))
    return Marked(f" {text}") if text else text


def when_phrase(when: When | None, language: Language) -> str:
    """The priorities of a level in a word or two, for a table."""
    return format.listing(when.priorities, language) if when is not None and when.priorities else "–"


def _opened(contract: Contract, when: When, language: Language) -> str:
    if when.opened_from is None and when.opened_to is None:
        return ""
    zone = format.zone(contract.timezone or "UTC", language)
    since = when.opened_from
    start = format.time_of_day(since, language) if since is not None else ""
    if when.opened_to is None:
        return phrases.render(language, "level.cases.open-end", start=start, zone=zone)
    end = format.time_of_day(when.opened_to, language)
    if since is None or (since.hour, since.minute) == (0, 0):
        return phrases.render(language, "level.cases.open-start", end=end, zone=zone)
    return phrases.render(language, "level.cases.opened", start=start, end=end, zone=zone)


def clock(contract: Contract, level: Level, language: Language) -> Sentence:
    """When the clock starts, and for which reasons it stands still."""
    start = ""
    if level.clock_starts is not None:
        at = phrases.render(language, f"level.start-at.{slug(level.clock_starts)}")
        start = phrases.render(language, "level.clock.start", start=at)
    if level.clock_stops:
        stops = refer.blocks(contract, "clock stop", level.clock_stops, language)
        said = phrases.render(language, "level.clock.stops", stops=stops)
    else:
        said = phrases.render(language, "level.clock.no-stops")
    return phrases.parse(phrases.together(start, said), "clock")


def priority(level: Level, language: Language) -> Sentence | None:
    """By which priority a case is judged, and what a change of priority does."""
    pieces = []
    if level.priority_is is not None:
        pieces.append(phrases.render(language, f"level.priority.{slug(level.priority_is)}"))
    if level.after_priority_change is not None:
        pieces.append(phrases.render(language, f"level.priority-change.{slug(level.after_priority_change)}"))
    return phrases.parse(phrases.together(*pieces), "priority") if pieces else None


def reopening(level: Level, language: Language) -> Sentence | None:
    """What a reopening does; a response is given once, so it is not worded for response times."""
    if level.after_reopening is None or level.measure == "response time":
        return None
    return phrases.say(language, f"level.reopening.{slug(level.after_reopening)}", topic="reopening")


def intake(level: Level, language: Language) -> Sentence | None:
    """When a ticket counts as opened that comes in late or outside hours."""
    rule = level.intake
    if rule is None:
        return None
    if rule.after is not None:
        after = format.time_of_day(rule.after, language)
        return phrases.say(language, "level.intake.after", topic="intake", after=after)
    if rule.counts_as is None:
        return phrases.say(language, "level.intake.outside-opening", topic="intake")
    counts_as = format.time_of_day(rule.counts_as, language)
    return phrases.say(language, "level.intake.outside", topic="intake", counts_as=counts_as)


def counts_in(level: Level, language: Language) -> Sentence | None:
    """In which period a case counts."""
    if level.counts_in is None:
        return None
    return phrases.say(language, f"level.counts-in.{level.counts_in}", topic="counts-in")


def few(level: Level, language: Language) -> Sentence | None:
    """What holds with few cases or none."""
    pieces = []
    for rule in level.small_numbers:
        under = format.number(rule.under, language)
        if rule.allow_misses is None:
            pieces.append(phrases.render(language, "level.few.insufficient", under=under))
        else:
            misses = format.number(rule.allow_misses, language)
            pieces.append(phrases.render(language, "level.few.allow", under=under, misses=misses))
    if len(level.small_numbers) > 1:
        pieces.append(phrases.render(language, "level.few.several"))
    if level.no_cases is not None:
        pieces.append(phrases.render(language, f"level.few.no-cases-{slug(level.no_cases)}"))
    return phrases.parse(phrases.together(*pieces), "few") if pieces else None


def excludes(contract: Contract, level: Level, language: Language) -> Sentence | None:
    """Which cases are left out."""
    if not level.excludes:
        return None
    named = refer.blocks(contract, "exclusion", level.excludes, language)
    return phrases.say(language, "level.excludes.cases", topic="excludes", exclusions=named)
