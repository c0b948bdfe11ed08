"""Tiers: in which row of the table a value lies, its bounds taken as worded.

In: the tiers of a block and a value as compared. Out: the tier, or None. It runs first in the order of operations for
money. A bound that is included is included; a value in no tier gives nothing. It prices nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.quantity import HOUR, Duration
from sla2.settle.line import plain

if TYPE_CHECKING:
    from sla2.contract.credits import Tier
    from sla2.contract.quantity import Limit

_DAYS = {"day": 1, "week": 7, "working day": 1}


def exact_of(limit: Limit, measure: str = "") -> Fraction | None:
    """A bound as the value of `measure` is compared with it: a share of one, a number, microseconds, or days late.

    A day is 24 hours where times are compared. None for a length that only a calendar can measure.
    """
    if not isinstance(limit, Duration):
        return limit.exact
    if measure == "delivery date":
        return Fraction(limit.value) * _DAYS[limit.unit] if limit.unit in _DAYS else None
    if limit.unit in ("day", "week"):
        return Fraction(limit.value) * _DAYS[limit.unit] * 24 * HOUR
    return None if limit.microseconds is None else Fraction(limit.microseconds)


def comparable(tiers: tuple[Tier, ...], measure: str = "") -> bool:
    """True if every bound has a value that can be compared."""
    limits = (bound for tier in tiers for bound in (tier.lower, tier.upper) if bound is not None)
    return all(exact_of(limit, measure) is not None for limit in limits)


def in_tier(value: Fraction, tier: Tier, measure: str = "") -> bool:
    """True if `value` lies in the tier, its bounds taken as worded."""
    low = None if tier.lower is None else exact_of(tier.lower, measure)
    if low is not None and (value < low or (value == low and not tier.lower_included)):
        return False
    high = None if tier.upper is None else exact_of(tier.upper, measure)
    return high is None or value < high or (value == high and tier.upper_included)


def tier_of(tiers: tuple[Tier, ...], value: Fraction, measure: str = "") -> Tier | None:
    """The first tier that holds `value`."""
    return next((tier for tier in tiers if in_tier(value, tier, measure)), None)


def bounds_text(tier: Tier, measure: str = "") -> dict[str, str]:
    """The bounds as values of a step: from or above, below or up to."""
    values = {}
    for limit, included, words in (
        (tier.lower, tier.lower_included, ("from", "above")),
        (tier.upper, tier.upper_included, ("up_to", "below")),
    ):
        exact = None if limit is None else exact_of(limit, measure)
        if exact is not None:
            values[words[0] if included else words[1]] = plain(exact)
    return values
