"""Sentences of every construct, in all three languages, against the texts in tests/cases/words.

A case is blocks of a contract, then `--- nl`, `--- en`, `--- de`, each with one line per sentence: `name topic: text`.
A line `# only: target, period` keeps sentences of these topics only; `# today: 2026-06-01` is the day of passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import casefile
import pytest

import contracts
from sla2 import words
from sla2.contract.contract import Contract
from sla2.contract.passage_state import state
from sla2.contract.surroundings import Language
from sla2.contract.versions import as_of
from sla2.words import (
    amendments,
    calendars,
    clauses,
    credits,
    examples,
    obligations,
    parties,
    passages,
    points,
    relations,
    rights,
)
from sla2.words.sentence import Sentence

FOLDER = casefile.CASES / "words"
LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")


@dataclass(frozen=True)
class WordsCase:
    file: Path
    title: str
    blocks: str
    expected: dict[str, str]

    @property
    def only(self) -> tuple[str, ...]:
        found = re.search(r"^# only: (.*)$", self.blocks, re.MULTILINE)
        return tuple(part.strip() for part in found[1].split(",")) if found else ()

    @property
    def today(self) -> date:
        found = re.search(r"^# today: (.*)$", self.blocks, re.MULTILINE)
        return date.fromisoformat(found[1]) if found else date(2026, 2, 1)


def read(path: Path) -> list[WordsCase]:
    _, *parts = re.split(r"^# case: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = []
    for part in parts:
        title, _, rest = part.partition("\n")
        blocks, *texts = re.split(r"^--- (nl|en|de)\n", rest, flags=re.MULTILINE)
        pairs = dict(zip(texts[::2], (text.strip() for text in texts[1::2]), strict=True))
        found.append(WordsCase(path, title.strip(), blocks, pairs))
    return found


def cases() -> list[WordsCase]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read(path)]


def worded(case: WordsCase, language: Language) -> str:
    """The sentences of the blocks of a case, one per line."""
    signed = contracts.contract(case.blocks)
    folded = as_of(signed, case.today)
    own = re.findall(r"^([a-z][a-z ]*?) ([A-Za-z0-9][\w-]*) \"", case.blocks, re.MULTILINE)
    lines = []
    for kind, name in own:
        for sentence in _sentences(kind, name, signed, folded, case.today, language):
            if not case.only or sentence[0] in case.only:
                lines.append(f"{name} {sentence[0]}: {sentence[1]}")
    return "\n".join(lines)


def _sentences(
    kind: str, name: str, signed: Contract, folded: Contract, today: date, language: Language
) -> Iterator[tuple[str, str]]:
    for found in _of(kind, name, signed, folded, language):
        yield found.topic, found.plain
    if kind in ("credits", "bonus"):
        block = next(one for one in (*folded.credits, *folded.bonuses) if one.name == name)
        for result, gives in words.tier_rows(block, language):
            yield "row", f"{result} | {gives}"
    if kind == "points":
        for result, gives in words.point_rows(next(one for one in folded.points if one.name == name), language):
            yield "row", f"{result} | {gives}"
    if kind == "open passage":
        yield from _passage(name, signed, folded, today, language)


def _of(kind: str, name: str, signed: Contract, folded: Contract, language: Language) -> tuple[Sentence, ...]:
    def one(blocks: tuple[object, ...]) -> object:
        return next(block for block in blocks if getattr(block, "name", "") == name)

    match kind:
        case "contract":
            said = parties.party_sentences(folded, language)
            return (*said, *parties.common_sentences(folded, language), parties.language_sentence(folded, language))
        case "level":
            return words.level_sentences(folded, folded.level(name), language)
        case "credits":
            return credits.credits_sentences(folded, one(folded.credits), language)
        case "calendar":
            return calendars.calendar_sentences(folded.calendar(name), language)
        case "service":
            return calendars.service_sentences(folded.service(name), folded, language)
        case "clock stop":
            return (calendars.clock_stop_sentence(folded.clock_stop(name), language),)
        case "exclusion":
            return (calendars.exclusion_sentence(folded.exclusion(name), folded, language),)
        case "obligation":
            return (obligations.obligation_sentence(one(folded.obligations), folded, language),)
        case "amendment":
            return amendments.amendment_sentences(one(signed.amendments), signed, language)
        case "example":
            return examples.example_sentences(one(folded.examples), folded, language)
        case "clause":
            clause = one(folded.clauses)
            text = dict(clause.texts)[language]
            said, found = clauses.clause_sentences(text, folded, language, clause.span, "text")
            assert found == ()
            return said
        case "updates":
            return (relations.updates_sentence(one(folded.updates), folded, language),)
        case "zero repeat":
            return (relations.repeat_sentence(one(folded.repeats), folded, language),)
        case "impact":
            return (relations.impact_sentence(one(folded.impacts), folded, language),)
        case "promise":
            return (relations.promise_sentence(one(folded.promises), folded, language),)
        case "survey":
            return (relations.survey_sentence(one(folded.surveys), folded, language),)
        case "review":
            return (relations.review_sentence(one(folded.reviews), language),)
        case "goal":
            return (relations.goal_sentence(one(folded.goals), language),)
        case "improvement":
            return (relations.improvement_sentence(one(folded.improvements), folded, language),)
        case "scorecard":
            return (relations.scorecard_sentence(one(folded.scorecards), folded, language),)
        case "exit plan":
            return (relations.exit_plan_sentence(one(folded.exit_plans), folded, language),)
        case "bonus":
            return credits.credits_sentences(folded, one(folded.bonuses), language)
        case "points":
            return points.points_sentences(folded, one(folded.points), language)
        case "pool":
            return points.pool_sentences(folded, one(folded.pools), language)
        case "termination":
            return rights.right_sentences(folded, one(folded.terminations), language)
        case "principle":
            return (relations.principle_sentence(one(folded.principles), folded, language),)
    return ()


def _passage(
    name: str, signed: Contract, folded: Contract, today: date, language: Language
) -> Iterator[tuple[str, str]]:
    passage = folded.passage(name)
    now = state(signed, signed.passage(name), today, None)
    yield "lead", passages.passage_lead(folded, passage, now, language, today).plain
    yield "placeholder", passages.passage_placeholder(folded, passage, now, language, today)
    for fact in passages.passage_facts(folded, passage, now, language):
        yield ("internal" if fact.internal else "fact"), f"{fact.label} | {fact.value.plain}"


CASES = [
    pytest.param(case, language, id=f"{case.file.stem}: {case.title[:40]} {language}")
    for case in cases()
    for language in LANGUAGES
]


@pytest.mark.parametrize(("case", "language"), CASES)
def test_words(case: WordsCase, language: Language) -> None:
    assert worded(case, language) == case.expected[language]


def test_there_are_cases() -> None:
    assert len(CASES) > 30
