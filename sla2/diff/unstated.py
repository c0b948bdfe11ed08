"""Rules that were stated and are not any more, so that a default applies from now on.

In: two contracts, and the changes found so far. Out: the same with a line below the change that took the rule away,
or a note of its own. `contract/readings` is the list of the rules; the words are those of a draft for the gap.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sla2.contract.readings import READINGS
from sla2.diff.change import Change
from sla2.diff.values import Speaker
from sla2.words import phrases, silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.level import Level
    from sla2.contract.reading import Reading
    from sla2.contract.surroundings import Language


def told(old: Contract, new: Contract, language: Language, changes: Sequence[Change]) -> list[Change]:
    """The `changes` of levels with what applies from now on by each rule that only `new` leaves unstated."""
    before = {level.name: level for level in old.levels}
    found = list(changes)
    for level in new.levels:
        former = before.get(level.name)
        if former is None:
            continue
        come = [each for each in READINGS if each.applies(new, level) and not each.applies(old, former)]
        if come:
            said = {sentence.topic: sentence.plain for sentence in silent.sentences(new, level, language)}
            for reading in come:
                _tell(found, _note(new, level, reading, said.get(f"silent-{reading.id}"), language))
    return found


def _tell(found: list[Change], note: Change) -> None:
    """Put the note below the change that took the rule away; at the end if something else did."""
    for place, change in enumerate(found):
        if (change.block, change.field) == (note.block, note.field):
            found[place] = replace(change, details=(*change.details, note.details[0]))
            return
    found.append(note)


def _note(contract: Contract, level: Level, reading: Reading, said: str | None, language: Language) -> Change:
    own = f"diff.rule.{reading.id}"
    if said is None and own in phrases.keys(language):
        said = phrases.plain(phrases.render(language, own))
    elif said is None:
        words = next(choice.words for choice in reading.readings if choice.id == reading.default)
        rule = phrases.render(language, "diff.line.rule", question=reading.question, rule=words)
        said = phrases.plain(phrases.upper_first(rule))
    block = Speaker(contract, language).block(level.name, level.title)
    sentence = phrases.plain(phrases.render(language, "diff.line.rule-sentence", block=block, rule=said))
    field = reading.id.replace("-", "_")
    return Change("note", level.name, field, block, sentence, after=reading.default, details=(said,))
