"""Service credits, and the blocks of money that are read but not evaluated yet: bonus, points, pool, termination.

In: their blocks. Out: `Credits` models; for the other blocks their names are checked and they are recorded as
unevaluated.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import Base, Cap, Claim, Combine, Credits, Each, EarnBack, PaysIf, Repeat, Tier
from sla2.contract.quantity import Percent
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import CAPS, cap
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

UNMODELLED = ("credits_gives", "credits_takes", "credits_before_first_use", "credits_used_by_a_claim")


def credits(desk: Desk, block: Block) -> Credits | None:
    """`credits`; None for a block that turns points into money, which is not evaluated yet."""
    lines = Lines(desk, block)
    if lines.one("credits_points") is not None:
        lines.ref("credits_points", "points")
        desk.skip(block, "credits from points", block.header)
        _check(lines)
        return None
    complete = lines.need("level: avail-hosting", "credits_level")
    level = lines.ref("credits_level", "level")
    lines.skip(*UNMODELLED)
    _check_takes(lines)
    built = Credits(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        level=level or "",
        base=_base(lines),
        tiers=_tiers(lines),
        each=_each(lines),
        caps=_caps(lines),
        pays_if=_pays_if(lines),
        repeat=_repeat(lines),
        claim=_claim(lines),
        earn_back=_earn_back(lines),
        paid_as=lines.word("credits_paid_as"),
        combine=_combine(lines),
    )
    return built if complete and level is not None else None


def _check(lines: Lines) -> None:
    """Names in a block that is not modelled are checked all the same."""
    _base(lines)
    _combine(lines)
    _check_takes(lines)
    for statement in lines.all("credits_cap_together"):
        for node in statement.args:
            if isinstance(node, Name):
                lines.desk.ref(node, "credits", "bonus")


def _check_takes(lines: Lines) -> None:
    match lines.args("credits_takes"):
        case (PercentValue(), Name(), Name() as pool):
            lines.desk.ref(pool, "pool")


def _base(lines: Lines) -> Base | None:
    phrase = lines.phrase("credits_base")
    return base(lines.desk, phrase) if phrase is not None else None


def base(desk: Desk, phrase: Phrase) -> Base | None:
    """`fee hosting of the period`, `all fees of the next period`."""
    match phrase.form, phrase.args:
        case "base_fee", (Name() as name, Word(text=of)):
            fee = desk.fee(name)
            of_what = of.removeprefix("the ")
            return Base(span=phrase.span, fees=(fee,), of=of_what) if fee is not None else None
        case "base_all_fees", (Word(text=of),):
            return Base(span=phrase.span, of=of.removeprefix("the "))
    return None


def _tiers(lines: Lines) -> tuple[Tier, ...]:
    phrases = (node for statement in lines.all("credits_tier") for node in statement.args)
    return tiers(lines.desk, lines.block, tuple(phrases))


def tiers(desk: Desk, block: Block, phrases: tuple[Node, ...]) -> tuple[Tier, ...]:
    """Tiers with percentages as bounds and as credit; others are recorded as unevaluated."""
    found: list[Tier] = []
    for phrase in phrases:
        if isinstance(phrase, Phrase):
            tier = _tier(desk, phrase)
            if tier is None:
                desk.skip(block, "tier in other than percentages", phrase.span)
            else:
                found.append(tier)
    return tuple(found)


def _tier(desk: Desk, phrase: Phrase) -> Tier | None:
    *limits, gives = phrase.args
    if not isinstance(gives, PercentValue):
        return None
    lower: Percent | None = None
    upper: Percent | None = None
    lower_included = upper_included = False
    for limit in limits:
        match limit:
            case Phrase(form="bound_from" | "bound_above" as form, args=(PercentValue() as value,)):
                lower, lower_included = desk.percent(value), form == "bound_from"
            case Phrase(form="bound_below" | "bound_up_to_and_including" as form, args=(PercentValue() as value,)):
                upper, upper_included = desk.percent(value), form == "bound_up_to_and_including"
            case _:
                return None
    if lower is not None and upper is not None and lower.value > upper.value:
        message = f"This tier begins at {lower} and ends at {upper}, so nothing can fall into it."
        desk.say(IMPOSSIBLE_VALUE.at(phrase.span, message, help=f"Write `from {upper} to below {lower}`."))
    return Tier(
        span=phrase.span,
        lower=lower,
        lower_included=lower_included,
        upper=upper,
        upper_included=upper_included,
        gives=desk.percent(gives),
    )


def _each(lines: Lines) -> tuple[Each, ...]:
    found = (_one_each(lines, statement) for statement in lines.all("credits_each"))
    return tuple(each for each in found if each is not None)


def _one_each(lines: Lines, statement: Statement) -> Each | None:
    what, gift = statement.args
    if not isinstance(what, Phrase):
        return None
    values: dict[str, object] = {}
    match what.form, what.args:
        case "each_beyond_target" | "each_of_outage", (Word(text=counted), DurationValue() as step):
            length = lines.desk.duration(step)
            scope = "in total" if what.form == "each_beyond_target" else "each outage"
            values = {"of": counted, "step_duration": length, "scope": scope}
        case "each_below_target", (PercentValue() as step,):
            values = {"of": "below target", "step_percent": lines.desk.percent(step)}
        case "each_below_target", _:
            lines.desk.skip(lines.block, "each: number below target", statement.span)
            return None
        case form, _:
            values = {"of": form.removeprefix("each_").replace("_", " ")}
    match gift:
        case PercentValue():
            values["gives_percent"] = lines.desk.percent(gift)
        case MoneyValue():
            values["gives_money"] = lines.desk.money(gift)
        case Phrase(form="times_its_fee", args=(NumberValue(value=times),)):
            values["gives_times_fee"] = times
        case _:
            lines.desk.skip(lines.block, f"each: {values['of']} gives points", statement.span)
            return None
    return Each(span=statement.span, **values)


def _caps(lines: Lines) -> tuple[Cap, ...]:
    found: list[Cap] = []
    for statement in lines.forms("credits_cap", "credits_cap_together"):
        names = [node for node in statement.args if isinstance(node, Name)]
        together = tuple(ref for name in names if (ref := lines.desk.ref(name, "credits", "bonus")) is not None)
        phrase = statement.args[-1]
        if isinstance(phrase, Phrase) and phrase.form in CAPS:
            built = cap(lines.desk, lines.block, phrase, together)
            if built is not None:
                found.append(built.model_copy(update={"span": statement.span}))
    return tuple(found)


def _pays_if(lines: Lines) -> PaysIf | None:
    match lines.args("credits_pays_if"):
        case (Word(text=words), MoneyValue() as amount):
            span = lines.block.header if (found := lines.one("credits_pays_if")) is None else found.span
            return PaysIf(span=span, money=lines.desk.money(amount), strict=words == "more than")
    return None


def _repeat(lines: Lines) -> Repeat | None:
    statement, factor = lines.one("credits_repeat"), lines.number("credits_repeat")
    return Repeat(span=statement.span, factor=factor) if statement is not None and factor is not None else None


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
            case (PercentValue() as share, NumberValue() as node):
                periods = lines.desk.whole(node)
                found.append(EarnBack(span=statement.span, share=lines.desk.percent(share), periods=periods))
    return tuple(found)


def _combine(lines: Lines) -> Combine | None:
    phrase = lines.phrase("credits_combine")
    if phrase is None:
        return None
    how = {"combine_all": "all add up", "combine_highest": "highest of", "combine_choice": "either"}[phrase.form]
    names = (node for node in phrase.args if isinstance(node, Name))
    named = tuple(ref for name in names if (ref := lines.desk.ref(name, "credits", "bonus")) is not None)
    return Combine(span=phrase.span, how=how, credits=named)


def bonus(desk: Desk, block: Block) -> None:
    """`bonus`: names checked, not evaluated."""
    lines = Lines(desk, block)
    lines.need("level: avail-hosting", "credits_level")
    lines.ref("credits_level", "level")
    _check(lines)
    desk.skip(block, "bonus", block.header)


def points(desk: Desk, block: Block) -> None:
    """`points`: names checked, not evaluated."""
    lines = Lines(desk, block)
    lines.need("level: avail-hosting", "points_level")
    lines.ref("points_level", "level")
    lines.need("tier: below 98% gives 4 points", "points_tier", "points_missed", "points_repeat")
    desk.skip(block, "points", block.header)


def pool(desk: Desk, block: Block) -> None:
    """`pool`: names checked, not evaluated."""
    lines = Lines(desk, block)
    lines.need("size: 10% of fee hosting of the period", "pool_size")
    match lines.args("pool_size"):
        case (PercentValue(), Phrase() as phrase):
            base(desk, phrase)
    lines.all("pool_share")
    desk.skip(block, "pool", block.header)


def termination(desk: Desk, block: Block) -> None:
    """`termination`: names checked, not evaluated."""
    lines = Lines(desk, block)
    lines.need("right of: customer", "termination_right_of")
    lines.need("trigger: avail-hosting misses its target 3 times in 6 periods", "termination_trigger")
    for form in ("termination_notice", "termination_use_within", "termination_cure"):
        lines.duration(form)
    for statement in lines.all("termination_trigger"):
        match statement.args:
            case (Phrase(form="trigger_credits_reach" | "trigger_credits_reach_cap", args=(Name() as name, *_)),):
                desk.ref(name, "credits", "bonus")
            case (Phrase(form="trigger_points_reach", args=(Name() as name, *_)),):
                desk.ref(name, "points")
            case (Phrase(args=(Name() as name, *_)),):
                desk.ref(name, "level")
    desk.skip(block, "termination", block.header)
