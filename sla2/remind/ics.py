"""Review dates as a calendar file that Outlook, Google and Apple all show.

In: contracts with the state of their passages on a day, a language. Out: the bytes of an iCalendar file (RFC 5545). It
runs after the state is known and serves no feed; the same contracts on the same day give the same bytes.

Rules: one all-day event per passage with a stable UID that names contract and passage, not the date; SEQUENCE counts
the moves and the end of the passage; a filled or withdrawn passage stays as a cancelled event; DTSTAMP is the last
day on which both sides agreed to something, never the clock. Alarms ring at nine in the morning of the days on which
the passage's ladder speaks, days without work rolled back.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event, vText

from sla2.contract.passage_state import states
from sla2.contract.translations import translated
from sla2.remind.from_contract import said_before
from sla2.remind.words import alarm_words, calendar_name, event_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language

_DONE = ("filled", "withdrawn", "fallback in force")
_END: dict[str, int] = {"fallback in force": 1, "filled": 2, "withdrawn": 2}
"""What the end of a passage adds to its SEQUENCE: a filling may still follow a fallback, never the other way round."""
_MORNING = timedelta(hours=9)
_WEEK = 7
_LABEL = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


def is_domain(text: str) -> bool:
    """True for a name that may end a UID: letters, digits, hyphens and full stops only."""
    return len(text) <= 253 and _DOMAIN.fullmatch(text) is not None


def calendar_file(contracts: Sequence[Contract], today: date, language: Language, domain: str) -> bytes:
    """An iCalendar file with one event per passage that has a review date. `domain` ends the UIDs.

    Raises: ValueError for a `domain` that is none.
    """
    if not is_domain(domain):
        raise ValueError(f"{domain!r} is no domain")
    calendar = Calendar()
    calendar.add("prodid", "-//sla2//reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    told = [translated(contract, language) for contract in contracts]
    calendar.add("x-wr-calname", vText(", ".join(calendar_name(contract) for contract in told)))
    for contract in told:
        for found in states(contract, today):
            if found.review is not None:
                calendar.add_component(_event(contract, found, found.review, today, language, domain))
    return bytes(calendar.to_ical())


def _event(
    contract: Contract, found: PassageState, review: date, today: date, language: Language, domain: str
) -> Event:
    passage = contract.passage(found.passage)
    summary, description = event_words(contract, passage, found, language)
    done = found.state in _DONE
    stamp = _stamp(contract, found, today)
    event = Event()
    event.add("uid", f"{contract.name}.{passage.name}@{domain}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", len(found.moves) + _END.get(found.state, 0))
    event.add("summary", summary)
    event.add("description", description)
    event.add("dtstart", review)
    event.add("dtend", review + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if done else "CONFIRMED")
    for days in () if done else _alarm_days(contract, passage, review):
        event.add_component(_alarm(days, alarm_words(passage, days, language)))
    return event


def _alarm(days: int, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", _MORNING - timedelta(days=days))
    return alarm


def _alarm_days(contract: Contract, passage: Passage, review: date) -> tuple[int, ...]:
    """Days before the review on which the ladder speaks; a week before it if the passage has no ladder."""
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    said = said_before(passage, review, calendar)
    return tuple((review - day).days for day in said) or (_WEEK,)


def _stamp(contract: Contract, found: PassageState, today: date) -> datetime:
    """The last day, up to today, on which something was agreed or a fallback took over; never the clock."""
    agreed = [
        max(amendment.agreed_customer, amendment.agreed_supplier)
        for amendment in contract.amendments
        if amendment.agreed_customer and amendment.agreed_supplier
    ]
    if found.state == "fallback in force" and found.fallback is not None:
        agreed.append(found.fallback)
    days = [day for day in (contract.signed, *agreed) if day is not None and day <= today]
    latest = max(days, default=contract.term.start if contract.term else date(1970, 1, 1))
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)


def default_domain(contracts: Sequence[Contract]) -> str:
    """The mail domain of the first owner on the customer's side: it is somebody's, and no date changes it."""
    for contract in contracts:
        for passage in contract.passages:
            owner = passage.owner("customer")
            domain = owner.mailbox.address.rpartition("@")[2].lower() if owner is not None else ""
            if is_domain(domain):
                return domain
    return f"{contracts[0].name.lower()}.invalid" if contracts else "contracts.invalid"
