"""Amendments: what both sides agreed to change, fill, move, open, withdraw, add or remove.

In: `amendment` blocks, and the `override:` lines of the block that opens a contract. Out: `Amendment` models with their
verbs in the order of the file, and changes.
"""

from __future__ import annotations

from sla2.contract.codes import WRONG_KIND
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import Cap
from sla2.contract.lines import TIERS
from sla2.contract.passage import Add, Amendment, Change, Fill, Move, Passage, Remove, Reopen, Verb, Withdraw
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.levels import refuse_strange_target
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.passages import about, concern, kinds_with, no_option, rule
from sla2.contract.reader.settings import allowance, kinds_of, setting
from sla2.contract.reader.surroundings import language
from sla2.contract.reader.terms import down, fee, per, setting_of, target
from sla2.contract.reader.texts import local_texts
from sla2.contract.reader.tiers import tiers
from sla2.diagnostics import Span
from sla2.source.syntax import Block, DateValue, MoneyValue, Name, Node, PercentValue, Phrase, Statement, Text, Word

KINDS = (
    "level",
    "credits",
    "exclusion",
    "clock stop",
    "open passage",
    "obligation",
    "clause",
    "principle",
    "priorities",
    "impact",
    "updates",
    "zero repeat",
    "promise",
    "survey",
    "review",
    "goal",
    "improvement",
    "example",
    "bonus",
    "points",
    "pool",
    "termination",
    "scorecard",
    "exit plan",
)
"""The kinds of blocks that an amendment may add or remove."""

_VERBS = (
    "amendment_change",
    "amendment_fill",
    "amendment_move",
    "amendment_open",
    "amendment_withdraw",
    "amendment_add",
    "amendment_remove",
)


def amendment(desk: Desk, block: Block) -> Amendment:
    """`amendment`."""
    lines = Lines(desk, block)
    lines.need("effective: 2026-06-01", "amendment_effective")
    agreed = {}
    for node in lines.args("amendment_agreed"):
        match node:
            case Phrase(args=(Word(text=side), DateValue() as day)):
                if side in agreed:
                    message = f"The {side} agrees twice in this line."
                    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write one date for each side."))
                agreed[side] = desk.date(day)
    verbs = (_verb(lines, statement) for statement in lines.forms(*_VERBS))
    return Amendment(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        agreed_customer=agreed.get("customer"),
        agreed_supplier=agreed.get("supplier"),
        effective=lines.date("amendment_effective"),
        verbs=tuple(verb for verb in verbs if verb is not None),
        texts=local_texts(lines),
    )


def _verb(lines: Lines, statement: Statement) -> Verb | None:
    desk, span = lines.desk, statement.span
    match statement.form, statement.args:
        case "amendment_change", args:
            return change_of(desk, statement) if args else None
        case "amendment_fill", (Name() as name, Phrase() as phrase):
            return _fill(lines, statement, name, phrase)
        case "amendment_move", (Name() as name, DateValue() as day, Text() as because):
            passage = desk.ref(name, "open passage")
            review = desk.date(day)
            return Move(span=span, passage=passage, review=review, because=desk.text(because)) if passage else None
        case "amendment_open", (Phrase() as path, Name() as name):
            return _open(lines, span, path, name)
        case "amendment_withdraw", (Name() as name, Text() as because):
            passage = desk.ref(name, "open passage")
            return Withdraw(span=span, passage=passage, because=desk.text(because)) if passage else None
        case "amendment_add", (Name() as name,):
            added = _block(desk, name)
            return Add(span=span, block=added) if added else None
        case "amendment_remove", (Name() as name,):
            removed = _block(desk, name)
            return Remove(span=span, block=removed) if removed else None
    return None


def _block(desk: Desk, name: Name) -> str | None:
    """A block of any kind; a name that two kinds have must be told apart first."""
    spaces = desk.scope.spaces
    kinds = [kind for kind in KINDS if name.alias is None and name.text in spaces.get(kind, {})]
    if len(kinds) > 1:
        message = f"{name.text} is the name of a {kinds[0]} and of a {kinds[1]}; it is not clear which one is meant."
        desk.say(WRONG_KIND.at(name.span, message, help="Give one of the two blocks another name."))
        return None
    return desk.ref(name, *KINDS)


def _fill(lines: Lines, statement: Statement, name: Name, phrase: Phrase) -> Fill | None:
    desk = lines.desk
    passage = desk.ref(name, "open passage")
    known: Passage | None = desk.shared.passage_named(passage) if passage is not None else None
    if passage is None or known is None:
        return None
    if phrase.form == "fill_option":
        option = phrase.args[0]
        if not isinstance(option, Name):
            return None
        if all(each.name != option.text for each in known.options):
            desk.say(no_option(option, known.options, known.name))
            return None
        return Fill(span=statement.span, passage=passage, option=option.text)
    filling = rule(desk, phrase, about(desk, known.concerns))
    return Fill(span=statement.span, passage=passage, filling=filling) if filling is not None else None


def _open(lines: Lines, span: Span, path: Phrase, name: Name) -> Reopen | None:
    passage = lines.desk.ref(name, "open passage")
    found = concern(lines.desk, path)
    if passage is None or found is None or found.block is None:
        return None
    return Reopen(span=span, block=found.block, line=found.line or TIERS, passage=passage, per=found.per)


def overrides(desk: Desk, block: Block) -> tuple[Change, ...]:
    """The `override:` lines of the block that opens a contract: changes of blocks of an included file."""
    found: list[Change] = []
    for statement in block.statements:
        if statement.form != "contract_override":
            continue
        name = statement.args[0]
        if isinstance(name, Name) and name.alias is None:
            message = f"{name.text} stands in this file, so there is nothing to override."
            desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help="Write the value in its own block."))
            continue
        change = change_of(desk, statement)
        if change is not None:
            found.append(change)
    return tuple(found)


def change_of(desk: Desk, statement: Statement) -> Change | None:
    """`avail-hosting target to at least 99.9%`, `fee hosting to EUR 18000.00 per month`."""
    span = statement.span
    match statement.args:
        case (Phrase(form="change_fee", args=(Name() as name, Phrase() as phrase)),):
            known = desk.fee(name)
            built = fee(desk, name.text, phrase, None)
            return Change(span=span, block=known, line="fee", fee=built) if known and built else None
        case (Name() as name, Phrase(form="change_cap", args=(span_of_time, value))):
            return _cap(desk, span, name, span_of_time, value)
        case (Name() as name, Phrase(form="change_tiers", args=args)):
            credits = desk.ref(name, "credits", "bonus")
            table = tiers(desk, args, setting_of(desk, credits))
            return Change(span=span, block=credits, line=TIERS, tiers=table) if credits and table else None
        case (Name() as name, Phrase(form="change_text", args=args)):
            return _text(desk, span, name, args)
        case (Name() as name, Phrase(form="change_at_most") as phrase):
            return _at_most(desk, span, name, phrase)
        case (Name() as name, Phrase(form="level_hours", args=(Name() as calendar,))):
            block, hours = desk.ref(name, "level", "service"), desk.ref(calendar, "calendar")
            return Change(span=span, block=block, line="hours", hours=hours) if block and hours else None
        case (Name() as name, Phrase(form="level_down_when", args=(Phrase() as phrase,))):
            block, state = desk.ref(name, "level"), down(phrase, desk)
            return Change(span=span, block=block, line="down when", down=state) if block and state else None
        case (Name() as name, Phrase(form="change_target" | "level_minimum" | "level_expected") as change):
            return _target(desk, span, name, change)
        case (Name() as name, Phrase() as change):
            return _setting(desk, span, name, change)
    return None


def _cap(desk: Desk, span: Span, name: Name, span_of_time: Node, value: Node) -> Change | None:
    credits, limit = desk.ref(name, "credits", "bonus"), per(desk, span_of_time)
    if credits is None or limit is None:
        return None
    money = desk.money(value) if isinstance(value, MoneyValue) else None
    percent = desk.percent(value) if isinstance(value, PercentValue) else None
    cap = Cap(span=span, money=money, percent_of_base=percent, per=limit[0], rolling=limit[1])
    return Change(span=span, block=credits, line="cap", cap=cap)


def _text(desk: Desk, span: Span, name: Name, args: tuple[Node, ...]) -> Change | None:
    block = desk.ref(name, *kinds_with("text"))
    words = next((node for node in args if isinstance(node, Text)), None)
    spoken = next((node for node in args if isinstance(node, Word)), None)
    code = language(desk, spoken) if spoken is not None else None
    if block is None or words is None or (spoken is not None and code is None):
        return None
    return Change(span=span, block=block, line="text", texts=((code, desk.text(words)),))


def _at_most(desk: Desk, span: Span, name: Name, phrase: Phrase) -> Change | None:
    block, kind = desk.ref(name, *kinds_with("at most")), desk.kind_of(name, *kinds_with("at most"))
    term = allowance(desk, phrase, block, kind or "") if block is not None else None
    if block is None or term is None:
        return None
    return Change(span=span, block=block, line=term.line, setting=term)


def _setting(desk: Desk, span: Span, name: Name, change: Phrase) -> Change | None:
    kinds = kinds_of(change)
    block, kind = desk.ref(name, *kinds), desk.kind_of(name, *kinds)
    term = setting(desk, change, block, kind or "") if block is not None else None
    if block is None or term is None:
        return None
    return Change(span=span, block=block, line=term.line, setting=term)


def _target(desk: Desk, span: Span, name: Name, change: Phrase) -> Change | None:
    line = change.form.partition("_")[2]
    block = desk.ref(name, *kinds_with(line))
    phrase = change.args[0]
    if block is None or not isinstance(phrase, Phrase):
        return None
    found = target(desk, phrase, setting_of(desk, block).hours)
    measure = setting_of(desk, block).measure
    if measure is not None:
        refuse_strange_target(desk, found, measure)
    return Change(span=span, block=block, line=line, target=found) if found is not None else None
