"""Formulas that pay by the count: each missed case, each started half hour, each minute of downtime, each day late.

In: the `each:` lines of a block and one possible outcome. Out: the parts of the credit with their steps, or the words
of the formula that cannot be reckoned for this measure. It runs in the place of the tiers.
Allowance "beyond the target" = (100% - target) x denominator; "in total" rounds up once, "each outage" has none.
Whole things are counted for "started" (rounded up) and "completed" (rounded down); else the count is exact.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.level import BoundTarget, ShareTarget
from sla2.settle.fees import Unknown
from sla2.settle.judge import step, threshold
from sla2.settle.line import Part, plain

if TYPE_CHECKING:
    from sla2.contract.credits import Credits, Each
    from sla2.measure.measurement import Piece
    from sla2.settle.candidates import Candidate
    from sla2.settle.fees import FeeBook
    from sla2.settle.verdict import Step, Verdict

_STEPWISE = ("started", "completed", "proportional")
Found = tuple[tuple[Part, ...], tuple["Step", ...], Fraction | None]


@dataclass(frozen=True, slots=True)
class _Counted:
    """So many things (missed cases, half hours, days), for the period ("") or for one outage."""

    of: str
    number: Fraction


def parts_of(
    block: Credits,
    candidate: Candidate,
    verdict: Verdict,
    pieces: tuple[Piece, ...],
    fees: FeeBook,
    base: Fraction | None,
) -> Found | str:
    """The parts of the credit, their steps, and the percentage of the base (as a share) if all parts are of it."""
    parts: list[Part] = []
    steps: list[Step] = []
    share: Fraction | None = Fraction(0)
    for each in block.each:
        counted = _count(each, candidate, verdict, pieces)
        if counted is None:
            return each.of
        if each.gives_times_fee is not None:
            found = _times_fee(each, block, counted, verdict, pieces, fees)
            if found is None:
                return each.of
            share = None
        else:
            found = _priced(each, counted, base)
            share = None if share is None or each.gives_percent is None else share + _share(each, counted)
        parts.extend(found[0])
        steps.append(found[1])
    return tuple(parts), tuple(steps), share


def _share(each: Each, counted: tuple[_Counted, ...]) -> Fraction:
    assert each.gives_percent is not None
    return sum((one.number for one in counted), Fraction(0)) * each.gives_percent.ratio


def _count(
    each: Each, candidate: Candidate, verdict: Verdict, pieces: tuple[Piece, ...]
) -> tuple[_Counted, ...] | None:
    """What is counted; nothing where the target is met (but each missed case counts all the same); None: refused."""
    if each.of == "missed case":
        silent = candidate.silent in ("not in force", "not judged", "insufficient data")
        return () if silent or not candidate.misses else (_Counted("case", Fraction(candidate.misses)),)
    if candidate.silent or candidate.value is None or not candidate.missed:
        return ()
    if each.of == "below target":
        return _shortfall(each, candidate, verdict)
    if each.of == "minute of downtime":
        return _per_outage(pieces, Fraction(60_000_000), "proportional")
    if each.of == "day late":
        return _late(candidate, verdict)
    if each.of in _STEPWISE:
        return _stepwise(each, verdict, pieces)
    return None


def _shortfall(each: Each, candidate: Candidate, verdict: Verdict) -> tuple[_Counted, ...] | None:
    target = verdict.measurement.terms.target
    limit = None if target is None else threshold(target)
    if limit is None or each.step_percent is None or candidate.value is None:
        return None
    if not (isinstance(target, ShareTarget) or (isinstance(target, BoundTarget) and target.percent is not None)):
        return None
    return (_Counted("", (limit - candidate.value) / each.step_percent.ratio),)


def _late(candidate: Candidate, verdict: Verdict) -> tuple[_Counted, ...] | None:
    target = verdict.measurement.terms.target
    if verdict.measurement.terms.measure != "delivery date" or candidate.value is None:
        return None
    allowed = threshold(target) if isinstance(target, BoundTarget) and target.late else Fraction(0)
    return (_Counted("", candidate.value - (allowed or 0)),)


def _stepwise(each: Each, verdict: Verdict, pieces: tuple[Piece, ...]) -> tuple[_Counted, ...] | None:
    length = each.step_duration.microseconds if each.step_duration else None
    measurement = verdict.measurement
    target = measurement.terms.target
    if length is None or measurement.terms.measure != "availability":
        return None
    if each.scope == "each outage":
        return _per_outage(pieces, Fraction(length), each.of)
    if not isinstance(target, BoundTarget) or target.percent is None:
        return None
    allowance = (1 - target.percent.ratio) * measurement.denominator
    beyond = measurement.denominator - measurement.numerator - allowance
    return (_Counted("", _whole(max(beyond, Fraction(0)) / length, each.of)),)


def _per_outage(pieces: tuple[Piece, ...], length: Fraction, of: str) -> tuple[_Counted, ...]:
    time: dict[str, Fraction] = defaultdict(Fraction)
    for piece in pieces:
        time[piece.outage_id] += (piece.ended - piece.started) * piece.weight
    return tuple(_Counted(outage, _whole(time[outage] / length, of)) for outage in sorted(time))


def _whole(number: Fraction, of: str) -> Fraction:
    if of == "started":
        return Fraction(-(-number.numerator // number.denominator))
    return Fraction(number.numerator // number.denominator) if of == "completed" else number


def _priced(each: Each, counted: tuple[_Counted, ...], base: Fraction | None) -> tuple[list[Part], Step]:
    if each.gives_money is not None:
        price, gives = Fraction(each.gives_money.amount), str(each.gives_money)
    else:
        assert each.gives_percent is not None and base is not None
        price, gives = each.gives_percent.ratio * base, str(each.gives_percent)
    parts = [
        Part(one.of, one.number * price, int(one.number) if one.of == "case" else 1) for one in counted if one.number
    ]
    total = sum((part.amount for part in parts), Fraction(0))
    number = sum((one.number for one in counted), Fraction(0))
    based = None if each.gives_money is not None or base is None else plain(base)
    return parts, step("each", each.span, plain(total), of=each.of, number=plain(number), gives=gives, base=based)


def _times_fee(
    each: Each,
    block: Credits,
    counted: tuple[_Counted, ...],
    verdict: Verdict,
    pieces: tuple[Piece, ...],
    fees: FeeBook,
) -> tuple[list[Part], Step] | None:
    """So many times the fee of the minutes that counted, outage by outage."""
    names = block.base.fees if block.base else ()
    times = Fraction(each.gives_times_fee or 0)
    zone = fees.contract.timezone or "UTC"
    parts = []
    for one in counted:
        of_outage = [piece for piece in pieces if piece.outage_id == one.of]
        fee = fees.of_downtime(names, of_outage, verdict.period, zone)
        if isinstance(fee, Unknown):
            return None
        parts.append(Part(one.of, fee * times))
    total = sum((part.amount for part in parts), Fraction(0))
    minutes = sum((one.number for one in counted), Fraction(0))
    return parts, step("each", each.span, plain(total), of=each.of, number=plain(minutes), times=plain(times))
