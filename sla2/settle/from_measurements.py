"""Settling: measurements become verdicts and a statement, in the one order of operations of the language.

In: `Measurements` from the contract's start on, claims and invoices, the reported days. Out: a `Settlement` and
findings. The order: rounding of the measure, verdict, tier or formula, repeat, base, unit rounding, cap per case,
cap per period, combination, pays if, claim, earn back. Each step is a function of its own file and leaves one `Step`.
It measures nothing, words nothing and knows no clock: the as-of instant comes with the measurements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.settle.claim import settle_claim
from sla2.settle.fees import FeeBook
from sla2.settle.given import Given
from sla2.settle.gross import Refusal, Setting, gross
from sla2.settle.history import earned, runs
from sla2.settle.judge import judge, threshold
from sla2.settle.limits import Used, cap_small, cap_span, combine, pays_if, round_unit
from sla2.settle.line import Line, Side
from sla2.settle.refusals import fee_unknown, not_computed, target_not_compared, unevaluated, unknown_claims
from sla2.settle.rounding import money, money_step
from sla2.settle.terms import Terms
from sla2.settle.together import together
from sla2.settle.verdict import Owed, Settlement, Statement, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.diagnostics import Diagnostic
    from sla2.measure.measurement import Measurements, Piece

_Key = tuple[str, str, str]
_Pair = tuple[Line, Line]


def settle(
    measurements: Measurements, *, given: Given | None = None, start: date, end: date
) -> tuple[Settlement, tuple[Diagnostic, ...]]:
    """Verdicts and statement for the periods whose last day lies in [start, end).

    Caps per year, repeats and earn-backs look at every period measured, so measure from the contract's start where
    the log reaches that far; where it does not, the amounts say that they depend on earlier periods.
    """
    run = _Run(measurements, given or Given())
    history = run.verdicts()
    ledger = run.ledger(history)
    reported = tuple(found for found in history if start <= found.period.last < end)
    owed = tuple(both for both in ledger if start <= both[0].period.last < end)
    statement = _statement(measurements.contract.currency or "", owed)
    amounts = tuple(least for least, _ in ledger)
    return Settlement(reported, statement, history, amounts), tuple(dict.fromkeys(run.found))


def _statement(currency: str, owed: tuple[tuple[Owed, Decimal], ...]) -> Statement:
    """The sums of both sides: a cap that one period uses up leaves less for the next, so bounds do not simply add."""
    least = sum((one.amount for one, _ in owed), Decimal(0))
    most = sum((amount for _, amount in owed), Decimal(0))
    return Statement(
        currency=currency, owed=tuple(one for one, _ in owed), total=least, low=min(least, most), high=max(least, most)
    )


@dataclass(slots=True)
class _Group:
    """The lines of one period, for the least and the most that may be owed, side by side."""

    least: tuple[Line, ...]
    most: tuple[Line, ...]


class _Run:
    """One settlement on its way: the measurements, what the log gives beside them, and the findings so far."""

    def __init__(self, measurements: Measurements, given: Given) -> None:
        self.measurements = measurements
        self.contract = measurements.contract
        self.terms = Terms(measurements.contract)
        self.given = given
        found, self.refused = unevaluated(self.contract)
        self.found: list[Diagnostic] = list(found)
        self.pieces: dict[_Key, tuple[Piece, ...]] = _counted(measurements.pieces)
        self.today = local_date(measurements.as_of, self.contract.timezone or "UTC")

    def verdicts(self) -> tuple[Verdict, ...]:
        """One verdict per measurement, units judged together as one, in order of period, level and unit."""
        done = []
        for measurement in self.measurements.measurements:
            contract = self.terms.on(measurement.period.first)
            here = any(level.name == measurement.level for level in contract.levels)
            target = measurement.terms.target
            if target is not None and target.kind != "open" and threshold(target) is None:
                self.found.append(target_not_compared(measurement.terms))
            done.append(judge(measurement, in_force=here, as_of=self.measurements.as_of))
        order = {level.name: number for number, level in enumerate(self.contract.levels)}
        return tuple(
            sorted(
                together(done), key=lambda one: (one.period.start, one.period.end, order.get(one.level, -1), one.unit)
            )
        )

    def ledger(self, history: tuple[Verdict, ...]) -> tuple[tuple[Owed, Decimal], ...]:
        """What every credits block owes for every period measured, with what it owes at most side."""
        blocks = frozenset(block.name for block in self.contract.credits)
        periods = frozenset(verdict.period.label for verdict in history)
        self.found.extend(unknown_claims(self.given.claims or (), blocks, periods))
        used: dict[Side, Used] = {"least": Used(), "most": Used()}
        pairs: list[_Pair] = []
        for lines in self._by_period(history):
            group = _Group(
                self._through("least", tuple(pair[0] for pair in lines), used["least"], history),
                self._through("most", tuple(pair[1] for pair in lines), used["most"], history),
            )
            pairs.extend(zip(group.least, group.most, strict=True))
        return tuple(_owed(*self._earn_back(pair, history)) for pair in pairs if not self._is_refused(pair))

    def _is_refused(self, pair: _Pair) -> bool:
        return pair[0].block.name in self.refused

    def _by_period(self, history: tuple[Verdict, ...]) -> Iterable[tuple[_Pair, ...]]:
        """The lines before rounding and caps, one group per period, in the order in which periods end."""
        in_a_row = _in_a_row(history)
        groups: dict[tuple[int, int], list[_Pair]] = defaultdict(list)
        for verdict in history:
            contract = self.terms.on(verdict.period.first)
            if verdict.status == "not in force":
                continue
            for block in contract.credits:
                if block.level != verdict.level or block.name in self.refused:
                    continue
                pair = self._gross(block, contract, verdict, in_a_row[_key(verdict)])
                if pair is not None:
                    groups[(verdict.period.end, verdict.period.start)].append(pair)
        order = {block.name: number for number, block in enumerate(self.contract.credits)}
        for key in sorted(groups):
            yield tuple(sorted(groups[key], key=lambda pair: order.get(pair[0].block.name, -1)))

    def _gross(self, block: Credits, contract: Contract, verdict: Verdict, run: tuple[int, int]) -> _Pair | None:
        if verdict.units:
            return self._gross_together(block, contract, verdict, run)
        pieces = self.pieces.get(_key(verdict), ())
        made = gross(Setting(block, contract, verdict, self._fees(contract, verdict), pieces, run))
        if not isinstance(made, Refusal):
            return _depending(made[0], verdict), _depending(made[1], verdict)
        if made.why == "formula":
            self._refuse(block, f"each: {made.what}")
        else:
            self.found.append(fee_unknown(block, made, verdict.period.label))
        return None

    def _gross_together(
        self, block: Credits, contract: Contract, verdict: Verdict, run: tuple[int, int]
    ) -> _Pair | None:
        """One credit for units judged together: what the block comes to for the unit for which it comes to most."""
        if block.each:
            self._refuse(block, f"each: {block.each[0].of}")
            return None
        pairs = [self._gross(block, contract, unit, run) for unit in verdict.units if unit.status != "not in force"]
        known = [pair for pair in pairs if pair is not None]
        if len(known) < len(pairs) or not known:
            return None
        least, most = (max((pair[side] for pair in known), key=lambda line: line.amount) for side in (0, 1))
        return replace(least, verdict=verdict), replace(most, verdict=verdict)

    def _counted(self, verdict: Verdict) -> tuple[Piece, ...]:
        return tuple(piece for one in verdict.units or (verdict,) for piece in self.pieces.get(_key(one), ()))

    def _refuse(self, block: Credits, what: str) -> None:
        if block.name not in self.refused:
            self.refused |= {block.name}
            self.found.append(not_computed(block, what))

    def _fees(self, contract: Contract, verdict: Verdict) -> FeeBook:
        name = verdict.measurement.terms.service
        users = contract.service(name).users if name else None
        return FeeBook(contract, users, self.given.invoices)

    def _through(
        self, side: Side, lines: tuple[Line, ...], used: Used, history: tuple[Verdict, ...]
    ) -> tuple[Line, ...]:
        """One period through unit rounding, caps, combination, pays if, claim; then it counts as used."""
        measured_from = min(verdict.period.first for verdict in history)
        done: list[Line] = []
        within = used.copy()
        for line in lines:
            capped = self._capped(round_unit(line), within, measured_from)
            within.add(capped)
            done.append(capped)
        paid = []
        for line in combine(tuple(done)):
            line = pays_if(line)
            line = settle_claim(line, self.given.claims, self._counted(line.verdict), self.today)
            used.add(line)
            paid.append(line)
        return tuple(paid)

    def _capped(self, line: Line, used: Used, measured_from: date) -> Line:
        fees = self._fees(line.contract, line.verdict)
        capped = cap_small(line, fees)
        for cap in line.block.caps:
            if isinstance(capped, str):
                break
            if cap.per not in ("outage", "case"):
                capped = cap_span(capped, cap, used, fees, measured_from)
        if isinstance(capped, str):
            self._refuse(line.block, capped)
            return line
        return capped

    def _earn_back(self, pair: _Pair, history: tuple[Verdict, ...]) -> _Pair:
        least, most = pair
        if not least.block.earn_back or not most.amount:
            return pair
        verdict = least.verdict
        later = tuple(
            one
            for one in history
            if (one.level, one.unit) == (verdict.level, verdict.unit) and one.period.start >= verdict.period.end
        )
        return _earned_back(least, later, "least"), _earned_back(most, later, "most")


def _earned_back(line: Line, later: tuple[Verdict, ...], side: Side) -> Line:
    """The line less the highest share that later periods earn back."""
    best = None
    for rule in line.block.earn_back:
        result = earned(rule, later)
        if result.waiting:
            line = line.depending("earn back")
        holds = result.possible if side == "least" else result.certain
        if holds and (best is None or rule.share.value > best[0].share.value):
            best = (rule, result)
    if best is None or not line.amount:
        return line
    rule, result = best
    back = line.amount * rule.share.ratio
    done = line.after("earn back", rule.span, line.amount - back, amount=line.amount, share=rule.share, by=result.by)
    return round_unit(done)


def _depending(line: Line, verdict: Verdict) -> Line:
    for on in verdict.provisional:
        line = line.depending(on)
    return line


def _owed(least: Line, most: Line) -> tuple[Owed, Decimal]:
    """The line as it stands in the statement, and the amount if the undecided cases cost most."""
    step = money_step(least.contract)
    amount, other = money(least.amount, step), money(most.amount, step)
    verdict = least.verdict
    owed = Owed(
        credits=least.block.name,
        level=verdict.level,
        unit=verdict.unit,
        period=verdict.period,
        currency=least.currency,
        amount=amount,
        low=min(amount, other),
        high=max(amount, other),
        steps=least.steps,
        share=least.share,
        claim_by=least.claim_by or most.claim_by,
        claimed=least.claimed if least.claimed is not None else most.claimed,
        provisional=tuple(dict.fromkeys((*least.provisional, *most.provisional))),
        steps_high=most.steps if amount != other else (),
        block=least.block,
    )
    return owed, other


def _key(verdict: Verdict) -> _Key:
    return verdict.level, verdict.unit, verdict.period.label


def _counted(pieces: Iterable[Piece]) -> dict[_Key, tuple[Piece, ...]]:
    found: dict[_Key, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.counted:
            found[(piece.level, piece.unit, piece.period)].append(piece)
    return {key: tuple(group) for key, group in found.items()}


def _in_a_row(history: tuple[Verdict, ...]) -> dict[_Key, tuple[int, int]]:
    series: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in history:
        series[(verdict.level, verdict.unit)].append(verdict)
    return {
        _key(verdict): run
        for verdicts in series.values()
        for verdict, run in zip(verdicts, runs(tuple(verdicts)), strict=True)
    }
