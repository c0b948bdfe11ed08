"""The Beta distribution with whole parameters, in decimal arithmetic.

In: counts. Out: probabilities and quantiles as `Decimal`, the same on every machine (binary floats would follow the
local mathematics library). Used by `promises` only. It does not do parameters that are not whole numbers.

The distribution function is I_x(a, b), computed from its continued fraction (Abramowitz & Stegun 26.5.8). The factor in
front, x^a (1-x)^b / (a B(a, b)), is the exact binomial coefficient C(a+b-1, a) for small counts; for large ones its
logarithm comes from Stirling's series (Abramowitz & Stegun 6.1.41).
"""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from functools import cache

_DIGITS = 60
_CLOSE = Decimal("1e-30")
_TINY = Decimal("1e-300")
_NEAR = Decimal("1e-18")
_STEPS = 200
_EXACT_UP_TO = 2000
_HALF_LOG_TWO_PI = Decimal("0.918938533204672741780329736405617639861397473637783412817152")
_SERIES = tuple(
    Decimal(over) / Decimal(under)
    for over, under in ((1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156), (-3617, 122400))
)
"""B(2k) / (2k (2k-1)) for k = 1 to 8."""


def below(x: Decimal, a: int, b: int) -> Decimal:
    """P(theta <= x) for theta ~ Beta(a, b), a, b >= 1, to at least 18 digits.

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
    """The x with P(theta <= x) = p, to 15 digits, by Newton's method kept between bounds."""
    with localcontext(prec=_DIGITS):
        low, high = Decimal(0), Decimal(1)
        x = Decimal(a) / (a + b)
        for _ in range(_STEPS):
            gap = below(x, a, b) - p
            if gap < 0:
                low = x
            else:
                high = x
            density = _front(x, a, b) * a / (x * (1 - x))
            better = x - gap / density if density else low
            if not low < better < high:
                better = (low + high) / 2
            moved, x = abs(better - x), better
            if moved < _NEAR:
                break
    with localcontext(prec=15):
        return +x


def _front(x: Decimal, a: int, b: int) -> Decimal:
    """x^a (1-x)^b / (a B(a, b))."""
    if a + b <= _EXACT_UP_TO:
        return Decimal(math.comb(a + b - 1, a)) * x**a * (1 - x) ** b
    return (_log_gamma(a + b) - _log_gamma(a + 1) - _log_gamma(b) + a * x.ln() + b * (1 - x).ln()).exp()


@cache
def _log_gamma(z: int) -> Decimal:
    """The logarithm of the gamma function of a whole number: exact factorials, then Stirling's series."""
    with localcontext(prec=_DIGITS):
        if z <= _EXACT_UP_TO:
            return Decimal(math.factorial(z - 1)).ln()
        large = Decimal(z)
        powers = (term / large ** (2 * k + 1) for k, term in enumerate(_SERIES))
        return (large - Decimal("0.5")) * large.ln() - large + _HALF_LOG_TWO_PI + sum(powers)


def _tail(x: Decimal, a: int, b: int) -> Decimal:
    """I_x(a, b) for x below the mean, by Lentz's method (Numerical Recipes, section 6.4, states the recurrence)."""
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
            return _front(x, a, b) * value


def _nonzero(value: Decimal) -> Decimal:
    return value if value else _TINY


def _inverse(value: Decimal) -> Decimal:
    return 1 / _nonzero(value)
