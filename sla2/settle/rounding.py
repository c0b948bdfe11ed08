"""All rounding there is: measures before they are compared, and money.

In: exact fractions and the step that the contract names. Out: exact values on that step. It runs where the order of
operations says "rounding", "unit rounding" or "cap", and after an earn-back. It rounds half up, away from zero for a
negative amount; only the room under a cap is rounded down, so that no cap is ever exceeded. Wording a figure for the
eye is not done here.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from babel.numbers import get_currency_precision

if TYPE_CHECKING:
    from sla2.contract.contract import Contract


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """The multiple of `step` nearest to `value`; a tie goes away from zero."""
    steps = abs(value) / step
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (whole if value >= 0 else -whole) * step


def down(value: Fraction, step: Fraction) -> Fraction:
    """The greatest multiple of `step` that is not above `value`."""
    return (value / step).__floor__() * step


def money_step(contract: Contract) -> Decimal:
    """The smallest amount that is paid: as `money rounding:` says, else the last decimal of the currency."""
    if contract.money_rounding is not None:
        return contract.money_rounding.step
    return currency_step(contract.currency or "")


def currency_step(currency: str) -> Decimal:
    """One unit of the last decimal of `currency` (ISO 4217, by CLDR): 0.01 for EUR, 1 for JPY."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def money(value: Fraction, step: Decimal) -> Decimal:
    """`value` rounded half up to `step`, written with the decimals of `step`."""
    return decimal(half_up(value, Fraction(step)), step)


def decimal(value: Fraction, step: Decimal) -> Decimal:
    """`value`, which lies on `step`, as a decimal with the digits of `step`; exact at any size.

    Raises: ValueError if `value` is not a multiple of `step`.
    """
    digits = -min(int(step.as_tuple().exponent), 0)
    scaled = value * 10**digits
    if scaled.denominator != 1:
        raise ValueError(f"{value} is no multiple of {step}")
    with localcontext() as context:
        context.prec = max(28, len(str(abs(scaled.numerator))) + 1)
        return Decimal(scaled.numerator).scaleb(-digits)
