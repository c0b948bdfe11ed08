"""The sentences of service credits, their table, and the order in which everything is reckoned.

In: a credits block of a contract, as signed or folded to a day. Out: sentences with topics and the rows of its table.
The rules are those of `settle`: what a bound includes, which period a cap counts in, when a claim is late.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel.numbers import get_currency_precision

from sla2.words import format, phrases, refer, targets
from sla2.words.phrases import Marked
from sla2.words.targets import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Base, Cap, Claim, Credits, Each
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

_STEPWISE = ("started", "completed", "proportional")
ORDER = (
    "clip",
    "union",
    "exclusions",
    "minimum",
    "minutes",
    "weight",
    "denominator",
    "rounding",
    "tier",
    "base",
    "unit-rounding",
    "cap-case",
    "cap-period",
    "combination",
    "pays-if",
    "claim",
    "earn-back",
)
_OUTAGE_STEPS = ("clip", "union", "exclusions", "minimum", "minutes", "weight")
_MONEY_STEPS = (
    "tier",
    "base",
    "unit-rounding",
    "cap-case",
    "cap-period",
    "combination",
    "pays-if",
    "claim",
    "earn-back",
)
_INTERVALS = ("availability", "number of outages", "longest outage", "mean time between failures")


def credits_sentences(contract: Contract, block: Credits, language: Language) -> tuple[Sentence, ...]:
    """All sentences of a credits block; the rows of its tiers are `tier_rows`."""
    return tuple(phrases.parse(text, topic) for topic, text in _texts(contract, block, language) if text)


def _texts(contract: Contract, block: Credits, language: Language) -> Iterator[tuple[str, Marked | None]]:
    level = refer.block(contract, "level", block.level, language)
    yield "level", phrases.render(language, "credits.intro.level", level=level)
    yield "base", _base(contract, block, language)
    if block.tiers_passage is not None:
        passage = refer.block(contract, "passage", block.tiers_passage, language)
        yield "tiers-open", phrases.render(language, "credits.tier.open", passage=passage)
    if block.tiers:
        yield "tiers", phrases.render(language, "credits.tier.intro")
    record = targets.held(block, "tiers")
    if record is not None:
        yield "tiers-held", targets.held_sentence(contract, record, language)
    for number, each in enumerate(block.each, 1):
        yield f"each-{number}", _each(each, language)
    for cap in block.caps:
        yield f"cap-{slug(cap.per)}", _cap(contract, block, cap, language)
    if block.repeat is not None:
        factor = format.number(block.repeat.factor, language)
        yield "repeat", phrases.render(language, "credits.repeat.sentence", factor=factor)
    if block.combine is not None:
        names = refer.blocks(contract, "credits", block.combine.credits, language)
        yield "combine", phrases.render(language, f"credits.combine.{slug(block.combine.how)}", names=names)
    if block.pays_if is not None:
        key = "strict" if block.pays_if.strict else "least"
        amount = format.money(block.pays_if.money, language)
        yield "pays-if", phrases.render(language, f"credits.pays-if.{key}", money=amount)
    yield "claim", _claim(block.claim, language)
    yield "earn-back", _earn_back(block, language)
    if block.paid_as is not None:
        yield "paid", _paid(block.paid_as, language)


def _paid(how: str, language: Language) -> Marked:
    if how == "deduction from the next invoice":
        return phrases.render(language, "credits.paid.deduction-from-the-next-invoice")
    return phrases.render(language, "credits.paid.as", text=format.quoted(how, language))


def _base(contract: Contract, block: Credits, language: Language) -> Marked | None:
    percents = block.tiers or any(each.gives_percent is not None for each in block.each)
    if not (percents or any(cap.percent_of_base is not None for cap in block.caps)):
        return None
    base = block.base
    of = phrases.render(language, f"credits.base.of.{slug(base.of if base else 'period')}")
    named = base.fees if base else ()
    invoiced = any(fee.per == "as invoiced" for fee in contract.fees if not named or fee.name in named)
    reckon = phrases.render(language, f"credits.base.{'invoiced' if invoiced else 'reckon'}")
    if base is None or not base.fees:
        return phrases.together(phrases.render(language, "credits.base.all", of=of), reckon)
    return phrases.together(phrases.render(language, "credits.base.named", fees=_fees(base, language), of=of), reckon)


def _fees(base: Base, language: Language) -> Marked:
    names = format.listing([format.quoted(name, language) for name in base.fees], language)
    return phrases.render(language, f"credits.base.fee-{'one' if len(base.fees) == 1 else 'more'}", fees=names)


def tier_rows(block: Credits, language: Language) -> tuple[tuple[str, str], ...]:
    """The table of a credits block: for each tier the result with its bounds in words, and what it gives."""
    return tuple((targets.tier_words(tier, language), format.figure(tier.gives, language)) for tier in block.tiers)


def _each(each: Each, language: Language) -> Marked:
    values: dict[str, str] = {}
    if each.gives_percent is not None:
        amount = format.percent(each.gives_percent, language)
        values["gives"] = phrases.render(language, "credits.gives.percent", value=amount)
    elif each.gives_money is not None:
        values["gives"] = phrases.render(
            language, "credits.gives.money", value=format.money(each.gives_money, language)
        )
    if each.gives_times_fee is not None:
        values["times"] = format.number(each.gives_times_fee, language)
    if each.step_percent is not None:
        values["step"] = format.points(each.step_percent, language)
        values["step_dat"] = format.points(each.step_percent, language, "dative")
    if each.step_duration is not None:
        values |= refer.span("step", each.step_duration, language)
    if each.of in _STEPWISE:
        scope = each.scope or "in total"
        values["scope"] = phrases.render(language, f"credits.each.scope.{slug(scope)}")
    said = phrases.render(language, f"credits.each.{slug(each.of)}", **values)
    if each.of == "missed case":
        return phrases.together(said, phrases.render(language, "credits.each.missed-case-silent"))
    return said


def _cap(contract: Contract, block: Credits, cap: Cap, language: Language) -> Marked:
    per = phrases.render(language, f"credits.cap.per.{slug(cap.per)}")
    pieces: list[Marked] = []
    if cap.passage is not None:
        passage = refer.block(contract, "passage", cap.passage, language)
        pieces.append(phrases.render(language, "credits.cap.open", per=per, passage=passage))
        interim = next((found.interim for found in contract.passages if found.name == cap.passage), None)
        if interim is not None:
            filling = targets.filling_marked(interim, contract, language)
            pieces.append(phrases.render(language, "level.target.open.until", filling=filling))
    elif cap.money is not None:
        pieces.append(phrases.render(language, "credits.cap.money", value=format.money(cap.money, language), per=per))
    elif cap.percent_of_base is not None:
        value = format.percent(cap.percent_of_base, language)
        pieces.append(phrases.render(language, "credits.cap.percent", value=value, per=per))
    percent = cap.percent_of_base is not None
    pieces.append(phrases.render(language, f"credits.cap.note.{slug(cap.per)}", percent=percent))
    if cap.together_with:
        names = refer.blocks(contract, "credits", (block.name, *cap.together_with), language)
        pieces.append(phrases.render(language, "credits.cap.together", names=names))
    record = targets.held(block, f"cap per {cap.per}") or targets.held(block, "cap")
    if record is not None:
        pieces.append(targets.held_sentence(contract, record, language))
    return phrases.together(*pieces)


def _claim(claim: Claim | None, language: Language) -> Marked:
    if claim is None:
        return phrases.render(language, "credits.claim.none")
    by = refer.side("by", claim.by, language)
    if claim.within is not None:
        within = refer.span("within", claim.within, language)
        return phrases.render(language, f"credits.claim.within-{claim.after}", **by, **within)
    unit = "cycle" if claim.end_of == "billing cycle" else "month"
    nth = ordinal(claim.end_of_nth or 1, language)
    return phrases.render(language, f"credits.claim.{unit}-{claim.after}", nth=nth, **by)


def ordinal(number: int, language: Language) -> str:
    """First, second … twelfth in words; in German as after des or dem."""
    key = str(number) if 1 <= number <= 12 else "other"
    return phrases.render(language, f"unit.ordinal.{key}", n=str(number))


def _earn_back(block: Credits, language: Language) -> Marked | None:
    if not block.earn_back:
        return None
    pieces = [
        phrases.render(
            language,
            f"credits.earn-back.{rule.comparison}",
            share=format.percent(rule.share, language),
            n=format.number(rule.periods, language),
        )
        for rule in block.earn_back
    ]
    return phrases.together(*pieces, phrases.render(language, "credits.earn-back.note"))


def order_sentences(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """The fixed order of operations: the introduction, then one line per step."""
    step = format.amount(_money_step(contract), contract.currency or "", language)
    lines = [phrases.say(language, "credits.order.intro", topic="order")]
    names = _steps(contract)
    for name in names:
        text = phrases.render(language, f"credits.order.{name}", step=step)
        if name == names[-1]:
            text = Marked(text.rstrip(";.") + ".")
        lines.append(phrases.parse_as_is(text, f"order-{name}"))
    return tuple(lines)


def _steps(contract: Contract) -> tuple[str, ...]:
    """The steps that this contract can need; those about outages and money only where it has any."""
    blocks = contract.credits
    none = {
        *(_OUTAGE_STEPS if not any(level.measure in _INTERVALS for level in contract.levels) else ()),
        *(_MONEY_STEPS if not blocks else ()),
        *(("earn-back",) if not any(block.earn_back for block in blocks) else ()),
        *(("combination",) if not any(block.combine for block in blocks) else ()),
        *(("cap-case",) if not any(cap.per in ("case", "outage") for block in blocks for cap in block.caps) else ()),
    }
    return tuple(name for name in ORDER if name not in none)


def _money_step(contract: Contract) -> Decimal:
    if contract.money_rounding is not None:
        return contract.money_rounding.step
    return Decimal(1).scaleb(-get_currency_precision(contract.currency or ""))
