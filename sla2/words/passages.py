"""Open passages in words: what is left open, why, what applies meanwhile, and how it ends.

In: a passage, its state on a day (`passage_state.state`), the contract as signed. Out: the lead, the text of its
control in a draft, and labelled values. It runs for drafts, reports and reminders. Titles and what the sides wrote
(because, expects, learn) are printed as written, between quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.contract.passage import Fill
from sla2.contract.versions import agreed, filling_of
from sla2.words import format, phrases, refer, settings, tickets
from sla2.words.phrases import Marked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Filling, Guard, Passage
    from sla2.contract.passage_state import PassageState, State
    from sla2.contract.surroundings import Language, Mailbox
    from sla2.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with its label; `internal` values are not for the counterparty."""

    label: str
    value: Sentence
    internal: bool = False


def state_words(state: State, language: Language) -> str:
    """The state of a passage as a word: open, due, overdue, filled …"""
    return phrases.plain(phrases.render(language, f"passage.state.{state.replace(' ', '-')}"))


def passage_concerns(contract: Contract, passage: Passage, language: Language) -> Marked:
    """The line that the passage leaves open, as marked text."""
    concern = passage.concerns
    if concern is None or concern.block is None:
        return phrases.render(language, "passage.concerns.words")
    return line_words(contract, concern.block, concern.line, concern.per, language)


def line_words(contract: Contract, block: str, line: str | None, per: str | None, language: Language) -> Marked:
    """A line of a block in words: the target of the service level …"""
    kinds = refer.kinds_of(contract, block)
    if line == "text":
        named = refer.any_block(contract, block, language)
        return phrases.render(language, "passage.concerns.text", block=named)
    kind = next((found for found in kinds if found in ("level", "credits", "bonus", "service")), None)
    if kind is None:
        return _other_line(contract, block, line or "", language)
    named = refer.block(contract, kind, block, language)
    if kind == "bonus":
        return _other_line(contract, block, line or "tiers", language)
    if line in (None, "tiers"):
        return phrases.render(language, "passage.concerns.tiers", block=named)
    if line == "cap":
        key = "cap" if per else "cap-any"
        words = phrases.render(language, f"credits.cap.per.{per.replace(' ', '-')}") if per else ""
        return phrases.render(language, f"passage.concerns.{key}", block=named, per=words)
    if kind == "service" and line == "hours":
        return phrases.render(language, "passage.concerns.service-hours", block=named)
    key = line.replace(" ", "-")
    if kind != "level" or key not in ("target", "minimum", "expected", "hours", "down-when"):
        return _other_line(contract, block, line, language)
    return phrases.render(language, f"passage.concerns.{key}", block=named)


def _other_line(contract: Contract, block: str, line: str, language: Language) -> Marked:
    if line == "fee":
        return phrases.render(language, "passage.concerns.fee", fee=format.quoted(block, language))
    label = settings.line_label(line, language)
    if block == contract.name:
        return phrases.render(language, "passage.concerns.head", line=label)
    named = refer.any_block(contract, block, language)
    return phrases.render(language, "passage.concerns.line", line=label, block=named)


@dataclass(frozen=True, slots=True)
class _Settled:
    """The amendment whose filling is in force, what it fills in, and from when."""

    amendment: str
    filling: Filling
    effective: date


def _settled(contract: Contract, passage: Passage, today: date) -> _Settled | None:
    """The filling in force on `today`: that of the latest amendment effective by then, else of the first to come."""
    found = [
        _Settled(amendment.name, filling, amendment.effective)
        for amendment in contract.amendments
        for verb in amendment.verbs
        if isinstance(verb, Fill)
        and verb.passage == passage.name
        and (filling := filling_of(passage, verb)) is not None
        and amendment.effective is not None
        and (day := agreed(amendment)) is not None
        and day <= today
    ]
    found.sort(key=lambda one: one.effective)
    past = [one for one in found if one.effective <= today]
    return past[-1] if past else next(iter(found), None)


def passage_lead(
    contract: Contract, passage: Passage, state: PassageState, language: Language, today: date
) -> Sentence:
    """The opening sentences: what is left open or how it was settled, the reason, what each side expects."""
    concerns = passage_concerns(contract, passage, language)
    pieces = [_lead(contract, passage, state, concerns, language, today)]
    for key, text in (
        ("because", passage.because),
        ("expects-customer", passage.expects_customer),
        ("expects-supplier", passage.expects_supplier),
    ):
        if text is not None:
            pieces.append(phrases.render(language, f"passage.lead.{key}", text=format.quoted(text, language)))
    return phrases.parse(phrases.together(*pieces), "lead")


def _lead(
    contract: Contract, passage: Passage, state: PassageState, concerns: str, language: Language, today: date
) -> Marked:
    amendment = refer.block(contract, "amendment", state.amendment, language) if state.amendment else ""
    settled = _settled(contract, passage, today)
    if state.state == "filled" and settled is not None:
        amendment = refer.block(contract, "amendment", settled.amendment, language)
        day = format.day(settled.effective, language)
        return phrases.render(language, "passage.lead.filled", amendment=amendment, day=day, concerns=concerns)
    if state.state == "withdrawn":
        return phrases.render(language, "passage.lead.withdrawn", amendment=amendment, concerns=concerns)
    if state.state == "fallback in force" and passage.fallback is not None:
        day = format.day(passage.fallback.since, language)
        return phrases.render(language, "passage.lead.fallback", day=day, concerns=concerns)
    return phrases.render(language, "passage.lead.open", concerns=concerns)


def passage_placeholder(
    contract: Contract, passage: Passage, state: PassageState, language: Language, today: date
) -> str:
    """The text in the control of a draft: what is to be agreed, or what was agreed."""
    interim = settings.filling_marked(passage.interim, contract, language) if passage.interim else ""
    settled = _settled(contract, passage, today)
    if state.state == "filled" and settled is not None:
        filling = settings.filling_marked(settled.filling, contract, language)
        day = format.day(settled.effective, language)
        text = phrases.render(
            language, "passage.placeholder.filled", filling=filling, amendment=settled.amendment, day=day
        )
    elif state.state == "withdrawn" and interim:
        text = phrases.render(
            language, "passage.placeholder.withdrawn", filling=interim, amendment=state.amendment or ""
        )
    elif state.state == "fallback in force" and passage.fallback is not None:
        filling = _fallback_filling(contract, passage, language) or Marked(interim)
        day = format.day(passage.fallback.since, language)
        text = phrases.render(language, "passage.placeholder.fallback", filling=filling, day=day)
    else:
        review = format.day(state.review, language) if state.review else ""
        concerns = passage_concerns(contract, passage, language)
        text = phrases.render(language, "passage.placeholder.open", review=review, concerns=concerns, interim=interim)
    return phrases.parse(text).plain


def _fallback_filling(contract: Contract, passage: Passage, language: Language) -> Marked | None:
    fallback = passage.fallback
    if fallback is None:
        return None
    if fallback.text is not None:
        return Marked(format.quoted(fallback.text, language))
    option = next((found for found in passage.options if found.name == fallback.option), None)
    return settings.filling_marked(option.filling, contract, language) if option else None


def passage_facts(
    contract: Contract, passage: Passage, state: PassageState, language: Language
) -> tuple[Labelled, ...]:
    """The labelled values of a passage in the order of a draft; owners, reminders and escalation are internal."""
    return tuple(
        Labelled(phrases.plain(label), phrases.parse(value), internal)
        for label, value, internal in _facts(contract, passage, state, language)
        if value
    )


def _facts(
    contract: Contract, passage: Passage, state: PassageState, language: Language
) -> Iterator[tuple[Marked, str, bool]]:
    def label(key: str) -> Marked:
        return phrases.render(language, f"passage.fact.{key}")

    yield label("state"), state_words(state.state, language), False
    if passage.learn:
        yield label("learn"), format.quoted(passage.learn, language), False
    if passage.interim:
        yield label("interim"), settings.filling_marked(passage.interim, contract, language), False
    for option in passage.options:
        name = phrases.render(language, "passage.fact.option", name=format.quoted(option.name, language))
        yield name, settings.filling_marked(option.filling, contract, language), False
    if state.state in ("filled", "withdrawn"):
        return
    if passage.guard:
        yield label("guard"), guard_words(passage.guard, language), False
    yield label("observe"), _observe(contract, passage, language), False
    if passage.opened:
        yield label("opened"), format.day(passage.opened, language), False
    yield label("review"), _review(contract, state, language), False
    yield label("fallback"), fallback_words(contract, passage, language), False
    if passage.principle:
        yield label("principle"), refer.block(contract, "principle", passage.principle, language), False
    for side in ("customer", "supplier"):
        owner = passage.owner(side)
        if owner is not None:
            yield label(f"owner-{side}"), _mailbox(owner.mailbox), True
    if passage.consulted:
        yield label("consulted"), format.listing(passage.consulted, language), True
    yield label("remind"), _remind(passage, language), True
    if passage.escalate:
        after = refer.span("after", passage.escalate.after, language)
        to = _mailbox(passage.escalate.mailbox)
        yield label("escalate"), phrases.render(language, "passage.value.escalate", to=to, **after), True


def _mailbox(mailbox: Mailbox) -> str:
    return f"{mailbox.name} <{mailbox.address}>"


def _observe(contract: Contract, passage: Passage, language: Language) -> str:
    if passage.observe is None:
        return ""
    level: str = refer.any_block(contract, passage.observe, language)
    if passage.observe_when is not None:
        which = tickets.which(contract, passage.observe_when, language)
        level = phrases.render(language, "passage.value.observe-when", observed=level, which=which)
    if passage.opened is None:
        return phrases.render(language, "passage.value.observe-undated", level=level)
    return phrases.render(language, "passage.value.observe", level=level, day=format.day(passage.opened, language))


def _review(contract: Contract, state: PassageState, language: Language) -> str:
    if state.review is None:
        return ""
    if not state.moves:
        return format.day(state.review, language)
    first = format.day(state.first_review, language) + ", " if state.first_review else ""
    moved = [
        phrases.render(
            language,
            "passage.value.moved",
            day=format.day(move.to, language),
            amendment=refer.block(contract, "amendment", move.amendment, language),
            because=format.quoted(move.because, language),
        )
        for move in state.moves
    ]
    return Marked(first + "; ".join(moved))


def fallback_words(contract: Contract, passage: Passage, language: Language) -> Marked:
    """What happens if the passage is not filled."""
    fallback = passage.fallback
    if fallback is None:
        return phrases.render(language, "passage.value.fallback-none")
    day = format.day(fallback.since, language)
    if fallback.text is not None:
        return phrases.render(
            language, "passage.value.fallback-text", day=day, text=format.quoted(fallback.text, language)
        )
    if fallback.option is None:
        return phrases.render(language, "passage.value.fallback-stays", day=day)
    filling = _fallback_filling(contract, passage, language) or ""
    option = format.quoted(fallback.option, language)
    return phrases.render(language, "passage.value.fallback-option", day=day, option=option, filling=filling)


def guard_words(guard: Guard, language: Language) -> Marked:
    """The bounds outside which no value may be proposed."""
    low = high = ""
    if guard.low_duration is not None:
        low = format.duration_marked(guard.low_duration, language)
    elif guard.low_money is not None:
        low = format.money(guard.low_money, language)
    elif guard.low_percent is not None:
        low = format.percent(guard.low_percent, language)
    if guard.high_duration is not None:
        high = format.duration_marked(guard.high_duration, language)
    elif guard.high_money is not None:
        high = format.money(guard.high_money, language)
    elif guard.high_percent is not None:
        high = format.percent(guard.high_percent, language)
    key = "guard" if low and high else "guard-low" if low else "guard-high"
    return phrases.render(language, f"passage.value.{key}", low=low, high=high)


def _remind(passage: Passage, language: Language) -> str:
    rule = passage.remind
    if rule is None:
        return ""
    before = [format.duration_marked(length, language) for length in rule.before]
    text = phrases.render(language, "passage.value.before", list=format.listing(before, language)) if before else ""
    if rule.then_every is None:
        return text
    every = phrases.render(
        language, "passage.value.then-every", every=format.duration_marked(rule.then_every, language)
    )
    return Marked(text + every)


def passage_rules(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """The general rules on open passages that a draft prints before them."""
    keys = ["interim", "filling", "fallback"]
    if any(passage.guard for passage in contract.passages):
        keys.append("guard")
    return tuple(phrases.say(language, f"passage.rule.{key}", topic=f"rule-{key}") for key in keys)
