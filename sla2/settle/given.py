"""What settling takes from the log beside the measurements: claims made and invoices sent.

In: rows of the canonical tables `claims` and `invoices`, or values given by hand. Out: `Claims`, `Invoice`.
It judges nothing: whether a claim was in time is decided by `claim`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date

if TYPE_CHECKING:
    from datetime import date

    from sla2.logs.log import Log


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim: which credits block, which period (its label), the local day of the claim."""

    credits: str
    period: str
    day: date


@dataclass(frozen=True, slots=True)
class Invoice:
    """What was invoiced for one fee in one period (its label), for one unit or ("") for all of them."""

    fee: str
    period: str
    amount: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Claims and invoices of a log; `claims` None means that no list of claims was given (nothing is known)."""

    claims: tuple[Claimed, ...] | None = None
    invoices: tuple[Invoice, ...] = ()


def given_from_log(log: Log, timezone: str) -> Given:
    """The claims and invoices of `log`; claims are known only if at least one file of claims was imported."""
    cursor = log.cursor()
    claims: tuple[Claimed, ...] | None = None
    if any(entry.table == "claims" for entry in log.imports):
        rows = cursor.execute("SELECT credits, period, claimed_at FROM claims ORDER BY 1, 2, 3").fetchall()
        claims = tuple(Claimed(str(name), str(period), local_date(int(at), timezone)) for name, period, at in rows)
    rows = cursor.execute("SELECT fee, period, amount, unit FROM invoices ORDER BY 1, 2, 4, 3").fetchall()
    invoices = (
        Invoice(str(fee), str(period), amount, str(unit or ""))
        for fee, period, text, unit in rows
        if (amount := _amount(text)) is not None
    )
    return Given(claims, tuple(invoices))


def _amount(text: object) -> Decimal | None:
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
