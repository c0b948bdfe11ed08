"""What a level leaves unsaid, said: the gap, and the rule that is applied until the parties close it.

In: a level. Out: one sentence per rule of `contract/readings` that it leaves unstated and that the checker asks about.
The rule is worded by the very phrase that words it where a contract states it. It decides no default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.readings import READINGS
from sla2.words import phrases, refer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked
    from sla2.words.sentence import Sentence

_PHRASES = {
    "counts-in": "level.counts-in",
    "priority-is": "level.priority",
    "after-priority-change": "level.priority-change",
    "after-reopening": "level.reopening",
    "no-cases": "level.few.no-cases",
    "of": "level.denominator",
    "of-hours": "level.denominator",
    "minimum-length": "level.outages",
    "judged": "level.unit.judged",
    "combine": "credits.combine",
    "period-end": "level.outages",
    "clock-starts": "reading.rule.clock-starts",
    "overlapping-users": "level.weight.overlap",
    "empty-slot": "level.slot.empty",
    "slots": "level.slot",
    "no-report": "level.report",
    "answered-by": "reading.rule.answered-by",
    "each-scope": "reading.rule.each-scope",
    "rounding-of-credits": "reading.rule.rounding-of-credits",
}
"""Where the phrase of a reading stands; the choice is the last part of its key."""
_JOINED_BY_HYPHEN = ("no-cases", "judged", "overlapping-users", "empty-slot")


def sentences(contract: Contract, level: Level, language: Language) -> Iterator[Sentence]:
    """The rules that `level` leaves unstated, each with the default that is applied."""
    for reading in READINGS:
        if reading.asked and reading.id in _PHRASES and reading.applies(contract, level):
            gap = phrases.render(language, f"reading.silent.{reading.id}")
            if reading.both:
                words = [gap, phrases.render(language, "reading.silent.both")]
            else:
                until = phrases.render(language, "reading.silent.until")
                words = [gap, until, stated(contract, level, reading.id, reading.default, language)]
            yield phrases.parse(phrases.together(*words), f"silent-{reading.id}")


def stated(contract: Contract, level: Level, reading: str, choice: str, language: Language) -> Marked:
    """The sentence of a rule as it would read if the level stated it as `choice`."""
    joint = "-" if reading in _JOINED_BY_HYPHEN else "."
    calendar = contract.level_hours(level)
    hours = refer.block(contract, "calendar", calendar.name, language) if calendar is not None else ""
    return phrases.render(language, f"{_PHRASES[reading]}{joint}{choice.replace(' ', '-')}", hours=hours, names="")
