"""The plan of reminders of a contract: a pure function of contract and today.

In: the contract as signed (its amendments included) and today. Out: the whole ladder of every passage that still
waits, past and future, in order of day. It reads no clock, keeps no record of what was sent, and sends nothing.

Rules: a stage that falls on a day without work rolls back to the working day before it, so never later than the day
that the ladder names. A person who stands on both sides is reminded once.
The ladder ends when the passage is filled, withdrawn, or its fallback is in force; the last stage says so to both
owners. After the review it goes on every so often until the fallback or `_MOST_OVERDUE` stages; the escalation goes
to its own address once, with both owners named in it.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from sla2.contract.calendar import coverage_of_days, is_working_day, shift
from sla2.contract.passage_state import state
from sla2.remind.reminder import Recipient, Reminder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Passage
    from sla2.contract.passage_state import PassageState
    from sla2.contract.surroundings import Calendar, Language
    from sla2.diagnostics import Diagnostic
    from sla2.remind.reminder import Side, Stage

_MOST_OVERDUE = 24
WAITING = ("open", "due", "overdue")


def plan(contract: Contract, today: date) -> tuple[Reminder, ...]:
    """All reminders of all passages, in order of day, passage and address, each key once.

    A passage without a review date or without a ladder has none; the checks say so.
    """
    calendar = contract.calendar(contract.working_days) if contract.working_days else None
    found: list[Reminder] = []
    for passage in contract.passages:
        where = state(contract, passage, today, calendar)
        if where.review is not None and where.state in (*WAITING, "fallback in force"):
            found += _ladder(contract, passage, where, calendar)
    once = {reminder.key: reminder for reminder in reversed(found)}
    return tuple(sorted(once.values(), key=lambda reminder: reminder.order))


def holidays_missing(contract: Contract, reminders: Iterable[Reminder]) -> tuple[Diagnostic, ...]:
    """A finding if a reminder falls into a year whose holidays the calendar of working days does not hold."""
    days = [day for reminder in reminders for day in (reminder.send_on, reminder.on)]
    if not days or contract.working_days is None:
        return ()
    return coverage_of_days(contract.calendar(contract.working_days), min(days), max(days))


def due_messages(reminders: tuple[Reminder, ...], since: date | None, today: date) -> tuple[Reminder, ...]:
    """Those to be said today; with `since`, those missed after that day as well.

    A person who is to be reminded of one passage more than once gets the latest and gravest reminder only.
    """
    latest: dict[tuple[str, str], Reminder] = {}
    for reminder in sorted(reminders, key=lambda reminder: reminder.order):
        if reminder.send_on == today or (since is not None and since < reminder.send_on <= today):
            latest[reminder.passage, reminder.recipient.address.lower()] = reminder
    return tuple(latest[key] for key in sorted(latest))


def _ladder(contract: Contract, passage: Passage, where: PassageState, calendar: Calendar | None) -> Iterator[Reminder]:
    review = where.review
    if review is None:
        return
    owners = tuple(
        Recipient(owner.mailbox.name, owner.mailbox.address, owner.side, _language(contract, owner.side))
        for owner in passage.owners
    )
    end = where.fallback or date.max
    for stage, on in _stages(passage, review, end, calendar):
        for owner in owners:
            yield _reminder(contract, passage, stage, on, review, owner, calendar)
    if passage.escalate is not None and where.escalates is not None and where.escalates < end:
        mailbox = passage.escalate.mailbox
        above = Recipient(mailbox.name, mailbox.address, None, contract.authoritative)
        yield _reminder(contract, passage, "escalation", where.escalates, review, above, calendar)


def _stages(passage: Passage, review: date, end: date, calendar: Calendar | None) -> Iterator[tuple[Stage, date]]:
    """The days of the ladder: before the review, on it, after it, and the day on which the fallback takes over."""
    reminding = passage.remind
    for before in reminding.before if reminding else ():
        yield "before", shift(review, before, "before", calendar)
    if review < end:
        yield "due", review
    if reminding is not None and reminding.then_every is not None:
        on = review
        for _ in range(_MOST_OVERDUE):
            on = shift(on, reminding.then_every, "after", calendar)
            if on >= end:
                break
            yield "overdue", on
    if end != date.max:
        yield "fallback", end


def _reminder(
    contract: Contract,
    passage: Passage,
    stage: Stage,
    on: date,
    due: date,
    recipient: Recipient,
    calendar: Calendar | None,
) -> Reminder:
    send_on = _quiet(on, calendar)
    name = "\n".join((contract.name, passage.name, due.isoformat(), stage, on.isoformat(), recipient.address))
    key = hashlib.sha256(name.encode()).hexdigest()
    return Reminder(send_on, passage.name, stage, recipient, on, due, (due - on).days, key)


def said_before(passage: Passage, review: date, calendar: Calendar | None) -> tuple[date, ...]:
    """The days before the review on which the ladder speaks, rolled back to working days; the first one first."""
    reminding = passage.remind
    days = (shift(review, before, "before", calendar) for before in (reminding.before if reminding else ()))
    return tuple(sorted({_quiet(day, calendar) for day in days}))


def _quiet(on: date, calendar: Calendar | None) -> date:
    """`on`, or the last working day before it."""
    if calendar is None or is_working_day(calendar, on):
        return on
    day = date.fromordinal(on.toordinal() - 1)
    while not is_working_day(calendar, day):
        day = date.fromordinal(day.toordinal() - 1)
    return day


def _language(contract: Contract, side: Side) -> Language:
    party = contract.party(side)
    return party.language or contract.authoritative
