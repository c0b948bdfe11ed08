"""Open passages as promises of both sides: filled by the review date, or not, and in whose court it lay.

In: the state of each passage and the ledger. Out: one stream per side. It fills and moves nothing.

Rule: a passage whose filling both sides agreed on or before the review date in force is kept by both. A late or overdue
one is broken by the side in whose court it lay (the ledger says so; both if nobody does) and kept by the other. Due
today is not overdue. More than two moves break it for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.trust.stream import Promise, Stream
from sla2.trust.streams import CONFIDENCE, MOST_MOVES, SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.passage_state import PassageState
    from sla2.trust.stream import Fate, Side


def punctuality(
    contract: Contract, states: tuple[PassageState, ...], courts: Mapping[str, str], today: date
) -> Iterator[Stream]:
    """One stream per side over all passages that are open or were filled; withdrawn ones are left out."""
    for side in SIDES:
        promises = tuple(
            Promise(day_start(min(found.review, today), contract.timezone or "UTC"), *_fate(found, courts, today, side))
            for found in states
            if found.review is not None and found.state not in ("withdrawn", "not yet open")
        )
        yield Stream(
            "open passages", "", "", side, "integrity", None, CONFIDENCE, contract.span, promises
        )  # fmt: skip


def _fate(found: PassageState, courts: Mapping[str, str], today: date, side: Side) -> tuple[Fate, str, str]:
    late = _days_late(found, today)
    if len(found.moves) > MOST_MOVES:
        return "broken", found.passage, str(max(late, 0))
    if late > 0:
        court = courts.get(found.passage) or "both"
        return ("broken" if court in (side, "both") else "kept"), found.passage, str(late)
    return ("kept" if found.state == "filled" else "pending"), found.passage, ""


def _days_late(found: PassageState, today: date) -> int:
    """Days past the review date in force: of the filling, or of today while nothing is filled."""
    if found.review is None:
        return 0
    if found.state == "filled":
        dates = [day for day in (found.agreed_customer, found.agreed_supplier) if day is not None]
        return (max(dates) - found.review).days if dates else 0
    return (today - found.review).days
