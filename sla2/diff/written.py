"""Lines that came or went without a change of what applies: `on holidays: closed`, which is the rule without it, too.

In: the two documents and the changes found so far. Out: a change per such line. A line that a change of its block
explains is not told twice. It compares words of the grammar, not the text: spaces, order and comments take no part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from sla2.diff import labels
from sla2.diff.change import Change
from sla2.diff.values import visible
from sla2.diff.walk import Place
from sla2.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from sla2.diff.change import Kind
    from sla2.diff.values import Speaker
    from sla2.diff.walk import Walk
    from sla2.source.syntax import Block, Document, Statement

SECTIONS = {
    "contract": "agreement",
    "framework": "agreement",
    "party": "parties",
    "calendar": "calendars",
    "service": "services",
    "priorities": "priorities",
    "clock stop": "clock_stops",
    "exclusion": "exclusions",
    "level": "levels",
    "credits": "credits",
    "bonus": "bonuses",
    "points": "points",
    "pool": "pools",
    "termination": "terminations",
    "obligation": "obligations",
    "open passage": "passages",
    "amendment": "amendments",
    "clause": "clauses",
    "principle": "principles",
    "example": "examples",
    "updates": "updates",
    "zero repeat": "repeats",
    "impact": "impacts",
    "promise": "promises",
    "survey": "surveys",
    "review": "reviews",
    "goal": "goals",
    "improvement": "improvements",
    "scorecard": "scorecards",
    "exit plan": "exit_plans",
    "translation": "translations",
}
"""In which section of a comparison a kind of block stands."""


def lines(
    walk: Walk, documents: tuple[Document, Document], told: Mapping[str, tuple[Change, ...]]
) -> Iterator[tuple[str, Change]]:
    """The lines that only one of the documents has and that no change of `told` speaks of, each with its section."""
    old, new = ({(block.kind, block.name.text): block for block in document.blocks} for document in documents)
    for key, block in new.items():
        former = old.get(key)
        section = SECTIONS.get(block.kind)
        if former is None or section is None:
            continue
        name = "" if section == "agreement" else block.name.text
        spoken = [change.field for change in told.get(section, ()) if change.block == name]
        spoken += [change.field for change in told.get("agreement", ()) if section == "agreement"]
        before, after = _statements(former), _statements(block)
        for kind, gone, speaker in (("removed", before - after, walk.old), ("added", after - before, walk.new)):
            for label, form, words in gone:
                if not _explained(form, block.kind, spoken):
                    yield (
                        section,
                        _line(
                            walk, speaker, "added" if kind == "added" else "removed", section, block, label, form, words
                        ),
                    )


def _explained(form: str, kind: str, spoken: list[str]) -> bool:
    """True if a change of the block may speak of a line of this form."""
    field = _field(form, kind)
    return any(each.split(".")[0] == field for each in spoken) or (bool(spoken) and field not in _KNOWN)


_KNOWN = ("on_holidays",)
"""Lines whose rule holds without them as well, so that a change elsewhere in the block cannot be theirs."""


def _field(form: str, kind: str) -> str:
    return form.removeprefix(kind.replace(" ", "_") + "_")


def _statements(block: Block) -> Counter[tuple[str, str, str]]:
    """The lines of a block without their places: label, form, and the words of its parts."""
    return Counter((statement.label, statement.form, _words(statement)) for statement in block.statements)


def _words(statement: Statement) -> str:
    return " ".join(part for argument in statement.args for part in _leaves(argument))


def _leaves(node: object) -> Iterator[str]:
    """The values of a node of the syntax, its form first, without places."""
    if isinstance(node, tuple):
        for item in node:
            yield from _leaves(item)
    elif is_dataclass(node):
        for field in fields(node):
            if field.name not in ("span", "form"):
                yield from _leaves(getattr(node, field.name))
    elif node is not None:
        yield visible(str(node))


def _line(
    walk: Walk, speaker: Speaker, kind: Kind, section: str, block: Block, label: str, form: str, words: str
) -> Change:
    language = walk.language
    title, name = block.title.text, block.name.text
    place = Place("" if section == "agreement" else name, "" if section == "agreement" else speaker.block(name, title))
    field = _field(form, block.kind)
    model = _model(speaker, section, name)
    end = "gone" if kind == "removed" else "new"
    if model is not None and field in type(model).model_fields:
        place = place.at(field, labels.label(language, type(model).__name__, field))
        subject = place.subject(language)
        value = speaker.words(getattr(model, field), type(model), field)
        sentence = phrases.render(language, f"diff.line.same-{end}", subject=subject, value=value)
        return Change(kind, place.block, field, subject, phrases.plain(sentence), value, value)
    subject = place.block_words or labels.word(language, "agreement")
    shown = f"{label}: {words}"
    sentence = phrases.render(language, f"diff.line.written-{end}", block=subject, words=shown)
    return Change(kind, place.block, field, subject, phrases.plain(sentence), shown, shown)


def _model(speaker: Speaker, section: str, name: str) -> BaseModel | None:
    if section == "agreement":
        return speaker.contract
    return next((block for block in getattr(speaker.contract, section, ()) if block.name == name), None)
