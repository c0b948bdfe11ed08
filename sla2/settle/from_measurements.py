"""Settling: measurements become verdicts, a statement and rights, in the one order of operations of the language.

In: `Measurements` from the contract's start on, claims, invoices and opening balances, the reported days. Out: a
`Settlement` and findings. The order: time used by an earlier claim, average with the previous period, raised target,
rounding of the measure, verdict; points; then the amounts (see `ledger`); then rights, pools and exposure, which only
look at what came out. Each step is a function of its own file and leaves one `Step`.
It measures nothing, words nothing and knows no clock: the as-of instant comes with the measurements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sla2.settle.claim import of_claims, used_by_claims
from sla2.settle.exposure import exposures
from sla2.settle.given import Given
from sla2.settle.judged import judge_all
from sla2.settle.ledger import Ledger, Pair, in_a_row
from sla2.settle.opening import opening_balances
from sla2.settle.points import Counted, accounts
from sla2.settle.pools import pool_uses
from sla2.settle.refusals import claims_missing, exposure_unknown, unevaluated, unknown_claims
from sla2.settle.rights import rights
from sla2.settle.statement import owed_of, statement, used_of
from sla2.settle.terms import Terms
from sla2.settle.verdict import Settlement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from sla2.diagnostics import Diagnostic
    from sla2.measure.measurement import Measurements
    from sla2.settle.balance import OpeningBalance
    from sla2.settle.judged import Key
    from sla2.settle.verdict import Verdict

_MOST_CLAIMS = 100
"""So many times a claim may take away time that a later one would rest on."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """All that one pass brings forth."""

    history: tuple[Verdict, ...]
    counted: tuple[Counted, ...]
    pairs: tuple[Pair, ...]
    ledger: Ledger
    found: tuple[Diagnostic, ...]


def settle(
    measurements: Measurements, *, given: Given | None = None, start: date, end: date
) -> tuple[Settlement, tuple[Diagnostic, ...]]:
    """Verdicts, statement and rights for the periods whose last day lies in [start, end).

    Caps per year, repeats and earn-backs look at every period measured, so measure from the contract's start where
    the log reaches that far; where it does not, give the opening balances, or the amounts say that they depend on
    earlier periods.
    """
    contract = measurements.contract
    given = given or Given()
    given = replace(given, claims=of_claims(given.claims, contract))
    terms = Terms(contract)
    found, refused = unevaluated(contract)
    first = min((one.period.first for one in measurements.measurements), default=start)
    opening, told = opening_balances(given.opening, contract, first)
    passed = _pass(measurements, terms, given, refused, opening, {})
    for _ in range(_MOST_CLAIMS):
        used = used_by_claims(passed.pairs, passed.history, passed.ledger.pieces)
        again = _pass(measurements, terms, given, refused, opening, used) if used else passed
        if again is passed or again.history == passed.history:
            break
        passed = again
    blocks = frozenset(block.name for block in (*contract.credits, *contract.bonuses))
    periods = frozenset(verdict.period.label for verdict in passed.history)
    found = (*found, *told, *passed.found, *unknown_claims(given.claims or (), blocks, periods))
    found = (*found, *(claims_missing(contract) if given.claims is None else ()))
    made = _settlement(measurements, terms, passed, opening, start, end)
    found = (*found, *passed.ledger.found, *(exposure_unknown(one) for one in made.exposures if one.limit is None))
    return made, tuple(dict.fromkeys(found))


def _pass(
    measurements: Measurements,
    terms: Terms,
    given: Given,
    refused: frozenset[str],
    opening: tuple[OpeningBalance, ...],
    used: Mapping[Key, Fraction],
) -> _Settled:
    """Everything once, with the time that earlier claims used."""
    history, found = judge_all(measurements, terms, opening, used)
    runs = in_a_row(history)
    counted = accounts(history, terms, lambda one: runs[(one.level, one.unit, one.period.label)], refused)
    ledger = Ledger(measurements, terms, given, refused, opening)
    return _Settled(history, counted, ledger.lines(history, counted), ledger, found)


def _settlement(
    measurements: Measurements,
    terms: Terms,
    passed: _Settled,
    opening: tuple[OpeningBalance, ...],
    start: date,
    end: date,
) -> Settlement:
    contract = measurements.contract
    reported = tuple(one for one in passed.history if start <= one.period.last < end)
    both = tuple(owed_of(*pair) for pair in passed.pairs)
    ledger = tuple(one for one, _ in both)
    carried = passed.ledger.opening
    asked = [pair for pair in passed.pairs if start <= pair[0].verdict.period.last < end]
    last = terms.on(max(one.period.last for one in reported)) if reported else contract
    fees = passed.ledger.fees(last, reported[0]) if reported else None
    balances = (used_of(passed.pairs, 0, carried), used_of(passed.pairs, 1, carried))
    points = tuple(one.account for one in passed.counted)
    arisen = rights(contract, terms, passed.history, measurements, ledger, points, opening)
    return Settlement(
        verdicts=reported,
        statement=statement(contract.currency or "", tuple(one for one in both if start <= one[0].period.last < end)),
        history=passed.history,
        ledger=ledger,
        points=tuple(one for one in points if start <= one.period.last < end),
        pools=pool_uses(tuple(asked), passed.ledger),
        rights=tuple(one for one in arisen if start <= one.arose < end),
        exposures=exposures(last, fees, balances, (one.period.last for one in reported)) if fees else (),
        opening=opening,
    )
