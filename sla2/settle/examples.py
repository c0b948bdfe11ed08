"""Worked examples: the contract runs the cases that its parties wrote into it.

In: a contract. Out: per example whether it comes out as it says, with both figures. It runs for `sla2 test`. A given
share or number of cases is taken as measured; tickets and outages are measured first. It proves the rules against the
examples and the examples against the rules: a disagreement is an error of the contract, never settled here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.contract.example import (
    ExpectCount,
    ExpectCredit,
    ExpectFigure,
    ExpectPoints,
    ExpectShare,
    ExpectVerdict,
    GivenOutage,
)
from sla2.contract.quantity import HOUR, MINUTE, Number
from sla2.later import Later
from sla2.measure.measurement import Cases, Measurements
from sla2.settle.codes import EXAMPLE_DISAGREES, EXAMPLE_NOT_RUN
from sla2.settle.example_given import (
    invoices_for,
    judges_log,
    log_for,
    measurements_for,
    months,
    period_of,
    with_fees,
)
from sla2.settle.from_measurements import settle
from sla2.settle.given import Given
from sla2.settle.line import plain
from sla2.settle.rounding import half_up
from sla2.settle.tiers import exact_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.example import Example, Expect
    from sla2.contract.level import Level
    from sla2.diagnostics import Diagnostic
    from sla2.measure import run as measuring
    from sla2.measure.measurement import Case, Measurement, Piece
    from sla2.settle.verdict import Settlement
else:
    measuring = Later("sla2.measure.run")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One `expect:` line: what it says and what came out, as short texts for people; None: it could not be run."""

    expect: Expect
    expected: str
    found: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One worked example. `agrees`: all its lines agree; None if none disagrees and at least one could not be run."""

    name: str
    title: str
    outcomes: tuple[Outcome, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the example comes out as the contract says."""
        if any(one.agrees is False for one in self.outcomes):
            return False
        return None if any(one.agrees is None for one in self.outcomes) else True


@dataclass(frozen=True, slots=True)
class _Ran:
    """What an example came to."""

    settlement: Settlement
    measurements: tuple[Measurement, ...]
    cases: tuple[Case, ...]


def run_examples(contract: Contract, *, logs: bool = True) -> tuple[ExampleResult, ...]:
    """All worked examples of `contract`, in the order of the file; without `logs` only those that measure none."""
    chosen = (example for example in contract.examples if logs or not example.needs_log)
    return tuple(run_example(example, contract) for example in chosen)


def run_example(example: Example, contract: Contract) -> ExampleResult:
    """One worked example; a line that cannot be run gives a warning, a line that disagrees an error."""
    found: list[Diagnostic] = []
    outcomes: list[Outcome] = []
    skipped = [item.what for item in contract.unevaluated if item.block == example.name]
    ran = None if skipped else _run(example, contract, found)
    for expect in example.expect:
        outcome = _outcome(expect, contract, ran)
        outcomes.append(outcome)
        if outcome.agrees is False:
            found.append(_disagrees(example, outcome))
        elif outcome.agrees is None:
            found.append(_not_run(example, outcome, skipped))
    return ExampleResult(example.name, example.title, tuple(outcomes), tuple(found))


def _disagrees(example: Example, outcome: Outcome) -> Diagnostic:
    message = f"Example {example.name} expects {outcome.expected}, but by the contract it is {outcome.found}."
    return EXAMPLE_DISAGREES.at(outcome.expect.span, message, help="Correct the example, or the rule it is about.")


def _not_run(example: Example, outcome: Outcome, skipped: list[str]) -> Diagnostic:
    why = f'"{skipped[0]}" is not computed' if skipped else outcome.found
    message = f"Example {example.name} cannot check {outcome.expected}: {why}."
    return EXAMPLE_NOT_RUN.at(outcome.expect.span, message, help="Work this line out by hand.")


def _run(example: Example, contract: Contract, found: list[Diagnostic]) -> _Ran | None:
    span = months(example)
    if span is None or contract.timezone is None:
        return None
    start, end = span
    priced = with_fees(example, contract)
    measured = list(measurements_for(example, priced))
    cases: list[Case] = []
    pieces: list[Piece] = []
    as_of = day_start(end, contract.timezone)
    if example.needs_log:
        for level in priced.levels:
            if judges_log(level) and level.name not in {one.level for one in measured}:
                result = _measured(example, priced, level, start, end, found)
                measured.extend(result[0])
                cases.extend(result[1])
                pieces.extend(result[2])
    as_of = max((one.period.end for one in measured), default=as_of)
    whole = Measurements(priced, as_of, tuple(measured), _Kept(tuple(cases)), tuple(pieces))
    given = Given(None, invoices_for(example, priced))
    last = max((one.period.last for one in measured), default=end)
    settlement, more = settle(whole, given=given, start=start.replace(year=start.year - 1), end=_after(last))
    named = {"SLA650", "SLA651", "SLA652"}
    if any(isinstance(expect, ExpectCredit) for expect in example.expect):
        found.extend(one for one in more if one.code in named and one not in found)
    return _Ran(settlement, tuple(measured), tuple(cases))


def _after(day: date) -> date:
    return day.fromordinal(day.toordinal() + 1)


_Measured = tuple[tuple["Measurement", ...], tuple["Case", ...], tuple["Piece", ...]]


def _measured(
    example: Example, contract: Contract, level: Level, start: date, end: date, found: list[Diagnostic]
) -> _Measured:
    """What one level makes of the tickets and outages, over its whole period; nothing if it judges none of them."""
    log = log_for(example, contract, level)
    whole = period_of(contract, level.name, end.fromordinal(end.toordinal() - 1))
    stop = end if whole is None else max(end, _after(whole.last))
    result, findings = measuring.measure(contract, log, start, stop, day_start(stop, contract.timezone or "UTC"))
    if result is None:
        found.extend(one for one in findings if one not in found)
        log.close()
        return (), (), ()
    cases = tuple(result.cases.of(level.name))
    pieces = tuple(one for one in result.pieces if one.level == level.name)
    units = {given.unit for given in example.given if isinstance(given, GivenOutage)}
    own = tuple(one for one in result.of(level.name) if (cases or pieces) and (not one.unit or one.unit in units))
    log.close()
    return own, cases, pieces


@dataclass(frozen=True, slots=True)
class _Kept(Cases):
    """The few cases of an example."""

    cases: tuple[Case, ...]

    def of(self, level: str, period: str | None = None, outcome: str | None = None) -> Iterator[Case]:
        """Cases of a level."""
        for case in self.cases:
            if case.level == level and period in (None, case.period) and outcome in (None, case.outcome):
                yield case

    def ticket(self, ticket_id: str) -> tuple[Case, ...]:
        """All cases of one ticket."""
        return tuple(case for case in self.cases if case.ticket_id == ticket_id)


def _outcome(expect: Expect, contract: Contract, ran: _Ran | None) -> Outcome:
    if isinstance(expect, ExpectCredit):
        return _credit(expect, ran)
    if isinstance(expect, ExpectVerdict):
        return _verdict(expect, contract, ran)
    if isinstance(expect, ExpectShare):
        return _share(expect, contract, ran)
    if isinstance(expect, ExpectCount):
        return _counted(expect, ran)
    if isinstance(expect, ExpectFigure):
        return _figure(expect, contract, ran)
    return _points(expect, ran)


def _points(expect: ExpectPoints, ran: _Ran | None) -> Outcome:
    """The points of each period that is given, in the order of time."""
    expected = f"points {', '.join(str(point) for point in expect.points)}"
    accounts = () if ran is None else ran.settlement.points
    if not accounts:
        return Outcome(expect, expected, "no points are reckoned for what is given", None)
    low, high = ([getattr(one, side) for one in accounts] for side in ("low", "high"))
    texts = [
        plain(one) if one == other else f"{plain(one)} to {plain(other)}" for one, other in zip(low, high, strict=True)
    ]
    agrees = low == high == [Fraction(point) for point in expect.points]
    return Outcome(expect, expected, f"points {', '.join(texts)}", agrees)


def _figure(expect: ExpectFigure, contract: Contract, ran: _Ran | None) -> Outcome:
    """A figure in other than percent; a number is compared when rounded half up to the digits written."""
    expected = f"{expect.level} {expect.figure}"
    found = [] if ran is None else [one for one in ran.measurements if one.level == expect.level]
    if expect.month is not None:
        period = period_of(contract, expect.level, expect.month)
        found = [one for one in found if period is not None and one.period.label == period.label]
    values = [one.value for one in found if one.value is not None]
    wanted = exact_of(expect.figure)
    if not values or wanted is None:
        return Outcome(expect, expected, f"nothing is measured for {expect.level}", None)
    if isinstance(expect.figure, Number):
        digits = max(-int(expect.figure.value.as_tuple().exponent), 0)
        rounded = {half_up(value, Fraction(1, 10**digits)) for value in values}
        text = ", ".join(plain(value) for value in sorted(rounded))
        return Outcome(expect, expected, text, rounded == {wanted})
    unit = exact_of(expect.figure.model_copy(update={"value": Decimal(1)})) or Fraction(1)
    text = ", ".join(f"{plain(value / unit)} {expect.figure.unit}s" for value in sorted(set(values)))
    return Outcome(expect, expected, text, set(values) == {wanted})


def _credit(expect: ExpectCredit, ran: _Ran | None) -> Outcome:
    expected = f"a {'bonus' if expect.bonus else 'credit'} of {expect.money}"
    side = "customer" if expect.bonus else "supplier"
    ledger = () if ran is None else tuple(one for one in ran.settlement.ledger if one.owed_by == side)
    if not ledger:
        what = "bonus" if expect.bonus else "credit"
        return Outcome(expect, expected, f"no {what} is reckoned for what is given", None)
    owed = [one for one in ledger if expect.month is None or one.period.first <= expect.month <= one.period.last]
    total = sum((one.amount for one in owed), Decimal(0))
    most = sum((one.high for one in owed), Decimal(0))
    currency = expect.money.currency
    text = f"{currency} {total}" if total == most else f"{currency} {total} to {most}"
    return Outcome(expect, expected, text, total == most == expect.money.amount)


def _verdict(expect: ExpectVerdict, contract: Contract, ran: _Ran | None) -> Outcome:
    expected = f"{expect.level} {expect.outcome}"
    found = [] if ran is None else [one for one in ran.settlement.history if one.level == expect.level]
    if expect.month is not None:
        period = period_of(contract, expect.level, expect.month)
        found = [one for one in found if period is not None and one.period.label == period.label]
    if not found:
        return Outcome(expect, expected, f"nothing is measured for {expect.level}", None)
    statuses = sorted({one.status for one in found})
    return Outcome(expect, expected, ", ".join(statuses), statuses == [expect.outcome])


def _share(expect: ExpectShare, contract: Contract, ran: _Ran | None) -> Outcome:
    expected = f"{expect.level} {expect.percent}"
    found = [] if ran is None else [one for one in ran.measurements if one.level == expect.level]
    if expect.month is not None:
        period = period_of(contract, expect.level, expect.month)
        found = [one for one in found if period is not None and one.period.label == period.label]
    values = [one.value for one in found if one.value is not None]
    if not values:
        return Outcome(expect, expected, f"nothing is measured for {expect.level}", None)
    digits = max(-int(expect.percent.value.as_tuple().exponent), 0)
    step = Fraction(1, 100 * 10**digits)
    rounded = {half_up(value, step) for value in values}
    text = ", ".join(f"{plain(value * 100)}%" for value in sorted(rounded))
    return Outcome(expect, expected, text, rounded == {expect.percent.ratio})


_LENGTH = {
    "business minute": MINUTE,
    "business hour": HOUR,
    "elapsed minute": MINUTE,
    "elapsed hour": HOUR,
}


def _counted(expect: ExpectCount, ran: _Ran | None) -> Outcome:
    expected = f"{expect.level} to count {expect.counts}, {expect.outcome}"
    cases = [] if ran is None else [one for one in ran.cases if one.level == expect.level]
    unit = _LENGTH.get(expect.counts.unit)
    if not cases:
        return Outcome(expect, expected, f"{expect.level} judges no ticket that is given", None)
    if unit is None:
        return Outcome(expect, expected, "days on the clock are not compared", None)
    found = [(Fraction(case.elapsed, unit), case.outcome) for case in cases]
    agrees = all(one == (Fraction(expect.counts.value), expect.outcome) for one in found)
    text = "; ".join(f"{plain(value)} {expect.counts.unit}s, {outcome}" for value, outcome in found)
    return Outcome(expect, expected, text, agrees)
