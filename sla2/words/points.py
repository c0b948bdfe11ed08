"""Service points and amounts at risk in words.

In: a block of points or a pool of a contract. Out: sentences with topics, and the rows of a table of points. What
points cost is the business of `credits`, which rights they give that of `rights`. It computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.quantity import Points
from sla2.words import bases, format, phrases, refer, targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Pool, ServicePoints
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked
    from sla2.words.sentence import Sentence


def points_sentences(contract: Contract, block: ServicePoints, language: Language) -> tuple[Sentence, ...]:
    """All sentences of a block of service points; the rows of its tiers are `point_rows`."""
    return tuple(phrases.parse(text, topic) for topic, text in _points(contract, block, language))


def _points(contract: Contract, block: ServicePoints, language: Language) -> Iterator[tuple[str, Marked]]:
    level = refer.block(contract, "level", block.level, language)
    yield "level", phrases.render(language, "servicepoints.intro.level", level=level)
    if block.tiers:
        yield "tiers", phrases.render(language, "servicepoints.tier.intro")
    if block.missed is not None:
        points = format.figure(Points(value=block.missed), language)
        yield "missed", phrases.render(language, "servicepoints.missed.sentence", points=points)
    if block.repeat is not None:
        factor = format.number(block.repeat.factor, language)
        yield "repeat", phrases.render(language, "servicepoints.repeat.sentence", factor=factor)


def point_rows(block: ServicePoints, language: Language) -> tuple[tuple[str, str], ...]:
    """The table of a block of points: for each tier the result with its bounds in words, and the points."""
    return tuple((targets.tier_words(tier, language), targets.gift_words(tier.gives, language)) for tier in block.tiers)


def point_heads(block: ServicePoints, language: Language) -> tuple[str, str, str]:
    """The caption of the table of a block of points, and the heads of its two columns."""
    return (
        phrases.plain(phrases.render(language, "servicepoints.tier.caption", title=block.title)),
        phrases.plain(phrases.render(language, "credits.tier.header-result")),
        phrases.plain(phrases.render(language, "servicepoints.tier.header")),
    )


def pool_sentences(contract: Contract, pool: Pool, language: Language) -> tuple[Sentence, ...]:
    """How large an amount at risk is, and which shares of it may be taken."""
    size = phrases.render(
        language,
        "servicepoints.pool.size",
        size=format.percent(pool.size, language),
        fees=bases.fees_words(pool.base, language),
        of=bases.of_words(pool.base, "servicepoints.pool.of", language),
    )
    said = [phrases.parse(phrases.together(size, bases.reckon_words(contract, pool.base, language)), "size")]
    if pool.shares:
        shares = [
            phrases.render(
                language,
                "servicepoints.pool.share",
                name=format.quoted(share.name, language),
                percent=format.percent(share.percent, language),
            )
            for share in pool.shares
        ]
        listed = format.listing(shares, language)
        said.append(phrases.say(language, "servicepoints.pool.shares", topic="shares", list=listed))
    return tuple(said)
