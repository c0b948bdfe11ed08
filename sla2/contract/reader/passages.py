"""Open passages, and the rules that may stand in for the line they hold open.

In: `open passage` blocks. Out: `Passage` models. A rule is a value for the line that the passage concerns; any other is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sla2.contract.codes import DUPLICATE_LINE, DUPLICATE_NAME, UNKNOWN_NAME
from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.lines import TIERS
from sla2.contract.names import meant
from sla2.contract.passage import (
    CapTerm,
    Concern,
    DownTerm,
    Escalation,
    Fallback,
    FeeTerm,
    Filling,
    Guard,
    HoursTerm,
    Option,
    Owner,
    Passage,
    Reminding,
    SettingTerm,
    TargetTerm,
    TextTerm,
    TiersTerm,
)
from sla2.contract.quantity import Duration
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.levels import refuse_strange_target
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.settings import HEADS, TRUST, allowance, kinds_of, label_of
from sla2.contract.reader.settings import setting as setting_term
from sla2.contract.reader.terms import CAPS, DOWNS, TARGETS, Setting, cap, down, fee, setting_of, stretch, target, when
from sla2.contract.reader.tiers import tiers
from sla2.contract.settings import OF_CREDITS
from sla2.contract.surroundings import Mailbox
from sla2.diagnostics import Diagnostic, Related
from sla2.source.syntax import (
    Block,
    DateValue,
    DurationValue,
    MailValue,
    MoneyValue,
    Name,
    NumberValue,
    PercentValue,
    Phrase,
    Text,
    Word,
)

_KINDS: dict[str, tuple[str, ...]] = {
    "target": ("level", *TRUST),
    "judged at": TRUST,
    "hours": ("level", "service"),
    "text": ("clause", "obligation", "principle", "promise", "exit plan"),
    "announced": ("exclusion",),
    "at most": ("exclusion", "clock stop"),
    "beyond that": ("exclusion",),
    "recurring": ("exclusion",),
    "notice": ("termination",),
    "use within": ("termination",),
    "cure": ("termination",),
    "first within": ("updates",),
    "then every": ("updates",),
    "within": ("zero repeat",),
    "term": HEADS,
    "renewal": HEADS,
    "money rounding": HEADS,
    "records": HEADS,
    "maximum exposure": HEADS,
}
_LINES: dict[str, tuple[str, ...]] = {
    "target": ("target", "minimum", "expected"),
    "hours": ("hours",),
    "cap": ("cap",),
    "down": ("down when",),
    "tiers": (TIERS,),
    "fee": ("fee",),
}
"""The lines that a value may stand on, by its kind."""


def concern(desk: Desk, phrase: Phrase) -> Concern | None:
    """The line that a passage, or an amendment that opens one, is about."""
    match phrase.form, phrase.args:
        case "words_only", _:
            return Concern(span=phrase.span, block=None)
        case "path_line", (Name() as name, Word(text=line)):
            found = desk.ref(name, *kinds_with(line))
            written = None if line == TIERS else line
            return Concern(span=phrase.span, block=found, line=written) if found is not None else None
        case "path_cap", (Name() as name, *rest):
            found = desk.ref(name, "credits", "bonus")
            per = stretch(desk, rest[0]) if rest else None
            return Concern(span=phrase.span, block=found, line="cap", per=per) if found is not None else None
        case "path_fee", (Name() as name,):
            fee = desk.fee(name)
            return Concern(span=phrase.span, block=fee, line="fee") if fee is not None else None
        case "path_block", (Name() as name,):
            found = desk.ref(name, "credits", "bonus", "clause")
            of_clause = "text" if desk.kind_of(name, "credits", "bonus", "clause") == "clause" else None
            return Concern(span=phrase.span, block=found, line=of_clause) if found is not None else None
    return None


def kinds_with(line: str) -> tuple[str, ...]:
    """The kinds of blocks that have a line of this label."""
    return ("credits", "bonus") if line in (*OF_CREDITS, TIERS) else _KINDS.get(line, ("level",))


def about(desk: Desk, concern: Concern | None) -> Setting:
    """What the rules of a passage on this line are read against."""
    if concern is None or concern.block is None:
        return Setting()
    if concern.line == "fee":
        return Setting(block=concern.block, kind="fee", line="fee")
    found = setting_of(desk, concern.block)
    kind = next((kind for kind in kinds_with(concern.line or TIERS) if desk.known(kind, concern.block)), "")
    return replace(found, block=concern.block, kind=kind, line=concern.line or TIERS)


def rule(desk: Desk, phrase: Phrase, setting: Setting) -> Filling | None:
    """`95% within 30 business minutes`, `hours extended`, `EUR 25000.00 per contract year`, `text "…"`."""
    filling = _rule(desk, phrase, setting)
    if filling is not None:
        _refuse_stranger(desk, filling, setting)
    return filling


def _rule(desk: Desk, phrase: Phrase, setting: Setting) -> Filling | None:
    span = phrase.span
    match phrase.form, phrase.args:
        case "limit_per" | "bound_target", (Word(text="at most"), DurationValue(), *_) if setting.line == "at most":
            return allowance(desk, phrase, setting.block or "", setting.kind)
        case form, _ if form in TARGETS:
            found = target(desk, phrase, setting.hours)
            if setting.measure is not None:
                refuse_strange_target(desk, found, setting.measure)
            return TargetTerm(span=span, target=found) if found is not None else None
        case (("level_minimum" | "level_expected" | "level_down_when"), (Phrase() as inner,)):
            return _rule(desk, inner, setting)
        case form, _ if form in CAPS:
            limit = cap(desk, phrase)
            return CapTerm(span=span, cap=limit) if limit is not None else None
        case form, _ if form in DOWNS:
            state = down(phrase, desk)
            return DownTerm(span=span, down=state) if state is not None else None
        case "level_hours", (Name() as name,):
            calendar = desk.ref(name, "calendar")
            return HoursTerm(span=span, calendar=calendar) if calendar is not None else None
        case "text_rule", (Text() as words,):
            return TextTerm(span=span, text=desk.text(words))
        case "rule_fee", (Phrase() as inner,):
            price = fee(desk, setting.fee, inner, None)
            return FeeTerm(span=span, fee=price) if price is not None else None
        case "rule_tiers", args:
            table = tiers(desk, args, setting)
            return TiersTerm(span=span, tiers=table) if table else None
    if setting.block is None or setting.kind not in kinds_of(phrase):
        _no_place(desk, phrase, setting)
        return None
    return setting_term(desk, phrase, setting.block, setting.kind)


def _no_place(desk: Desk, phrase: Phrase, setting: Setting) -> None:
    """A rule that cannot stand on the line that the passage concerns."""
    label = "at most" if phrase.form == "limit_per" else label_of(phrase)
    where = f"{setting.block} {setting.line}" if setting.block else (setting.line or "words only")
    message = f'This rule is about a line "{label}", but the passage concerns {where}.'
    remedy = f"Write `concerns: … {label}`, or a rule for {setting.line}." if setting.line else 'Write `text "…"`.'
    desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help=remedy))


def _refuse_stranger(desk: Desk, filling: Filling, setting: Setting) -> None:
    """A finding if a value is of another line than the one that is held open; words may stand anywhere."""
    if isinstance(filling, TextTerm) or setting.line is None:
        return
    lines = (filling.line,) if isinstance(filling, SettingTerm) else _LINES[filling.kind]
    if setting.line not in lines:
        message = f"This rule is a value for {lines[0]}, but the passage concerns {setting.line}."
        remedy = f"Write `concerns: … {lines[0]}`, or a rule for {setting.line}."
        desk.say(IMPOSSIBLE_VALUE.at(filling.span, message, help=remedy))


def passage(desk: Desk, block: Block) -> Passage:
    """`open passage`."""
    lines = Lines(desk, block)
    lines.need("concerns: response-p2 target", "passage_concerns")
    phrase = lines.phrase("passage_concerns")
    concerns = concern(desk, phrase) if phrase is not None else None
    setting = about(desk, concerns)
    interim = lines.phrase("passage_interim")
    expects = _expects(lines)
    options = tuple(_options(lines, setting))
    observed = lines.one("passage_observe")
    narrowed = observed.args[1:] if observed is not None else ()
    return Passage(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        concerns=concerns,
        because=lines.text("passage_because"),
        expects_customer=expects.get("customer"),
        expects_supplier=expects.get("supplier"),
        learn=lines.text("passage_learn"),
        observe=lines.ref("passage_observe", "level", "credits"),
        observe_when=when(desk, block, narrowed) if narrowed else None,
        interim=rule(desk, interim, setting) if interim is not None else None,
        options=options,
        guard=_guard(lines, setting),
        owners=tuple(_owners(lines)),
        consulted=lines.texts("passage_consulted"),
        opened=lines.date("passage_opened"),
        review=lines.date("passage_review"),
        remind=_remind(lines),
        escalate=_escalate(lines),
        principle=lines.ref("passage_principle", "principle"),
        fallback=_fallback(lines, options),
    )


def _expects(lines: Lines) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement in lines.all("passage_expects"):
        match statement.args:
            case (Word(text=side), Text() as words):
                if side in found:
                    message = f"{lines.title} says twice what the {side} expects."
                    lines.desk.say(DUPLICATE_LINE.at(statement.span, message, help="Put both into one line."))
                found.setdefault(side, lines.desk.text(words))
    return found


def _options(lines: Lines, setting: Setting) -> Iterator[Option]:
    names: dict[str, Name] = {}
    for statement in lines.all("passage_option"):
        match statement.args:
            case (Name() as name, Phrase() as phrase):
                if name.text in names:
                    message = f"{lines.title} has two options called {name.text}."
                    related = (Related(names[name.text].span, "the first one"),)
                    lines.desk.say(DUPLICATE_NAME.at(name.span, message, help="Rename one.", related=related))
                names.setdefault(name.text, name)
                filling = rule(lines.desk, phrase, setting)
                if filling is not None:
                    yield Option(span=statement.span, name=name.text, filling=filling)


def _guard(lines: Lines, setting: Setting) -> Guard | None:
    statement = lines.one("passage_guard")
    if statement is None:
        return None
    desk = lines.desk
    low, high = statement.args
    if isinstance(low, NumberValue) and isinstance(high, DurationValue):
        low = DurationValue(low.value, high.unit, low.span)
    if isinstance(low, NumberValue) and isinstance(high, PercentValue):
        low = PercentValue(low.value, low.span)
    span = statement.span
    match low, high:
        case (DurationValue(), DurationValue()):
            shortest, longest = (desk.duration(node, setting.hours, ask=True) for node in (low, high))
            if shortest is None or longest is None:
                return None
            return Guard(span=span, low_duration=shortest, high_duration=longest)
        case (MoneyValue(), MoneyValue()):
            return Guard(span=span, low_money=desk.money(low), high_money=desk.money(high))
        case (PercentValue(), PercentValue()):
            return Guard(span=span, low_percent=desk.percent(low), high_percent=desk.percent(high))
    message = "A guard needs two lengths of time, two amounts or two percentages."
    desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Write `guard: between 15 and 120 business minutes`."))
    return None


def _owners(lines: Lines) -> Iterator[Owner]:
    for node in lines.args("passage_owner"):
        match node:
            case Phrase(args=(Word(text=side), Text() as name, MailValue() as mail)):
                yield Owner(span=node.span, side=side, mailbox=lines.desk.mailbox(name, mail))


def _remind(lines: Lines) -> Reminding | None:
    statement = lines.one("passage_remind")
    if statement is None:
        return None
    before = [node for node in statement.args if isinstance(node, DurationValue)]
    after = next((node.args[0] for node in statement.args if isinstance(node, Phrase)), None)
    ladder = tuple(span for node in before if (span := lines.desk.calendar_span(node)) is not None)
    then_every: Duration | None = lines.desk.calendar_span(after) if isinstance(after, DurationValue) else None
    return Reminding(span=statement.span, before=ladder, then_every=then_every)


def _escalate(lines: Lines) -> Escalation | None:
    statement = lines.one("passage_escalate")
    match statement.args if statement is not None else ():
        case (DurationValue() as node, Text() as name, MailValue() as mail) if statement is not None:
            after = lines.desk.calendar_span(node)
            mailbox: Mailbox = lines.desk.mailbox(name, mail)
            return Escalation(span=statement.span, after=after, mailbox=mailbox) if after is not None else None
    return None


def _fallback(lines: Lines, options: tuple[Option, ...]) -> Fallback | None:
    statement = lines.one("passage_fallback")
    if statement is None:
        return None
    day = next((lines.desk.date(node) for node in statement.args if isinstance(node, DateValue)), date.max)
    match statement.args[-1]:
        case Phrase(form="fallback_option", args=(Name() as name,)):
            if all(option.name != name.text for option in options):
                lines.desk.miss(no_option(name, options, lines.block.name.text), name)
                return None
            return Fallback(span=statement.span, since=day, option=name.text)
        case Phrase(form="text_rule", args=(Text() as words,)):
            return Fallback(span=statement.span, since=day, text=lines.desk.text(words))
    return Fallback(span=statement.span, since=day)


def no_option(name: Name, options: tuple[Option, ...], passage: str) -> Diagnostic:
    """The finding that a passage has no option of that name."""
    message = f"The passage {passage} has no option called {name.text}."
    remedy = meant(name.text, (option.name for option in options))
    return UNKNOWN_NAME.at(name.span, message, help=remedy or f"Add a line `option {name.text}: …` to the passage.")
