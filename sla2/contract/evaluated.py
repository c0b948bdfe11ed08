"""What a contract may say that is read and drafted, but not computed yet: the one list.

In: a finished `Contract`. Out: `Unevaluated` entries for constructs that the models hold. Constructs that they do not
hold are recorded where they are read. Measurement and money refuse what they meet beyond this list by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from sla2.contract.contract import Contract, Unevaluated
from sla2.contract.credits import Cap, Credits, Each, Tier
from sla2.contract.example import Example, ExpectCredit, ExpectFigure, ExpectPoints, GivenFigure, GivenTicket
from sla2.contract.level import Down, Level, Measure, OpenTarget, Period
from sla2.contract.passage import Amendment, CapTerm, Change, DownTerm, Fill, Filling, TiersTerm
from sla2.contract.quantity import Number, Percent
from sla2.contract.relations import Promise, Survey, Updates, ZeroRepeat
from sla2.diagnostics import Span

EVALUATED: tuple[Measure, ...] = (
    "response time",
    "resolution time",
    "availability",
    "number of outages",
    "longest outage",
)
"""The measures that are computed."""

_Trust = Updates | ZeroRepeat | Promise | Survey


def unevaluated(contract: Contract) -> tuple[Unevaluated, ...]:
    """The constructs of `contract` that are not computed, in the order of its blocks."""
    return tuple(_all(contract))


def _all(contract: Contract) -> Iterator[Unevaluated]:
    yield from _surroundings(contract)
    for level in contract.levels:
        yield from _level(level)
    for credits in contract.credits:
        yield from _credits(credits)
    for bonus in contract.bonuses:
        yield _item(bonus.span, bonus.name, "bonus")
    for points in contract.points:
        yield _item(points.span, points.name, "points")
    for pool in contract.pools:
        yield _item(pool.span, pool.name, "pool")
    for termination in contract.terminations:
        yield _item(termination.span, termination.name, "termination")
    for scorecard in contract.scorecards:
        yield _item(scorecard.span, scorecard.name, "scorecard")
    for plan in contract.exit_plans:
        yield _item(plan.span, plan.name, "exit plan")
    trust: tuple[_Trust, ...] = (*contract.updates, *contract.repeats, *contract.promises, *contract.surveys)
    for block in trust:
        yield from _trust(block)
    for passage in contract.passages:
        rules = [*((passage.interim,) if passage.interim else ()), *(option.filling for option in passage.options)]
        if passage.observe_when is not None:
            yield _item(passage.span, passage.name, "observe … when")
        for filling in rules:
            yield from _rule(passage.name, filling)
    for amendment in contract.amendments:
        yield from _amendment(amendment)
    for example in contract.examples:
        yield from _example(example)


def _surroundings(contract: Contract) -> Iterator[Unevaluated]:
    for fee in contract.fees:
        if fee.each is not None and fee.per != "as invoiced":
            yield _item(fee.span, contract.name, f"fee {fee.name} per {fee.each}")
    for stop in contract.clock_stops:
        if stop.more_from or stop.more_until or stop.more_reasons:
            yield _item(stop.span, stop.name, "several statuses or reasons")
    for exclusion in contract.exclusions:
        if exclusion.budget_rolling is not None:
            yield _item(exclusion.span, exclusion.name, "at most … rolling")


def _example(example: Example) -> Iterator[Unevaluated]:
    name = example.name
    for given in example.given:
        if isinstance(given, GivenFigure):
            yield _item(given.span, name, "given: figure in other than percent")
        if isinstance(given, GivenTicket) and given.reopened:
            yield _item(given.span, name, "given ticket: reopened")
        if isinstance(given, GivenTicket) and given.changes:
            yield _item(given.span, name, "given ticket: priority")
    for expected in example.expect:
        if isinstance(expected, ExpectFigure):
            yield _item(expected.span, name, "expect: figure in other than percent")
        if isinstance(expected, ExpectPoints):
            yield _item(expected.span, name, "expect: points")
        if isinstance(expected, ExpectCredit) and expected.bonus:
            yield _item(expected.span, name, "expect: bonus")


def _level(level: Level) -> Iterator[Unevaluated]:
    name = level.name
    if level.measure not in EVALUATED:
        yield _item(level.span, name, f"measure: {level.measure}")
    if level.period is not None:
        yield from _period(name, level.period)
    if level.down_when is not None:
        yield from _down(name, level.down_when)
    if level.averaged_with_previous:
        yield _item(level.span, name, "earlier periods")
    if level.ratchet is not None:
        yield _item(level.ratchet.span, name, "ratchet")
    if level.rounding is not None and isinstance(level.rounding.step, Number):
        yield _item(level.rounding.span, name, "rounding to a number")
    if level.at_the_end_of_a_period == "length counts whole":
        yield _item(level.span, name, "at the end of a period: length counts whole")
    if level.measure == "availability" and level.slot is not None:
        yield _item(level.span, name, "slot of an availability")
    if level.of == "lifetime in period":
        yield _item(level.span, name, "of: lifetime in period")
    outages = level.measure in ("availability", "number of outages", "longest outage")
    if outages and level.unit not in ("the service", "each component"):
        yield _item(level.span, name, f"unit: {level.unit}")


def _period(name: str, period: Period) -> Iterator[Unevaluated]:
    if period.unit in ("rolling", "before claim"):
        length = f"{period.length} " if period.length is not None else ""
        yield _item(period.span, name, f"period: {length}{period.unit}")


def _down(name: str, down: Down) -> Iterator[Unevaluated]:
    if down.kind == "error slot":
        yield _item(down.span, name, "down when: above … errors in a slot")
    if down.kind == "number down" and down.unit not in (None, "component", "components"):
        yield _item(down.span, name, f"down when: {down.number} or more {down.unit} are down")


def _credits(credits: Credits) -> Iterator[Unevaluated]:
    name = credits.name
    if credits.points is not None:
        yield _item(credits.span, name, "credits from points")
    yield from _tiers(name, credits.tiers)
    for each in credits.each:
        yield from _each(name, each)
    for cap in credits.caps:
        yield from _cap(name, cap)
    if credits.gives is not None:
        yield _item(credits.span, name, "gives")
    if credits.takes is not None:
        yield _item(credits.takes.span, name, "takes")
    if credits.before_first_use:
        yield _item(credits.span, name, "before first use")
    if credits.eligible is not None:
        yield _item(credits.span, name, "eligible")
    if credits.base is not None and credits.base.of == "before claim":
        yield _item(credits.base.span, name, "base: … before the claim")
    if credits.claim is not None and credits.claim.after == "discovery":
        yield _item(credits.claim.span, name, "claim: … after the discovery")
    for earn_back in credits.earn_back:
        if earn_back.comparison == "above":
            yield _item(earn_back.span, name, "earn back: … above target")
    if credits.used_once:
        yield _item(credits.span, name, "used by a claim")


def _tiers(name: str, tiers: tuple[Tier, ...]) -> Iterator[Unevaluated]:
    for tier in tiers:
        bounds = (tier.lower, tier.upper)
        if not isinstance(tier.gives, Percent) or not all(isinstance(bound, Percent | None) for bound in bounds):
            yield _item(tier.span, name, "tier in other than percentages")


def _each(name: str, each: Each) -> Iterator[Unevaluated]:
    if each.of in ("day late", "point"):
        yield _item(each.span, name, f"each: {each.of}")
    elif each.step_number is not None:
        yield _item(each.span, name, "each: number below target")
    elif each.gives_points is not None:
        yield _item(each.span, name, f"each: {each.of} gives points")
    elif each.gives_days is not None:
        yield _item(each.span, name, f"each: {each.of} gives days of fee")


def _cap(name: str, cap: Cap) -> Iterator[Unevaluated]:
    if cap.days_of_fee is not None:
        yield _item(cap.span, name, "cap in days of fee")
    if cap.rolling is not None:
        yield _item(cap.span, name, f"cap per {cap.stretch}")


def _trust(block: _Trust) -> Iterator[Unevaluated]:
    if isinstance(block.bar, OpenTarget):
        yield _item(block.bar.span, block.name, "target left open")
    elif block.bar is not None:
        yield _item(block.bar.span, block.name, "target in other than `at least …%`")
    if block.confidence is not None and not isinstance(block, Promise):
        yield _item(block.span, block.name, "judged at")


def _rule(name: str, filling: Filling) -> Iterator[Unevaluated]:
    match filling:
        case DownTerm(down=down):
            yield from _down(name, down)
        case TiersTerm(tiers=tiers):
            yield from _tiers(name, tiers)
        case CapTerm(cap=cap):
            yield from _cap(name, cap)


def _amendment(amendment: Amendment) -> Iterator[Unevaluated]:
    for verb in amendment.verbs:
        if isinstance(verb, Fill) and verb.filling is not None:
            yield from _rule(amendment.name, verb.filling)
        if isinstance(verb, Change):
            yield from _tiers(amendment.name, verb.tiers)
            if verb.down is not None:
                yield from _down(amendment.name, verb.down)
            if verb.cap is not None:
                yield from _cap(amendment.name, verb.cap)


def _item(span: Span, block: str, what: str) -> Unevaluated:
    return Unevaluated(span=span, block=block, what=what)
