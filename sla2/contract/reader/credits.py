"""Service credits and bonuses.

In: their blocks. Out: `Credits` models. A bonus is a block of credits by another name.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import (
    Base,
    Cap,
    Claim,
    Combine,
    Credits,
    Each,
    EarnBack,
    PaysIf,
    Takes,
)
from sla2.contract.quantity import DaysOfFee, Percent, Points, TimesFee
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import CAPS, Setting, base, cap, setting_of
from sla2.contract.reader.tiers import gift, repeat, tier_lines
from sla2.source.syntax import (
    Block,
    DurationValue,
    MoneyValue,
    Name,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
    Statement,
    Word,
)

_SCOPES = {"each_beyond_target": "in total", "each_of_outage": "each outage", "each_of_downtime": None}


def credits(desk: Desk, block: Block) -> Credits | None:
    """`credits`."""
    return _credits(desk, block, bonus=False)


def bonus(desk: Desk, block: Block) -> Credits | None:
    """`bonus`: the same lines; the customer pays."""
    return _credits(desk, block, bonus=True)


def _credits(desk: Desk, block: Block, *, bonus: bool) -> Credits | None:
    lines = Lines(desk, block)
    level, points = lines.ref("credits_level", "level"), lines.ref("credits_points", "points")
    complete = lines.need("level: avail-hosting", "credits_level", "credits_points")
    both = lines.one("credits_points")
    if both is not None and lines.one("credits_level") is not None:
        message = f"{lines.title} rests on a level and on points; it is not clear which of the two is paid for."
        desk.say(IMPOSSIBLE_VALUE.at(both.span, message, help="Keep one of the two lines, or write two blocks."))
    if not complete or (level is None and points is None):
        level = points = None
    setting = Setting(points=True) if points is not None else setting_of(desk, level)
    built = Credits(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        level=level or "",
        points=points,
        bonus=bonus,
        tiers=tier_lines(lines, "credits_tier", setting),
        caps=_caps(lines),
        **fields_of(lines),
    )
    return built if level is not None or points is not None else None


def fields_of(lines: Lines) -> dict[str, object]:
    """What the lines of credits state beside tiers and caps, by the fields of `Credits`."""
    return {
        "base": _base(lines),
        "each": _each(lines),
        "gives": _gives(lines),
        "takes": _takes(lines),
        "pays_if": _pays_if(lines),
        "repeat": repeat(lines, "credits_repeat"),
        "claim": _claim(lines),
        "before_first_use": lines.one("credits_before_first_use") is not None,
        "used_once": lines.one("credits_used_by_a_claim") is not None,
        "earn_back": _earn_back(lines),
        "paid_as": lines.word("credits_paid_as"),
        "combine": _combine(lines),
        "eligible": lines.text("credits_eligible"),
    }


def _gives(lines: Lines) -> DaysOfFee | None:
    phrase = lines.phrase("credits_gives")
    found = gift(lines.desk, phrase) if phrase is not None else None
    return found if isinstance(found, DaysOfFee) else None


def _takes(lines: Lines) -> Takes | None:
    statement = lines.one("credits_takes")
    match statement.args if statement is not None else ():
        case (PercentValue() as share, Name(text=of) as which, Name() as name) if statement is not None:
            pool = lines.desk.ref(name, "pool")
            if pool is None:
                return None
            shares = _shares_of(lines.desk, name)
            if of not in shares:
                message = f"The pool {pool} has no share called {of}."
                remedy = f"Its shares: {', '.join(shares)}." if shares else f"Add `share {of}: 50%` to the pool."
                lines.desk.say(IMPOSSIBLE_VALUE.at(which.span, message, help=remedy))
            return Takes(span=statement.span, share=lines.desk.percent(share), of=of, pool=pool)
    return None


def _base(lines: Lines) -> Base | None:
    phrase = lines.phrase("credits_base")
    return base(lines.desk, phrase) if phrase is not None else None


def _shares_of(desk: Desk, pool: Name) -> tuple[str, ...]:
    block = desk.block(pool, "pool")
    found = (statement.args for statement in block.statements if statement.form == "pool_share") if block else ()
    return tuple(args[0].text for args in found if args and isinstance(args[0], Name))


def _each(lines: Lines) -> tuple[Each, ...]:
    found = (_one_each(lines, statement) for statement in lines.all("credits_each"))
    return tuple(each for each in found if each is not None)


def _one_each(lines: Lines, statement: Statement) -> Each | None:
    what, given = statement.args
    if not isinstance(what, Phrase):
        return None
    values: dict[str, object] = {}
    match what.form, what.args:
        case (
            ("each_beyond_target" | "each_of_outage" | "each_of_downtime"),
            (Word(text=counted), DurationValue() as step),
        ):
            scope = _SCOPES[what.form]
            values = {"of": counted, "step_duration": lines.desk.duration(step), "scope": scope}
        case (("each_below_target" | "each_above_target" as form), (step,)):
            values = {"of": form.removeprefix("each_").replace("_", " "), **_step(lines.desk, step)}
        case form, _:
            values = {"of": form.removeprefix("each_").replace("_", " ")}
    match gift(lines.desk, given):
        case Percent() as percent:
            values["gives_percent"] = percent
        case Points(value=number):
            values["gives_points"] = number
        case TimesFee(times=number):
            values["gives_times_fee"] = number
        case DaysOfFee() as days:
            values["gives_days"] = days
        case money:
            values["gives_money"] = money
    return Each(span=statement.span, **values)


def _step(desk: Desk, node: Node) -> dict[str, object]:
    """How far off the target counts once, by the fields of `Each`."""
    match node:
        case PercentValue():
            return {"step_percent": desk.percent(node)}
        case NumberValue(value=number):
            return {"step_number": number}
        case DurationValue():
            return {"step_duration": desk.duration(node)}
    return {}


def _caps(lines: Lines) -> tuple[Cap, ...]:
    found: list[Cap] = []
    for statement in lines.forms("credits_cap", "credits_cap_together"):
        names = [node for node in statement.args if isinstance(node, Name)]
        together = tuple(ref for name in names if (ref := lines.desk.ref(name, "credits", "bonus")) is not None)
        phrase = statement.args[-1]
        if isinstance(phrase, Phrase) and phrase.form in CAPS:
            built = cap(lines.desk, phrase, together)
            if built is not None:
                found.append(built.model_copy(update={"span": statement.span}))
    return tuple(found)


def _pays_if(lines: Lines) -> PaysIf | None:
    match lines.args("credits_pays_if"):
        case (Word(text=words), MoneyValue() as amount):
            span = lines.block.header if (found := lines.one("credits_pays_if")) is None else found.span
            return PaysIf(span=span, money=lines.desk.money(amount), strict=words == "more than")
    return None


def _claim(lines: Lines) -> Claim | None:
    phrase = lines.phrase("credits_claim")
    if phrase is None:
        return None
    match phrase.form, phrase.args:
        case "claim_within", (Word(text=side), DurationValue() as node, Word(text=after)):
            within = lines.desk.calendar_span(node)
            return Claim(span=phrase.span, by=side, within=within, after=after) if within is not None else None
        case "claim_billing_cycle", (Word(text=side), NumberValue() as nth, Word(text=after)):
            cycle = lines.desk.whole(nth)
            return Claim(span=phrase.span, by=side, end_of="billing cycle", end_of_nth=cycle, after=after)
        case "claim_next_month", (Word(text=side), Word(text=after)):
            return Claim(span=phrase.span, by=side, end_of="month", end_of_nth=1, after=after)
    return None


def _earn_back(lines: Lines) -> tuple[EarnBack, ...]:
    found: list[EarnBack] = []
    for statement in lines.all("credits_earn_back"):
        match statement.args:
            case (PercentValue() as share, NumberValue() as node, Word(text=how)):
                percent, periods = lines.desk.percent(share), lines.desk.whole(node)
                found.append(EarnBack(span=statement.span, share=percent, periods=periods, comparison=how))
    return tuple(found)


def _combine(lines: Lines) -> Combine | None:
    phrase = lines.phrase("credits_combine")
    if phrase is None:
        return None
    how = {"combine_all": "all add up", "combine_highest": "highest of", "combine_choice": "either"}[phrase.form]
    names = (node for node in phrase.args if isinstance(node, Name))
    named = tuple(ref for name in names if (ref := lines.desk.ref(name, "credits", "bonus")) is not None)
    return Combine(span=phrase.span, how=how, credits=named)
