"""The sentences of a level that judges time down, requests, deliveries or reported figures.

In: a level. Out: one sentence per rule of the interval measures, in the order of operations. It runs under `levels`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer, slots, targets
from sla2.words.phrases import Marked
from sla2.words.targets import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

_INTERVALS = ("availability", "number of outages", "longest outage", "mean time between failures")


def sentences(contract: Contract, level: Level, language: Language) -> Iterator[Sentence]:
    """All sentences of the level that concern units, downtime and exclusions."""
    for topic, text in (
        ("unit", _unit(contract, level, language)),
        ("down", _down(contract, level, language)),
        ("outages", _outages(level, language)),
        ("excludes", _excludes(contract, level, language)),
        ("denominator", _denominator(contract, level, language)),
        ("weight", _weight(level, language)),
        ("slots", slots.slots(level, language)),
        ("delivery", _delivery(level, language)),
        ("report", slots.no_report(level, language)),
    ):
        if text:
            yield phrases.parse(text, topic)


def unit(contract: Contract, level: Level, language: Language) -> Sentence | None:
    """Which units are measured separately, for a level of cases; None where the service is judged as a whole."""
    text = _unit(contract, level, language)
    return phrases.parse(text, "unit") if text else None


def _unit(contract: Contract, level: Level, language: Language) -> Marked | None:
    judged = phrases.render(language, f"level.unit.judged-{level.judged}") if level.judged else ""
    if level.unit == "the service":
        if level.measure not in _INTERVALS:
            return Marked(judged) or None
        return phrases.together(phrases.render(language, "level.unit.service"), judged)
    word = level.unit.removeprefix("each ")
    components = contract.service(level.service).components if level.service else ()
    if word == "component" and components:
        listed = format.listing(components, language)
        said = phrases.render(language, "level.unit.each-component", components=listed)
    else:
        said = phrases.render(language, "level.unit.each", unit=format.quoted(word, language))
    return phrases.together(said, judged)


def _down(contract: Contract, level: Level, language: Language) -> Marked | None:
    down = level.down_when
    if down is None:
        return None
    record = targets.held(level, "down when")
    note = targets.held_sentence(contract, record, language) if record else ""
    if down.passage is not None:
        return targets.open_line("down when", down.passage, contract, language)
    components = contract.service(level.service).components if level.service else ()
    names = ""
    if components:
        listed = format.listing(components, language)
        names = Marked(" " + phrases.render(language, "level.down.components", names=listed))
    values = {**targets.down_values(down, language), "components": names}
    return phrases.together(phrases.render(language, f"level.down.{slug(down.kind)}", **values), note)


def _outages(level: Level, language: Language) -> Marked | None:
    pieces: list[Marked] = []
    if level.clock_starts is not None:
        start = phrases.render(language, f"level.outages.start.{slug(level.clock_starts)}")
        pieces.append(phrases.render(language, "level.outages.clock-start", start=start))
    if level.counts is not None:
        key = "over" if level.counts.strict else "at-least"
        pieces.append(
            phrases.render(language, f"level.outages.{key}", **refer.span("length", level.counts.length, language))
        )
    if level.minimum_length_judged is not None:
        pieces.append(phrases.render(language, f"level.outages.{slug(level.minimum_length_judged)}"))
    if level.at_the_end_of_a_period is not None:
        pieces.append(phrases.render(language, f"level.outages.{slug(level.at_the_end_of_a_period)}"))
    if level.whole_minutes:
        pieces.append(phrases.render(language, "level.outages.whole-minutes"))
    return phrases.together(*pieces) if pieces else None


def _excludes(contract: Contract, level: Level, language: Language) -> Marked | None:
    if level.excludes:
        named = refer.blocks(contract, "exclusion", level.excludes, language)
        return phrases.render(language, "level.excludes.time", exclusions=named)
    return phrases.render(language, "level.excludes.none-time") if level.measure in _INTERVALS else None


def _denominator(contract: Contract, level: Level, language: Language) -> Marked | None:
    if level.of is None:
        return None
    calendar = contract.level_hours(level)
    if level.of == "service hours" and calendar is None:
        return phrases.render(language, "level.denominator.service-hours-unnamed")
    hours = refer.block(contract, "calendar", calendar.name, language) if calendar else ""
    return phrases.render(language, f"level.denominator.{slug(level.of)}", hours=hours)


def _weight(level: Level, language: Language) -> Marked | None:
    pieces: list[Marked] = []
    if level.weighted_by is not None:
        pieces.append(phrases.render(language, f"level.weight.{slug(level.weighted_by)}"))
    if level.overlapping_users is not None:
        pieces.append(phrases.render(language, f"level.weight.overlap-{level.overlapping_users}"))
    if level.degraded_counts is not None:
        share = format.percent(level.degraded_counts, language)
        pieces.append(phrases.render(language, "level.weight.degraded", share=share))
    return phrases.together(*pieces) if pieces else None


def _delivery(level: Level, language: Language) -> Marked | None:
    pieces: list[Marked] = []
    if level.due is not None:
        pieces.append(phrases.render(language, "level.delivery.due", day=format.day(level.due, language)))
    if level.delivered_means is not None:
        text = format.quoted(level.delivered_means, language)
        pieces.append(phrases.render(language, "level.delivery.means", text=text))
    return phrases.together(*pieces) if pieces else None
