"""Messages to people, made of reminders: one message per person, however many passages.

In: reminders to be said on a day. Out: `Message`s in the recipient's language, ready to be shown or sent. It sends
nothing; subjects and bodies are plain text without control characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sla2.contract.passage_state import state
from sla2.remind import words

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Language
    from sla2.remind.reminder import Recipient, Reminder

_RULE = "-" * 72


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `keys` are those of the reminders it says."""

    recipient: Recipient
    subject: str
    body: str
    keys: tuple[str, ...]


def messages(contract: Contract, reminders: tuple[Reminder, ...], today: date) -> tuple[Message, ...]:
    """One message per address, passages in order of due date."""
    ordered = sorted(reminders, key=lambda r: (r.recipient.address.lower(), r.due, r.passage))
    found: list[Message] = []
    for _, group in groupby(ordered, key=lambda r: r.recipient.address.lower()):
        mine = tuple(group)
        found.append(_message(contract, mine, today))
    return tuple(found)


def _message(contract: Contract, mine: tuple[Reminder, ...], today: date) -> Message:
    recipient = mine[0].recipient
    language = recipient.language
    if len(mine) == 1:
        only = mine[0]
        subject = words.subject(contract, contract.passage(only.passage), only.stage, only.due, language)
    else:
        subject = words.digest_subject(contract, len(mine), language)
    parts = [words.greeting(recipient.name, language)]
    for number, reminder in enumerate(mine):
        if number:
            parts.append(_RULE)
        parts += _about(contract, reminder, today, language)
    parts.append(words.closing(language))
    return Message(recipient, subject, "\n\n".join(parts) + "\n", tuple(reminder.key for reminder in mine))


def _about(contract: Contract, reminder: Reminder, today: date, language: Language) -> list[str]:
    passage = contract.passage(reminder.passage)
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    where = state(contract, passage, today, calendar)
    lines = list(words.laid_out(contract, passage, language))
    goes_up = words.escalates(contract, passage, where, language)
    if goes_up is not None and reminder.stage in ("before", "due", "overdue"):
        lines.append(goes_up)
    record = words.how_to_record(contract, passage, language)
    return [
        words.lead(passage, reminder.stage, reminder.due, today, language),
        "\n".join(f"- {line}" for line in lines),
        "\n".join(record),
    ]
