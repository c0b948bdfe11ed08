"""The sentences of a level that counts requests in slots, takes over reported figures, or looks back on itself.

In: a level. Out: marked text per rule, in the order of a draft. It runs under `levels`; it computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.level import Level
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked
    from sla2.words.sentence import Sentence


def slots(level: Level, language: Language) -> Marked | None:
    """How requests are counted in slots, which slot is bad, and how slots make up a period."""
    return phrases.together(*_slots(level, language)) or None


def _slots(level: Level, language: Language) -> Iterator[Marked]:
    if level.slot is not None:
        yield phrases.render(language, "level.slot.length", **refer.span("slot", level.slot, language))
    if level.slot_fails is not None:
        yield phrases.render(language, "level.slot.fails", errors=format.percent(level.slot_fails, language))
    if level.slot_needs is not None:
        yield phrases.render(language, "level.slot.needs", n=format.number(level.slot_needs, language))
    if level.empty_slot is not None:
        yield phrases.render(language, f"level.slot.empty-{level.empty_slot}")
    if level.slots is not None:
        yield phrases.render(language, f"level.slot.{level.slots}")


def no_report(level: Level, language: Language) -> Marked | None:
    """What holds for a period without a reported figure."""
    return phrases.render(language, f"level.report.{level.no_report}") if level.no_report is not None else None


def earlier(level: Level, language: Language) -> Iterator[Sentence]:
    """What earlier periods do to the result of a period, and to its target."""
    if level.averaged_with_previous:
        yield phrases.say(language, "level.earlier.averaged", topic="earlier")
    if level.ratchet is not None:
        periods = refer.count("periods", "period-count", level.ratchet.periods, language)
        yield phrases.say(language, "level.earlier.ratchet", topic="ratchet", **periods)
