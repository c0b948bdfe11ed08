"""Promises, news, repeated faults, impact, surveys, reviews, goals, scorecards, exit plans and principles in words.

In: the trust blocks of a contract. Out: one paragraph per block. Questions of a survey and texts of promises are the
contract's own and are printed as written. How they are scored is the business of `trust`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from sla2.contract.quantity import Duration
from sla2.words import format, phrases, refer, targets, tickets
from sla2.words.obligations import checked_words
from sla2.words.phrases import Marked
from sla2.words.texts import text_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.contract.contract import Contract
    from sla2.contract.level import BoundTarget, OpenTarget
    from sla2.contract.quantity import Percent, Unit
    from sla2.contract.relations import (
        Answer,
        ExitPlan,
        Goal,
        Impact,
        ImpactFloor,
        Improvement,
        Principle,
        Promise,
        Review,
        Scorecard,
        Survey,
        SurveyItem,
        Updates,
        ZeroRepeat,
    )
    from sla2.contract.surroundings import Language, Role
    from sla2.words.sentence import Sentence

_SAME = ("service", "cause", "category", "component", "user", "location")
_LENGTH = re.compile(r"([1-9]\d{0,3}) (working day|day|week|month|year)s?")
_EVERY = ("day", "week", "month", "quarter", "half-year", "year", "contract-year")


def promise_sentence(promise: Promise, contract: Contract, language: Language) -> Sentence:
    """What is promised by whom, how often it must be kept, and how it is shown."""
    text = text_in(promise.texts, contract, language)
    key = "both" if promise.by == "both" else "by"
    by = refer.side("by", promise.by, language)
    pieces = [phrases.render(language, f"relation.promise.{key}", text=text, **by)]
    if promise.target is not None:
        target = format.percent(promise.target, language)
        pieces.append(phrases.render(language, "relation.promise.target", target=target))
    pieces += _bar(promise.bar, contract, language)
    if promise.confidence is not None:
        confidence = format.percent(promise.confidence, language)
        pieces.append(phrases.render(language, "relation.promise.confidence", confidence=confidence))
    if promise.checked_by is not None:
        pieces.append(checked_words(promise.checked_by, contract, language, "relation.promise"))
    return phrases.parse(phrases.together(*pieces), promise.name)


def _bar(bar: BoundTarget | OpenTarget | None, contract: Contract, language: Language) -> list[Marked]:
    """A target other than at least so many percent, or one that is left open."""
    if bar is None:
        return []
    return [phrases.render(language, "relation.shown.bar", words=targets.target_marked(bar, contract, language))]


def _shown(
    bar: BoundTarget | OpenTarget | None, confidence: Percent | None, contract: Contract, language: Language
) -> list[Marked]:
    """The bar of a block of trust, and how sure its keeping must be."""
    found = _bar(bar, contract, language)
    if confidence is not None:
        percent = format.percent(confidence, language)
        found.append(phrases.render(language, "relation.shown.confidence", confidence=percent))
    return found


def updates_sentence(updates: Updates, contract: Contract, language: Language) -> Sentence:
    """Who sends news during incidents, how soon and how often."""
    which = tickets.which(contract, updates.when, language) if updates.when is not None else ""
    by = refer.side("by", updates.by, language)
    pieces = [phrases.render(language, "relation.updates.by", which=which, **by)]
    if updates.first_within is not None:
        first = refer.span("first", updates.first_within, language)
        pieces.append(phrases.render(language, "relation.updates.first", **first))
    if updates.then_every is not None:
        every = refer.span("every", updates.then_every, language)
        pieces.append(phrases.render(language, "relation.updates.every", **every))
    if updates.target is not None:
        target = format.percent(updates.target, language)
        pieces.append(phrases.render(language, "relation.updates.target", target=target))
    pieces += _shown(updates.bar, updates.confidence, contract, language)
    return phrases.parse(phrases.together(*pieces), updates.name)


def repeat_sentence(repeat: ZeroRepeat, contract: Contract, language: Language) -> Sentence:
    """When an incident counts as a repetition, and how few may be."""
    same = [phrases.render(language, f"relation.repeat.same.{one}") if one in _SAME else one for one in repeat.same]
    within = refer.span("within", repeat.within, language) if repeat.within else {"within": "", "within_dat": ""}
    pieces = [
        phrases.render(
            language,
            "relation.repeat.what",
            same=format.listing(same, language),
            **within,
        )
    ]
    if repeat.target is not None:
        target = format.percent(repeat.target, language)
        pieces.append(phrases.render(language, "relation.repeat.target", target=target))
    pieces += _shown(repeat.bar, repeat.confidence, contract, language)
    return phrases.parse(phrases.together(*pieces), repeat.name)


def impact_sentence(impact: Impact, contract: Contract, language: Language) -> Sentence:
    """How many hindered make which priority, whose word stands, and until when."""
    unit = impact.floors[0].unit if impact.floors else "users"
    named = phrases.render(language, "relation.impact.users") if unit == "users" else format.quoted(unit, language)
    rows = "; ".join(_floor(floor, language) for floor in impact.floors)
    pieces = [
        phrases.render(language, "relation.impact.head", unit=named, rows=rows),
        phrases.render(language, "relation.impact.order"),
    ]
    if impact.stated_by is not None:
        by = refer.side("by", impact.stated_by, language)
        pieces.append(phrases.render(language, "relation.impact.stated", **by))
    if impact.correct_within is not None:
        within = refer.span("within", impact.correct_within, language)
        pieces.append(phrases.render(language, "relation.impact.correct", **within))
    if impact.prevails_over is not None:
        over = _prevailed(contract, impact.prevails_over, language)
        pieces.append(phrases.render(language, "relation.impact.prevails", over=over))
    return phrases.parse(phrases.together(*pieces), impact.name)


def _prevailed(contract: Contract, name: str, language: Language) -> Marked:
    """What the number of users prevails over: the matrices of the contract, by their titles."""
    if name != "priorities":
        return refer.any_block(contract, name, language)
    if not contract.priorities:
        return phrases.render(language, "relation.impact.matrix")
    return refer.blocks(contract, "priorities", [matrix.name for matrix in contract.priorities], language)


def _floor(floor: ImpactFloor, language: Language) -> Marked:
    key = "below" if floor.below else "from"
    number = format.number(floor.number, language)
    return phrases.render(language, f"relation.impact.{key}", n=number, priority=floor.priority)


def survey_sentence(survey: Survey, contract: Contract, language: Language) -> Sentence:
    """Who is asked what, on which scale, and what is shown."""
    asks = sides(survey.asks, language, "dat")
    if survey.every is not None:
        every = every_words(survey.every, language)
        pieces = [phrases.render(language, "relation.survey.head", every=every, asks=asks)]
    else:
        pieces = [phrases.render(language, "relation.survey.head-once", asks=asks)]
    if survey.items:
        items = Marked("; ".join(_item(item, language) for item in survey.items))
        pieces.append(phrases.render(language, "relation.survey.items", items=items))
    if survey.scale_low is not None and survey.scale_high is not None and survey.satisfied_from is not None:
        scale = {"low": survey.scale_low, "high": survey.scale_high, "satisfied": survey.satisfied_from}
        pieces.append(phrases.render(language, "relation.survey.scale", **scale))
    if survey.show_from is not None:
        pieces.append(phrases.render(language, "relation.survey.show", n=survey.show_from))
    if survey.target is not None:
        target = format.percent(survey.target, language)
        pieces.append(phrases.render(language, "relation.survey.target", target=target))
    pieces += _shown(survey.bar, survey.confidence, contract, language)
    return phrases.parse(phrases.together(*pieces), survey.name)


def _item(item: SurveyItem, language: Language) -> Marked:
    question = format.quoted(item.question, language)
    return phrases.render(
        language, "relation.survey.item", question=question, topic=format.quoted(item.topic, language)
    )


def sides(roles: Iterable[Role], language: Language, case: str = "nom") -> Marked:
    """The sides as a list: the customer and the supplier."""
    form = "nom" if language == "de" and case == "dat" else case
    return format.listing([phrases.render(language, f"unit.side.{role}.{form}") for role in roles], language)


def every_words(every: str, language: Language) -> str:
    """How often something recurs."""
    key = every.replace(" ", "-")
    if key in _EVERY:
        return phrases.render(language, f"relation.every.{key}")
    length = _LENGTH.fullmatch(every)
    if length is None:
        return phrases.clean(every)
    return _recurring(Duration(value=Decimal(length[1]), unit=cast("Unit", length[2])), language)


def _recurring(length: Duration, language: Language) -> Marked:
    """Every year, every 2 years."""
    if length.value == 1 and length.unit in _EVERY:
        return phrases.render(language, f"relation.every.{length.unit}")
    return phrases.render(language, "relation.every.length", length=format.duration_marked(length, language))


def review_sentence(review: Review, language: Language) -> Sentence:
    """How often the parties meet, who is present, and where actions are kept."""
    if review.every is not None:
        every = every_words(review.every, language)
        pieces = [phrases.render(language, "relation.review.head", every=every)]
    else:
        pieces = [phrases.render(language, "relation.review.head-plain")]
    if review.present:
        pieces.append(phrases.render(language, "relation.review.present", present=sides(review.present, language)))
    if review.actions_in is not None:
        pieces.append(phrases.render(language, "relation.review.actions"))
    return phrases.parse(phrases.together(*pieces), review.name)


def goal_sentence(goal: Goal, language: Language) -> Sentence:
    """A figure that one side wants to reach by a day."""
    return phrases.say(
        language,
        "relation.goal.head",
        topic=goal.name,
        figure=format.quoted(goal.figure, language),
        start=format.figure(goal.start, language),
        goal=format.figure(goal.goal, language),
        day=format.day(goal.by, language),
        **refer.side("of", goal.of, language),
    )


def improvement_sentence(improvement: Improvement, contract: Contract, language: Language) -> Sentence:
    """A result that is to rise or fall, and when that counts as shown."""
    return phrases.say(
        language,
        f"relation.improvement.{improvement.direction}",
        topic=improvement.name,
        level=refer.any_block(contract, improvement.of, language),
        n=format.number(improvement.over_periods, language) if improvement.over_periods else "",
        shown=format.percent(improvement.shown_at, language) if improvement.shown_at else "",
    )


def principle_sentence(principle: Principle, contract: Contract, language: Language) -> Sentence:
    """A guiding principle, as written."""
    text = text_in(principle.texts, contract, language)
    return phrases.say(language, "relation.principle.head", topic=principle.name, text=text)


def scorecard_sentence(scorecard: Scorecard, contract: Contract, language: Language) -> Sentence:
    """By which model the parties score their cooperation, what they answered, and the next step."""
    model = format.quoted(scorecard.model, language)
    pieces = [phrases.render(language, "relation.scorecard.head", model=model)]
    if scorecard.answers:
        listed = Marked("; ".join(_answer(answer, contract, language) for answer in scorecard.answers))
        pieces.append(phrases.render(language, "relation.scorecard.answers", list=listed))
    if scorecard.next_step is not None:
        text = format.quoted(scorecard.next_step, language)
        pieces.append(phrases.render(language, "relation.scorecard.next-step", text=text))
    return phrases.parse(phrases.together(*pieces), scorecard.name)


def _answer(answer: Answer, contract: Contract, language: Language) -> Marked:
    what = format.quoted(answer.what, language)
    if answer.number is not None:
        n = format.number(answer.number, language)
        return phrases.render(language, "relation.scorecard.number", what=what, n=n)
    if answer.source is not None:
        source = _source(answer.source, contract, language)
        return phrases.render(language, "relation.scorecard.source", what=what, source=source)
    text = format.quoted(answer.text or "", language)
    return phrases.render(language, "relation.scorecard.text", what=what, text=text)


def _source(source: str, contract: Contract, language: Language) -> str:
    """The survey, and its statement, that an answer is read from: `pulse.recommend`."""
    name, _, item = source.partition(".")
    survey = next((found for found in contract.surveys if found.name == name), None)
    question = next((found.question for found in survey.items if found.name == item), None) if survey else None
    if question is None:
        return format.quoted(source, language)
    named = refer.block(contract, "survey", name, language)
    return phrases.render(
        language, "relation.scorecard.statement", survey=named, text=format.quoted(question, language)
    )


def exit_plan_sentence(plan: ExitPlan, contract: Contract, language: Language) -> Sentence:
    """How the parties would part: the clause, how often the plan is tried, and what was learnt before."""
    pieces = [phrases.render(language, "relation.exit-plan.head")]
    text = text_in(plan.texts, contract, language)
    if text:
        pieces.append(Marked(phrases.clean(text)))
    if plan.clause is not None:
        clause = refer.block(contract, "clause", plan.clause, language)
        pieces.append(phrases.render(language, "relation.exit-plan.clause", clause=clause))
    if plan.tested_every is not None:
        every = _recurring(plan.tested_every, language)
        pieces.append(phrases.render(language, "relation.exit-plan.tested", every=every))
    if plan.lessons is not None:
        lessons = format.quoted(plan.lessons, language)
        pieces.append(phrases.render(language, "relation.exit-plan.lessons", text=lessons))
    return phrases.parse(phrases.together(*pieces), plan.name)
