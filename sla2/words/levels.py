"""The sentences of a service level, one per rule that the evaluator applies.

In: a level of a contract, as signed or folded to a day. Out: its sentences in the order of a draft, each with a topic.
It says what the contract states; rules that hold for every level are in `common`, what a level leaves unsaid in
`silent`. It computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import OpenTarget, ShareTarget, StatisticTarget
from sla2.contract.quantity import Percent
from sla2.words import format, outages, phrases, refer, silent, slots, targets, tickets
from sla2.words.phrases import Marked
from sla2.words.sentence import Sentence
from sla2.words.targets import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level, Period
    from sla2.contract.surroundings import Language

_STATED_STARTS = ("ticket-opened", "outage", "detection", "acknowledgement")


def level_sentences(contract: Contract, level: Level, language: Language) -> tuple[Sentence, ...]:
    """All sentences of `level`; `contract` is the version it belongs to (`versions.as_of`)."""
    return tuple(found for found in _sentences(contract, level, language) if found is not None and found.parts)


def _sentences(contract: Contract, level: Level, language: Language) -> Iterator[Sentence | None]:
    yield phrases.parse(measure(contract, level, language), "measure")
    cases = tickets.judges_cases(level)
    if cases:
        yield tickets.cases(contract, level, language)
        yield outages.unit(contract, level, language)
        if tickets.is_clocked(level):
            yield _with_held(contract, level, language, "hours", hours(contract, level, language))
            yield tickets.clock(contract, level, language)
        yield tickets.priority(level, language)
        yield tickets.reopening(level, language)
        yield tickets.intake(level, language)
    else:
        yield from outages.sentences(contract, level, language)
    yield _target(contract, level, language)
    yield _beside(contract, level, language)
    yield period(contract, level, language)
    if cases:
        yield tickets.counts_in(level, language)
        yield tickets.few(level, language)
        yield tickets.excludes(contract, level, language)
    yield rounding(level, language)
    yield from slots.earlier(level, language)
    yield from silent.sentences(contract, level, language)


def measure(contract: Contract, level: Level, language: Language) -> Marked:
    """What the level measures."""
    of = (
        phrases.render(language, "level.measure.of", service=refer.block(contract, "service", level.service, language))
        if level.service
        else ""
    )
    start = slug(level.clock_starts or "ticket opened")
    return phrases.render(
        language,
        f"level.measure.{slug(level.measure)}",
        of=Marked(f" {of}") if of else "",
        start=phrases.render(language, f"level.start.{start if start in _STATED_STARTS else 'ticket-opened'}"),
        answered=level.answered_by or "",
        figure=format.quoted(level.figure or "", language),
    )


def hours(contract: Contract, level: Level, language: Language) -> Marked:
    """In which hours the clock of the level runs."""
    if level.hours_passage is not None:
        return targets.open_line("hours", level.hours_passage, contract, language)
    calendar = contract.level_hours(level)
    if calendar is None:
        return phrases.render(language, "level.hours.none")
    if calendar.round_the_clock:
        return phrases.render(language, "level.hours.always")
    named = refer.block(contract, "calendar", calendar.name, language)
    target = level.target
    elapsed = isinstance(target, ShareTarget | StatisticTarget) and target.within.kind == "elapsed"
    return phrases.render(language, f"level.hours.{'elapsed' if elapsed else 'calendar'}", hours=named)


def _with_held(contract: Contract, level: Level, language: Language, line: str, said: Marked) -> Sentence:
    record = targets.held(level, line)
    note = targets.held_sentence(contract, record, language) if record is not None else ""
    return phrases.parse(phrases.together(said, note), slug(line))


def _target(contract: Contract, level: Level, language: Language) -> Sentence | None:
    said = targets.target_sentence(level, contract, language)
    if said is None:
        key = "level.also.report-only-no-target" if level.report_only else "level.target.open.none"
        return phrases.say(language, key, topic="target")
    record = targets.held(level, "target")
    if record is None:
        return said
    note = phrases.parse(targets.held_sentence(contract, record, language))
    return Sentence((*said.parts, " ", *note.parts), "target")


def _beside(contract: Contract, level: Level, language: Language) -> Sentence | None:
    pieces: list[Marked] = []
    for line, target in (("minimum", level.minimum), ("expected", level.expected)):
        if isinstance(target, OpenTarget):
            pieces.append(targets.open_line(line, target.passage, contract, language))
        elif target is not None:
            words = targets.target_marked(target, contract, language)
            pieces.append(phrases.render(language, f"level.also.{line}", words=words))
        record = targets.held(level, line)
        if record is not None:
            pieces.append(targets.held_sentence(contract, record, language))
    if level.report_only and level.target is not None:
        pieces.append(phrases.render(language, "level.also.report-only"))
    return phrases.parse(phrases.together(*pieces), "beside") if pieces else None


def rounding(level: Level, language: Language) -> Sentence | None:
    """How the level rounds before it compares, or for display only, where it says so."""
    rule = level.rounding
    if rule is None:
        return None
    if rule.step is not None:
        key = "step" if isinstance(rule.step, Percent) else "step-number"
        step = format.figure(rule.step, language)
        return phrases.say(language, f"level.rounding.{key}", topic="rounding", step=step)
    if rule.display_step is None:
        return phrases.say(language, "level.rounding.display", topic="rounding")
    step = format.figure(rule.display_step, language)
    return phrases.say(language, "level.rounding.display-step", topic="rounding", step=step)


def period(contract: Contract, level: Level, language: Language) -> Sentence:
    """Over which period the level is judged."""
    if level.period is None:
        return phrases.say(language, "level.period.none", topic="period")
    return phrases.parse(_period(contract, level.period, language), "period")


def _period(contract: Contract, asked: Period, language: Language) -> Marked:
    if asked.length is not None:
        return phrases.render(
            language, f"level.period.{slug(asked.unit)}", **refer.span("length", asked.length, language)
        )
    if asked.unit == "month" and asked.from_day not in (None, 1):
        return phrases.render(language, "level.period.month-from", day=format.number(asked.from_day or 1, language))
    if asked.unit == "quarter" and (asked.from_month or 1) not in (1, 4, 7, 10):
        first = ((asked.from_month or 1) - 1) % 3 + 1
        months = format.listing([format.month_name(first + step, language) for step in (0, 3, 6, 9)], language)
        return phrases.render(language, "level.period.quarter-from", months=months)
    if asked.unit == "year" and asked.from_month not in (None, 1):
        month = format.month_name(asked.from_month or 1, language)
        return phrases.render(language, "level.period.year-from", month=month)
    start = ""
    if contract.term is not None:
        day = format.day(contract.term.start, language)
        start = Marked(" " + phrases.render(language, "level.period.start", day=day))
    return phrases.render(language, f"level.period.{slug(asked.unit)}", start=start)


def period_phrase(level: Level, language: Language) -> str:
    """The period in a word or two, for a table."""
    asked = level.period
    if asked is None:
        return "–"
    values = refer.span("length", asked.length, language) if asked.length is not None else {}
    from_month = format.month_name(asked.from_month, language) if asked.from_month else ""
    from_day = format.number(asked.from_day, language) if asked.from_day else ""
    key = f"measured.period-short.{slug(asked.unit)}"
    return phrases.plain(phrases.render(language, key, from_month=from_month, from_day=from_day, **values))
