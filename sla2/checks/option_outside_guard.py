"""What it checks
    Interim rule, options and fillings of an open passage lie between the bounds of its guard.

Why it matters
    The guard is what both sides promised not to go beyond. An option outside it can be argued for by its place among
    the options and against by the guard.

Example
    option relaxed: 90% within 3 business hours
    guard: between 15 and 120 business minutes

Write instead
    option relaxed: 90% within 2 business hours
    guard: between 15 and 120 business minutes
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.checks.terms import duration_of, fills, length, money_of, percent_of
from sla2.contract.quantity import Duration, Money
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.passage import Filling, Guard, Passage
    from sla2.contract.quantity import Percent
    from sla2.diagnostics import Diagnostic, Span

CODE = Code("SLA330", "option-outside-guard", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per value outside the guard of its passage."""
    for passage in contract.passages:
        if passage.guard is None:
            continue
        for span, what, filling in _fillings(contract, passage):
            yield from _outside(passage, passage.guard, span, what, filling)


def _fillings(contract: Contract, passage: Passage) -> Iterator[tuple[Span, str, Filling]]:
    if passage.interim is not None:
        yield passage.interim.span, "The interim rule", passage.interim
    for option in passage.options:
        yield option.span, f'The option "{option.name}"', option.filling
    for amendment, fill in fills(contract, passage):
        if fill.filling is not None:
            yield fill.span, f"The filling in {amendment.name}", fill.filling


def _outside(passage: Passage, guard: Guard, span: Span, what: str, filling: Filling) -> Iterator[Diagnostic]:
    bounds: tuple[tuple[Duration | Money | Percent | None, Duration | Money | Percent | None, str], ...] = (
        (duration_of(filling), guard.low_duration, "low"),
        (duration_of(filling), guard.high_duration, "high"),
        (money_of(filling), guard.low_money, "low"),
        (money_of(filling), guard.high_money, "high"),
        (percent_of(filling), guard.low_percent, "low"),
        (percent_of(filling), guard.high_percent, "high"),
    )
    for value, bound, end in bounds:
        if value is None or bound is None:
            continue
        yardstick, size = _size(value)
        other, limit = _size(bound)
        if yardstick == other and (size < limit if end == "low" else size > limit):
            beyond = "less than the lower" if end == "low" else "more than the upper"
            yield CODE.at(
                span,
                f'{what} of "{passage.name}" is {value}: {beyond} bound of the guard, {bound}.',
                help="Change the value, or agree on a wider guard.",
                related=(Related(guard.span, "the guard"),),
            )


def _size(value: Duration | Money | Percent) -> tuple[str, Fraction]:
    if isinstance(value, Duration):
        return length(value)
    if isinstance(value, Money):
        return value.currency, Fraction(value.amount)
    return "percent", Fraction(value.value)
