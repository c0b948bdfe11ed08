"""Service points: what each missed period earns, before any money is reckoned.

In: the verdicts of all periods and the `points` blocks in force. Out: one account per block and period, with the
verdict it belongs to. It runs after all verdicts and before the credits. The tier that holds the value gives the
points, or the number after `missed:`; a repeat multiplies that period's own points and never compounds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.quantity import Points
from sla2.settle.balance import PointsAccount, PointsGiven
from sla2.settle.candidates import Candidate, candidates
from sla2.settle.judge import step
from sla2.settle.line import plain
from sla2.settle.tiers import bounds_text, tier_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.contract.credits import ServicePoints
    from sla2.settle.terms import Terms
    from sla2.settle.verdict import Step, Verdict

_Earned = tuple[Fraction, tuple["Step", ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """An account, and the verdict it is drawn from (that of all units, if there are several)."""

    account: PointsAccount
    verdict: Verdict


def accounts(
    history: tuple[Verdict, ...],
    terms: Terms,
    run: Callable[[Verdict], tuple[int, int]],
    refused: frozenset[str],
) -> tuple[Counted, ...]:
    """The accounts of all periods in the order in which they end. `run`: how many periods in a row have missed."""
    groups: dict[tuple[str, str], list[tuple[ServicePoints, Verdict, PointsGiven]]] = {}
    for verdict in history:
        if verdict.status == "not in force":
            continue
        for block in terms.on(verdict.period.terms_day).points:
            if block.level == verdict.level and block.name not in refused:
                given = _given(block, verdict, run(verdict))
                groups.setdefault((block.name, verdict.period.label), []).append((block, verdict, given))
    made = [_account(group) for group in groups.values()]
    return tuple(sorted(made, key=lambda one: (one.verdict.period.end, one.verdict.period.start, one.account.points)))


def _account(group: list[tuple[ServicePoints, Verdict, PointsGiven]]) -> Counted:
    block, verdict, _ = group[0]
    given = tuple(one for _, _, one in group)
    account = PointsAccount(
        points=block.name,
        level=verdict.level,
        period=verdict.period,
        low=sum((one.low for one in given), Fraction(0)),
        high=sum((one.high for one in given), Fraction(0)),
        given=given,
        block=block,
        provisional=tuple(dict.fromkeys(what for one in given for what in one.provisional)),
    )
    return Counted(account, verdict if len(group) == 1 else replace(verdict, unit=""))


def _given(block: ServicePoints, verdict: Verdict, run: tuple[int, int]) -> PointsGiven:
    if verdict.units:
        return _worst(block, verdict, run)
    found = candidates(verdict, block.tiers)
    least = min((_earned(block, verdict, one, run[0]) for one in reversed(found)), key=_number)
    most = max((_earned(block, verdict, one, run[1]) for one in found), key=_number)
    return PointsGiven(
        verdict.level, verdict.unit, verdict.period, least[0], most[0], least[1],
        most[1] if most[0] != least[0] else (), verdict.provisional,
    )  # fmt: skip


def _worst(block: ServicePoints, verdict: Verdict, run: tuple[int, int]) -> PointsGiven:
    """Points for units judged together: those of the unit that earns most."""
    units = [_given(block, unit, run) for unit in verdict.units if unit.status != "not in force"]
    least, most = max(units, key=lambda one: one.low), max(units, key=lambda one: one.high)
    steps = most.steps_high or most.steps
    return replace(
        least,
        unit="",
        high=most.high,
        steps_high=steps if most.high != least.low else (),
        provisional=verdict.provisional,
    )


def _number(earned: _Earned) -> Fraction:
    return earned[0]


def _earned(block: ServicePoints, verdict: Verdict, candidate: Candidate, run: int) -> _Earned:
    """The points for one possible outcome, with the steps of the verdict before them."""
    number, done = _own(block, candidate, verdict.measurement.terms.measure)
    steps = (*verdict.steps, done)
    if block.repeat is not None and run > 1 and candidate.missed and number:
        factor = Fraction(block.repeat.factor)
        number *= factor
        again = step("repeat", block.repeat.span, plain(number), factor=plain(factor), in_a_row=run, what="points")
        steps = (*steps, again)
    return number, steps


def _own(block: ServicePoints, candidate: Candidate, measure: str) -> tuple[Fraction, Step]:
    if candidate.silent:
        return Fraction(0), step("points", block.span, "0", none=candidate.silent)
    tier = None if candidate.value is None else tier_of(block.tiers, candidate.value, measure)
    value = None if candidate.value is None else plain(candidate.value)
    if tier is not None and isinstance(tier.gives, Points):
        number = tier.gives.exact
        return number, step("points", tier.span, plain(number), value=value, **bounds_text(tier, measure))
    if block.missed is not None and candidate.missed:
        return Fraction(block.missed), step("points", block.span, plain(Fraction(block.missed)), value=value)
    why = "no tier" if candidate.missed else "target met"
    return Fraction(0), step("points", block.span, "0", value=value, none=why)
