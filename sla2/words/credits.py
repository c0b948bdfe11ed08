"""The sentences of service credits and bonuses, and the rows of their table.

In: a block of credits or a bonus, as signed or folded to a day. Out: sentences with topics and the rows of its table.
The rules are those of `settle`: what a bound includes, which period a cap counts in, when a claim is late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import Percent
from sla2.words import bases, format, gifts, phrases, refer, targets
from sla2.words.phrases import Marked
from sla2.words.targets import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Cap, Claim, Credits
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence


def credits_sentences(contract: Contract, block: Credits, language: Language) -> tuple[Sentence, ...]:
    """All sentences of a credits block; the rows of its tiers are `tier_rows`."""
    return tuple(phrases.parse(text, topic) for topic, text in _texts(contract, block, language) if text)


def _texts(contract: Contract, block: Credits, language: Language) -> Iterator[tuple[str, Marked | None]]:
    yield "level", _intro(contract, block, language)
    yield "base", _base(contract, block, language)
    yield from _amounts(contract, block, language)
    for number, cap in enumerate(block.caps):
        again = sum(one.stretch == cap.stretch for one in block.caps[:number])
        topic = f"cap-{slug(cap.stretch)}" + (f"-{again + 1}" if again else "")
        yield topic, _cap(contract, block, cap, language)
    yield from _conditions(contract, block, language)


def _intro(contract: Contract, block: Credits, language: Language) -> Marked:
    book = gifts.book_of(block)
    if block.points is not None:
        points = refer.block(contract, "points", block.points, language)
        return phrases.render(language, f"{book}.intro.points", points=points)
    level = refer.block(contract, "level", block.level, language)
    return phrases.render(language, f"{book}.intro.level", level=level)


def _amounts(contract: Contract, block: Credits, language: Language) -> Iterator[tuple[str, Marked]]:
    book = gifts.book_of(block)
    if block.tiers_passage is not None:
        passage = refer.block(contract, "passage", block.tiers_passage, language)
        yield "tiers-open", phrases.render(language, f"{book}.tier.open", passage=passage)
    if block.tiers:
        percents = all(isinstance(tier.gives, Percent) for tier in block.tiers)
        yield "tiers", phrases.render(language, f"{book}.tier.{'intro' if percents else 'intro-gift'}")
    record = targets.held(block, "tiers")
    if record is not None:
        yield "tiers-held", targets.held_sentence(contract, record, language)
    for number, each in enumerate(block.each, 1):
        yield f"each-{number}", gifts.each_words(each, book, language)
    yield from gifts.given(contract, block, language)


def _conditions(contract: Contract, block: Credits, language: Language) -> Iterator[tuple[str, Marked | None]]:
    book = gifts.book_of(block)
    if block.repeat is not None:
        factor = format.number(block.repeat.factor, language)
        key = "points" if block.points is not None else "sentence"
        yield "repeat", phrases.render(language, f"{book}.repeat.{key}", factor=factor)
    if block.combine is not None:
        names = refer.blocks(contract, "bonus" if block.bonus else "credits", block.combine.credits, language)
        yield "combine", phrases.render(language, f"{book}.combine.{slug(block.combine.how)}", names=names)
    if block.pays_if is not None:
        key = "strict" if block.pays_if.strict else "least"
        amount = format.money(block.pays_if.money, language)
        yield "pays-if", phrases.render(language, f"{book}.pays-if.{key}", money=amount)
    if block.eligible is not None:
        eligible = format.quoted(block.eligible, language)
        yield "eligible", phrases.render(language, f"{book}.condition.eligible", text=eligible)
    yield "claim", _claim(block.claim, book, language)
    if block.before_first_use:
        yield "before-first-use", phrases.render(language, "credits.note.before-first-use")
    if block.used_once:
        yield "used-once", phrases.render(language, "credits.note.used-once")
    yield "earn-back", _earn_back(block, book, language)
    if block.paid_as is not None:
        yield "paid", _paid(block.paid_as, book, language)


def _paid(how: str, book: str, language: Language) -> Marked:
    if how == "deduction from the next invoice":
        return phrases.render(language, f"{book}.paid.deduction-from-the-next-invoice")
    return phrases.render(language, f"{book}.paid.as", text=format.quoted(how, language))


def _base(contract: Contract, block: Credits, language: Language) -> Marked | None:
    """What percentages are taken of, and which fee is meant where the block reckons with the fee itself."""
    percents = gifts.in_percent(block)
    if not percents and not (block.base is not None and gifts.by_fee(block)):
        return None
    base = block.base
    of = bases.of_words(base, f"{gifts.book_of(block)}.base.of", language)
    reckon = bases.reckon_words(contract, base, language)
    pieces: list[Marked] = []
    if percents and (base is None or not base.fees):
        pieces += [phrases.render(language, "credits.base.all", of=of), reckon]
    elif percents and base is not None:
        fees = bases.fees_words(base, language)
        pieces += [phrases.render(language, "credits.base.named", fees=fees, of=of), reckon]
    if base is not None and gifts.by_fee(block):
        pieces.append(phrases.render(language, "credits.base.meant", fees=bases.fees_words(base, language), of=of))
    return phrases.together(*pieces)


def tier_rows(block: Credits, language: Language) -> tuple[tuple[str, str], ...]:
    """The table of a credits block: for each tier the result with its bounds in words, and what it gives."""
    return tuple((targets.tier_words(tier, language), targets.gift_words(tier.gives, language)) for tier in block.tiers)


def tier_heads(block: Credits, language: Language) -> tuple[str, str, str]:
    """The caption of the table of a credits block, and the heads of its two columns."""
    book = gifts.book_of(block)
    return (
        phrases.plain(phrases.render(language, f"{book}.tier.caption", title=block.title)),
        phrases.plain(phrases.render(language, "credits.tier.header-result")),
        phrases.plain(phrases.render(language, f"{book}.tier.header-credit")),
    )


def _cap(contract: Contract, block: Credits, cap: Cap, language: Language) -> Marked:
    book = gifts.book_of(block)
    per = targets.cap_span(cap, language)
    pieces: list[Marked] = []
    if cap.passage is not None:
        passage = refer.block(contract, "passage", cap.passage, language)
        pieces.append(phrases.render(language, "credits.cap.open", per=per, passage=passage))
        interim = next((found.interim for found in contract.passages if found.name == cap.passage), None)
        if interim is not None:
            filling = targets.filling_marked(interim, contract, language)
            pieces.append(phrases.render(language, "level.target.open.until", filling=filling))
    elif cap.money is not None:
        value = format.money(cap.money, language)
        pieces.append(phrases.render(language, f"{book}.cap.money", value=value, per=per))
    elif cap.days_of_fee is not None:
        value = format.figure(cap.days_of_fee, language)
        pieces.append(phrases.render(language, f"{book}.cap.money", value=value, per=per))
    elif cap.percent_of_base is not None:
        value = format.percent(cap.percent_of_base, language)
        if cap.base is not None:
            pieces.append(_of_own_base(contract, cap, f"{book}.cap.percent-of", book, language))
        else:
            pieces.append(phrases.render(language, f"{book}.cap.percent", value=value, per=per))
    percent = cap.percent_of_base is not None and cap.base is None
    pieces.append(phrases.render(language, f"credits.cap.note.{slug(cap.per)}", percent=percent))
    if cap.together_with:
        kind: refer.Kind = "bonus" if block.bonus else "credits"
        names = refer.blocks(contract, kind, (block.name, *cap.together_with), language)
        pieces.append(phrases.render(language, f"{book}.cap.together", names=names))
    record = targets.held(block, f"cap per {cap.stretch}") or targets.held(block, "cap")
    if record is not None:
        pieces.append(targets.held_sentence(contract, record, language))
    return phrases.together(*pieces)


def _of_own_base(contract: Contract, cap: Cap, key: str, book: str, language: Language) -> Marked:
    """A cap whose percentage is of other fees than those of its block, and how these are reckoned."""
    if cap.base is None or cap.percent_of_base is None:
        return Marked()
    said = phrases.render(
        language,
        key,
        value=format.percent(cap.percent_of_base, language),
        fees=bases.fees_words(cap.base, language),
        of=bases.of_words(cap.base, f"{book}.base.of", language),
        per=targets.cap_span(cap, language),
    )
    return phrases.together(said, bases.reckon_words(contract, cap.base, language))


def _claim(claim: Claim | None, book: str, language: Language) -> Marked:
    if claim is None:
        return phrases.render(language, f"{book}.claim.none")
    by = refer.side("by", claim.by, language)
    if claim.within is not None:
        within = refer.span("within", claim.within, language)
        return phrases.render(language, f"{book}.claim.within-{claim.after}", **by, **within)
    unit = "cycle" if claim.end_of == "billing cycle" else "month"
    nth = ordinal(claim.end_of_nth or 1, language)
    return phrases.render(language, f"{book}.claim.{unit}-{claim.after}", nth=nth, **by)


def ordinal(number: int, language: Language) -> str:
    """First, second … twelfth in words; in German as after des or dem."""
    key = str(number) if 1 <= number <= 12 else "other"
    return phrases.render(language, f"unit.ordinal.{key}", n=str(number))


def _earn_back(block: Credits, book: str, language: Language) -> Marked | None:
    if not block.earn_back:
        return None
    pieces = [
        phrases.render(
            language,
            f"{book}.earn-back.{rule.comparison}",
            share=format.percent(rule.share, language),
            n=format.number(rule.periods, language),
        )
        for rule in block.earn_back
    ]
    return phrases.together(*pieces, phrases.render(language, f"{book}.earn-back.note"))
