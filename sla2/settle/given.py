"""What settling takes from the log beside the measurements: claims made, invoices sent, balances carried over.

In: rows of the canonical tables `claims`, `invoices` and `opening`, or values given by hand. Out: a `Given`.
It judges nothing: whether a claim was in time is decided by `claim`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.logs.schema import BY_NAME

if TYPE_CHECKING:
    from datetime import date

    from sla2.logs.log import Log


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim: which credits block, which period (its label), the local day of the claim.

    `period` may be empty for credits on a level that is judged over the time before a claim.
    """

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
class Opening:
    """One opening balance as written: `credits hosting-credits` and `1200.00`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Given:
    """Claims, invoices and opening balances of a log.

    `claims` None means that no list of claims was given (nothing is known).
    """

    claims: tuple[Claimed, ...] | None = None
    invoices: tuple[Invoice, ...] = ()
    opening: tuple[Opening, ...] = ()


def given_from_log(log: Log, timezone: str) -> Given:
    """What `log` gives; claims are known only if at least one file of claims was imported."""
    cursor = log.cursor()
    claims: tuple[Claimed, ...] | None = None
    if any(entry.table == "claims" for entry in log.imports):
        rows = cursor.execute("SELECT credits, period, claimed_at FROM claims ORDER BY 1, 2, 3").fetchall()
        claims = tuple(
            Claimed(str(name), str(period or ""), local_date(int(at), timezone)) for name, period, at in rows
        )
    rows = cursor.execute("SELECT fee, period, amount, unit FROM invoices ORDER BY 1, 2, 4, 3").fetchall()
    invoices = (
        Invoice(str(fee), str(period), amount, str(unit or ""))
        for fee, period, text, unit in rows
        if (amount := _amount(text)) is not None
    )
    opening: tuple[Opening, ...] = ()
    if "opening" in BY_NAME:
        rows = cursor.execute("SELECT name, value FROM opening ORDER BY 1, 2").fetchall()
        opening = tuple(Opening(str(name), str(value)) for name, value in rows)
    return Given(claims, tuple(invoices), opening)


def _amount(text: object) -> Decimal | None:
    try:
        amount = Decimal(str(text))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
