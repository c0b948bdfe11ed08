"""The words of reminders: lead sentence, the passage laid out, calendar entries.

In: a passage with its state, a language. Out: plain lines. The value of a rule is worded by `words`, so a message
says exactly what the draft says. It chooses no recipient and no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import filling_words
from sla2.words import format as wording
from sla2.words.phrases import plain, render

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language
    from sla2.remind.reminder import Stage


def _say(language: Language, key: str, **values: str | int | None) -> str:
    return plain(render(language, f"reminder.{key}", **values))


def subject(contract: Contract, passage: Passage, stage: Stage, due: date, language: Language) -> str:
    """The subject line of a message about one passage."""
    return _say(
        language, f"subject.{stage}", contract=contract.name, passage=passage.title, due=wording.day(due, language)
    )


def digest_subject(contract: Contract, count: int, language: Language) -> str:
    """The subject line of a message about several passages."""
    return _say(language, "subject.digest", contract=contract.name, count=count)


def lead(passage: Passage, stage: Stage, due: date, today: date, language: Language) -> str:
    """The first sentence: what is open, and when it was or is to be filled."""
    since = wording.day(passage.fallback.since, language) if passage.fallback else ""
    days = abs((due - today).days)
    return _say(
        language, f"lead.{stage}", passage=passage.title, due=wording.day(due, language), days=days, since=since
    )


def greeting(name: str, language: Language) -> str:
    """The opening line."""
    return _say(language, "greeting", name=name)


def closing(language: Language) -> str:
    """The last line."""
    return _say(language, "closing")


def laid_out(contract: Contract, passage: Passage, language: Language) -> tuple[str, ...]:
    """The question, the reason, the interim rule, what each side expects, the options, the owners, the way out."""
    given = (
        ("question", passage.learn),
        ("because", passage.because),
        ("interim", filling_words(passage.interim, contract, language).plain if passage.interim else None),
        ("expects_customer", passage.expects_customer),
        ("expects_supplier", passage.expects_supplier),
    )
    lines = [_say(language, key, text=text) for key, text in given if text]
    for option in passage.options:
        text = filling_words(option.filling, contract, language).plain
        lines.append(_say(language, "option", name=option.name, text=text))
    owners = [
        _say(language, f"owner_{owner.side}", name=owner.mailbox.name, address=owner.mailbox.address)
        for owner in passage.owners
    ]
    if owners:
        lines.append(_say(language, "owners", text=plain(wording.listing(owners, language)) + "."))
    if passage.fallback is not None:
        lines.append(_fallback(contract, passage, language))
    return tuple(lines)


def _fallback(contract: Contract, passage: Passage, language: Language) -> str:
    fallback = passage.fallback
    if fallback is None:
        return ""
    since = wording.day(fallback.since, language)
    option = next((option for option in passage.options if option.name == fallback.option), None)
    if option is not None:
        text = filling_words(option.filling, contract, language).plain
        return _say(language, "fallback.option", since=since, name=option.name, text=text)
    if fallback.text is not None:
        return _say(language, "fallback.text", since=since, text=fallback.text)
    return _say(language, "fallback.interim", since=since)


def escalates(contract: Contract, passage: Passage, state: PassageState, language: Language) -> str | None:
    """When and to whom the passage goes if it stays open; None without an escalation."""
    if passage.escalate is None or state.escalates is None:
        return None
    day = wording.day(state.escalates, language)
    return _say(language, "escalates", name=passage.escalate.mailbox.name, date=day)


def how_to_record(contract: Contract, passage: Passage, language: Language) -> tuple[str, ...]:
    """The sentence and the lines of an amendment to paste; the next free number, dates left to the parties."""
    number = len(contract.amendments) + 1
    value = f"option {passage.options[0].name}" if passage.options else "…"
    return (
        _say(language, "record"),
        "",
        f'  amendment A{number} "{passage.title}"',
        "    agreed: customer 2___-__-__, supplier 2___-__-__",
        "    effective: 2___-__-__",
        f"    fill: {passage.name} with {value}",
        "  end",
    )


def event_words(
    contract: Contract, passage: Passage, state: PassageState, today: date, language: Language
) -> tuple[str, str]:
    """Summary and description of the calendar entry of a passage."""
    done = state.state in ("filled", "withdrawn", "fallback in force")
    key = "event.summary_done" if done else "event.summary"
    summary = _say(language, key, passage=passage.title, contract=contract.name)
    return summary, "\n".join(laid_out(contract, passage, language))


def alarm_words(passage: Passage, days: int, language: Language) -> str:
    """What the alarm of a calendar entry says."""
    return _say(language, "event.alarm", days=days, passage=passage.title)
