"""Formulas that pay by the count: each missed case, each started half hour, each minute of downtime, each day late.

In: the `each:` lines of a block and one possible outcome. Out: the parts of the credit with their steps, or the words
of the formula that cannot be reckoned for this measure. It runs in the place of the tiers.
Allowance "beyond the target" = (100% - target) x denominator; "in total" rounds up once; "each outage", and time "of
downtime" that is not said to be beyond the target, have none.
Whole things are counted for "started" (rounded up) and "completed" (rounded down); else the count is exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget, StatisticTarget
from sla2.settle.fees import Unknown
from sla2.settle.judge import comparison, step, threshold
from sla2.settle.line import Part, plain

if TYPE_CHECKING:
    from sla2.contract.credits import Credits, Each
    from sla2.contract.level import Target
    from sla2.measure.measurement import Piece
    from sla2.settle.candidates import Candidate
    from sla2.settle.gifts import Purse
    from sla2.settle.verdict import Step, Verdict

_STEPWISE = ("started", "completed", "proportional")
_DISTANCES = ("below target", "above target")
_OF_OUTAGES = ("availability", "number of outages", "longest outage")
Found = tuple[tuple[Part, ...], tuple["Step", ...], Fraction | None]


@dataclass(frozen=True, slots=True)
class _Counted:
    """So many things (missed cases, half hours, days), for the period ("") or for one outage.

    `beyond`: the time in microseconds that they are counted in, where it is what exceeds an allowance (`allowed`).
    """

    of: str
    number: Fraction
    beyond: Fraction | None = None
    allowed: Fraction | None = None


def parts_of(
    block: Credits,
    candidate: Candidate,
    verdict: Verdict,
    pieces: tuple[Piece, ...],
    purse: Purse,
    points: tuple[Fraction, Fraction] | None = None,
) -> Found | Unknown | str:
    """The parts of the credit, their steps, and the percentage of the base (as a share) if all parts are of it."""
    parts: list[Part] = []
    steps: list[Step] = []
    share: Fraction | None = Fraction(0)
    for each in block.each:
        counted = _of_points(each, candidate) if points is not None else _count(each, candidate, verdict, block, pieces)
        if counted is None or each.gives_points is not None:
            return each.of
        if each.gives_times_fee is not None:
            found = _times_fee(each, counted, pieces, purse)
        else:
            found = _priced(each, counted, purse)
        if isinstance(found, Unknown):
            return found
        share = None if share is None or each.gives_percent is None else share + _share(each, counted)
        parts.extend(found[0])
        steps.append(found[1])
    return tuple(parts), tuple(steps), share


def _of_points(each: Each, candidate: Candidate) -> tuple[_Counted, ...] | None:
    """The points of an account, for `each: point`."""
    if each.of != "point" or candidate.value is None:
        return None
    return (_Counted("", candidate.value),)


def _share(each: Each, counted: tuple[_Counted, ...]) -> Fraction:
    assert each.gives_percent is not None
    return sum((one.number for one in counted), Fraction(0)) * each.gives_percent.ratio


def _count(
    each: Each, candidate: Candidate, verdict: Verdict, block: Credits, pieces: tuple[Piece, ...]
) -> tuple[_Counted, ...] | None:
    """What is counted; nothing where the target is met (but each missed case counts all the same); None: refused.

    In a bonus only the distance from the target has a mirror: it counts how far the value is better than the target.
    """
    if block.bonus:
        if each.of not in _DISTANCES:
            return None
        return _distance(each, candidate, verdict) if candidate.exceeded and not candidate.silent else ()
    if each.of == "missed case":
        silent = candidate.silent in ("not in force", "not judged", "insufficient data")
        return () if silent or not candidate.misses else (_Counted("case", Fraction(candidate.misses)),)
    if candidate.silent or candidate.value is None or not candidate.missed:
        return ()
    if each.of in _DISTANCES:
        return _distance(each, candidate, verdict)
    if each.of == "minute of downtime":
        return _per_outage(pieces, Fraction(60_000_000), "proportional")
    if each.of == "day late":
        return _late(candidate, verdict)
    if each.of in _STEPWISE:
        return _stepwise(each, candidate, verdict, pieces)
    return None


def _distance(each: Each, candidate: Candidate, verdict: Verdict) -> tuple[_Counted, ...] | None:
    """How many steps the value is away from the target; None where the step is of another kind than the target.

    None, too, for a step on the side on which the value is good: "above target" where the target is a least value.
    "N below target" of a bonus is mirrored and stands for the better side, whichever that is.
    """
    target = verdict.measurement.terms.target
    limit = None if target is None else threshold(target)
    if target is None or limit is None or candidate.value is None:
        return None
    least = comparison(target) in ("at least", "above")
    if (each.of == "below target") != least and not (candidate.exceeded and (least or each.of == "below target")):
        return None
    length = _step_length(each, target)
    return (_Counted("", abs(limit - candidate.value) / length),) if length else None


def _step_length(each: Each, target: Target) -> Fraction | None:
    """The step in the unit in which the target is compared; None if it is of another kind."""
    bound = target if isinstance(target, BoundTarget) else None
    if each.step_percent is not None and (isinstance(target, ShareTarget) or (bound and bound.percent is not None)):
        return each.step_percent.ratio
    if each.step_number is not None and bound is not None and bound.number is not None:
        return Fraction(each.step_number)
    within = target.within if isinstance(target, StatisticTarget) else bound.duration if bound else None
    step_of = each.step_duration
    if step_of is None or within is None or (bound is not None and bound.late) or step_of.kind != within.kind:
        return None
    return None if step_of.microseconds is None else Fraction(step_of.microseconds)


def _late(candidate: Candidate, verdict: Verdict) -> tuple[_Counted, ...] | None:
    """Days late beyond those that the target allows."""
    target = verdict.measurement.terms.target
    if verdict.measurement.terms.measure != "delivery date" or candidate.value is None:
        return None
    allowed = threshold(target) if isinstance(target, BoundTarget) and target.late else Fraction(0)
    return (_Counted("", max(candidate.value - (allowed or 0), Fraction(0))),)


def _days_late(each: Each, candidate: Candidate, verdict: Verdict) -> tuple[_Counted, ...] | None:
    """Steps of days late beyond those that the target allows."""
    step_of, late = each.step_duration, _late(candidate, verdict)
    if step_of is None or step_of.unit not in ("day", "working day", "week") or not late or each.scope == "each outage":
        return None
    length = Fraction(step_of.value) * (7 if step_of.unit == "week" else 1)
    return (_Counted("", _whole(late[0].number / length, each.of)),)


def _stepwise(
    each: Each, candidate: Candidate, verdict: Verdict, pieces: tuple[Piece, ...]
) -> tuple[_Counted, ...] | None:
    """Lengths of time beyond the target: of downtime beyond the allowance, or of a time beyond its limit."""
    if verdict.measurement.terms.measure == "delivery date":
        return _days_late(each, candidate, verdict)
    length = each.step_duration.microseconds if each.step_duration else None
    measurement, target = verdict.measurement, verdict.measurement.terms.target
    if not length:
        return None
    if each.scope is None:
        time = sum((one.number for one in _per_outage(pieces, Fraction(length), "proportional")), Fraction(0))
        return (_Counted("", _whole(time, each.of)),) if measurement.terms.measure in _OF_OUTAGES else None
    if each.scope == "each outage":
        return _per_outage(pieces, Fraction(length), each.of) if measurement.terms.measure in _OF_OUTAGES else None
    if isinstance(target, StatisticTarget) or (isinstance(target, BoundTarget) and target.duration is not None):
        limit = threshold(target)
        if limit is None or candidate.value is None or comparison(target) not in ("at most", "below"):
            return None
        return (_Counted("", _whole(max(candidate.value - limit, Fraction(0)) / length, each.of)),)
    if measurement.terms.measure != "availability":
        return None
    if not isinstance(target, BoundTarget) or target.percent is None or candidate.value is None:
        return None
    beyond = max((target.percent.ratio - candidate.value) * measurement.denominator, Fraction(0))
    allowed = (1 - target.percent.ratio) * measurement.denominator
    return (_Counted("", _whole(beyond / length, each.of), beyond, allowed),)


def _per_outage(pieces: tuple[Piece, ...], length: Fraction, of: str) -> tuple[_Counted, ...]:
    time: dict[str, Fraction] = defaultdict(Fraction)
    for piece in pieces:
        time[piece.outage_id] += (piece.ended - piece.started) * piece.weight
    return tuple(_Counted(outage, _whole(time[outage] / length, of)) for outage in sorted(time))


def _whole(number: Fraction, of: str) -> Fraction:
    if of == "started":
        return Fraction(-(-number.numerator // number.denominator))
    return Fraction(number.numerator // number.denominator) if of == "completed" else number


def _priced(each: Each, counted: tuple[_Counted, ...], purse: Purse) -> tuple[list[Part], Step] | Unknown:
    """So many times a price: an amount of money, a percentage of the base, or days of fee."""
    gift = each.gives_money or each.gives_percent or each.gives_days
    price = None if gift is None else purse.price(gift)
    if not isinstance(price, Fraction):
        return price if price is not None else Unknown("", "no fee")
    parts = [
        Part(one.of, one.number * price, int(one.number) if one.of == "case" else 1) for one in counted if one.number
    ]
    total = sum((part.amount for part in parts), Fraction(0))
    number = sum((one.number for one in counted), Fraction(0))
    based = plain(purse.base) if each.gives_percent is not None and isinstance(purse.base, Fraction) else None
    first = counted[0] if len(counted) == 1 else None
    done = step(
        "each", each.span, plain(total), of=each.of, number=plain(number), gives=gift, base=based,
        beyond=plain(first.beyond) if first and first.beyond is not None else None,
        allowed=plain(first.allowed) if first and first.allowed is not None else None,
    )  # fmt: skip
    return parts, done


def _times_fee(
    each: Each, counted: tuple[_Counted, ...], pieces: tuple[Piece, ...], purse: Purse
) -> tuple[list[Part], Step] | Unknown:
    """So many times the fee of the minutes that counted, outage by outage."""
    times = Fraction(each.gives_times_fee or 0)
    parts = []
    for one in counted:
        fee = purse.lost(tuple(piece for piece in pieces if piece.outage_id == one.of))
        if isinstance(fee, Unknown):
            return fee
        parts.append(Part(one.of, fee * times))
    total = sum((part.amount for part in parts), Fraction(0))
    minutes = sum((one.number for one in counted), Fraction(0))
    rate = purse.rate(tuple(piece for piece in pieces if piece.outage_id in {one.of for one in counted}))
    done = step(
        "each", each.span, plain(total), of=each.of, number=plain(minutes), times=plain(times),
        fee=plain(total / times) if times else "0",
        of_fee=plain(rate[0]) if rate else None, minutes=plain(rate[1]) if rate else None,
    )  # fmt: skip
    return parts, done
