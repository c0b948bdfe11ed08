"""The Beta distribution with whole parameters, in decimal arithmetic.

In: counts. Out: probabilities and quantiles as `Decimal`, the same on every machine (binary floats would follow the
local mathematics library). Used by `promises` only. It does not do parameters that are not whole numbers.

The distribution function is I_x(a, b), computed from its continued fraction (Abramowitz & Stegun 26.5.8) with the
exact binomial coefficient in front: 1 / (a B(a, b)) = C(a+b-1, a).
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

_DIGITS = 40
_CLOSE = Decimal("1e-30")
_TINY = Decimal("1e-300")
_BISECTIONS = 50


def below(x: Decimal, a: int, b: int) -> Decimal:
    """P(theta <= x) for theta ~ Beta(a, b), a, b >= 1, to at least 20 digits.

    >>> below(Decimal("0.5"), 1, 1)
    Decimal('0.5')
    """
    if x <= 0:
        return Decimal(0)
    if x >= 1:
        return Decimal(1)
    with localcontext(prec=_DIGITS):
        if x * (a + b + 2) < a + 1:
            value = _tail(x, a, b)
        else:
            value = 1 - _tail(1 - x, b, a)
    with localcontext(prec=20):
        return +value.normalize()


def quantile(p: Decimal, a: int, b: int) -> Decimal:
    """The x with P(theta <= x) = p, by bisection to 15 digits."""
    low, high = Decimal(0), Decimal(1)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if below(middle, a, b) < p:
            low = middle
        else:
            high = middle
    with localcontext(prec=15):
        return (low + high) / 2


def _tail(x: Decimal, a: int, b: int) -> Decimal:
    """I_x(a, b) for x below the mean, by Lentz's method (Numerical Recipes, section 6.4, states the recurrence)."""
    front = Decimal(math.comb(a + b - 1, a)) * x**a * (1 - x) ** b
    c, d = Decimal(1), _inverse(1 - (a + b) * x / (a + 1))
    value = d
    m = 0
    while True:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = _inverse(1 + even * d), _nonzero(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = _inverse(1 + odd * d), _nonzero(1 + odd / c)
        step = d * c
        value *= step
        if abs(step - 1) < _CLOSE:
            return front * value


def _nonzero(value: Decimal) -> Decimal:
    return value if value else _TINY


def _inverse(value: Decimal) -> Decimal:
    return 1 / _nonzero(value)
