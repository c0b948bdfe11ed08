"""The state of an open passage on a day, derived from dates and amendments and never written.

In: the contract as signed, a passage, today, and the calendar of its working days. Out: `PassageState`. It runs for
reports, reminders and trust. A filling or a move counts from the day on which the second side agreed to it; from when
the filled term is in force is the business of `versions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sla2.contract.calendar import is_working_day, shift
from sla2.contract.contract import Contract
from sla2.contract.passage import Add, Amendment, Fill, Filling, Move, Passage, Reopen, Verb, Withdraw
from sla2.contract.surroundings import Calendar
from sla2.contract.versions import agreed, filling_of

State = Literal["not yet open", "open", "due", "overdue", "filled", "fallback in force", "withdrawn"]
Court = Literal["customer", "supplier", "both"]


@dataclass(frozen=True, slots=True)
class Moved:
    """The review was moved to `to` by `amendment`, agreed on `agreed`, for the reason `because`."""

    amendment: str
    agreed: date
    to: date
    because: str


@dataclass(frozen=True, slots=True)
class PassageState:
    """Where a passage stands on a day.

    `opened` is the day from which it is open; None if nothing says so, or if an amendment is to open it and is not
    agreed. `review` is the review date in force, `first_review` the one as signed; `days_to_review` counts calendar
    days and is negative once the date has passed, `working_days_to_review` likewise (None without a calendar).
    `escalates` is the day from which an overdue passage goes to the next level. `amendment` fills or withdraws the
    passage first, with the day `effective` and the days on which each side agreed; while only one side has
    agreed the passage is still open and these name the proposal. `court` is the side whose move it is, if any.
    """

    passage: str
    state: State
    opened: date | None
    review: date | None
    first_review: date | None
    moves: tuple[Moved, ...]
    days_to_review: int | None
    working_days_to_review: int | None
    escalates: date | None
    fallback: date | None
    court: Court | None
    amendment: str | None = None
    filling: Filling | None = None
    effective: date | None = None
    agreed_customer: date | None = None
    agreed_supplier: date | None = None


def state(contract: Contract, passage: Passage, today: date, working_days: Calendar | None) -> PassageState:
    """The state of `passage` of `contract` (as signed, not folded) on `today`.

    A review that is due today is due, not overdue. The fallback is in force from its date unless an amendment that
    fills or withdraws the passage was agreed before.
    """
    moves = _moves(contract, passage, today)
    review = moves[-1].to if moves else passage.review
    settling = _settling(contract, passage)
    amendment, verb = settling if settling is not None else (None, None)
    settled = amendment is not None and _agreed_by(amendment, today)
    name: State
    if settled:
        name = "withdrawn" if isinstance(verb, Withdraw) else "filled"
    else:
        name = _open_state(contract, passage, review, today)
    filling = (
        _filling(contract, passage, today) if settled else filling_of(passage, verb) if isinstance(verb, Fill) else None
    )
    return PassageState(
        passage=passage.name,
        state=name,
        opened=_opened(contract, passage),
        review=review,
        first_review=passage.review,
        moves=moves,
        days_to_review=(review - today).days if review is not None else None,
        working_days_to_review=_working_days(today, review, working_days),
        escalates=_escalates(passage, review, working_days),
        fallback=passage.fallback.since if passage.fallback is not None else None,
        court=None if settled or name in ("not yet open", "fallback in force") else _court(amendment, today),
        amendment=amendment.name if amendment is not None else None,
        filling=filling,
        effective=amendment.effective if amendment is not None else None,
        agreed_customer=amendment.agreed_customer if amendment is not None else None,
        agreed_supplier=amendment.agreed_supplier if amendment is not None else None,
    )


def states(contract: Contract, today: date) -> tuple[PassageState, ...]:
    """The state of every passage of `contract` (as signed), in the order of the file."""
    calendar = contract.calendar(contract.working_days) if contract.working_days is not None else None
    return tuple(state(contract, passage, today, calendar) for passage in contract.passages)


def _brought_by(contract: Contract, passage: Passage) -> tuple[Amendment, ...]:
    """The amendments that open the passage, or add it to the contract."""
    return tuple(
        amendment
        for amendment in contract.amendments
        for verb in amendment.verbs
        if (isinstance(verb, Reopen) and verb.passage == passage.name)
        or (isinstance(verb, Add) and verb.block == passage.name)
    )


def _opened(contract: Contract, passage: Passage) -> date | None:
    bringing = _brought_by(contract, passage)
    if not bringing:
        return passage.opened
    days = [amendment.effective for amendment in bringing if amendment.effective and agreed(amendment) is not None]
    return max(min(days), passage.opened or date.min) if days else None


def _open_state(contract: Contract, passage: Passage, review: date | None, today: date) -> State:
    opened = _opened(contract, passage)
    if today < opened if opened is not None else _brought_by(contract, passage):
        return "not yet open"
    if passage.fallback is not None and passage.fallback.since <= today:
        return "fallback in force"
    if review is None or today < review:
        return "open"
    return "due" if today == review else "overdue"


def _agreed_by(amendment: Amendment, day: date) -> bool:
    settled = agreed(amendment)
    return settled is not None and settled <= day


def _verbs(contract: Contract, passage: Passage) -> list[tuple[Amendment, Verb]]:
    return [
        (amendment, verb)
        for amendment in contract.amendments
        for verb in amendment.verbs
        if isinstance(verb, Fill | Withdraw | Move) and verb.passage == passage.name
    ]


def _moves(contract: Contract, passage: Passage, today: date) -> tuple[Moved, ...]:
    found = [
        Moved(amendment.name, settled, verb.review, verb.because)
        for amendment, verb in _verbs(contract, passage)
        if isinstance(verb, Move) and (settled := agreed(amendment)) is not None and settled <= today
    ]
    return tuple(sorted(found, key=lambda move: move.agreed))


def _settling(contract: Contract, passage: Passage) -> tuple[Amendment, Fill | Withdraw] | None:
    """The amendment that fills or withdraws the passage: the first that both agreed, else the first proposal."""
    found = [(amendment, verb) for amendment, verb in _verbs(contract, passage) if isinstance(verb, Fill | Withdraw)]
    settled = [(amendment, verb) for amendment, verb in found if agreed(amendment) is not None]
    settled.sort(key=lambda pair: agreed(pair[0]) or date.max)
    return next(iter([*settled, *found]), None)


def _filling(contract: Contract, passage: Passage, today: date) -> Filling | None:
    """What the passage was filled with last, of all fillings that both sides agreed by `today`."""
    found = [
        (settled, verb)
        for amendment, verb in _verbs(contract, passage)
        if isinstance(verb, Fill) and (settled := agreed(amendment)) is not None and settled <= today
    ]
    return filling_of(passage, max(found, key=lambda pair: pair[0])[1]) if found else None


def _court(amendment: Amendment | None, today: date) -> Court:
    if amendment is None:
        return "both"
    customer = amendment.agreed_customer is not None and amendment.agreed_customer <= today
    supplier = amendment.agreed_supplier is not None and amendment.agreed_supplier <= today
    if customer == supplier:
        return "both"
    return "supplier" if customer else "customer"


def _working_days(today: date, review: date | None, calendar: Calendar | None) -> int | None:
    if review is None or calendar is None:
        return None
    low, high = sorted((today, review))
    ordinals = (
        range(low.toordinal() + 1, high.toordinal() + 1)
        if review >= today
        else range(low.toordinal(), high.toordinal())
    )
    count = sum(is_working_day(calendar, date.fromordinal(number)) for number in ordinals)
    return count if review >= today else -count


def _escalates(passage: Passage, review: date | None, calendar: Calendar | None) -> date | None:
    escalation = passage.escalate
    if escalation is None or review is None:
        return None
    if escalation.after.unit == "working day" and calendar is None:
        return None
    return shift(review, escalation.after, "after", calendar)
