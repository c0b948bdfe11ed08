"""Targets and other values of open lines in words.

In: a `Target`, `Down`, `Cap` or `Filling` of a contract. Out: a phrase for tables and reports ("at least 90% of the
cases within 4 business hours") or the sentence of a level's target with its boundary, closing-time and rounding rules.
It judges nothing; the rules are those of `settle/judge` and of the case clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, OpenTarget, ShareTarget, StatisticTarget
from sla2.contract.passage import (
    CapTerm,
    DownTerm,
    FeeTerm,
    HoursTerm,
    SettingTerm,
    TargetTerm,
    TextTerm,
    TiersTerm,
)
from sla2.contract.quantity import Percent
from sla2.words import bases, format, parties, phrases, refer
from sla2.words.phrases import Marked

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Cap, Credits, Tier
    from sla2.contract.level import Down, Held, Level, Target
    from sla2.contract.passage import Filling
    from sla2.contract.quantity import Gift
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

_WORDED = ("response-time", "resolution-time", "restoration-time", "latency")
PASSAGE_DEPTH = 3
"""An open target shows the interim rule of its passage; a passage whose interim rule is open again is cut off here."""


def target_words(target: Target | None, contract: Contract, language: Language) -> Sentence:
    """A target as a phrase, for tables and reports; None is "none"."""
    return phrases.parse_as_is(target_marked(target, contract, language))


def target_marked(target: Target | None, contract: Contract, language: Language, depth: int = 0) -> Marked:
    """`target_words` as marked text, to be put into a sentence."""
    if target is None:
        return phrases.render(language, "level.words.none")
    if isinstance(target, OpenTarget):
        return _open_words(target.passage, contract, language, depth)
    if isinstance(target, ShareTarget):
        within = _within(target, language)
        if target.every:
            return phrases.render(language, "level.words.every", **within)
        return phrases.render(language, "level.words.share", share=format.percent(target.share, language), **within)
    if isinstance(target, StatisticTarget):
        return phrases.render(language, f"level.words.{target.statistic}", **_within(target, language))
    if target.late:
        return phrases.render(language, "level.words.late", value=bound_value(target, language))
    return phrases.render(
        language, "level.words.bound", comparison=comparison(target, language), value=bound_value(target, language)
    )


def _open_words(name: str, contract: Contract, language: Language, depth: int) -> Marked:
    passage = refer.block(contract, "passage", name, language)
    interim = next((found.interim for found in contract.passages if found.name == name), None)
    if interim is None or depth >= PASSAGE_DEPTH:
        return phrases.render(language, "level.words.open", passage=passage)
    filling = filling_marked(interim, contract, language, depth + 1)
    return phrases.render(language, "level.words.open-interim", passage=passage, filling=filling)


def filling_marked(filling: Filling, contract: Contract, language: Language, depth: int = 0) -> Marked:
    """A value of an open line as marked text; a setting as written (`settings` puts it into words)."""
    match filling:
        case TargetTerm():
            return target_marked(filling.target, contract, language, depth)
        case HoursTerm():
            hours = refer.block(contract, "calendar", filling.calendar, language)
            return phrases.render(language, "passage.filling.hours", hours=hours)
        case CapTerm():
            return cap_marked(filling.cap, language)
        case DownTerm():
            return down_marked(filling.down, contract, language)
        case TiersTerm():
            return tiers_marked(filling.tiers, language)
        case SettingTerm():
            return Marked(format.quoted(filling.written, language))
        case FeeTerm():
            return parties.fee_words(filling.fee, language)
        case TextTerm():
            return phrases.render(language, "passage.filling.text", text=format.quoted(filling.text, language))


def cap_marked(cap: Cap, language: Language) -> Marked:
    """A cap as a phrase."""
    per = cap_span(cap, language)
    if cap.money is not None:
        return phrases.render(language, "credits.cap.words-money", value=format.money(cap.money, language), per=per)
    if cap.days_of_fee is not None:
        days = format.figure(cap.days_of_fee, language)
        return phrases.render(language, "credits.cap.words-money", value=days, per=per)
    value = format.percent(cap.percent_of_base, language) if cap.percent_of_base is not None else ""
    if cap.base is not None:
        fees, of = bases.fees_words(cap.base, language), bases.of_words(cap.base, "credits.base.of", language)
        return phrases.render(language, "credits.cap.words-percent-of", value=value, fees=fees, of=of, per=per)
    return phrases.render(language, "credits.cap.words-percent", value=value, per=per)


def cap_span(cap: Cap, language: Language) -> Marked:
    """What a cap is per: a period, a year, any so many days in a row."""
    length = refer.span("length", cap.rolling, language) if cap.rolling is not None else {}
    return phrases.render(language, f"credits.cap.per.{slug(cap.per)}", **length)


def gift_words(gift: Gift, language: Language) -> str:
    """What a tier or a formula gives: 5% of the base, an amount, service points, days of the fee."""
    if isinstance(gift, Percent):
        return phrases.render(language, "credits.gives.percent", value=format.percent(gift, language))
    return format.figure(gift, language)


def tiers_marked(tiers: tuple[Tier, ...], language: Language) -> Marked:
    """A whole tier table as a phrase: row by row."""
    rows = [
        phrases.render(
            language,
            "credits.tier.row",
            result=tier_words(tier, language),
            gives=gift_words(tier.gives, language),
        )
        for tier in tiers
    ]
    return phrases.together(*rows, by="; ")


def tier_words(tier: Tier, language: Language) -> str:
    """The bounds of a tier in words: "at least 99.5% and less than 99.8%"."""
    bounds = []
    if tier.lower is not None:
        key = "lower-included" if tier.lower_included else "lower"
        bounds.append(phrases.render(language, f"credits.tier.{key}", value=format.figure(tier.lower, language)))
    if tier.upper is not None:
        key = "upper-included" if tier.upper_included else "upper"
        bounds.append(phrases.render(language, f"credits.tier.{key}", value=format.figure(tier.upper, language)))
    if len(bounds) == 2:
        return phrases.render(language, "credits.tier.both", lower=bounds[0], upper=bounds[1])
    return "".join(bounds)


def down_marked(down: Down, contract: Contract, language: Language) -> Marked:
    """When a service is down, as a phrase."""
    if down.kind == "open":
        passage = refer.block(contract, "passage", down.passage or "", language)
        return phrases.render(language, "level.down-words.open", passage=passage)
    return phrases.render(language, f"level.down-words.{down.kind.replace(' ', '-')}", **down_values(down, language))


def down_values(down: Down, language: Language) -> dict[str, str]:
    """The values that the phrases of a `Down` need."""
    values: dict[str, str] = {}
    if down.number is not None:
        values["number"] = format.number(down.number, language)
        values["unit"] = format.quoted(down.unit or "", language)
    if down.errors_above is not None:
        values["errors"] = format.percent(down.errors_above, language)
    if down.slot is not None:
        values |= refer.span("slot", down.slot, language)
    return values


def comparison(target: BoundTarget, language: Language) -> str:
    """At least, more than, at most, less than."""
    return phrases.render(language, f"unit.comparison.{target.comparison.replace(' ', '-')}")


def bound_value(target: BoundTarget, language: Language) -> str:
    """The figure of a bound target: a percentage, a duration or a number."""
    if target.percent is not None:
        return format.percent(target.percent, language)
    if target.duration is not None:
        return format.duration_marked(target.duration, language)
    return format.number(target.number or 0, language)


def target_sentence(level: Level, contract: Contract, language: Language) -> Sentence | None:
    """The target of a level in full, with what is exactly on the boundary; None where the level has none to state."""
    target = level.target
    if target is None:
        return None
    if isinstance(target, OpenTarget):
        return phrases.parse(open_line("target", target.passage, contract, language), "target")
    if isinstance(target, ShareTarget):
        return phrases.parse(_share(level, target, language), "target")
    if isinstance(target, StatisticTarget):
        return phrases.parse(_statistic(level, target, language), "target")
    if target.late:
        zero = target.duration is not None and target.duration.value == 0
        text = phrases.render(language, "level.target.bound.late", zero=zero, value=bound_value(target, language))
        return phrases.parse(text, "target")
    boundary = "met" if target.comparison in ("at least", "at most") else "missed"
    text = phrases.render(
        language,
        f"level.target.bound.{boundary}",
        subject=phrases.render(language, f"level.subject.{slug(level.measure)}"),
        comparison=comparison(target, language),
        value=bound_value(target, language),
    )
    return phrases.parse(text, "target")


def open_line(line: str, passage: str, contract: Contract, language: Language) -> Marked:
    """The sentence of a line that is left open, with what applies meanwhile."""
    see = phrases.render(
        language, f"level.target.open.see.{slug(line)}", passage=refer.block(contract, "passage", passage, language)
    )
    interim = next((found.interim for found in contract.passages if found.name == passage), None)
    if interim is None:
        return see
    filling = filling_marked(interim, contract, language, 1)
    return phrases.together(see, phrases.render(language, "level.target.open.until", filling=filling))


def held(block: Level | Credits, line: str) -> Held | None:
    """The record of what fills `line`, if it is or was an open passage."""
    return next((record for record in block.held if record.line == line), None)


def held_sentence(contract: Contract, record: Held, language: Language) -> Marked:
    """Where the value of a line that is or was open comes from."""
    passage = refer.block(contract, "passage", record.passage, language)
    kind, _, name = record.by.partition(" ")
    if record.by == "interim rule":
        return phrases.render(language, "level.held.interim", passage=passage)
    if kind == "amendment":
        amendment = refer.block(contract, "amendment", name, language)
        return phrases.render(language, "level.held.amendment", passage=passage, amendment=amendment)
    if kind == "option":
        return phrases.render(language, "level.held.option", passage=passage, option=format.quoted(name, language))
    return phrases.render(language, "level.held.fallback", passage=passage)


def slug(words: str) -> str:
    """Words of the contract language as a key of the phrase book."""
    return words.replace(" ", "-")


def _share(level: Level, target: ShareTarget, language: Language) -> Marked:
    measure = slug(level.measure)
    kind = "every" if target.every and measure != "latency" else "share"
    within = _within(target, language)
    values = {"share": format.percent(target.share, language), **within}
    said = phrases.render(language, f"level.target.{kind}.{measure if measure in _WORDED else 'other'}", **values)
    if measure == "latency":
        return said
    exact = phrases.render(language, f"level.target.exactly.{_clock_kind(target)}", **within)
    stops = target.within.unit == "working day" and bool(level.clock_stops)
    moved = phrases.render(language, "level.target.exactly.working-day-stops") if stops else ""
    compare = "" if target.every else phrases.render(language, "level.target.exactly.compare")
    return phrases.together(said, exact, moved, compare)


def _statistic(level: Level, target: StatisticTarget, language: Language) -> Marked:
    within = _within(target, language)
    if level.measure == "latency":
        words = phrases.render(language, f"level.words.{target.statistic}", **within)
        return phrases.render(language, "level.target.statistic.latency", words=words, **within)
    said = phrases.render(language, f"level.target.statistic.{target.statistic}", **within)
    return phrases.together(said, phrases.render(language, "level.target.statistic.open-cases"))


def _within(target: ShareTarget | StatisticTarget, language: Language) -> dict[str, str]:
    """The time of a target, and whether it runs until the end of its last day."""
    within = refer.span("within", target.within, language)
    if not target.end_of_day:
        return within
    return {key: phrases.render(language, "level.words.until-end-of-day", within=said) for key, said in within.items()}


def _clock_kind(target: ShareTarget) -> str:
    if target.end_of_day:
        return "end-of-day"
    return "working-day" if target.within.unit == "working day" else target.within.kind
