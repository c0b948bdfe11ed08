"""What the contract says, in words: targets, versions, held lines.

In: a frame and a part of the contract. Out: text in the language of the report. The wording itself is that of `words`,
the same that drafts are made of; nothing is worded twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import levels, rights, settings, targets
from sla2.words.phrases import parse

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.level import Held, Level
    from sla2.contract.passage import Filling
    from sla2.contract.rights import Trigger
    from sla2.report.frame import Frame


def target_words(frame: Frame, level: Level) -> str:
    """The target of a level as a phrase, the one of tables and drafts."""
    return targets.target_words(level.target, frame.contract, frame.language).plain


def filling_words(frame: Frame, filling: Filling) -> str:
    """The value of a passage as a phrase."""
    return settings.filling_words(filling, frame.contract, frame.language).plain


def version_words(frame: Frame) -> tuple[str, ...]:
    """The versions of the contract that were in force in the reported period, each with its first day."""
    found = []
    for version in frame.terms.versions:
        if version.since is not None and version.since >= frame.end:
            continue
        if version.until is not None and version.until <= frame.start:
            continue
        label = frame.version(version.label)
        if version.since is not None and version.since > frame.start:
            label = frame.say("head.version_line", label=label, since=frame.day(version.since))
        found.append(label)
    return tuple(found)


def rules(frame: Frame, level: str, day: date) -> tuple[str, ...]:
    """Everything that the contract in force on `day` says about a level: the sentences of the drafts."""
    contract = frame.terms.on(day)
    found = next((one for one in contract.levels if one.name == level), None)
    if found is None:
        return ()
    return tuple(sentence.plain for sentence in levels.level_sentences(contract, found, frame.language))


def hours_words(frame: Frame, level: str, day: date) -> str:
    """In which hours the clock of a level runs: the sentence of the drafts."""
    contract = frame.terms.on(day)
    found = next(one for one in contract.levels if one.name == level)
    return parse(levels.hours(contract, found, frame.language)).plain


def held_words(frame: Frame, held: Held) -> str:
    """Which open passage holds a line, and what fills it at the moment: the sentence of the drafts."""
    return parse(targets.held_sentence(frame.contract, held, frame.language)).plain


def trigger_words(frame: Frame, trigger: Trigger, day: date) -> str:
    """When a right arises, by one of its triggers: the sentence of the drafts."""
    return parse(rights.trigger_words(frame.terms.on(day), trigger, frame.language)).plain
