"""Rights to terminate in words: whose they are, when they arise, and within what time they can be used.

In: a termination block of a contract. Out: its sentences: the head, one per trigger, then what holds for all of them.
What counts is as `settle` reckons it: completed periods, the one just completed included; outages after exclusions,
dated by their start. It decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.rights import (
    AverageBelow,
    CreditsReach,
    CreditsReachCap,
    DowntimeOver,
    LateDelivery,
    LongOutage,
    ManyOutages,
    MissesInARow,
    MissesTimes,
    PointsReach,
)
from sla2.words import format, phrases, refer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.quantity import Duration, Number, Percent
    from sla2.contract.rights import Termination, Trigger
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked
    from sla2.words.sentence import Sentence


def right_sentences(contract: Contract, right: Termination, language: Language) -> tuple[Sentence, ...]:
    """All sentences of a right to terminate."""
    return tuple(phrases.parse(text, topic) for topic, text in _texts(contract, right, language))


def _texts(contract: Contract, right: Termination, language: Language) -> Iterator[tuple[str, Marked]]:
    by = refer.side("by", right.right_of, language)
    key = "one" if len(right.triggers) == 1 else "several"
    yield "right", phrases.render(language, f"right.head.{key}", **by)
    for number, trigger in enumerate(right.triggers, 1):
        yield f"trigger-{number}", trigger_words(contract, trigger, language)
    arises = phrases.together(*_arises(contract, right, language))
    if arises:
        yield "arises", arises
    yield "use", phrases.together(*_use(right, language))


def _arises(contract: Contract, right: Termination, language: Language) -> Iterator[Marked]:
    outages = [isinstance(trigger, LongOutage | ManyOutages) for trigger in right.triggers]
    if not all(outages):
        yield phrases.render(language, "right.note.arises")
    if any(outages):
        yield phrases.render(language, "right.note.outages")
    if any(_by_units(contract, trigger) for trigger in right.triggers):
        yield phrases.render(language, "right.note.units")


def _use(right: Termination, language: Language) -> Iterator[Marked]:
    if right.cure is not None:
        by = refer.side("by", right.right_of, language)
        other = phrases.render(language, f"right.other.{right.right_of}")
        cure = refer.span("cure", right.cure, language)
        yield phrases.render(language, "right.note.cure", other=other, **by, **cure)
    if right.use_within is not None:
        within = refer.span("within", right.use_within, language)
        yield phrases.render(language, "right.note.use-within", **within)
    else:
        yield phrases.render(language, "right.note.use-open")
    if right.notice is not None:
        yield phrases.render(language, "right.note.notice", **refer.span("notice", right.notice, language))
    else:
        yield phrases.render(language, "right.note.notice-none")


def _by_units(contract: Contract, trigger: Trigger) -> bool:
    """True if the trigger counts misses of a level whose units are judged each on its own."""
    if not isinstance(trigger, MissesTimes | MissesInARow):
        return False
    return any(level.judged == "each" for level in contract.levels if trigger.level in (None, level.name))


def trigger_words(contract: Contract, trigger: Trigger, language: Language) -> Marked:
    """One test over the history, as a sentence."""
    match trigger:
        case MissesTimes() | MissesInARow():
            return _misses(contract, trigger, language)
        case AverageBelow():
            return phrases.render(
                language,
                "right.trigger.average-below",
                level=refer.block(contract, "level", trigger.level, language),
                **_bound(trigger.bound, language),
                **refer.count("periods", "period-count", trigger.periods, language),
            )
        case LateDelivery() | LongOutage():
            key = "late" if isinstance(trigger, LateDelivery) else "long-outage"
            level = refer.block(contract, "level", trigger.level, language)
            over = refer.span("over", trigger.over, language)
            return phrases.render(language, f"right.trigger.{key}", level=level, **over)
        case DowntimeOver():
            return phrases.render(
                language,
                f"right.trigger.downtime{'-once' if trigger.periods == 1 else ''}",
                level=refer.block(contract, "level", trigger.level, language),
                **refer.span("over", trigger.over, language),
                **refer.count("periods", "period-count", trigger.periods, language),
            )
        case ManyOutages():
            return phrases.render(
                language,
                "right.trigger.many-outages",
                level=refer.block(contract, "level", trigger.level, language),
                number=format.number(trigger.number, language),
                **refer.span("over", trigger.over, language),
                **refer.span("within", trigger.within, language),
            )
        case CreditsReach():
            return phrases.render(
                language,
                "right.trigger.credits-reach",
                credits=refer.block(contract, "credits", trigger.credits, language),
                share=format.percent(trigger.share, language),
                times=format.number(trigger.times, language),
                periods=format.number(trigger.periods, language),
            )
        case CreditsReachCap():
            credits = refer.block(contract, "credits", trigger.credits, language)
            return phrases.render(language, "right.trigger.credits-reach-cap", credits=credits)
        case PointsReach():
            return phrases.render(
                language,
                "right.trigger.points-reach",
                points=refer.block(contract, "points", trigger.points, language),
                number=format.number(trigger.number, language),
                **refer.count("periods", "period-count", trigger.periods, language),
            )


def _misses(contract: Contract, trigger: MissesTimes | MissesInARow, language: Language) -> Marked:
    if trigger.level is None:
        subject = phrases.render(language, "right.subject.any")
    else:
        level = refer.block(contract, "level", trigger.level, language)
        subject = phrases.render(language, "right.subject.level", level=level)
    bar = phrases.render(language, f"right.bar.{trigger.bar}")
    if isinstance(trigger, MissesTimes):
        return phrases.render(
            language,
            "right.trigger.misses-times",
            subject=subject,
            bar=bar,
            times=format.number(trigger.times, language),
            periods=format.number(trigger.periods, language),
        )
    periods = refer.count("periods", "period-count", trigger.periods, language)
    return phrases.render(language, "right.trigger.misses-in-a-row", subject=subject, bar=bar, **periods)


def _bound(bound: Percent | Number | Duration, language: Language) -> dict[str, str]:
    return {
        "bound": format.figure(bound, language),
        "bound_dat": format.figure(bound, language, "dative"),
    }
