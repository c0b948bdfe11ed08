"""Amendments in words: who agreed when, and what changes.

In: an amendment of a contract as signed. Out: its sentences. Which terms it leaves in force is the business of
`contract/versions`; its own text is printed as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.passage import Add, Change, Fill, Move, Remove, Reopen, TargetTerm, Withdraw
from sla2.contract.versions import filling_of
from sla2.words import format, parties, passages, phrases, refer, settings, targets
from sla2.words.phrases import Marked
from sla2.words.texts import text_in

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.passage import Amendment, Verb
    from sla2.contract.surroundings import Language
    from sla2.words.sentence import Sentence

LINES = ("target", "minimum", "expected", "hours", "cap", "fee", "down when", "tiers")
"""Lines that a change has a sentence of its own for; all others are settings or texts."""


def amendment_sentences(amendment: Amendment, contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """When the amendment was agreed and takes effect, its own text, and each of its changes."""
    found = [phrases.parse(_agreed(amendment, language), "agreed")]
    text = text_in(amendment.texts, contract, language)
    if text:
        found.append(phrases.parse(phrases.render(language, "passage.amendment.text", text=text), "text"))
    for number, verb in enumerate(amendment.verbs, 1):
        found.append(phrases.parse(_verb(verb, contract, language), f"change-{number}"))
    return tuple(found)


def override_sentences(contract: Contract, language: Language) -> tuple[Sentence, ...]:
    """Where a contract departs from the framework agreement it is made under: one sentence per line."""
    return tuple(
        phrases.parse(
            phrases.render(language, "document.parties.override", change=_verb(one, contract, language)),
            f"override-{number}",
        )
        for number, one in enumerate(contract.overrides, 1)
    )


def _agreed(amendment: Amendment, language: Language) -> Marked:
    customer, supplier, effective = amendment.agreed_customer, amendment.agreed_supplier, amendment.effective
    name = format.quoted(amendment.title, language)
    label = Marked(f"{phrases.clean(amendment.name)} ({name})")
    if customer is None or supplier is None or effective is None:
        roles = [role for role, day in (("customer", customer), ("supplier", supplier)) if day is None]
        case = "gen"
        who = format.listing([phrases.render(language, f"unit.side.{role}.{case}") for role in roles], language)
        return phrases.render(language, "passage.amendment.not-agreed", name=label, who=who)
    return phrases.render(
        language,
        "passage.amendment.agreed",
        name=label,
        customer=format.day(customer, language),
        supplier=format.day(supplier, language),
        day=format.day(effective, language),
    )


def _verb(verb: Verb, contract: Contract, language: Language) -> Marked:
    match verb:
        case Fill():
            return _fill(verb, contract, language)
        case Move():
            return phrases.render(
                language,
                "passage.amendment.move",
                passage=refer.block(contract, "passage", verb.passage, language),
                day=format.day(verb.review, language),
                because=format.quoted(verb.because, language),
            )
        case Withdraw():
            passage = refer.block(contract, "passage", verb.passage, language)
            because = format.quoted(verb.because, language)
            return phrases.render(language, "passage.amendment.withdraw", passage=passage, because=because)
        case Reopen():
            concerns = passages.line_words(contract, verb.block, verb.line, verb.per, language)
            passage = refer.block(contract, "passage", verb.passage, language)
            return phrases.render(language, "passage.amendment.open", concerns=concerns, passage=passage)
        case Add():
            block = refer.any_block(contract, verb.block, language)
            return phrases.render(language, "passage.amendment.add", block=block)
        case Remove():
            block = refer.any_block(contract, verb.block, language)
            return phrases.render(language, "passage.amendment.remove", block=block)
        case Change():
            return _change(verb, contract, language)


def _fill(verb: Fill, contract: Contract, language: Language) -> Marked:
    passage = next((found for found in contract.passages if found.name == verb.passage), None)
    named = refer.block(contract, "passage", verb.passage, language)
    filling = filling_of(passage, verb) if passage is not None else verb.filling
    words = settings.filling_marked(filling, contract, language) if filling is not None else Marked("–")
    if verb.option is None:
        return phrases.render(language, "passage.amendment.fill", passage=named, filling=words)
    option = format.quoted(verb.option, language)
    return phrases.render(language, "passage.amendment.fill-option", passage=named, option=option, filling=words)


def _change(verb: Change, contract: Contract, language: Language) -> Marked:
    value: str = Marked("–")
    if verb.setting is not None:
        value = settings.setting_marked(verb.setting, contract, language)
        if verb.block == contract.name:
            return phrases.render(language, "passage.amendment.change-head", value=value)
        block = refer.any_block(contract, verb.block, language)
        return phrases.render(language, "passage.amendment.change-setting", block=block, value=value)
    if verb.texts:
        block = refer.any_block(contract, verb.block, language)
        text = text_in(verb.texts, contract, language)
        if text:
            value = format.quoted(text, language)
            return phrases.render(language, "passage.amendment.change-text", block=block, value=value)
        spoken, text = verb.texts[0]
        named = phrases.render(language, f"document.languages.{spoken}")
        value = format.quoted(text, language)
        return phrases.render(language, "passage.amendment.change-text-in", block=block, spoken=named, value=value)
    block = refer.any_block(contract, verb.block, language)
    if verb.target is not None:
        value = targets.filling_marked(TargetTerm(span=verb.span, target=verb.target), contract, language)
    elif verb.hours is not None:
        value = refer.block(contract, "calendar", verb.hours, language)
    elif verb.cap is not None:
        value = targets.cap_marked(verb.cap, language)
    elif verb.fee is not None:
        value = parties.fee_words(verb.fee, language)
        block = Marked(format.quoted(verb.block, language))
    elif verb.down is not None:
        value = targets.down_marked(verb.down, contract, language)
    elif verb.tiers:
        value = targets.tiers_marked(verb.tiers, language)
    return phrases.render(language, f"passage.amendment.change-{verb.line.replace(' ', '-')}", block=block, value=value)
