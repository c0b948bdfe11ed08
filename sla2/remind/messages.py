"""Messages to people, made of reminders: one message per person, however many passages and contracts.

In: contracts with the reminders to be said on a day. Out: `Message`s in the recipient's language, ready to be shown or
sent. It sends nothing; subjects are one line, subjects and bodies are plain text without control characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.contract.passage_state import state
from sla2.contract.translations import translated
from sla2.remind import words

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def messages(due: Iterable[tuple[Contract, tuple[Reminder, ...]]], today: date) -> tuple[Message, ...]:
    """One message per address, passages in order of due date. `due` holds each contract with its reminders."""
    mine: dict[str, list[tuple[Contract, Reminder]]] = {}
    for contract, reminders in due:
        for reminder in reminders:
            mine.setdefault(reminder.recipient.address.lower(), []).append((contract, reminder))
    return tuple(_message(mine[address], today) for address in sorted(mine))


def _message(mine: list[tuple[Contract, Reminder]], today: date) -> Message:
    ordered = sorted(mine, key=lambda pair: (pair[1].due, pair[0].name, pair[1].passage))
    recipient = ordered[0][1].recipient
    language = recipient.language
    said = [(translated(contract, language), reminder) for contract, reminder in ordered]
    contracts = tuple(dict.fromkeys(contract.name for contract, _ in said))
    if len(said) == 1:
        subject = words.subject(*said[0], today, language)
    else:
        subject = words.digest_subject(contracts, len(said), language)
    parts = [words.greeting(recipient.name, language)]
    for number, (contract, reminder) in enumerate(said):
        if number:
            parts.append(_RULE)
        parts += _about(contract, reminder, today, language)
    parts.append(words.closing(language))
    return Message(recipient, subject, "\n\n".join(parts) + "\n", tuple(reminder.key for _, reminder in said))


def _about(contract: Contract, reminder: Reminder, today: date, language: Language) -> list[str]:
    passage = contract.passage(reminder.passage)
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    where = state(contract, passage, today, calendar)
    lines = [
        *words.where_it_stands(contract, passage, where, language),
        *words.laid_out(contract, passage, language),
    ]
    goes_up = words.escalates(passage, where, today, language)
    if goes_up is not None and reminder.stage != "escalation":
        lines.append(goes_up)
    return [
        words.lead(passage, reminder, today, language),
        "\n".join(f"- {line}" for line in lines),
        "\n".join(words.how_to_record(contract, passage, where, language)),
    ]
