"""Compares two contracts: what was added, removed and changed in meaning.

In: two typed contracts, and where known the documents they were read from. Out: `Difference`. It runs for `sla2 diff`
and after `over_time` has folded one contract to two days. Blocks are told apart by kind and short name; their order,
layout, comments and the paths of files take no part. Nothing is judged: whether a change is wise is not said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.contract import Contract
from sla2.diff import labels, unstated, written
from sla2.diff.change import Change, Difference, Section
from sla2.diff.values import Speaker, fields
from sla2.diff.walk import Place, Walk
from sla2.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from sla2.contract.surroundings import Language
    from sla2.source.syntax import Document

AGREEMENT = "agreement"
"""The section of what is said of the agreement as a whole."""

IGNORED = ("path", "source_hash", "unevaluated")
"""Fields of a contract that are no part of its meaning: where it was read, and what follows from the rest."""


def diff(
    old: Contract, new: Contract, language: Language, documents: tuple[Document, Document] | None = None
) -> Difference:
    """What changes in meaning from `old` to `new`, worded in `language`.

    With `documents`, lines that were added or removed without any effect are told as well: a rule that is the rule
    without being written, too, is worth knowing to have gone.
    """
    walk = Walk(Speaker(old, language), Speaker(new, language))
    agreement = Place("", "")
    found: dict[str, list[Change]] = {AGREEMENT: []}
    for field in fields(Contract):
        before, after = getattr(old, field), getattr(new, field)
        if field in IGNORED:
            continue
        if _blocks(before) or _blocks(after):
            found[field] = list(_section(walk, before, after, field))
        else:
            name = labels.label(language, "Contract", field)
            found[AGREEMENT] += walk.field(before, after, Contract, field, agreement.at(field, name))
    found["levels"] = unstated.told(old, new, language, found.get("levels", ()))
    if documents is not None:
        told = {field: tuple(changes) for field, changes in found.items()}
        for field, change in written.lines(walk, documents, told):
            found.setdefault(field, []).append(change)
    sections = (
        Section(field, labels.section_title(language, field), tuple(changes))
        for field, changes in found.items()
        if changes
    )
    return Difference(language, tuple(sections))


def _blocks(value: object) -> bool:
    """True for a list of blocks: parts with a short name and a title."""
    return isinstance(value, tuple) and bool(value) and hasattr(value[0], "name") and hasattr(value[0], "title")


def _section(walk: Walk, old: tuple[BaseModel, ...], new: tuple[BaseModel, ...], field: str) -> Iterator[Change]:
    before, after = _named(old), _named(new)
    renamed = _renamed(before, after)
    for name, block in after.items():
        former = before.get(name) or before.get(renamed.get(name, ""))
        if former is None:
            yield _whole(walk.new, "added", block, field)
        elif former != block:
            yield from walk.models(former, block, _place(walk.new, block))
    for name, block in before.items():
        if name not in after and name not in renamed.values():
            yield _whole(walk.old, "removed", block, field)


def _named(blocks: tuple[BaseModel, ...]) -> dict[str, BaseModel]:
    return {str(getattr(block, "name", "")): block for block in blocks}


def _renamed(old: dict[str, BaseModel], new: dict[str, BaseModel]) -> dict[str, str]:
    """New short name by which a block goes, and its old one: blocks that only one side has, of the same title."""
    gone = [name for name in old if name not in new]
    found: dict[str, str] = {}
    for name in new:
        if name in old:
            continue
        title = getattr(new[name], "title", None)
        same = [each for each in gone if getattr(old[each], "title", None) == title and each not in found.values()]
        if len(same) == 1:
            found[name] = same[0]
    return found


def _place(speaker: Speaker, block: BaseModel) -> Place:
    name, title = str(getattr(block, "name", "")), str(getattr(block, "title", ""))
    return Place(name, speaker.block(name, title))


def _whole(speaker: Speaker, kind: str, block: BaseModel, field: str) -> Change:
    """A block that only one side has, with what it says."""
    place = _place(speaker, block)
    noun = f"{labels.block_kind(speaker.language, field)} {place.block_words}"
    model = type(block)
    details = []
    for name in fields(model):
        value = getattr(block, name)
        if name in ("name", "title") or value is None or value in ((), "") or value is False:
            continue
        label = phrases.upper_first(labels.label(speaker.language, model.__name__, name))
        details.append(f"{label}: {speaker.words(value, model, name)}")
    sentence = phrases.plain(phrases.render(speaker.language, f"diff.line.block-{kind}", block=noun))
    if kind == "added":
        return Change("added", place.block, "", noun, sentence, after=noun, details=tuple(details))
    return Change("removed", place.block, "", noun, sentence, before=noun, details=tuple(details))
