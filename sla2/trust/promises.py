"""Promises kept and broken, and what so many of them show.

In: counts of one class of promises of one side. Out: a `Standing` with expectation, 90% interval, status and how many
more kept promises would decide it. Classes are never pooled: a hundred easy promises do not buy off a broken hard
one.

Rule of a share: with r kept and s broken the share theta has the posterior Beta(r+1, s+1) (Jøsang & Ismail 2002, The
Beta Reputation System). The thresholds 0.90 and 0.10 are conventions unless the contract states a confidence.
Rule of every single one (a target of 100%, or a level that owes its target in each period): one broken promise is a
miss; a clean record is "kept so far", because no number of kept promises shows that the next one will be.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sla2.trust.beta import below, quantile

Status = Literal[
    "demonstrated",
    "missed",
    "unproven, on target so far",
    "unproven, below target so far",
    "kept so far",
    "no evidence",
    "no target",
]
CONFIDENCE = Fraction(9, 10)
"""The confidence of a block that does not state its own."""
_MOST_MORE = 5000


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises of one class by what became of them.

    `pending`: the time to keep it is not over. `untested`: nothing put it to the test. `moved`: announced before it
    was due and re-agreed. None of these three counts for or against.
    """

    kept: int = 0
    broken: int = 0
    pending: int = 0
    untested: int = 0
    moved: int = 0

    @property
    def n(self) -> int:
        """Decided promises."""
        return self.kept + self.broken

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.kept + other.kept,
            self.broken + other.broken,
            self.pending + other.pending,
            self.untested + other.untested,
            self.moved + other.moved,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What a tally shows against a target.

    `expected` = (r+1)/(r+s+2); `low`, `high` = 5% and 95% quantiles; `belief`, `disbelief`, `uncertainty` = r, s and 2
    over r+s+2; `at_target` = P(theta >= target). `more_kept` = kept promises in a row, from here, that would make it
    demonstrated (None: it is decided, has no target of a share, or no number up to 5,000 would).
    """

    tally: Tally
    target: Fraction | None
    expected: Fraction
    low: Decimal
    high: Decimal
    belief: Fraction
    disbelief: Fraction
    uncertainty: Fraction
    at_target: Decimal | None
    status: Status
    more_kept: int | None


def standing(
    tally: Tally, target: Fraction | None, confidence: Fraction = CONFIDENCE, *, capped: bool = False
) -> Standing:
    """Judge `tally` against `target` (a share of one) at `confidence`.

    demonstrated: P(theta >= target) >= confidence; missed: P <= 1 - confidence; otherwise unproven, with the side on
    which the observed share lies. n = 0: no evidence. A target of one: missed with the first broken promise, else
    kept so far. `capped`: too much of the evidence is unknown, so nothing is demonstrated and no number would decide.
    """
    a, b = tally.kept + 1, tally.broken + 1
    at_target = None if target is None else _at_least(target, a, b)
    status = _status(tally, target, at_target, confidence)
    if capped and status == "demonstrated":
        status = "unproven, on target so far"
    open_ended = not capped and status.startswith(("unproven", "no evidence"))
    return Standing(
        tally=tally,
        target=target,
        expected=Fraction(a, a + b),
        low=quantile(Decimal("0.05"), a, b),
        high=quantile(Decimal("0.95"), a, b),
        belief=Fraction(tally.kept, a + b),
        disbelief=Fraction(tally.broken, a + b),
        uncertainty=Fraction(2, a + b),
        at_target=at_target,
        status=status,
        more_kept=_more_kept(tally, target, confidence) if open_ended else None,
    )


def _at_least(target: Fraction, a: int, b: int) -> Decimal:
    return 1 - below(Decimal(target.numerator) / Decimal(target.denominator), a, b)


def _status(tally: Tally, target: Fraction | None, at_target: Decimal | None, confidence: Fraction) -> Status:
    if tally.n == 0:
        return "no evidence"
    if target is None or at_target is None:
        return "no target"
    if target >= 1:
        return "missed" if tally.broken else "kept so far"
    if Fraction(at_target) >= confidence:
        return "demonstrated"
    if Fraction(at_target) <= 1 - confidence:
        return "missed"
    return "unproven, on target so far" if Fraction(tally.kept, tally.n) >= target else "unproven, below target so far"


def _more_kept(tally: Tally, target: Fraction | None, confidence: Fraction) -> int | None:
    if target is None or target >= 1:
        return None

    def shown(more: int) -> bool:
        return Fraction(_at_least(target, tally.kept + more + 1, tally.broken + 1)) >= confidence

    if not shown(_MOST_MORE):
        return None
    low, high = 0, _MOST_MORE
    while low < high:
        middle = (low + high) // 2
        if shown(middle):
            high = middle
        else:
            low = middle + 1
    return low
