"""What a contract may say that is read and drafted, but not computed yet: the one list.

In: a finished `Contract`. Out: `Unevaluated` entries for constructs that the models hold. Constructs that they do not
hold are recorded where they are read. Measurement and money refuse what they meet beyond this list by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from sla2.contract.contract import Contract, Unevaluated
from sla2.contract.credits import Credits, Tier
from sla2.contract.level import BoundTarget, Level, Measure, OpenTarget, Period, ShareTarget, Target
from sla2.contract.passage import Amendment, Change, Concern, Fill, Filling, SettingTerm, TiersTerm
from sla2.contract.quantity import Duration
from sla2.contract.relations import Promise, Survey, Updates, ZeroRepeat
from sla2.diagnostics import Span

EVALUATED: tuple[Measure, ...] = (
    "response time",
    "resolution time",
    "restoration time",
    "number of incidents",
    "reopened share",
    "backlog age",
    "availability",
    "number of outages",
    "longest outage",
    "mean time between failures",
    "success rate",
    "latency",
    "reported figure",
    "delivery date",
    "satisfaction",
)
"""The measures that are computed."""

NOT_FOLLOWED = (
    "period",
    "unit",
    "judged",
    "due",
    "term",
    "renewal",
    "first within",
    "then every",
    "within",
    "judged at",
)
"""Lines whose change over time is folded into the contract, but not followed by measurement and trust.

Rights and money follow theirs: `maximum exposure`, `money rounding`, `notice`, `use within` and `cure` hold as they
stand on the day that counts. `records` is reckoned with by nobody.
"""

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
        yield from _credits(bonus)
    for scorecard in contract.scorecards:
        yield _item(scorecard.span, scorecard.name, "scorecard")
    for impact in contract.impacts:
        if impact.prevails_over is not None:
            yield _item(impact.span, impact.name, "prevails over")
    for plan in contract.exit_plans:
        yield _item(plan.span, plan.name, "exit plan")
    trust: tuple[_Trust, ...] = (*contract.updates, *contract.repeats, *contract.promises, *contract.surveys)
    for block in trust:
        yield from _trust(block)
    for passage in contract.passages:
        rules = [*((passage.interim,) if passage.interim else ()), *(option.filling for option in passage.options)]
        if passage.observe_when is not None:
            yield _item(passage.span, passage.name, "observe … when")
        about = passage.concerns
        if about is not None and about.block is not None:
            yield from _concern(passage.name, about.block, about)
        for filling in rules:
            yield from _rule(passage.name, filling)
    for amendment in contract.amendments:
        yield from _amendment(amendment)


def _surroundings(contract: Contract) -> Iterator[Unevaluated]:
    for exclusion in contract.exclusions:
        if exclusion.budget_rolling is not None:
            yield _item(exclusion.span, exclusion.name, "at most … rolling")


def _level(level: Level) -> Iterator[Unevaluated]:
    name = level.name
    if level.measure not in EVALUATED:
        yield _item(level.span, name, f"measure: {level.measure}")
    if level.period is not None:
        yield from _period(name, level.period)
    if level.ratchet is not None and not _raisable(level.target):
        yield _item(level.ratchet.span, name, "ratchet of a target that is no percentage")
    if level.measure == "availability" and level.slot is not None:
        yield _item(level.span, name, "slot of an availability")


def _raisable(target: Target | None) -> bool:
    """True for a target in percent, of which a midpoint can be exact, and for one that another line fills."""
    if isinstance(target, BoundTarget):
        return target.percent is not None
    return target is None or isinstance(target, ShareTarget | OpenTarget)


def _period(name: str, period: Period) -> Iterator[Unevaluated]:
    if period.unit in ("rolling", "before claim") and period.length is None:
        yield _item(period.span, name, f"period: {period.unit}")


def _credits(credits: Credits) -> Iterator[Unevaluated]:
    name = credits.name
    yield from _tiers(name, credits.tiers)
    for each in credits.each:
        if each.gives_points is not None:
            yield _item(each.span, name, f"each: {each.of} gives points")


def _tiers(name: str, tiers: tuple[Tier, ...]) -> Iterator[Unevaluated]:
    for tier in tiers:
        bounds = (tier.lower, tier.upper)
        if any(isinstance(bound, Duration) and bound.unit in ("month", "year") for bound in bounds):
            yield _item(tier.span, name, "tier in months or years")


def _trust(block: _Trust) -> Iterator[Unevaluated]:
    if isinstance(block.bar, OpenTarget):
        yield _item(block.bar.span, block.name, "target left open")
    elif block.bar is not None:
        yield _item(block.bar.span, block.name, "target in other than `at least …%`")
    if block.confidence is not None and not isinstance(block, Promise):
        yield _item(block.span, block.name, "judged at")


def _concern(passage: str, block: str, about: Concern) -> Iterator[Unevaluated]:
    """Lines that are folded into the terms in force, but whose change is not followed yet."""
    if about.line == "fee":
        yield _item(about.span, passage, "open passage on a fee")
    elif about.line in NOT_FOLLOWED:
        yield _item(about.span, block, f"open passage on {about.line}")


def _rule(name: str, filling: Filling) -> Iterator[Unevaluated]:
    match filling:
        case TiersTerm(tiers=tiers):
            yield from _tiers(name, tiers)
        case SettingTerm(values=Level() as level):
            yield from (
                _item(filling.span, name, found.what)
                for found in _level(level)
                if not found.what.startswith("measure: ")
            )
        case SettingTerm(values=Credits() as credits):
            yield from _credits(credits.model_copy(update={"name": name}))


def _amendment(amendment: Amendment) -> Iterator[Unevaluated]:
    for verb in amendment.verbs:
        if isinstance(verb, Fill) and verb.filling is not None:
            yield from _rule(amendment.name, verb.filling)
        if isinstance(verb, Change):
            yield from _tiers(amendment.name, verb.tiers)
            if verb.setting is not None:
                yield from _rule(amendment.name, verb.setting)
            if verb.line in NOT_FOLLOWED:
                yield _item(verb.span, verb.block, f"change of {verb.line}")


def _item(span: Span, block: str, what: str) -> Unevaluated:
    return Unevaluated(span=span, block=block, what=what)
