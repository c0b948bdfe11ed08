"""One reminder: a passage, a stage of its ladder, a recipient and the day on which to say it.

In: built by `from_contract`. Out: `messages` words them, `ics` puts review dates into a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.surroundings import Language

Stage = Literal["before", "due", "overdue", "escalation", "fallback"]
Side = Literal["customer", "supplier"]

STAGES: tuple[Stage, ...] = ("before", "due", "overdue", "escalation", "fallback")
"""From the mildest to the last; of two on one day the later one of this list is said."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A named function and its address, the side it stands on (None: above both) and its language."""

    name: str
    address: str
    side: Side | None
    language: Language


@dataclass(frozen=True, slots=True)
class Reminder:
    """Say on `send_on` to `recipient` that `passage` is to be filled by `due`.

    `on` is the day the ladder names; `send_on` is that day, or the last working day before it. `days` is the number of
    calendar days from `on` to `due` (negative: past). `key` is the same in every run: it names contract, passage, due
    date, stage, day and address, and an address is reminded once per key.
    """

    send_on: date
    passage: str
    stage: Stage
    recipient: Recipient
    on: date
    due: date
    days: int
    key: str

    @property
    def order(self) -> tuple[date, str, str, date, int]:
        """By day, passage, address; what is said later, or is graver, comes later."""
        return self.send_on, self.passage, self.recipient.address.lower(), self.on, STAGES.index(self.stage)
