"""Surveys: each item of each side as a stream of "satisfied" answers, with silence shown.

In: answers and invitations of one survey, filtered to a period. Out: an `ItemResult` per item and side that was
asked. Small groups are not shown at all. It does no weighting and carries no old answer forward.

Rules: one answer per respondent and item, the latest; satisfied = score >= the contract's cut; bounds under silence:
k/N .. (k + N - n)/N for k satisfied of n answers among N invited.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.trust.stream import Side


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `score` is exact."""

    respondent: str
    at: int
    item: str
    score: Fraction
    party: Side


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item as one side answered it; `n` people answered, `show_from` is the least that is shown.

    `shown` False: fewer did, so every figure is 0 or None, `n` as well; `answered` still says whether anybody did.
    `invited` None: nobody wrote down who was asked, so silence cannot be bounded.
    """

    item: str
    side: Side
    n: int
    satisfied: int
    mean: Fraction | None
    invited: int | None
    worst: Fraction | None
    best: Fraction | None
    shown: bool
    answered: bool
    show_from: int


def latest(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The latest answer of each respondent to each item."""
    found: dict[tuple[str, str, str], Answer] = {}
    for answer in sorted(answers, key=lambda a: (a.at, a.respondent, a.item, a.score)):
        found[answer.party, answer.respondent, answer.item] = answer
    return tuple(found[key] for key in sorted(found))


def item_result(
    item: str, side: Side, answers: Iterable[Answer], invited: int | None, cut: int, show_from: int
) -> ItemResult:
    """The result of one item on one side; `answers` as `latest` gives them."""
    mine = [answer.score for answer in answers if answer.item == item and answer.party == side]
    n = len(mine)
    if n < max(show_from, 1):
        return ItemResult(item, side, 0, 0, None, invited, None, None, False, n > 0, show_from)
    satisfied = sum(score >= cut for score in mine)
    asked = None if invited is None else max(invited, n)
    return ItemResult(
        item=item,
        side=side,
        n=n,
        satisfied=satisfied,
        mean=Fraction(sum(mine), n),
        invited=asked,
        worst=Fraction(satisfied, asked) if asked else None,
        best=Fraction(satisfied + asked - n, asked) if asked else None,
        shown=True,
        answered=True,
        show_from=show_from,
    )
