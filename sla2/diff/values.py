"""Any value of the contract model in words of one language.

In: a value, with the model and the field that hold it. Out: words. Quantities, targets and times are worded by
`sla2.words`; every other part of a contract is worded from its fields, so that a new one is never left out. It runs for
each side of a change with the contract of that side, in which references are looked up. It compares nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from pydantic import BaseModel

from sla2.contract.credits import Cap, Tier
from sla2.contract.level import BoundTarget, Down, Held, OpenTarget, Rounding, ShareTarget, StatisticTarget
from sla2.contract.passage import Add, Amendment, Change, Concern, Fill, Move, Remove, Reopen, SettingTerm, Withdraw
from sla2.contract.quantity import DaysOfFee, Duration, Money, Number, Percent, Points, TimesFee
from sla2.contract.surroundings import Fee, Hours, Mailbox, Renewal, Term
from sla2.diff import labels
from sla2.words import amendment_sentences, calendars, format, phrases, targets
from sla2.words.parties import fee_words, renewal_short, term_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Verb
    from sla2.contract.surroundings import Language

REFERENCES = {
    "service": "services",
    "hours": "calendars",
    "calendar": "calendars",
    "working_days": "calendars",
    "clock_stops": "clock_stops",
    "failing_stops": "clock_stops",
    "excludes": "exclusions",
    "level": "levels",
    "observe": "levels",
    "passage": "passages",
    "hours_passage": "passages",
    "tiers_passage": "passages",
    "principle": "principles",
    "clause": "clauses",
    "credits": "credits",
    "together_with": "credits",
    "points": "points",
    "pool": "pools",
    "customer": "parties",
    "supplier": "parties",
}
"""Fields that name a block, and where in the contract that block stands."""

CODED = {"of", "budget_per", "every", "line", "per", "paid_as", "by", "stated_by", "unit", "direction"}
"""Free words that are often a word of the language itself."""

PLAIN = {
    *(
        "name",
        "currency",
        "timezone",
        "region",
        "priority",
        "priorities",
        "default",
        "code",
        "profile",
        "part",
        "block",
    ),
    *("option", "fee", "fees", "topic", "model", "countries", "each"),
}
"""Short names and codes: shown without quotation marks."""

BARE = {
    ("Period", "unit"),
    ("Base", "fees"),
    ("Combine", "how"),
    ("Records", "prevails"),
    ("ClosedDay", "name"),
    ("ClosedDay", "day"),
    ("OpeningRule", "days"),
    ("OpeningRule", "hours"),
    ("Recurrence", "day"),
    ("Recurrence", "hours"),
    ("ShortDay", "day"),
    ("ShortDay", "hours"),
    ("Holiday", "day"),
    ("Holiday", "name"),
    ("Stretch", "start"),
    ("CheckedBy", "level"),
    ("Contact", "function"),
    ("Contact", "mailbox"),
    ("Owner", "side"),
    ("Owner", "mailbox"),
    ("Escalation", "mailbox"),
    ("Exposure", "side"),
    ("Exposure", "amount"),
    ("ImpactRow", "impact"),
    ("ImpactRow", "priorities"),
    ("Term", "length"),
    ("Renewal", "length"),
    ("Due", "within"),
    ("Due", "day"),
    ("Requirement", "profile"),
    ("Requirement", "part"),
    ("Each", "of"),
    ("PoolShare", "percent"),
    ("SurveyItem", "question"),
    ("Option", "filling"),
    ("CapTerm", "cap"),
    ("DownTerm", "down"),
    ("FeeTerm", "fee"),
    ("TargetTerm", "target"),
    ("TiersTerm", "tiers"),
    ("TextTerm", "text"),
    ("MoneyRounding", "step"),
    ("Rounding", "step"),
    ("Answer", "what"),
    ("Reminding", "before"),
    ("MinimumLength", "length"),
}
"""Fields whose words say by themselves what they are."""

NAMED = ("Option", "PoolShare", "SurveyItem", "Fee")
"""Parts whose short name stands in the subject of a change and not in their words."""

_SILENT_KINDS = ("ShareTarget", "StatisticTarget", "BoundTarget", "OpenTarget")
_FILLINGS = ("FeeTerm", "HoursTerm", "CapTerm", "DownTerm", "TargetTerm", "TiersTerm", "TextTerm")


def visible(text: str) -> str:
    """Text of a contract on one line; characters that cannot be seen are named, so that none is obeyed."""
    line = phrases.clean(text)
    return "".join(sign if sign.isprintable() or sign in " \u00a0\u202f" else f"[U+{ord(sign):04X}]" for sign in line)


def literals(annotation: object) -> frozenset[str]:
    """The words that a field may hold by its type."""
    if get_origin(annotation) is Literal:
        return frozenset(word for word in get_args(annotation) if isinstance(word, str))
    return frozenset(word for part in get_args(annotation) for word in literals(part))


def fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that are part of its meaning, in order."""
    return tuple(name for name in model.model_fields if name != "span")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words the values of one contract in one language."""

    contract: Contract
    language: Language

    def words(self, value: object, model: type[BaseModel], field: str) -> str:
        """The words of `value`, which stands in `field` of a `model`; None is "not stated"."""
        if value is None or value == ():
            return labels.word(self.language, "unstated")
        if isinstance(value, tuple):
            mark = "; " if any(isinstance(item, BaseModel) for item in value) else ", "
            return mark.join(self._listed(item, model, field) for item in value)
        return self._item(value, model, field)

    def _item(self, value: object, model: type[BaseModel], field: str) -> str:
        match value:
            case bool():
                return labels.word(self.language, "yes" if value else "no")
            case BaseModel():
                return self.node(value)
            case str():
                return self._text(value, model, field)
            case datetime():
                return format.stamp(value, self.language)
            case date():
                return format.month(value, self.language) if field == "month" else format.day(value, self.language)
            case time():
                return format.time_of_day(value, self.language)
            case int() if field in ("month", "from_month") and 1 <= value <= 12:
                return format.month_name(value, self.language)
            case int() if field == "years":
                return str(value)
            case int() | Decimal() | Fraction():
                return format.number(value, self.language)
            case tuple():
                return self._pair(value, model, field)
            case None:
                return labels.word(self.language, "unstated")
            case _:
                return visible(str(value))

    def _listed(self, item: object, model: type[BaseModel], field: str) -> str:
        """A part of a list, with its short name if its own words leave it out."""
        words = self._item(item, model, field)
        return f"{visible(str(getattr(item, 'name', '')))}: {words}" if type(item).__name__ in NAMED else words

    def _pair(self, value: tuple[object, ...], model: type[BaseModel], field: str) -> str:
        """A text with its language."""
        if len(value) == 2 and isinstance(value[1], str) and (value[0] is None or isinstance(value[0], str)):
            text = format.quoted(visible(value[1]), self.language)
            return text if value[0] is None else f"{labels.choice(self.language, '', value[0])} {text}"
        return self.words(value, model, field)

    def _text(self, value: str, model: type[BaseModel], field: str) -> str:
        if value in literals(model.model_fields[field].annotation):
            return labels.choice(self.language, model.__name__, value)
        place = REFERENCES.get(field)
        if place is not None:
            return self.reference(place, value)
        if field in CODED and labels.choice_key(self.language, model.__name__, value) is not None:
            return labels.choice(self.language, model.__name__, value)
        shown = visible(value)
        return shown if field in PLAIN or field in CODED else format.quoted(shown, self.language)

    def reference(self, place: str, name: str) -> str:
        """A block by its title and short name; the short name alone if there is no such block."""
        blocks = getattr(self.contract, place, ())
        title = next((block.title for block in blocks if block.name == name), None)
        return visible(name) if title is None else self.block(name, title)

    def block(self, name: str, title: str) -> str:
        """A block by its quoted title and its short name."""
        return f"{format.quoted(visible(title), self.language)} ({visible(name)})"

    def node(self, value: BaseModel) -> str:
        """A part of a contract in words."""
        match value:
            case Money() | Percent() | Duration() | Number() | Points() | DaysOfFee() | TimesFee():
                return format.figure(value, self.language)
            case Fee():
                return phrases.plain(fee_words(value, self.language))
            case Hours():
                return phrases.plain(calendars.times((value,), self.language))
            case Mailbox():
                return f"{visible(value.name)} <{visible(value.address)}>"
            case ShareTarget() | StatisticTarget() | BoundTarget() | OpenTarget():
                return phrases.plain(targets.target_marked(value, self.contract, self.language))
            case Rounding() if value.step is None and value.display_step is None:
                return labels.word(self.language, "for-display")
            case Concern() if value.block is None:
                return labels.word(self.language, "words-only")
            case SettingTerm():
                return self._setting(value)
            case Held():
                return phrases.plain(targets.held_sentence(self.contract, value, self.language))
            case Term():
                return phrases.plain(term_short(value, self.language))
            case Renewal():
                return phrases.plain(renewal_short(value, self.language))
            case Change() | Fill() | Move() | Reopen() | Withdraw() | Add() | Remove():
                return self._verb(value)
            case Tier():
                return phrases.plain(targets.tiers_marked((value,), self.language))
            case Cap() if value.passage is None and _worded(value):
                return phrases.plain(targets.cap_marked(value, self.language))
            case Down() if value.kind != "open" and value.passage is None:
                return phrases.plain(targets.down_marked(value, self.contract, self.language))
            case _:
                return ", ".join(self.parts(value)) or type(value).__name__

    def _becomes(self, change: Change) -> str:
        """A line of a block with the value that it gets."""
        name = labels.line(self.language, change.line)
        block = self.reference_anywhere(change.block)
        subject = phrases.render(self.language, "diff.line.subject", label=phrases.upper_first(name), block=block)
        values = (change.target, change.cap, change.fee, change.down, change.setting)
        found = [self.node(value) for value in values if value is not None]
        if change.hours is not None:
            found.append(self.reference("calendars", change.hours))
        found += [self.words(value, Change, field) for field in ("tiers", "texts") if (value := getattr(change, field))]
        value = ", ".join(found)
        return phrases.plain(phrases.render(self.language, "diff.line.becomes", subject=subject, value=value))

    def reference_anywhere(self, name: str) -> str:
        """A block of whatever kind by its title and short name."""
        for place in fields(type(self.contract)):
            for block in getattr(self.contract, place) if isinstance(getattr(self.contract, place), tuple) else ():
                if getattr(block, "name", None) == name and hasattr(block, "title"):
                    return self.block(name, block.title)
        return visible(name)

    def _setting(self, term: SettingTerm) -> str:
        """A line of any block as the value of a passage: what it sets, field by field."""
        model = type(term.values)
        set_here = {field: getattr(term.values, field, None) for field in term.fields if field in model.model_fields}
        stated = {field: value for field, value in set_here.items() if value is not None} or set_here
        return ", ".join(
            f"{labels.label(self.language, model.__name__, field)} {self.words(value, model, field)}"
            for field, value in stated.items()
        )

    def _verb(self, verb: Verb) -> str:
        """One thing that an amendment does."""
        if isinstance(verb, Change):
            return self._becomes(verb)
        alone = Amendment(
            span=verb.span, name="", title="", agreed_customer=None, agreed_supplier=None, effective=None, verbs=(verb,)
        )
        said = amendment_sentences(alone, self.contract, self.language)
        return next((sentence.plain for sentence in said if sentence.topic == "change-1"), "")

    def parts(self, value: BaseModel) -> Iterator[str]:
        """What a part of a contract says, field by field; what it leaves unsaid is left out."""
        model = type(value)
        for field in fields(model):
            part = getattr(value, field)
            if part is None or part in ((), "") or part is False:
                continue
            if field in ("kind", "verb"):
                if model.__name__ not in (*_SILENT_KINDS, *_FILLINGS) and isinstance(part, str):
                    yield labels.choice(self.language, model.__name__, part)
                continue
            if field == "name" and model.__name__ in NAMED:
                continue
            name = labels.label(self.language, model.__name__, field)
            if part is True:
                yield name
            elif (model.__name__, field) in BARE:
                yield self.words(part, model, field)
            else:
                yield f"{name} {self.words(part, model, field)}"


def _worded(cap: Cap) -> bool:
    """True if a cap says how much, so that there are words for it."""
    return any(value is not None for value in (cap.money, cap.percent_of_base, cap.days_of_fee))
