"""Tiers and what they give: the phrases that credits, bonuses, points and open passages share.

In: phrases at a desk. Out: parts of `Credits` and `ServicePoints`. Whether tiers leave gaps is the business of
`checks`; here a tier is refused only where nothing could ever fall into it, or where it counts in something that is
not measured.
"""

from __future__ import annotations

from sla2.contract.codes_of_values import IMPOSSIBLE_VALUE
from sla2.contract.credits import (
    Repeat,
    Tier,
)
from sla2.contract.measures import measure_kind
from sla2.contract.quantity import DaysOfFee, Duration, Gift, Limit, Number, Percent, Points, TimesFee
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.terms import Setting
from sla2.diagnostics import Span
from sla2.source.syntax import (
    DurationValue,
    MoneyValue,
    Node,
    NumberValue,
    PercentValue,
    Phrase,
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


def tier_lines(lines: Lines, form: str, setting: Setting) -> tuple[Tier, ...]:
    """All lines of one form as a table."""
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


def repeat(lines: Lines, form: str) -> Repeat | None:
    """`times 2 in the second and each later period in a row`."""
    statement, factor = lines.one(form), lines.number(form)
    return Repeat(span=statement.span, factor=factor) if statement is not None and factor is not None else None
