"""What a tier or a formula gives, in money: a percentage of the base, an amount, days of fee, the fee of lost time.

In: the gift as worded, the base of the period, the fees, the downtime that counted. Out: an exact amount, or the name
of the fee that cannot be reckoned. It runs after the tier is found; it rounds nothing and caps nothing. A day of fee is
the fee of the base period by its days where that is a month or less, else the fee of the base period's last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.contract.quantity import DaysOfFee, Money, Percent
from sla2.settle.fees import FeeBook, Unknown
from sla2.settle.spans import ONE_DAY, Days, days_of

if TYPE_CHECKING:
    from sla2.contract.period import JudgedPeriod
    from sla2.measure.measurement import Piece

_MONTH = 31
_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Purse:
    """What gifts are priced with: the names of the fees of the base, the base, its days, the downtime that counted."""

    names: tuple[str, ...]
    base: Fraction | Unknown | None
    days: Days
    period: JudgedPeriod
    pieces: tuple[Piece, ...]
    fees: FeeBook

    def day(self) -> Fraction | Unknown:
        """The fee of one day."""
        if isinstance(self.base, Fraction) and 0 < self.days.number <= _MONTH:
            return self.base / self.days.number
        if isinstance(self.base, Unknown):
            return self.base
        last = self.days.after - ONE_DAY
        return self.fees.of(self.names, Days(last, self.days.after), anchor=1)

    def price(self, gift: Percent | Money | DaysOfFee) -> Fraction | Unknown:
        """What one gift for the whole period comes to."""
        if isinstance(gift, Percent):
            base = self.base
            return gift.ratio * base if isinstance(base, Fraction) else (base or Unknown("", "no fee"))
        if isinstance(gift, Money):
            return Fraction(gift.amount)
        day = self.day()
        return day if isinstance(day, Unknown) else day * Fraction(gift.days)

    def lost(self, pieces: tuple[Piece, ...]) -> Fraction | Unknown:
        """The fee of the downtime of `pieces`."""
        return self.fees.of_downtime(self.names, pieces, self.period, self.fees.contract.timezone or "UTC")

    def rate(self, pieces: tuple[Piece, ...]) -> tuple[Fraction, Fraction] | None:
        """The fee and the minutes of the month, or of the judged period, from which the fee of `pieces` is reckoned.

        None where they lie in several months of different fees, or the fee is paid by a stretch other than these two.
        """
        zone = self.fees.contract.timezone or "UTC"
        months = [
            whole
            for _, whole in days_of(self.period).parts(1)
            if any(
                piece.started < day_start(whole.after, zone) and piece.ended > day_start(whole.first, zone)
                for piece in pieces
            )
        ]
        rates = [self.fees.per_minute(self.names, month.first, self.period, zone) for month in months]
        if len(set(rates)) != 1:
            return None
        for days in (*(months if len(months) == 1 else ()), days_of(self.period)):
            minutes = Fraction(day_start(days.after, zone) - day_start(days.first, zone), _MINUTE)
            fee = self.fees.of(self.names, days)
            if isinstance(fee, Fraction) and isinstance(rates[0], Fraction) and rates[0] * minutes == fee:
                return fee, minutes
        return None
