"""Lines that stand in for the line of another block: in an amendment, an override, or the rules of an open passage.

In: the phrase of such a line, and the block it is about. Out: a `SettingTerm` with that block partly filled, by the
same reader that reads the line where it stands in a block of its own.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import Credits
from sla2.contract.level import Level, Measure
from sla2.contract.passage import Fragment, HeadTerms, SettingTerm
from sla2.contract.reader import credits, heads, levels, relations, rights, surroundings
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.relations import Promise, Survey, Updates, ZeroRepeat
from sla2.contract.rights import Termination
from sla2.contract.settings import fields_of
from sla2.contract.surroundings import ClockStop, Exclusion
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MailValue,
    MoneyValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    Statement,
    Text,
    TimeValue,
    Word,
)

TRUST = ("updates", "zero repeat", "promise", "survey")
HEADS = ("contract", "framework")
_KINDS: dict[str, tuple[str, ...]] = {
    "level": ("level",),
    "credits": ("credits", "bonus"),
    "contract": HEADS,
    "exclusion": ("exclusion",),
    "termination": ("termination",),
    "updates": ("updates",),
    "zero_repeat": ("zero repeat",),
    "trust": TRUST,
}
"""The kinds of blocks that have a line, by what its form begins with."""


def kinds_of(phrase: Phrase) -> tuple[str, ...]:
    """The kinds of blocks that the line of `phrase` may stand in."""
    return _KINDS[_prefix(phrase)]


def label_of(phrase: Phrase) -> str:
    """The label of the line: `counts`, `pays if`, `maximum exposure`."""
    return phrase.form.removeprefix(f"{_prefix(phrase)}_").replace("_", " ")


def _prefix(phrase: Phrase) -> str:
    return next((prefix for prefix in _KINDS if phrase.form.startswith(f"{prefix}_")), "level")


def setting(desk: Desk, phrase: Phrase, name: str, kind: str) -> SettingTerm | None:
    """The line `phrase` for the block of `kind` called `name`."""
    label = label_of(phrase)
    fields = fields_of(label)
    values = _fragment(_alone(desk, phrase, label), phrase, name, kind, fields)
    if values is None:
        return None
    return SettingTerm(span=phrase.span, line=label, fields=fields, values=values, written=values_in_words(phrase))


def _alone(desk: Desk, phrase: Phrase, label: str) -> Lines:
    """A block that holds nothing but this line."""
    statement = Statement(phrase.form, label, phrase.args, phrase.span)
    place = Name("", phrase.span)
    return Lines(desk, Block("", place, Text("", phrase.span), (statement,), phrase.span, phrase.span))


def _fragment(lines: Lines, phrase: Phrase, name: str, kind: str, fields: tuple[str, ...]) -> Fragment | None:
    shared = lines.desk.shared
    if kind == "level":
        level = shared.level_named(name)
        return _level(lines, phrase, name, level.measure, fields) if level is not None else None
    if kind in ("credits", "bonus"):
        return Credits(
            span=phrase.span,
            name=name,
            title="",
            level="",
            bonus=kind == "bonus",
            **_only(credits.fields_of(lines), fields),
        )
    if kind in HEADS:
        return HeadTerms(span=phrase.span, **_only(heads.fields_of(lines), fields))
    if kind == "exclusion":
        values = _only(surroundings.exclusion_fields(lines), fields)
        return Exclusion(span=phrase.span, name=name, title="", **values)
    if kind == "termination":
        values = _only(rights.fields_of(lines), fields)
        return Termination(span=phrase.span, name=name, title="", right_of="both", triggers=(), **values)
    return _trust(lines, phrase, name, kind)


def _level(lines: Lines, phrase: Phrase, name: str, measure: Measure, fields: tuple[str, ...]) -> Level:
    levels.refuse_idle_lines(lines, measure)
    values = _only(levels.fields_of(lines), fields)
    return Level(span=phrase.span, name=name, title="", service=None, measure=measure, **values)


def _trust(lines: Lines, phrase: Phrase, name: str, kind: str) -> Fragment | None:
    confidence = lines.percent("trust_judged_at")
    common: dict[str, object] = {
        "span": phrase.span,
        "name": name,
        "title": "",
        "target": None,
        "confidence": confidence,
    }
    match kind:
        case "updates":
            return Updates(by="both", when=None, **relations.rhythm_of(lines), **common)
        case "zero repeat":
            return ZeroRepeat(within=lines.duration("zero_repeat_within"), same=(), **common)
        case "promise":
            return Promise(by="both", checked_by=None, **common)
        case "survey":
            empty = dict.fromkeys(("every", "scale_low", "scale_high", "satisfied_from", "show_from"))
            return Survey(asks=(), items=(), **empty, **common)
    return None


def _only(values: dict[str, object], fields: tuple[str, ...]) -> dict[str, object]:
    return {field: values[field] for field in fields}


def allowance(desk: Desk, phrase: Phrase, name: str, kind: str) -> SettingTerm | None:
    """`at most 8 hours per contract year` of an exclusion, `at most 10 working days` of a clock stop."""
    args = tuple(node for node in phrase.args if not isinstance(node, Word) or node is not phrase.args[0])
    values = surroundings.allowance(desk, args)
    budget = values.get("budget")
    if budget is None:
        return None
    written = " ".join(node_in_words(node) for node in args)
    if kind == "exclusion":
        fields: tuple[str, ...] = ("budget", "budget_per", "budget_rolling")
        block: Fragment = Exclusion(span=phrase.span, name=name, title="", **values)
    else:
        if len(values) > 1:
            message = f"A clock stop is limited each time, not per {node_in_words(args[-1])}."
            desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help="Write for instance `at most 10 working days`."))
            return None
        fields = ("at_most",)
        block = ClockStop(span=phrase.span, name=name, title="", at_most=budget)
    return SettingTerm(span=phrase.span, line="at most", fields=fields, values=block, written=written)


def values_in_words(phrase: Phrase) -> str:
    """What stands behind the label, roughly in the words of the language."""
    return " ".join(node_in_words(node) for node in phrase.args)


def node_in_words(node: Node) -> str:
    """One word, value or phrase, roughly in the words of the language."""
    match node:
        case Phrase():
            label = node.form.partition("_")[2].replace("_", " ")
            return " ".join(filter(None, (label, values_in_words(node))))
        case Name(text=text, alias=alias):
            return f"{alias}.{text}" if alias else text
        case Text(text=text) | Word(text=text):
            return text
        case MoneyValue(currency=currency, amount=amount):
            return f"{currency} {amount}"
        case PercentValue(value=value):
            return f"{value}%"
        case DurationValue(value=value, unit=unit):
            return f"{value} {unit}{'' if value == 1 else 's'}"
        case MailValue(address=address):
            return f"<{address}>"
        case NumberValue(value=number):
            return str(number)
        case DateValue(value=day):
            return day.isoformat()
        case TimeValue(value=clock, end_of_day=last):
            return "24:00" if last else f"{clock:%H:%M}"
        case _:
            return str(getattr(node, "value", ""))
