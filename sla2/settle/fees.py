"""What the customer pays: the fee of a stretch of days, and the fee of a minute of downtime.

In: the contract in force and a stretch of local days. Out: exact fractions of the contract's currency, or the name of
the fee that cannot be reckoned. Rules: the fee of a period is the sum of its monthly fees; a part month counts by
days; a change of fee counts from the day it is valid; a quarterly fee is three monthly fees, a yearly fee twelve; a
fee that is paid once counts whole. Nothing is rounded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import day_start
from sla2.contract.periods import term_end
from sla2.settle.spans import ONE_DAY, Days, days_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Fee, UnitNumber
    from sla2.measure.measurement import Piece
    from sla2.settle.given import Invoice

_MINUTE = 60_000_000
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fee that cannot be reckoned: its name and a key for the reason.

    The keys: "as invoiced", "per user", "per unit", "no fee".
    """

    fee: str
    why: str


@dataclass(frozen=True, slots=True)
class FeeBook:
    """All fees of a contract, the number of users or units they are multiplied with, and the invoices at hand."""

    contract: Contract
    users: int | None = None
    invoices: tuple[Invoice, ...] = ()
    numbers: tuple[UnitNumber, ...] = ()

    def names(self) -> tuple[str, ...]:
        """The names of all fees, each once, in the order of the contract."""
        return tuple(dict.fromkeys(fee.name for fee in self.contract.fees))

    def of(
        self, names: Iterable[str], days: Days, *, anchor: int | None = None, period: str = "", unit: str = ""
    ) -> Fraction | Unknown:
        """The sum of the named fees over `days`; no names mean all fees.

        `anchor`: the day of the month on which the months of this stretch begin (None: its first day if it is a whole
        number of months, else the 1st). `period` and `unit` find the invoice of a fee that is paid as invoiced.
        """
        begins = anchor or (days.first.day if days.months else 1)
        named = tuple(names)
        total = Fraction(0)
        for name in named or tuple(name for name in self.names() if not self._elsewhere(name, days)):
            amount = self._one(name, days, begins, period, unit)
            if isinstance(amount, Unknown):
                return amount
            total += amount
        return total

    def _elsewhere(self, name: str, days: Days) -> bool:
        """True for a fee that is paid once, outside `days`: "all fees of the period" does not hold it."""
        fees = [fee for fee in self.contract.fees if fee.name == name]
        start = self.contract.term.start if self.contract.term else days.first
        return all(fee.per == "once" and not days.first <= (fee.valid_from or start) < days.after for fee in fees)

    def _one(self, name: str, days: Days, anchor: int, period: str, unit: str) -> Fraction | Unknown:
        versions = sorted(
            (fee for fee in self.contract.fees if fee.name == name),
            key=lambda fee: (fee.valid_from is not None, fee.valid_from or days.first),
        )
        if not versions:
            return Unknown(name, "no fee")
        if any(fee.per == "as invoiced" for fee in versions):
            return self._invoiced(name, period, unit)
        total = Fraction(0)
        for fee, part in _in_force(versions, self._in_term(days)):
            amount = self._amount(fee)
            if isinstance(amount, Unknown):
                return amount
            total += amount if fee.per == "once" else _prorated(amount / _MONTHS[fee.per], part, anchor)
        return total

    def _amount(self, fee: Fee) -> Fraction | Unknown:
        if fee.amount is None:
            return Unknown(fee.name, "as invoiced")
        if fee.each is not None:
            number = next((one.number for one in self.numbers if _is_of(fee.each, one.unit)), None)
            return Unknown(fee.name, "per unit") if number is None else Fraction(fee.amount.amount) * number
        if fee.per_user and self.users is None:
            return Unknown(fee.name, "per user")
        return Fraction(fee.amount.amount) * (self.users or 1 if fee.per_user else 1)

    def _invoiced(self, name: str, period: str, unit: str) -> Fraction | Unknown:
        found = [
            invoice.amount
            for invoice in self.invoices
            if invoice.fee == name and invoice.period == period and (not unit or invoice.unit == unit)
        ]
        return sum((Fraction(amount) for amount in found), Fraction(0)) if found else Unknown(name, "as invoiced")

    def _in_term(self, days: Days) -> Days:
        term = self.contract.term
        if term is None:
            return days
        return days.within(Days(term.start, term_end(self.contract) or days.after))

    def per_minute(self, names: Iterable[str], day: date, period: JudgedPeriod, zone: str) -> Fraction | Unknown:
        """The fee of one minute on `day`: the month's fee by the minutes of that month.

        A quarterly fee is divided by the minutes of its quarter (the judged period itself where that is three whole
        months), a yearly fee by those of its calendar year.
        """
        total = Fraction(0)
        for name in tuple(names) or self.names():
            fee = next((fee for fee in _newest_first(self.contract.fees, name) if _valid(fee, day)), None)
            if fee is None or fee.per == "once":
                return Unknown(name, "no fee")
            amount = self._amount(fee)
            if isinstance(amount, Unknown):
                return amount
            whole = _span(fee, day, period)
            total += amount * _MINUTE / (day_start(whole.after, zone) - day_start(whole.first, zone))
        return total

    def of_downtime(
        self, names: Iterable[str], pieces: Iterable[Piece], period: JudgedPeriod, zone: str
    ) -> Fraction | Unknown:
        """The fee of the time that counted as downtime, each piece at the rate of the month it lies in."""
        wanted = tuple(names)
        total = Fraction(0)
        for piece in pieces:
            for part, _ in days_of(period).parts(1):
                low = max(piece.started, day_start(part.first, zone))
                high = min(piece.ended, day_start(part.after, zone))
                if low >= high:
                    continue
                rate = self.per_minute(wanted, part.first, period, zone)
                if isinstance(rate, Unknown):
                    return rate
                total += rate * Fraction(high - low, _MINUTE) * piece.weight
        return total


def _is_of(unit: str, counted: str) -> bool:
    """True if "per device" and "number of devices" are about the same unit."""
    return counted in (unit, f"{unit}s", f"{unit}es", f"{unit.removesuffix('y')}ies")


def _newest_first(fees: Iterable[Fee], name: str) -> list[Fee]:
    dated = [fee for fee in fees if fee.name == name]
    return sorted(dated, key=lambda fee: (fee.valid_from is not None, str(fee.valid_from)), reverse=True)


def _valid(fee: Fee, day: date) -> bool:
    return fee.valid_from is None or fee.valid_from <= day


def _span(fee: Fee, day: date, period: JudgedPeriod) -> Days:
    """The month, quarter or year whose minutes divide the fee."""
    months = _MONTHS[fee.per]
    judged = days_of(period)
    if months == 3 and judged.first <= day < judged.after and 89 <= judged.number <= 92:
        return judged
    return next(whole for _, whole in Days(day, day + ONE_DAY).parts(months))


def _in_force(versions: list[Fee], days: Days) -> Iterable[tuple[Fee, Days]]:
    """Each version of a fee with the days on which it holds; versions are in order of validity."""
    for number, fee in enumerate(versions):
        first = fee.valid_from or days.first
        following = versions[number + 1].valid_from if number + 1 < len(versions) else None
        part = days.within(Days(first, following or days.after))
        if part.number or fee.per == "once":
            yield fee, part


def _prorated(monthly: Fraction, days: Days, anchor: int) -> Fraction:
    parts = days.parts(1, anchor)
    return sum((monthly * Fraction(part.number, whole.number) for part, whole in parts), Fraction(0))


def anchor_of(period: JudgedPeriod, contract: Contract) -> int | None:
    """The day on which the months of a period begin, also where the term cuts a part of it off."""
    term = contract.term
    if period.full or term is None:
        return None
    cut_at_start = period.first == term.start
    return (period.last + ONE_DAY).day if cut_at_start else period.first.day
