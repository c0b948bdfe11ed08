"""What it checks
    The text of a clause does not repeat a figure that stands in the contract as a value.

Why it matters
    When an amendment changes the cap, the sentence keeps the old amount, and the contract contradicts itself. A
    placeholder always says what is in force.

Example
    cap: EUR 25000.00 per contract year
    text en: "The credits amount to at most EUR 25,000 a year."

Write instead
    text en: "The credits amount to at most {{ hosting-credits cap per contract year }}."
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sla2.checks.terms import target_percent
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA398", "figure-typed-by-hand", Severity.WARNING, __doc__ or "")


_NUMBER = r"(\d[\d.,'’ ]*\d|\d)"
_SIGN = r"(?:EUR|USD|GBP|CHF|euro|[€$£])"
_MONEY = re.compile(rf"{_SIGN}\s?{_NUMBER}|{_NUMBER}\s?{_SIGN}", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s?(?:%|procent|prozent|percent|per cent)", re.IGNORECASE)


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per clause and figure that equals a modelled value."""
    money, shares = _amounts(contract), _shares(contract)
    for clause in contract.clauses:
        seen: set[str] = set()
        for _, words in clause.texts:
            for written, value in _figures(words):
                holder = shares.get(value) if written.endswith("%") else money.get(value)
                if holder is None or holder in seen:
                    continue
                seen.add(holder)
                yield CODE.at(
                    clause.span,
                    f'The clause "{clause.name}" types {written.rstrip("%").strip()}'
                    f"{'%' if written.endswith('%') else ''} by hand, which is the {holder}.",
                    help=f"Write {{{{ {holder} }}}} in its place: then the sentence follows every amendment.",
                )


def _figures(words: str) -> Iterator[tuple[str, Decimal]]:
    """Amounts and percentages outside placeholders: as written (percentages with a % at the end), and their value."""
    plain = re.sub(r"\{\{.*?\}\}", " ", words)
    for match in _MONEY.finditer(plain):
        value = _amount(match[1] or match[2])
        if value is not None:
            yield match[0].strip(), value
    for match in _PERCENT.finditer(plain):
        yield f"{match[1]}%", Decimal(match[1].replace(",", ".")).normalize()


def _amount(written: str) -> Decimal | None:
    """An amount with separators of thousands and decimals of any country."""
    digits = re.sub(r"['’ ]", "", written)
    head, mark, tail = digits, "", ""
    if len(digits) > 3 and digits[-3] in ".,":
        head, mark, tail = digits[:-3], ".", digits[-2:]
    try:
        return Decimal(re.sub(r"[.,]", "", head) + mark + tail).normalize()
    except InvalidOperation:
        return None


def _amounts(contract: Contract) -> dict[Decimal, str]:
    found: dict[Decimal, str] = {}
    for credits in (*contract.credits, *contract.bonuses):
        for cap in credits.caps:
            if cap.money is not None:
                found.setdefault(cap.money.amount.normalize(), f"{credits.name} cap per {cap.stretch}")
    for fee in contract.fees:
        if fee.amount is not None and fee.valid_from is None:
            found.setdefault(fee.amount.amount.normalize(), f"fee {fee.name}")
    return found


def _shares(contract: Contract) -> dict[Decimal, str]:
    found: dict[Decimal, str] = {}
    for level in contract.levels:
        share = target_percent(level.target)
        if share is not None:
            found.setdefault(share.value.normalize(), f"{level.name} target")
    for credits in contract.credits:
        for cap in credits.caps:
            if cap.percent_of_base is not None:
                found.setdefault(cap.percent_of_base.value.normalize(), f"{credits.name} cap per {cap.stretch}")
    return found
