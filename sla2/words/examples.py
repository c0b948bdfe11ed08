"""Worked examples in words: what is given, and what both sides expect of it.

In: an example of a contract. Out: two sentences. `sla2 test` computes it; here it is only said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.example import (
    ExpectCount,
    ExpectCredit,
    ExpectFigure,
    ExpectPoints,
    ExpectShare,
    ExpectVerdict,
    GivenCases,
    GivenFee,
    GivenFigure,
    GivenOutage,
    GivenShare,
    GivenTicket,
)
from sla2.words import format, phrases, refer

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.example import Example, Expect, Given, PriorityFrom, Reopened
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked
    from sla2.words.sentence import Sentence


def example_sentences(example: Example, contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """What is given, and what follows."""
    given = "; ".join(_given(one, contract, language) for one in example.given)
    expect = "; ".join(_expect(one, contract, language) for one in example.expect)
    return (
        phrases.say(language, "annex.example.given", topic="given", items=phrases.Marked(given)),
        phrases.say(language, "annex.example.expect", topic="expect", items=phrases.Marked(expect)),
    )


def _given(given: Given, contract: Contract, language: Language) -> Marked:
    match given:
        case GivenTicket():
            stretches = [
                phrases.render(
                    language,
                    "annex.given.stretch",
                    start=format.stamp(one.start, language),
                    end=format.stamp(one.end, language),
                )
                for one in given.pending
            ]
            return phrases.render(
                language,
                "annex.given.ticket",
                priority=given.priority,
                opened=format.stamp(given.opened, language),
                changes=format.listing([_change(one, language) for one in given.changes], language),
                pending=format.listing(stretches, language),
                responded=format.stamp(given.responded, language) if given.responded else "",
                resolved=format.stamp(given.resolved, language) if given.resolved else "",
                reopened=format.listing([_reopened(one, language) for one in given.reopened], language),
            )
        case GivenOutage():
            return phrases.render(
                language,
                "annex.given.outage",
                unit=format.quoted(given.unit, language),
                start=format.stamp(given.stretch.start, language),
                end=format.stamp(given.stretch.end, language),
                cause=format.quoted(given.cause, language) if given.cause else "",
            )
        case GivenShare():
            level = refer.block(contract, "level", given.level, language)
            percent, month = format.percent(given.percent, language), format.month(given.month, language)
            return phrases.render(language, "annex.given.share", level=level, percent=percent, month=month)
        case GivenFigure():
            level = refer.block(contract, "level", given.level, language)
            figure, month = format.figure(given.figure, language), format.month(given.month, language)
            return phrases.render(language, "annex.given.share", level=level, percent=figure, month=month)
        case GivenCases():
            return phrases.render(
                language,
                "annex.given.cases",
                level=refer.block(contract, "level", given.level, language),
                cases=format.number(given.cases, language),
                missed=format.number(given.missed, language),
                month=format.month(given.month, language),
            )
        case GivenFee():
            return phrases.render(
                language,
                "annex.given.fee",
                fee=format.quoted(given.fee, language),
                money=format.money(given.money, language),
                month=format.month(given.month, language),
            )


def _expect(expect: Expect, contract: Contract, language: Language) -> Marked:
    match expect:
        case ExpectCredit():
            money = format.money(expect.money, language)
            key = "bonus" if expect.bonus else "credit"
            return phrases.render(language, f"annex.expect.{key}", money=money, month=_month(expect.month, language))
        case ExpectVerdict():
            judged = expect.outcome in ("met", "missed")
            return phrases.render(
                language,
                f"annex.expect.{'verdict' if judged else 'verdict-silent'}",
                level=refer.block(contract, "level", expect.level, language),
                outcome=phrases.render(language, f"measured.verdict.{expect.outcome.replace(' ', '-')}"),
                month=_month(expect.month, language),
            )
        case ExpectCount():
            return phrases.render(
                language,
                "annex.expect.count",
                level=refer.block(contract, "level", expect.level, language),
                outcome=phrases.render(language, f"measured.outcome.{expect.outcome}"),
                counts=format.duration_marked(expect.counts, language),
            )
        case ExpectShare():
            level = refer.block(contract, "level", expect.level, language)
            percent, month = format.percent(expect.percent, language), _month(expect.month, language)
            return phrases.render(language, "annex.expect.share", level=level, percent=percent, month=month)
        case ExpectFigure():
            level = refer.block(contract, "level", expect.level, language)
            figure, month = format.figure(expect.figure, language), _month(expect.month, language)
            return phrases.render(language, "annex.expect.share", level=level, percent=figure, month=month)
        case ExpectPoints():
            points = format.listing([format.number(one, language) for one in expect.points], language)
            return phrases.render(language, "annex.expect.points", points=points)


def _change(change: PriorityFrom, language: Language) -> Marked:
    since = format.stamp(change.since, language)
    return phrases.render(language, "annex.given.change", priority=change.priority, since=since)


def _reopened(again: Reopened, language: Language) -> Marked:
    resolved = format.stamp(again.resolved, language) if again.resolved is not None else ""
    return phrases.render(language, "annex.given.reopened", at=format.stamp(again.at, language), resolved=resolved)


def _month(month: date | None, language: Language) -> str:
    return format.month(month, language) if month is not None else ""
