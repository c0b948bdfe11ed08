"""Review dates as a calendar file that Outlook, Google and Apple all show.

In: the contract, the state of its passages, words in one language. Out: the bytes of an iCalendar file (RFC 5545). It
runs after the state is known and serves no feed; the same contract on the same day gives the same bytes.

Rules: one all-day event per passage with a stable UID that names contract and passage, not the date; SEQUENCE counts
the moves and the end of the passage; a filled or withdrawn passage stays as a cancelled event; DTSTAMP is the last
day on which both sides agreed to something, never the clock; alarms as in the passage's ladder.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from sla2.contract.calendar import shift
from sla2.remind.words import alarm_words, event_words

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Language

_DONE = ("filled", "withdrawn", "fallback in force")


def calendar_file(
    contract: Contract, states: tuple[PassageState, ...], today: date, language: Language, domain: str
) -> bytes:
    """An iCalendar file with one event per passage that has a review date. `domain` ends the UIDs."""
    calendar = Calendar()
    calendar.add("prodid", "-//sla2//reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{contract.name}: {contract.title}")
    for found in states:
        if found.review is not None:
            calendar.add_component(_event(contract, found, found.review, today, language, domain))
    return bytes(calendar.to_ical())


def _event(
    contract: Contract, found: PassageState, review: date, today: date, language: Language, domain: str
) -> Event:
    passage = contract.passage(found.passage)
    summary, description = event_words(contract, passage, found, today, language)
    done = found.state in _DONE
    stamp = _stamp(contract, today)
    event = Event()
    event.add("uid", f"{contract.name}.{passage.name}@{domain}")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", len(found.moves) + int(done))
    event.add("summary", summary)
    event.add("description", description)
    event.add("dtstart", review)
    event.add("dtend", review + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if done else "CONFIRMED")
    if not done:
        for days in _alarm_days(contract, passage, review):
            event.add_component(_alarm(days, alarm_words(passage, days, language)))
    return event


def _alarm(days: int, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _alarm_days(contract: Contract, passage: Passage, review: date) -> tuple[int, ...]:
    """Days before the review on which the ladder reminds; a week before it if the passage has no ladder."""
    if passage.remind is None or not passage.remind.before:
        return (7,)
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    return tuple((review - shift(review, before, "before", calendar)).days for before in passage.remind.before)


def _stamp(contract: Contract, today: date) -> datetime:
    """The last day, up to today, on which something was agreed: the signing, or the later signature of an amendment."""
    agreed = [
        max(amendment.agreed_customer, amendment.agreed_supplier)
        for amendment in contract.amendments
        if amendment.agreed_customer and amendment.agreed_supplier
    ]
    days = [day for day in (contract.signed, *agreed) if day is not None and day <= today]
    latest = max(days, default=contract.term.start if contract.term else today)
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)


def default_domain(contract: Contract) -> str:
    """The mail domain of the first owner on the customer's side: it is somebody's, and no date changes it."""
    for passage in contract.passages:
        owner = passage.owner("customer")
        if owner is not None and "@" in owner.mailbox.address:
            return owner.mailbox.address.rsplit("@", 1)[1].lower()
    return f"{contract.name.lower()}.invalid"
