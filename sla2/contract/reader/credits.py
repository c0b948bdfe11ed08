"""Money: service credits, bonuses, service points and pools.

In: their blocks. Out: the models of `contract/credits`. A bonus is a block of credits by another name. Whether tiers
leave gaps is the business of `checks`; here a tier is refused only where nothing could ever fall into it, or where it
counts in something that its level does not measure.
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
    Pool,
    PoolShare,
    Repeat,
    ServicePoints,
    Takes,
    Tier,
)
from sla2.contract.measures import measure_kind
from sla2.contract.quantity import DaysOfFee, Duration, Gift, Limit, Number, Percent, Points, TimesFee
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import CAPS, Setting, cap, setting_of
from sla2.diagnostics import Span
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

_LIMITS: dict[str, tuple[type, ...]] = {
    "share of cases": (Percent, Duration),
    "share of time": (Percent,),
    "number": (Number,),
    "duration": (Duration, Percent),
    "score": (Percent, Number, Duration),
}
"""What the bounds of tiers may be, by what the measure of their level yields."""

_TIERS: dict[type, str] = {
    Percent: "from 99.0% to below 99.5%",
    Points: "from 3 points to below 6 points",
    Number: "from 3 to below 6",
    Duration: "above 4 elapsed hours",
}


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
    built = Credits(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        level=level or "",
        points=points,
        bonus=bonus,
        tiers=_tiers(lines, "credits_tier", Setting(points=True) if points is not None else setting_of(desk, level)),
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
        "repeat": _repeat(lines, "credits_repeat"),
        "claim": _claim(lines),
        "before_first_use": lines.one("credits_before_first_use") is not None,
        "used_once": lines.one("credits_used_by_a_claim") is not None,
        "earn_back": _earn_back(lines),
        "paid_as": lines.word("credits_paid_as"),
        "combine": _combine(lines),
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


def _shares_of(desk: Desk, pool: Name) -> tuple[str, ...]:
    block = desk.block(pool, "pool")
    found = (statement.args for statement in block.statements if statement.form == "pool_share") if block else ()
    return tuple(args[0].text for args in found if args and isinstance(args[0], Name))


def _tiers(lines: Lines, form: str, setting: Setting) -> tuple[Tier, ...]:
    return tiers(lines.desk, tuple(node for statement in lines.all(form) for node in statement.args), setting)


def tiers(desk: Desk, phrases: tuple[Node, ...], setting: Setting) -> tuple[Tier, ...]:
    """A tier table on a level, or on service points."""
    found = (_tier(desk, node, setting) for node in phrases if isinstance(node, Phrase))
    return tuple(tier for tier in found if tier is not None)


def _tier(desk: Desk, phrase: Phrase, setting: Setting) -> Tier | None:
    *limits, gives = phrase.args
    given = gift(desk, gives)
    lower: Limit | None = None
    upper: Limit | None = None
    lower_included = upper_included = False
    for limit in limits:
        match limit:
            case Phrase(form="bound_from" | "bound_above" as form, args=(node,)):
                lower, lower_included = _limit(desk, node, setting), form == "bound_from"
            case Phrase(form="bound_below" | "bound_up_to_and_including" as form, args=(node,)):
                upper, upper_included = _limit(desk, node, setting), form == "bound_up_to_and_including"
    written = [bound for bound in (lower, upper) if bound is not None]
    if given is None or len(written) < len(limits):
        return None
    if not all(_fits(desk, bound, setting, phrase.span) for bound in written):
        return None
    _refuse_empty(desk, phrase.span, lower, upper)
    return Tier(
        span=phrase.span,
        lower=lower,
        lower_included=lower_included,
        upper=upper,
        upper_included=upper_included,
        gives=given,
    )


def _limit(desk: Desk, node: Node, setting: Setting) -> Limit | None:
    match node:
        case PercentValue():
            return desk.percent(node)
        case NumberValue(value=value):
            return Number(value=value)
        case DurationValue():
            return desk.duration(node, setting.hours, ask=setting.measure is not None)
        case Phrase(form="limit_points", args=(NumberValue(value=value),)):
            return Points(value=value)
    message = "A tier begins and ends at a percentage, a number, a length of time or a number of points, not at money."
    desk.say(IMPOSSIBLE_VALUE.at(node.span, message, help="Write for instance `from 99.0% to below 99.5% gives 10%`."))
    return None


def _fits(desk: Desk, bound: Limit, setting: Setting, span: Span) -> bool:
    """A finding if the tier counts in something else than what is measured."""
    if setting.points:
        known: tuple[type, ...] = (Points, Number)
        what = "service points"
    elif setting.measure is not None:
        known = _LIMITS[measure_kind(setting.measure).value]
        what = f"the measure {setting.measure}"
    else:
        return True
    if isinstance(bound, known):
        return True
    message = f"This tier begins or ends at {bound}, which cannot be compared with {what}."
    example = next(words for kind, words in _TIERS.items() if kind in known)
    remedy = f"Write for instance `tier: {example} gives 10%`."
    desk.say(IMPOSSIBLE_VALUE.at(span, message, help=remedy))
    return False


def _refuse_empty(desk: Desk, span: Span, lower: Limit | None, upper: Limit | None) -> None:
    if lower is None or upper is None:
        return
    if type(lower) is not type(upper) or getattr(lower, "unit", "") != getattr(upper, "unit", ""):
        message = f"This tier begins at {lower} and ends at {upper}, which cannot be compared."
        desk.say(IMPOSSIBLE_VALUE.at(span, message, help="Write both bounds in the same unit."))
    elif lower.value > upper.value:
        message = f"This tier begins at {lower} and ends at {upper}, so nothing can fall into it."
        desk.say(IMPOSSIBLE_VALUE.at(span, message, help=f"Write `from {upper} to below {lower}`."))


def gift(desk: Desk, node: Node) -> Gift | None:
    """What a tier or a count gives."""
    match node:
        case PercentValue():
            return desk.percent(node)
        case MoneyValue():
            return desk.money(node)
        case Phrase(form="points_given", args=(NumberValue(value=number),)):
            return Points(value=number)
        case Phrase(form="times_its_fee", args=(NumberValue(value=number),)):
            return TimesFee(times=number)
        case Phrase(form="days_of_fee", args=(NumberValue(value=number),)):
            return DaysOfFee(days=number)
    return None


def _each(lines: Lines) -> tuple[Each, ...]:
    found = (_one_each(lines, statement) for statement in lines.all("credits_each"))
    return tuple(each for each in found if each is not None)


def _one_each(lines: Lines, statement: Statement) -> Each | None:
    what, given = statement.args
    if not isinstance(what, Phrase):
        return None
    values: dict[str, object] = {}
    match what.form, what.args:
        case "each_beyond_target" | "each_of_outage", (Word(text=counted), DurationValue() as step):
            scope = "in total" if what.form == "each_beyond_target" else "each outage"
            values = {"of": counted, "step_duration": lines.desk.duration(step), "scope": scope}
        case "each_below_target", (PercentValue() as step,):
            values = {"of": "below target", "step_percent": lines.desk.percent(step)}
        case "each_below_target", (NumberValue(value=number),):
            values = {"of": "below target", "step_number": number}
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


def _repeat(lines: Lines, form: str) -> Repeat | None:
    statement, factor = lines.one(form), lines.number(form)
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


def points(desk: Desk, block: Block) -> ServicePoints | None:
    """`points`: tiers that give points, or a number if the target is missed."""
    lines = Lines(desk, block)
    complete = lines.need("level: avail-hosting", "points_level")
    complete &= lines.need("tier: below 98% gives 4 points", "points_tier", "points_missed")
    level = lines.ref("points_level", "level")
    table = _tiers(lines, "points_tier", setting_of(desk, level))
    for tier in table:
        if not isinstance(tier.gives, Points):
            message = f"This tier gives {tier.gives}, but the block counts service points."
            desk.say(IMPOSSIBLE_VALUE.at(tier.span, message, help="Write for instance `gives 4 points`."))
    missed = lines.phrase("points_missed")
    given = gift(desk, missed) if missed is not None else None
    if not complete or level is None:
        return None
    return ServicePoints(
        span=block.header,
        name=lines.name,
        title=lines.heading,
        level=level,
        tiers=tuple(tier for tier in table if isinstance(tier.gives, Points)),
        missed=given.value if isinstance(given, Points) else None,
        repeat=_repeat(lines, "points_repeat"),
    )


def pool(desk: Desk, block: Block) -> Pool | None:
    """`pool`: its size and its shares."""
    lines = Lines(desk, block)
    complete = lines.need("size: 10% of fee hosting of the period", "pool_size")
    shares: dict[str, PoolShare] = {}
    for statement in lines.all("pool_share"):
        match statement.args:
            case (Name(text=name), PercentValue() as share):
                if name in shares:
                    message = f"{lines.title} has two shares called {name}."
                    desk.say(IMPOSSIBLE_VALUE.at(statement.span, message, help="Give one of them another name."))
                shares.setdefault(name, PoolShare(span=statement.span, name=name, percent=desk.percent(share)))
    match lines.args("pool_size"):
        case (PercentValue() as size, Phrase() as phrase) if complete:
            found = base(desk, phrase)
            if found is not None:
                return Pool(
                    span=block.header,
                    name=lines.name,
                    title=lines.heading,
                    size=desk.percent(size),
                    base=found,
                    shares=tuple(shares.values()),
                )
    return None
