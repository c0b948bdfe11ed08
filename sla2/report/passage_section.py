"""Open passages: the question, the interim rule, what both sides expect, the state, the review and the way out.

In: a frame. Out: blocks. It runs after the money. What each option would have given stands
beside the terms that applied where the frame has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.passage_state import states
from sla2.document.blocks import Fact, Facts, Heading, Link, Paragraph, runs
from sla2.report.clauses import filling_words
from sla2.report.frame import place
from sla2.report.option_table import option_blocks
from sla2.words import format as wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.document.blocks import Block, Inlines
    from sla2.report.frame import Frame


def passage_section(frame: Frame) -> tuple[Block, ...]:
    """All passages of the contract with their state on the day of the report."""
    blocks: list[Block] = [Heading(1, runs(frame.say("passage.title")), id="passages")]
    if not frame.contract.passages:
        return (*blocks, Paragraph(runs(frame.say("passage.none"))))
    blocks.append(Paragraph(runs(frame.say("passage.intro"))))
    for passage, state in zip(frame.contract.passages, states(frame.contract, frame.today), strict=True):
        blocks.append(Heading(2, runs(passage.title), id=passage.name))
        facts = tuple(Fact(frame.say(f"passage.{key}"), value) for key, value in _facts(frame, passage, state) if value)
        blocks.append(Facts(facts))
        if state.state not in ("filled", "withdrawn"):
            blocks.extend(option_blocks(frame, passage))
    return tuple(blocks)


def _facts(frame: Frame, passage: Passage, state: PassageState) -> Iterator[tuple[str, Inlines]]:
    yield "state", runs(_state(frame, state))
    yield "question", runs(passage.learn or "")
    yield "because", runs(passage.because or "")
    if passage.interim is not None:
        words = filling_words(frame, passage.interim)
        yield "interim", (*runs(f"{words} "), *runs(place(passage.interim.span), "code"))
    if state.filling is not None:
        yield "in_force", runs(filling_words(frame, state.filling))
    yield "expects_customer", runs(passage.expects_customer or "")
    yield "expects_supplier", runs(passage.expects_supplier or "")
    options = [
        frame.say("passage.option", name=_named(frame, one.name), words=filling_words(frame, one.filling))
        for one in passage.options
    ]
    yield "options", runs("; ".join(options))
    yield "review", runs(_review(frame, state))
    yield "fallback", runs(_fallback(frame, passage))
    owners = [
        frame.say("passage.fact", label=frame.say(f"head.{one.side}"), value=one.mailbox.name) for one in passage.owners
    ]
    yield "owner", runs("; ".join(owners))
    level = next((one for one in frame.contract.levels if one.name == passage.observe), None)
    yield "level", (Link(level.title, f"#{level.name}"),) if level else ()


def _state(frame: Frame, state: PassageState) -> str:
    word = frame.say(f"passage.state_{state.state.replace(' ', '_')}")
    if state.amendment is None:
        return word
    if state.state in ("filled", "withdrawn") and state.effective is not None:
        day = frame.day(state.effective)
        return frame.say("passage.by_amendment", state=word, amendment=state.amendment, day=day)
    return f"{word}; {frame.say('passage.proposal', amendment=state.amendment)}"


def _review(frame: Frame, state: PassageState) -> str:
    if state.review is None or state.days_to_review is None or state.state in ("filled", "withdrawn"):
        return ""
    day = frame.day(state.review)
    days = state.days_to_review
    if days == 0:
        text = frame.say("passage.days_today", day=day)
    else:
        text = frame.count("passage.days_left" if days > 0 else "passage.days_past", abs(days), day=day)
    if state.moves and state.first_review is not None:
        moved = frame.say("passage.moved", first=frame.day(state.first_review))
        text = f"{text} ({moved})"
    return text


def _named(frame: Frame, option: str) -> str:
    """The name of an option, as written in the contract, in quotes."""
    return wording.quoted(option, frame.language)


def _fallback(frame: Frame, passage: Passage) -> str:
    fallback = passage.fallback
    if fallback is None:
        return ""
    day = frame.day(fallback.since)
    if fallback.option is not None:
        option = next((one for one in passage.options if one.name == fallback.option), None)
        named = _named(frame, fallback.option)
        words = f"{named} ({filling_words(frame, option.filling)})" if option else named
        return frame.say("passage.fallback_option", day=day, option=words)
    if fallback.text is not None:
        return frame.say("passage.fallback_text", day=day, text=fallback.text)
    return frame.say("passage.fallback_stays", day=day)
