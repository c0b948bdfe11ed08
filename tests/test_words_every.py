"""No rule without words: every value of every construct changes the text of the draft, in all three languages.

The contract is tests/cases/drafts/every.sla, which uses every form of the language. Each value that its models hold is
changed in turn, whatever its type, and the clauses that speak of it must read differently. What the draft need not say
is named below, one by one, with the reason. A field that a model gains is walked without a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal, get_args, get_origin, get_type_hints

import draft_dump
import every
import pytest
from pydantic import BaseModel

from sla2.contract.contract import Contract
from sla2.contract.level import Level
from sla2.contract.passage import SettingTerm
from sla2.contract.passage_state import state
from sla2.contract.surroundings import Language
from sla2.contract.versions import as_of
from sla2.document.blocks import Block, Document
from sla2.draft import agreement, annexes, money, relation
from sla2.draft.frame import Frame
from sla2.draft.from_words import _frame, draft
from sla2.words import tickets

EVERY = every.every()
LANGUAGES: tuple[Language, ...] = ("en", "nl", "de")
LATE = date(2026, 9, 15)
"""A day on which amendments are in force or proposed; before any of them the text is as signed."""

SECTIONS: dict[str, tuple[Callable[[Frame], list[Block]], ...]] = {
    "services": (agreement.services_section,),
    "calendars": (agreement.services_section, annexes.holidays),
    "clock_stops": (agreement.stops_section,),
    "exclusions": (agreement.stops_section,),
    "priorities": (agreement.common_section,),
    "impacts": (agreement.common_section,),
    "levels": (agreement.levels_section,),
    "points": (money.points_section,),
    "pools": (money.pools_section,),
    "credits": (money.credits_section,),
    "bonuses": (money.credits_section,),
    "terminations": (money.rights_section,),
    "obligations": (agreement.obligations_section,),
    "passages": (relation.passages_section,),
    "principles": (relation.principles_section,),
    "clauses": (relation.legal_section,),
    "amendments": (relation.amendments_section,),
    "examples": (annexes.worked_examples,),
    **dict.fromkeys(
        (
            "promises",
            "updates",
            "repeats",
            "surveys",
            "reviews",
            "goals",
            "improvements",
            "scorecards",
            "exit_plans",
        ),
        (relation.trust_section,),
    ),
}
"""The clauses that speak of a collection of blocks."""

NAMES = "the short name of a block: the draft prints its title, and refers to it by its number"
KINDS = "tells models apart, and has no other value"
UNSAID: dict[str, str] = {
    "Contract.path": "where the file lies",
    "Contract.source_hash": "a stamp of the file, in the properties of the document",
    "Contract.kind": "a framework is a document of its own, see test_a_framework_says_that_it_is_one",
    "Contract.unevaluated": "what cannot be computed yet; it is worded all the same",
    "Contract.opened": "made of the lines that passages concern when the contract is read",
    "Contract.held": "made when the contract is folded",
    "Contract.allows": "silences a finding, agrees nothing; the report lists it",
    "Contract.translations": "its words stand in the places they translate, see tests/test_contract_translations.py",
    "Change.line": "told by the value that is set",
    "Fill.filling": "the value of a named option is read from the option",
    "SettingTerm.line": "told by the fields that are set",
    "SettingTerm.fields": "which values of the fragment count",
    "SettingTerm.written": "the same value as typed in the file",
    "Level.held": "made when the contract is folded",
    "Credits.held": "made when the contract is folded",
    "Passage.tries": "never written: a run that tries an option sets it",
    "Contract.languages": "see test_which_language_prevails",
    "Review.actions_in": "there is no other place than the ledger",
    "SurveyItem.name": "how a scorecard names the statement, which is printed instead",
}
"""What the draft need not say, as Model.field, and why."""


NEEDS_MORE = {
    ("Base.of", "before claim"): "needs a length; another base of the contract has both",
    ("Cap.per", "rolling"): "needs a length; another cap of the contract has both",
    ("Period.unit", "rolling"): "needs a length; another level of the contract has both",
    ("Period.unit", "before claim"): "needs a length; another level of the contract has both",
}
"""Choices that cannot stand without another value."""

WRITTEN: dict[str, tuple[object, ...]] = {
    "Exclusion.budget_per": ("month", "quarter", "calendar year"),
    "ClosedDay.month": (10,),
    "ClosedDay.day_of_month": (30,),
    "Level.clock_starts": ("outage", "acknowledgement"),
    "Each.of": ("completed", "proportional"),
    "Concern.per": ("period",),
    "Reopen.per": ("contract year",),
    "Duration.unit": ("day", "week"),
}
"""Other values of fields whose next value would be none."""


@dataclass(frozen=True)
class Leaf:
    """One value: the steps to it, the model and field that hold it, and what it may be."""

    path: tuple[str | int, ...]
    model: str
    field: str
    hint: object
    value: object
    key: str

    @property
    def place(self) -> str:
        return f"{self.model}.{self.field}"


def leaves(model: BaseModel, path: tuple[str | int, ...] = (), key: str = "") -> Iterator[Leaf]:
    """Every value below `model` that is no model itself."""
    name = type(model).__name__
    kind = name
    if isinstance(model, Level):
        kind = "Level of cases" if tickets.judges_cases(model) else "Level of time"
    hints = get_type_hints(type(model))
    if isinstance(model, SettingTerm):
        for field in model.fields:
            value = getattr(model.values, field)
            hint = get_type_hints(type(model.values))[field]
            here = f"{key}>SettingTerm>{type(model.values).__name__}.{field}"
            yield from _parts(value, (*path, "values", field), name, field, hint, here)
        return
    for field in type(model).model_fields:
        if field == "span":
            continue
        here = f"{key}>{kind}.{field}"
        yield from _parts(getattr(model, field), (*path, field), name, field, hints[field], here)


def _parts(
    value: object, path: tuple[str | int, ...], model: str, field: str, hint: object, key: str
) -> Iterator[Leaf]:
    if isinstance(value, BaseModel):
        yield from leaves(value, path, key)
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _parts(part, (*path, number), model, field, hint, key)
    elif value is not None:
        yield Leaf(path, model, field, hint, value, key)


def replaced(value: object, path: tuple[str | int, ...], new: object) -> object:
    """`value` with what stands at the end of `path` replaced."""
    if not path:
        return new
    step, *rest = path
    if isinstance(step, int):
        assert isinstance(value, tuple)
        return (*value[:step], replaced(value[step], tuple(rest), new), *value[step + 1 :])
    assert isinstance(value, BaseModel)
    return value.model_copy(update={step: replaced(getattr(value, step), tuple(rest), new)})


def literals(hint: object) -> list[object]:
    """The choices that a hint allows."""
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    return [one for part in get_args(hint) for one in literals(part)]


BLOCK_NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(dict.fromkeys(block.name for block in getattr(EVERY, field)))
    for field in Contract.model_fields
    if isinstance(getattr(EVERY, field), tuple) and all(hasattr(one, "name") for one in getattr(EVERY, field))
}


def others(leaf: Leaf) -> list[object]:
    """Other values of the same kind: each other choice, another block of the same kind, or the next one."""
    value = leaf.value
    if leaf.place in WRITTEN:
        return [one for one in WRITTEN[leaf.place] if one != value][: 1 if leaf.place == "Duration.unit" else None]
    if leaf.field == "month":
        assert isinstance(value, date)
        return [value + timedelta(days=31)]
    if value in literals(leaf.hint):
        return [one for one in literals(leaf.hint) if one != value and (leaf.place, one) not in NEEDS_MORE]
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1]
        case Decimal():
            return [value + 2]
        case datetime():
            return [value + timedelta(hours=1)]
        case date():
            return [value + timedelta(days=1)]
        case time():
            return [value.replace(hour=(value.hour + 1) % 24, minute=(value.minute + 7) % 60)]
        case str():
            own = BLOCK_NAMES.get(f"{leaf.field}s", ())
            for names in (own, *BLOCK_NAMES.values()):
                if value in names and len(names) > 1 and leaf.field != "name":
                    return [names[(names.index(value) + 1) % len(names)]]
            return [f"{value}x"]
    raise AssertionError(f"no other value for {value!r} of {leaf.place}")


def text_of(document: Document) -> list[str]:
    return list(draft_dump.lines(document))


def whole_text(contract: Contract, language: Language, day: date | None) -> list[str]:
    document, found = draft(contract, language, today=day)
    assert document is not None, [one.message for one in found]
    return text_of(document)


@cache
def _frame_of(language: Language, day: date | None) -> Frame:
    return _frame(EVERY, language, day, "internal")


def part_text(contract: Contract, leaf: Leaf, language: Language, day: date | None) -> object:
    """The clauses that speak of the block that holds the value, with no other block of its kind."""
    collection, number = leaf.path[0], leaf.path[1]
    assert isinstance(collection, str) and isinstance(number, int)
    frame = replace(
        _frame_of(language, day), signed=contract, contract=as_of(contract, day or date.min), used={}, found=[]
    )
    title = getattr(contract, collection)[number].name
    if collection == "passages":
        now = state(contract, contract.passages[number], frame.day, None)
        frame.states = {**frame.states, title: now}
    if collection != "amendments":
        blocks = tuple(one for one in getattr(frame.contract, collection) if one.name == title)
        frame.contract = frame.contract.model_copy(update={collection: blocks})
    return [section(frame) for section in SECTIONS[collection]]


def says(leaf: Leaf, new: object, language: Language) -> bool:
    """True if the draft as signed, or the one of a late day, reads differently with `new` in place of the value."""
    changed = replaced(EVERY, leaf.path, new)
    assert isinstance(changed, Contract)
    if leaf.path[0] in SECTIONS:
        days: tuple[date | None, ...] = (LATE, None) if leaf.path[0] == "amendments" else (None, LATE)
        for day in days:
            if part_text(changed, leaf, language, day) != _former_part(leaf, language, day):
                return True
    return any(
        whole_text(changed, language, day) != _former(language, day)
        for day in (None, LATE)
        if leaf.path[0] not in SECTIONS or day is None
    )


_FORMER_PARTS: dict[tuple[object, ...], object] = {}


def _former_part(leaf: Leaf, language: Language, day: date | None) -> object:
    key = (*leaf.path[:2], language, day)
    if key not in _FORMER_PARTS:
        _FORMER_PARTS[key] = part_text(EVERY, leaf, language, day)
    return _FORMER_PARTS[key]


_FORMER: dict[tuple[Language, date | None], list[str]] = {}


def _former(language: Language, day: date | None) -> list[str]:
    if (language, day) not in _FORMER:
        _FORMER[language, day] = whole_text(EVERY, language, day)
    return _FORMER[language, day]


def unsaid(leaf: Leaf) -> bool:
    """True for a value that the draft need not say.

    False is a line that is not written; every such line is written elsewhere in the contract (the test below). The
    language of a text says which draft prints it; the name of a changed fee is that of the change.
    """
    if leaf.field in ("kind", "verb") and leaf.place != "Contract.kind":
        return True
    if leaf.field == "name" and leaf.path[0] in BLOCK_NAMES and len(leaf.path) == 3 and leaf.path[0] != "fees":
        return True
    if leaf.value is False:
        return True
    if "texts" in leaf.path and leaf.value in LANGUAGES or leaf.key.endswith("Change.fee>Fee.name"):
        return True
    steps = [step for step in leaf.path if isinstance(step, str)]
    return leaf.place in UNSAID or any(f"Contract.{step}" in UNSAID for step in steps[:1]) or "held" in steps


def distinct() -> dict[str, Leaf]:
    """One value per construct and field: the first that the contract holds, in each kind of place."""
    found: dict[str, Leaf] = {}
    for leaf in leaves(EVERY):
        if not unsaid(leaf):
            found.setdefault(leaf.key, leaf)
    return found


def spoken(leaf: Leaf) -> tuple[Language, ...]:
    """The languages of the drafts that say a value: for a text in one language that one, else all."""
    if "texts" not in leaf.path:
        return LANGUAGES
    part: object = EVERY
    for step in leaf.path[:-1]:
        part = getattr(part, step) if isinstance(step, str) else part[step]  # type: ignore[index]
    assert isinstance(part, tuple)
    return (part[0],) if part[0] is not None else LANGUAGES


DISTINCT = distinct()
COLLECTIONS = sorted({str(leaf.path[0]) for leaf in DISTINCT.values()})


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_change_of_any_value_changes_the_words(collection: str) -> None:
    silent: dict[str, list[str]] = {}
    for key, leaf in DISTINCT.items():
        if leaf.path[0] != collection:
            continue
        for new in others(leaf):
            for language in spoken(leaf):
                if not says(leaf, new, language):
                    silent.setdefault(f"{key} {leaf.value!r} -> {new!r}", []).append(language)
    assert silent == {}


def models(hint: object) -> Iterator[type[BaseModel]]:
    """The models that a hint names, and those that they name."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
        for field in hint.model_fields:
            for one in get_args(get_type_hints(hint)[field]) or (get_type_hints(hint)[field],):
                yield from models(one)
    for part in get_args(hint):
        yield from models(part)


def filled(model: BaseModel) -> Iterator[tuple[str, str]]:
    """Model and field of everything that holds a value other than its default."""
    for field, info in type(model).model_fields.items():
        value = getattr(model, field)
        if value not in (None, (), False) and (info.is_required() or value != info.get_default()):
            yield type(model).__name__, field
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from filled(part)


UNFILLED: dict[str, str] = {"Service.fee": "no line of the language sets it"}
"""Fields that the contract cannot fill, and why."""


OF_OTHERS = ("Allow", "Held", "HeldLine", "OpenLine", "Translation", "TranslatedText")
"""Models that only lists of the contract hold that the draft need not say, see UNSAID."""


def test_the_contract_fills_every_field_of_every_model() -> None:
    """So a field that a model gains needs a line in the contract, and with it words."""
    seen = set(filled(EVERY))
    missing = {
        f"{model.__name__}.{field}"
        for model in set(models(Contract))
        for field in model.model_fields
        if field not in ("span", "kind", "verb")
        and (model.__name__, field) not in seen
        and model.__name__ not in OF_OTHERS
    }
    assert missing - set(UNSAID) - set(UNFILLED) == set()


def test_which_language_prevails() -> None:
    turned = EVERY.model_copy(update={"languages": ("nl", "en", "de")})
    for language in LANGUAGES:
        assert whole_text(turned, language, None) != _former(language, None)


def test_a_framework_says_that_it_is_one() -> None:
    framework = EVERY.model_copy(update={"kind": "framework"})
    for language in LANGUAGES:
        assert whole_text(framework, language, None) != _former(language, None)


def test_the_walk_sees_much() -> None:
    assert len(DISTINCT) > 400
    assert len(COLLECTIONS) > 30
