"""Lines that came or went without a change of what applies: `on holidays: closed`, which is the rule without it, too.

In: the two documents and the changes found so far. Out: a change per such line. A line that a change of its block
explains is not told twice. It compares words of the grammar, not the text: spaces, order and comments take no part.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from sla2.diff import labels
from sla2.diff.change import Change
from sla2.diff.values import visible
from sla2.diff.walk import Place
from sla2.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel

    from sla2.diff.values import Speaker
    from sla2.diff.walk import Walk
    from sla2.source.syntax import Block, Document

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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block without its place: its label, the rule of the grammar, the words of its parts."""

    label: str
    form: str
    words: str

    def field(self, kind: str) -> str:
        """The field of the model that the line most likely fills."""
        return self.form.removeprefix(kind.replace(" ", "_") + "_")


def lines(
    walk: Walk, documents: tuple[Document, Document], told: Mapping[str, tuple[Change, ...]]
) -> Iterator[tuple[str, Change]]:
    """The lines that only one of the documents has and that no change of `told` speaks of, each with its section."""
    old, new = ({(block.kind, block.name.text): block for block in document.blocks} for document in documents)
    for key, block in new.items():
        section = SECTIONS.get(block.kind)
        if key not in old or section is None:
            continue
        name = "" if section == "agreement" else block.name.text
        spoken = {change.field.split(".")[0] for change in told.get(section, ()) if change.block == name}
        models = _model(walk.old, section, name), _model(walk.new, section, name)
        gone, come = _only(old[key], block), _only(block, old[key])
        for line in _uneven(gone, come, block.kind, models):
            if not _explained(line.field(block.kind), models, spoken):
                yield section, _change(walk.old, "removed", section, block, line)
        for line in _uneven(come, gone, block.kind, models):
            if not _explained(line.field(block.kind), models, spoken):
                yield section, _change(walk.new, "added", section, block, line)


def _only(block: Block, other: Block) -> Counter[_Line]:
    """The lines of `block` that `other` does not have."""
    return _lines(block) - _lines(other)


def _uneven(
    lines: Counter[_Line], others: Counter[_Line], kind: str, models: tuple[BaseModel | None, BaseModel | None]
) -> Iterator[_Line]:
    """Those of `lines` of whose form `others` has not as many.

    An even number is the same value in other words, if it is a line whose value the model holds.
    """
    known = type(models[1]).model_fields if models[1] is not None else {}
    forms: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for counted, found in ((forms, lines), (wanted, others)):
        for line, number in found.items():
            counted[line.form] += number
    for line in lines:
        if forms[line.form] > wanted[line.form] or line.field(kind) not in known:
            yield line


def _explained(field: str, models: tuple[BaseModel | None, BaseModel | None], spoken: set[str]) -> bool:
    """True if a change of the block may speak of a line that fills `field`."""
    old, new = models
    if field in spoken or old is None or new is None:
        return True
    if field in type(new).model_fields and getattr(old, field) == getattr(new, field):
        return False
    return bool(spoken)


def _lines(block: Block) -> Counter[_Line]:
    return Counter(
        _Line(statement.label, statement.form, " ".join(_leaves(statement.args))) for statement in block.statements
    )


def _leaves(node: object) -> Iterator[str]:
    """The values of a node of the syntax, without places."""
    if isinstance(node, tuple):
        for item in node:
            yield from _leaves(item)
    elif is_dataclass(node):
        for field in fields(node):
            if field.name not in ("span", "form"):
                yield from _leaves(getattr(node, field.name))
    elif isinstance(node, Decimal):
        yield f"{node.normalize():f}"
    elif node is not None:
        yield visible(str(node))


def _change(speaker: Speaker, kind: Literal["added", "removed"], section: str, block: Block, line: _Line) -> Change:
    language = speaker.language
    agreement = section == "agreement"
    name = "" if agreement else block.name.text
    place = Place(name, "" if agreement else speaker.block(name, block.title.text))
    field = line.field(block.kind)
    model = _model(speaker, section, name)
    end = "gone" if kind == "removed" else "new"
    if model is not None and field in type(model).model_fields:
        subject = place.at(field, labels.label(language, type(model).__name__, field)).subject(language)
        value = speaker.words(getattr(model, field), type(model), field)
        sentence = phrases.render(language, f"diff.line.same-{end}", subject=subject, value=value)
        return Change(kind, name, field, subject, phrases.plain(sentence), value, value)
    subject = place.block_words or labels.word(language, "agreement")
    words = f"{line.label}: {line.words}"
    sentence = phrases.render(language, f"diff.line.written-{end}", block=subject, words=words)
    shown = (words, None) if kind == "removed" else (None, words)
    return Change(kind, name, field, subject, phrases.plain(sentence), *shown)


def _model(speaker: Speaker, section: str, name: str) -> BaseModel | None:
    if section == "agreement":
        return speaker.contract
    return next((block for block in getattr(speaker.contract, section, ()) if block.name == name), None)
