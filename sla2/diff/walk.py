"""Compares two parts of a contract field by field and words what differs.

In: two values of one type with the contracts they belong to. Out: `Change` values. It walks the fields of the models
themselves, so that a field that is added to a model takes part without a line here. Lists are compared by what their
parts are called, else by what they hold. Places in files take no part. It knows no block by name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from sla2.diff import labels, wordwise
from sla2.diff.change import Change
from sla2.diff.values import NAMED, Speaker, fields, visible
from sla2.words import format, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.surroundings import Language
    from sla2.diff.change import Kind

RECURSED = ("HolidaySource", "Contract")
"""Parts that are compared field by field even where both sides have them: their words would be a page."""

KEYS = {
    "Option": ("name",),
    "PoolShare": ("name",),
    "SurveyItem": ("name",),
    "Fee": ("name", "valid_from"),
    "Cap": ("per",),
    "Owner": ("side",),
    "Exposure": ("side",),
    "ImpactRow": ("impact",),
    "TranslatedText": ("original",),
    "ClosedDay": ("name",),
    "ShortDay": ("day",),
    "Contact": ("function",),
    "Holiday": ("day",),
    "Held": ("line",),
    "Answer": ("what",),
    "Allow": ("block", "code"),
    "Requirement": ("profile",),
}
"""By what the parts of a list are told apart; others are compared by what they hold."""

FREE_ORDER = {
    *("fees", "exposures", "requires", "overrides", "allows", "contacts", "opening", "closed", "short_days", "years"),
    *("days", "hours", "components", "rows", "more_from", "more_until", "more_reasons", "causes", "recurring"),
    *("clock_stops", "excludes", "small_numbers", "held", "tiers", "each", "caps", "earn_back", "together_with"),
    *("credits", "shares", "triggers", "options", "owners", "consulted", "before", "priorities", "categories"),
    *("countries", "same", "floors", "asks", "items", "present", "answers", "texts", "given", "expect", "pending"),
}
"""Lists whose order means nothing. In all others a change of the order alone is told."""
_ORDERED = {("ImpactRow", "priorities"), ("Priorities", "urgencies")}

CONSEQUENCES = {
    ("Level", "hours"): "level-hours",
    ("Credits", "caps"): "caps",
    ("Credits", "claim"): "claim",
    ("Credits", "pays_if"): "pays-if",
    ("Passage", "fallback"): "fallback",
}
"""What holds once a line is not stated any more, where no unstated rule says so already."""

_LONG_TEXT = 24
"""From so many characters on a text is compared word by word."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its block in words ("" for the agreement), the names of the fields on the way to it."""

    block: str
    block_words: str
    path: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def at(self, field: str, label: str) -> Place:
        """The place of a field below this one."""
        return Place(self.block, self.block_words, (*self.path, field), (*self.labels, label))

    def subject(self, language: Language) -> str:
        """The value at this place in words: "Target of “P2” (resolve-p2)"."""
        label = phrases.upper_first(", ".join(self.labels))
        if not self.block_words:
            return str(phrases.render(language, "diff.line.subject-agreement", label=label))
        return str(phrases.render(language, "diff.line.subject", label=label, block=self.block_words))


@dataclass(frozen=True, slots=True)
class Walk:
    """A comparison of two contracts in one language."""

    old: Speaker
    new: Speaker

    @property
    def language(self) -> Language:
        """The language of the words."""
        return self.new.language

    def models(self, old: BaseModel, new: BaseModel, place: Place, skip: tuple[str, ...] = ()) -> Iterator[Change]:
        """The changes in the fields of two parts of the same type."""
        for field in fields(type(new)):
            if field not in skip:
                label = labels.label(self.language, type(new).__name__, field)
                yield from self.field(
                    getattr(old, field), getattr(new, field), type(new), field, place.at(field, label)
                )

    def field(self, old: object, new: object, model: type[BaseModel], field: str, place: Place) -> Iterator[Change]:
        """The changes of one field."""
        if self._same(old, new):
            return
        if isinstance(old, tuple) and isinstance(new, tuple):
            yield from self._lists(old, new, model, field, place)
            return
        if isinstance(old, BaseModel) and type(old) is type(new) and type(old).__name__ in RECURSED:
            yield from self.models(old, new, place) if isinstance(new, BaseModel) else ()
            return
        yield self._value(old, new, model, field, place)

    def _same(self, old: object, new: object) -> bool:
        """True if both mean the same: equal, or different in the order of a list without order only."""
        if type(old) is not type(new) or old == new:
            return type(old) is type(new)
        if isinstance(old, BaseModel) and isinstance(new, BaseModel):
            return next(self.models(old, new, Place("", "")), None) is None
        return False

    def _value(self, old: object, new: object, model: type[BaseModel], field: str, place: Place) -> Change:
        if isinstance(old, str) and isinstance(new, str) and _prose(old) and _prose(new):
            return self._reworded(old, new, place)
        before, after = self.old.words(old, model, field), self.new.words(new, model, field)
        if before == after:
            inner = self._inside(old, new, place)
            if inner is not None:
                return inner
            after = f"{after} ({labels.word(self.language, 'same-looking')})"
        return self._changed(place, before, self._with_consequence(after, old, new, model, field))

    def _inside(self, old: object, new: object, place: Place) -> Change | None:
        """The first change inside two parts whose words are the same."""
        if isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new):
            return next(self.models(old, new, place), None)
        return None

    def _with_consequence(self, after: str, old: object, new: object, model: type[BaseModel], field: str) -> str:
        key = CONSEQUENCES.get((model.__name__, field))
        if key is None or new not in (None, ()) or old in (None, ()):
            return after
        return f"{after}; {phrases.render(self.language, f'diff.then.{key}')}"

    def _lists(
        self, old: tuple[object, ...], new: tuple[object, ...], model: type[BaseModel], field: str, place: Place
    ) -> Iterator[Change]:
        sample = (*new, *old)[0]
        if isinstance(sample, tuple):
            yield from self._texts(old, new, model, field, place)
        elif not isinstance(sample, BaseModel):
            free = field in FREE_ORDER and (model.__name__, field) not in _ORDERED
            if not free or sorted(map(repr, old)) != sorted(map(repr, new)):
                yield self._value(old, new, model, field, place)
        else:
            if not new and (model.__name__, field) in CONSEQUENCES:
                yield self._value(old, new, model, field, place)
                return
            tables = self._keyed(old, new)
            if tables is not None:
                yield from self._by_key(*tables, model, field, place)
            else:
                yield from self._by_content(old, new, model, field, place)

    def _texts(
        self, old: tuple[object, ...], new: tuple[object, ...], model: type[BaseModel], field: str, place: Place
    ) -> Iterator[Change]:
        """Texts by their language."""
        before = {pair[0]: pair[1] for pair in old if isinstance(pair, tuple)}
        after = {pair[0]: pair[1] for pair in new if isinstance(pair, tuple)}
        if len(before) != len(old) or len(after) != len(new):
            yield self._value(old, new, model, field, place)
            return
        for language in dict.fromkeys((*before, *after)):
            here = place
            if language is not None:
                spoken = labels.choice(self.language, "", str(language))
                name = labels.word(self.language, "text-in", spoken=spoken)
                here = Place(place.block, place.block_words, (*place.path, str(language)), (*place.labels[:-1], name))
            yield from self._pair(before.get(language), after.get(language), model, field, here)

    def _pair(self, old: object, new: object, model: type[BaseModel], field: str, place: Place) -> Iterator[Change]:
        """One part of a list that both sides may have; None where one has not."""
        if self._same(old, new):
            return
        if old is None:
            yield self._one(place, "added", self.new.words(new, model, field))
        elif new is None:
            yield self._one(place, "removed", self.old.words(old, model, field))
        else:
            yield self._value(old, new, model, field, place)

    def _keyed(
        self, old: tuple[object, ...], new: tuple[object, ...]
    ) -> tuple[dict[tuple[object, ...], BaseModel], dict[tuple[object, ...], BaseModel]] | None:
        found = []
        for side in (old, new):
            table: dict[tuple[object, ...], BaseModel] = {}
            for item in side:
                names = KEYS.get(type(item).__name__)
                if names is None or not isinstance(item, BaseModel):
                    return None
                table[tuple(getattr(item, name) for name in names)] = item
            if len(table) != len(side):
                return None
            found.append(table)
        return found[0], found[1]

    def _by_key(
        self,
        old: dict[tuple[object, ...], BaseModel],
        new: dict[tuple[object, ...], BaseModel],
        model: type[BaseModel],
        field: str,
        place: Place,
    ) -> Iterator[Change]:
        for key in dict.fromkeys((*old, *new)):
            before, after = old.get(key), new.get(key)
            item = after or before
            here = self._below(place, type(item).__name__, key) if type(item).__name__ in (*NAMED, "Held") else place
            yield from self._pair(before, after, model, field, here)

    def _below(self, place: Place, model: str, key: tuple[object, ...]) -> Place:
        """The place of a part of a list that is called by its key: "Option strict"."""
        words = " ".join(self._key_words(key, model))
        path = (*place.path[:-1], f"{place.path[-1]}.{key[0]}")
        return Place(place.block, place.block_words, path, (*place.labels[:-1], f"{place.labels[-1]} {words}"))

    def _key_words(self, key: tuple[object, ...], model: str) -> Iterator[str]:
        if model == "Held":
            yield f"({labels.choice(self.language, model, str(key[0]))})"
            return
        yield visible(str(key[0]))
        for part in key[1:]:
            if part is not None:
                day = format.day(part, self.language) if isinstance(part, date) else visible(str(part))
                yield labels.word(self.language, "from", day=day)

    def _by_content(
        self, old: tuple[object, ...], new: tuple[object, ...], model: type[BaseModel], field: str, place: Place
    ) -> Iterator[Change]:
        gone, come = _less(old, new), _less(new, old)
        if not gone and not come:
            if field not in FREE_ORDER:
                yield self._one(place, "changed", labels.word(self.language, "order"))
            return
        if len(gone) == len(come):
            for before, after in zip(gone, come, strict=True):
                yield from self._pair(before, after, model, field, place)
            return
        for item in gone:
            yield from self._pair(item, None, model, field, place)
        for item in come:
            yield from self._pair(None, item, model, field, place)

    # ------------------------------------------------------------ the lines

    def _changed(self, place: Place, before: str, after: str) -> Change:
        subject = place.subject(self.language)
        sentence = phrases.render(self.language, "diff.line.changed", subject=subject, before=before, after=after)
        return Change("changed", place.block, ".".join(place.path), subject, phrases.plain(sentence), before, after)

    def _one(self, place: Place, kind: Kind, words: str) -> Change:
        subject = place.subject(self.language)
        block, field = place.block, ".".join(place.path)
        if kind == "removed":
            sentence = phrases.render(self.language, "diff.line.removed", subject=subject, before=words)
            return Change(kind, block, field, subject, phrases.plain(sentence), before=words)
        if kind == "added":
            sentence = phrases.render(self.language, "diff.line.added", subject=subject, after=words)
            return Change(kind, block, field, subject, phrases.plain(sentence), after=words)
        return Change(kind, block, field, subject, f"{subject}: {words}", after=words)

    def _reworded(self, old: str, new: str, place: Place) -> Change:
        before, after = visible(old), visible(new)
        if before == after:
            words = labels.word(self.language, "same-looking")
            return self._changed(
                place, format.quoted(before, self.language), f"{format.quoted(after, self.language)} ({words})"
            )
        parts = wordwise.pieces(before, after, self.language)
        subject = place.subject(self.language)
        marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
        words = " ".join(marks[piece.kind].format(piece.text) for piece in parts)
        sentence = phrases.render(self.language, "diff.line.reworded", subject=subject, words=words)
        field = ".".join(place.path)
        return Change("reworded", place.block, field, subject, phrases.plain(sentence), before, after, parts)


def _prose(text: str) -> bool:
    return len(text) >= _LONG_TEXT and " " in text.strip()


def _less(items: tuple[object, ...], others: tuple[object, ...]) -> list[object]:
    """The items that `others` does not hold, as often as it does not."""
    left = Counter(others)
    found = []
    for item in items:
        if left[item] > 0:
            left[item] -= 1
        else:
            found.append(item)
    return found
