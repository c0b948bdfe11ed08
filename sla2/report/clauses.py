"""What the contract says, in words: targets, versions, held lines.

In: a frame and a part of the contract. Out: text in the language of the report. The wording itself is that of `words`,
the same that drafts are made of; nothing is worded twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.versions import AS_SIGNED

if TYPE_CHECKING:
    from sla2.contract.level import Held, Level
    from sla2.contract.passage import Filling
    from sla2.report.frame import Frame


def target_words(frame: Frame, level: Level) -> str:
    """The target of a level in a few words."""
    return "" if level.target is None else str(level.target.kind)


def filling_words(frame: Frame, filling: Filling) -> str:
    """The value of a passage in a few words."""
    return str(filling.kind)


def version_words(frame: Frame) -> tuple[str, ...]:
    """The versions of the contract that were in force in the reported period, each with its first day."""
    found = []
    for version in frame.terms.versions:
        if version.since is not None and version.since >= frame.end:
            continue
        if version.until is not None and version.until <= frame.start:
            continue
        label = frame.say("head.version_signed") if version.label == AS_SIGNED else version.label
        if version.since is not None and version.since > frame.start:
            label = frame.say("head.version_line", label=label, since=frame.day(version.since))
        found.append(label)
    return tuple(found)


def held_words(frame: Frame, held: Held) -> str:
    """Which open passage holds a line, and what fills it at the moment."""
    passage = next((one.title for one in frame.contract.passages if one.name == held.passage), held.passage)
    if held.by == "interim rule":
        return frame.say("level.held_interim", passage=passage)
    if held.by.startswith("option "):
        return frame.say("level.held_option", passage=passage, option=held.by.removeprefix("option "))
    if held.by == "fallback":
        return frame.say("level.held_fallback", passage=passage)
    if held.by.startswith("amendment "):
        return frame.say("level.held_amendment", passage=passage, by=held.by.removeprefix("amendment "))
    return frame.say("level.held_other", passage=passage, by=held.by)
