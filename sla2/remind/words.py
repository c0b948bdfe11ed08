"""The words of reminders: lead sentence, the passage laid out, calendar entries.

In: a passage with its state, a language. Out: plain lines. The value of a rule is worded by `words`, so a message
says exactly what the draft says. It chooses no recipient and no day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.remind.record import filling_lines
from sla2.words import filling_words
from sla2.words import format as wording
from sla2.words.phrases import plain, render

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language
    from sla2.remind.reminder import Reminder, Stage


_HARD_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def _say(language: Language, key: str, **values: str | int | None) -> str:
    """A phrase as plain text: a mail or a calendar entry is no place for spaces that do not break."""
    return plain(render(language, f"reminder.{key}", **values)).translate(_HARD_SPACES)


def _stage(reminder: Reminder, today: date) -> Stage:
    """What is to be said today: a reminder that was sent early, or caught up late, speaks of today."""
    if reminder.stage in ("escalation", "fallback"):
        return reminder.stage
    if today < reminder.due:
        return "before"
    return "due" if today == reminder.due else "overdue"


def subject(contract: Contract, reminder: Reminder, today: date, language: Language) -> str:
    """The subject line of a message about one passage."""
    title = contract.passage(reminder.passage).title
    due = wording.day(reminder.due, language)
    return _say(language, f"subject.{_stage(reminder, today)}", contract=contract.name, passage=title, due=due)


def digest_subject(contracts: tuple[str, ...], count: int, language: Language) -> str:
    """The subject line of a message about several passages."""
    return _say(language, "subject.digest", contract=", ".join(contracts), count=count)


def lead(passage: Passage, reminder: Reminder, today: date, language: Language) -> str:
    """The first sentence: what is open, and when it was or is to be filled."""
    stage = _stage(reminder, today)
    since = wording.day(passage.fallback.since, language) if passage.fallback else ""
    if stage == "fallback" and passage.fallback is not None and today < passage.fallback.since:
        stage_key = "fallback_soon"
    else:
        stage_key = stage
    days, due = abs((reminder.due - today).days), wording.day(reminder.due, language)
    return _say(language, f"lead.{stage_key}", passage=passage.title, due=due, days=days, since=since)


def greeting(name: str, language: Language) -> str:
    """The opening line."""
    return _say(language, "greeting", name=name)


def closing(language: Language) -> str:
    """The last line."""
    return _say(language, "closing")


def where_it_stands(contract: Contract, passage: Passage, where: PassageState, language: Language) -> list[str]:
    """The agreement, how often the review was moved, and a filling that one side has signed already."""
    file = f"{passage.span.path.replace(chr(92), '/').rsplit('/', 1)[-1]}:{passage.span.line}"
    lines = [_say(language, "place", contract=contract.name, title=contract.title, file=file)]
    if where.moves and where.first_review is not None:
        first = wording.day(where.first_review, language)
        lines.append(_say(language, "moved", first=first, count=len(where.moves), because=where.moves[-1].because))
    if where.amendment is not None and where.court in ("customer", "supplier"):
        waits = contract.party(where.court).title
        signed = contract.party("supplier" if where.court == "customer" else "customer").title
        lines.append(_say(language, "proposal", amendment=where.amendment, signed=signed, waits=waits))
    return lines


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


def escalates(passage: Passage, state: PassageState, today: date, language: Language) -> str | None:
    """When and to whom the passage goes, or went, if it stays open; None without an escalation."""
    if passage.escalate is None or state.escalates is None:
        return None
    if state.fallback is not None and state.fallback <= state.escalates:
        return None
    key = "escalates" if today < state.escalates else "escalated"
    day = wording.day(state.escalates, language)
    return _say(language, key, name=passage.escalate.mailbox.name, date=day)


def how_to_record(contract: Contract, passage: Passage, state: PassageState, language: Language) -> tuple[str, ...]:
    """The sentence and the lines of an amendment to paste; where one is proposed already, the sentence that says so."""
    if state.amendment is not None:
        return (_say(language, "record_proposed", amendment=state.amendment),)
    lines = filling_lines(contract, passage, _say(language, "either"))
    return (_say(language, "record"), "", *(f"  {line}" for line in lines))


def event_words(contract: Contract, passage: Passage, state: PassageState, language: Language) -> tuple[str, str]:
    """Summary and description of the calendar entry of a passage."""
    key = {"filled": "filled", "withdrawn": "withdrawn", "fallback in force": "fallback"}.get(state.state, "open")
    summary = _say(language, f"event.{key}", passage=passage.title, contract=contract.name)
    ended = _ended(contract, passage, state, language)
    return summary, "\n".join(ended or laid_out(contract, passage, language))


def _ended(contract: Contract, passage: Passage, state: PassageState, language: Language) -> tuple[str, ...]:
    """How a passage came to its end; nothing while it is open."""
    interim = filling_words(passage.interim, contract, language).plain if passage.interim else "–"
    if state.state == "filled" and state.filling is not None and state.effective is not None:
        text, since = filling_words(state.filling, contract, language).plain, wording.day(state.effective, language)
        return (_say(language, "event.filled_with", amendment=state.amendment, since=since, text=text),)
    if state.state == "withdrawn":
        return (_say(language, "event.withdrawn_by", amendment=state.amendment, text=interim),)
    return (_fallback(contract, passage, language),) if state.state == "fallback in force" else ()


def calendar_name(contract: Contract) -> str:
    """The name of a calendar: short name and title on one line."""
    return " ".join(f"{contract.name} {contract.title}".split())


def alarm_words(passage: Passage, days: int, language: Language) -> str:
    """What the alarm of a calendar entry says."""
    return _say(language, "event.alarm", days=days, passage=passage.title)
