"""What a miss gives, in words: gifts of tiers, formulas per case, minute, step or point, and shares of a pool.

In: the parts of a block of credits, a bonus or service points. Out: marked text. It runs under `credits` and `points`.
A bonus has the phrases of its own book; what does not name the thing that is paid stands in `credits` for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import DaysOfFee, Percent, Points, TimesFee
from sla2.words import format, phrases, refer
from sla2.words.targets import gift_words, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits, Each
    from sla2.contract.quantity import Gift
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked

_STEPWISE = ("started", "completed", "proportional")


def book_of(block: Credits) -> str:
    """The phrase book in which the amount of this block has its name."""
    return "bonus" if block.bonus else "credits"


def gifts_of(block: Credits) -> Iterator[Gift]:
    """Everything that the block gives: by tiers, by formulas, by days of fee."""
    yield from (tier.gives for tier in block.tiers)
    for each in block.each:
        gift = gift_of(each)
        if gift is not None:
            yield gift
    if block.gives is not None:
        yield block.gives


def gift_of(each: Each) -> Gift | None:
    """What one count of a formula gives."""
    if each.gives_percent is not None:
        return each.gives_percent
    if each.gives_money is not None:
        return each.gives_money
    if each.gives_points is not None:
        return Points(value=each.gives_points)
    if each.gives_days is not None:
        return each.gives_days
    return TimesFee(times=each.gives_times_fee) if each.gives_times_fee is not None else None


def each_words(each: Each, book: str, language: Language) -> Marked:
    """A formula: so much for each case, minute, step below the target, day or point."""
    gift = gift_of(each)
    values: dict[str, str] = {"gives": gift_words(gift, language) if gift is not None else ""}
    of = slug(each.of)
    if each.of == "minute of downtime":
        if each.gives_times_fee is None:
            of = "minute-of-downtime-gives"
        else:
            values["times"] = format.number(each.gives_times_fee, language)
    values |= _step(each, language)
    if each.of in _STEPWISE:
        values["scope"] = phrases.render(language, f"credits.each.scope.{slug(each.scope or 'unsaid')}")
    said = phrases.render(language, f"{book}.each.{of}", **values)
    if each.of == "missed case":
        return phrases.together(said, phrases.render(language, f"{book}.each.missed-case-silent"))
    return said


def _step(each: Each, language: Language) -> dict[str, str]:
    if each.step_percent is not None:
        return {
            "step": format.points(each.step_percent, language),
            "step_dat": format.points(each.step_percent, language, "dative"),
        }
    if each.step_number is not None:
        return dict.fromkeys(("step", "step_dat"), format.number(each.step_number, language))
    return refer.span("step", each.step_duration, language) if each.step_duration is not None else {}


def given(contract: Contract, block: Credits, language: Language) -> Iterator[tuple[str, Marked]]:
    """What a miss gives at once: days of fee, or a share of a pool; and what a day or a lost time costs."""
    book = book_of(block)
    if block.gives is not None:
        gives = gift_words(block.gives, language)
        yield "gives", phrases.render(language, f"{book}.gift.given", gives=gives)
    if block.takes is not None:
        yield (
            "takes",
            phrases.render(
                language,
                f"{book}.gift.takes",
                share=format.percent(block.takes.share, language),
                part=format.quoted(block.takes.of, language),
                pool=refer.block(contract, "pool", block.takes.pool, language),
            ),
        )
    gifts = tuple(gifts_of(block))
    if any(isinstance(gift, DaysOfFee) for gift in gifts) or any(cap.days_of_fee for cap in block.caps):
        yield "day-of-fee", phrases.render(language, "credits.note.day-of-fee")
    minutes = all(each.of == "minute of downtime" for each in block.each if each.gives_times_fee is not None)
    times = any(isinstance(tier.gives, TimesFee) for tier in block.tiers)
    if times or not minutes:
        yield "times-its-fee", phrases.render(language, "credits.note.times-its-fee")


def in_percent(block: Credits) -> bool:
    """True if the block names a percentage of its base: in a gift or in a cap."""
    return any(isinstance(gift, Percent) for gift in gifts_of(block)) or any(
        cap.percent_of_base is not None and cap.base is None for cap in block.caps
    )


def by_fee(block: Credits) -> bool:
    """True if the block reckons with the fee itself: days of it, or the fee of lost time."""
    return any(isinstance(gift, DaysOfFee | TimesFee) for gift in gifts_of(block)) or any(
        cap.days_of_fee is not None for cap in block.caps
    )
