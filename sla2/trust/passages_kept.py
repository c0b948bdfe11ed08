"""Open passages as promises of both sides: filled by the review date, or not, and in whose court it lay.

In: the state of each passage, the ledger's word on whose court a late one lay in. Out: one stream per side. It fills
and moves nothing.

Rules: a passage whose filling both sides agreed on or before the review date in force is kept by both, or `moved` if
that date had been moved by an agreement made before it had passed. A late or overdue one is broken by the side in whose
court it lay and kept by the other: by the ledger's word, else by who had not agreed by the date, else both. Due today
is not overdue. More than two moves break it for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.trust.evidence import SIDES
from sla2.trust.ledger import MOST_MOVES
from sla2.trust.promises import CONFIDENCE
from sla2.trust.stream import Promise, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.passage_state import PassageState
    from sla2.trust.stream import Fate, Side


def punctuality(
    contract: Contract, states: tuple[PassageState, ...], courts: Mapping[str, tuple[Side, ...]], today: date
) -> Iterator[Stream]:
    """One stream per side over all passages that are open or were filled; withdrawn ones are left out."""
    counted = [one for one in states if one.review is not None and one.state not in ("withdrawn", "not yet open")]
    if not counted:
        return
    for side in SIDES:
        promises = tuple(_promise(contract, found, courts.get(found.passage, ()), today, side) for found in counted)
        yield Stream(
            "open passages", "", "", side, "integrity", None, CONFIDENCE, contract.passage(counted[0].passage).span,
            tuple(sorted(promises, key=lambda promise: (promise.at, promise.ref))),
        )  # fmt: skip


def _promise(contract: Contract, found: PassageState, court: tuple[Side, ...], today: date, side: Side) -> Promise:
    zone = contract.timezone or "UTC"
    opened = contract.passage(found.passage).opened or contract.signed
    made = day_start(opened, zone) if opened is not None else 0
    due = due_date(found)
    at = day_start(due, zone) if due is not None else 0
    fate, late = _fate(found, court, today, side)
    return Promise(at, fate, found.passage, str(late) if late else "", made)


def due_date(found: PassageState) -> date | None:
    """The review date that binds: the one in force, or the last one that had passed before anybody moved it."""
    due = found.first_review
    for move in found.moves:
        if due is not None and move.agreed > due:
            return due
        due = move.to
    return due


def _fate(found: PassageState, court: tuple[Side, ...], today: date, side: Side) -> tuple[Fate, int]:
    due = due_date(found)
    late = _days_late(found, due, today)
    if len(found.moves) > MOST_MOVES:
        return "broken", late
    if late > 0:
        return ("broken", late) if side in (court or _slow(found, due)) else ("kept", 0)
    if found.state != "filled":
        return "pending", 0
    return ("moved" if found.moves else "kept"), 0


def _days_late(found: PassageState, due: date | None, today: date) -> int:
    """Days past the date that binds: of the filling, or of today while nothing is filled."""
    if due is None:
        return 0
    agreed = [day for day in (found.agreed_customer, found.agreed_supplier) if day is not None]
    settled = max(agreed) if found.state == "filled" and agreed else today
    return max((settled - due).days, 0)


def _slow(found: PassageState, due: date | None) -> tuple[Side, ...]:
    """The sides that had not agreed to a filling by the date; both if neither or both had."""
    agreed: dict[Side, date | None] = {"supplier": found.agreed_supplier, "customer": found.agreed_customer}
    slow = tuple(side for side in SIDES if (day := agreed[side]) is None or (due is not None and day > due))
    return slow or SIDES
