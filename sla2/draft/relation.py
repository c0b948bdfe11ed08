"""The clauses of cooperation: trust blocks, legal clauses, languages, open passages, principles, amendments.

In: a frame. Out: blocks of one section each, empty where the contract has nothing to say. It runs under `from_words`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.blocks import Clause, Fact, OpenPassage, Run
from sla2.words import amendments, clauses, format, parties, passages, phrases
from sla2.words.relations import (
    exit_plan_sentence,
    goal_sentence,
    improvement_sentence,
    principle_sentence,
    promise_sentence,
    repeat_sentence,
    review_sentence,
    scorecard_sentence,
    survey_sentence,
    updates_sentence,
)
from sla2.words.sentence import anchor
from sla2.words.texts import exact_text, missing_text, text_in

if TYPE_CHECKING:
    from sla2.contract.passage import Passage
    from sla2.contract.relations import Clause as LegalClause
    from sla2.document.blocks import Block
    from sla2.draft.frame import Frame
    from sla2.words.sentence import Sentence

Blocks = list["Block"]


def trust_section(frame: Frame) -> Blocks:
    """Promises, news, repeated faults, surveys, reviews, goals, improvements, scorecards, exit plans."""
    contract, language = frame.contract, frame.language
    said: list[tuple[str, str, str, Sentence]] = [
        *(("promise", x.name, x.title, promise_sentence(x, contract, language)) for x in contract.promises),
        *(("updates", x.name, x.title, updates_sentence(x, contract, language)) for x in contract.updates),
        *(("zero repeat", x.name, x.title, repeat_sentence(x, contract, language)) for x in contract.repeats),
        *(("survey", x.name, x.title, survey_sentence(x, contract, language)) for x in contract.surveys),
        *(("review", x.name, x.title, review_sentence(x, language)) for x in contract.reviews),
        *(("goal", x.name, x.title, goal_sentence(x, language)) for x in contract.goals),
        *(("improvement", x.name, x.title, improvement_sentence(x, contract, language)) for x in contract.improvements),
        *(("scorecard", x.name, x.title, scorecard_sentence(x, contract, language)) for x in contract.scorecards),
        *(("exit plan", x.name, x.title, exit_plan_sentence(x, contract, language)) for x in contract.exit_plans),
    ]
    for promise in contract.promises:
        frame.found += missing_text(
            f"promise {promise.name}", promise.texts, contract, language, promise.span, legal=False
        )
    for plan in contract.exit_plans:
        frame.found += missing_text(f"exit plan {plan.name}", plan.texts, contract, language, plan.span, legal=False)
    if not said:
        return []
    return [
        frame.heading("trust"),
        *(
            frame.titled(anchor(kind, name), title, sentence, *frame.opened(name))
            for kind, name, title, sentence in said
        ),
    ]


def legal_section(frame: Frame) -> Blocks:
    """The legal clauses, each under its own heading, and which language prevails."""
    found: Blocks = []
    for clause in frame.contract.clauses:
        found += _legal(frame, clause)
    found.append(frame.heading("languages"))
    found.append(frame.clause(2, "languages-prevails", parties.language_sentence(frame.contract, frame.language)))
    return found


def _legal(frame: Frame, clause: LegalClause) -> Blocks:
    contract, language = frame.contract, frame.language
    frame.found += missing_text(f"clause {clause.name}", clause.texts, contract, language, clause.span, legal=True)
    text = exact_text(clause.texts, contract, language)
    said, found = clauses.clause_sentences(text, contract, language, clause.span, "text")
    frame.found += found
    heading = Clause(1, anchor("clause", clause.name), (Run(phrases.clean(clause.title)),))
    return [heading, *frame.paragraphs("clause", clause.name, 2, said)]


def passages_section(frame: Frame) -> Blocks:
    """The rules on open passages, and each passage as a control of its own."""
    if not frame.contract.passages:
        return []
    found: Blocks = [frame.heading("passages")]
    found += frame.paragraphs("passages", "", 2, passages.passage_rules(frame.contract, frame.language))
    found += [_passage(frame, passage) for passage in frame.contract.passages]
    return found


def _passage(frame: Frame, passage: Passage) -> OpenPassage:
    language, state = frame.language, frame.states[passage.name]
    facts = tuple(
        Fact(one.label, frame.inlines(one.value), one.internal)
        for one in passages.passage_facts(frame.contract, passage, state, language)
    )
    lead = frame.inlines(passages.passage_lead(frame.contract, passage, state, language, frame.day))
    return OpenPassage(
        id=anchor("passage", passage.name),
        title=phrases.clean(passage.title),
        lead=(Run(f"{phrases.clean(passage.title)}. ", "strong"), *lead),
        placeholder=passages.passage_placeholder(frame.contract, passage, state, language, frame.day),
        filled=state.state in ("filled", "withdrawn"),
        facts=facts,
        comment=_comment(frame, passage) if frame.audience == "internal" else "",
    )


def _comment(frame: Frame, passage: Passage) -> str:
    """A note in the margin for one's own side: who answers for the passage, and until when."""
    pieces = []
    for side in ("customer", "supplier"):
        owner = passage.owner("customer" if side == "customer" else "supplier")
        if owner is not None:
            pieces.append(f"{frame.word(f'points.owner-{side}')}: {phrases.clean(owner.mailbox.name)}")
    review = frame.states[passage.name].review
    if review is not None:
        pieces.append(f"{frame.word('points.review')}: {format.day(review, frame.language)}")
    return "; ".join(pieces)


def principles_section(frame: Frame) -> Blocks:
    """The principles that decide where a passage is silent."""
    contract, language = frame.contract, frame.language
    if not contract.principles:
        return []
    found: Blocks = [frame.heading("principles")]
    for principle in contract.principles:
        frame.found += missing_text(
            f"principle {principle.name}", principle.texts, contract, language, principle.span, legal=False
        )
        said = principle_sentence(principle, contract, language)
        found.append(frame.titled(anchor("principle", principle.name), principle.title, said))
    return found


def amendments_section(frame: Frame) -> Blocks:
    """What was changed since signature, or is proposed."""
    contract, language = frame.signed, frame.language
    shown = frame.amendments
    if not shown:
        return []
    found: Blocks = [frame.heading("amendments")]
    for amendment in shown:
        if amendment.texts and not text_in(amendment.texts, contract, language):
            frame.found += missing_text(
                f"amendment {amendment.name}", amendment.texts, contract, language, amendment.span, legal=True
            )
        first, *rest = amendments.amendment_sentences(amendment, contract, language)
        found.append(frame.titled(anchor("amendment", amendment.name), amendment.title, first))
        found += frame.paragraphs("amendment", amendment.name, 3, rest)
    return found
