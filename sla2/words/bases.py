"""Bases of percentages in words: which fees, of which period, and how they are summed.

In: the base of a block of credits, of a cap or of an amount at risk. Out: marked text. It runs under `targets`,
`credits` and `points`; how a base is computed is the business of `settle`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words import format, phrases, refer

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.credits import Base
    from sla2.contract.surroundings import Language
    from sla2.words.phrases import Marked


def of_words(base: Base | None, keys: str, language: Language) -> Marked:
    """Of which period the fees of a base are; `keys` is where the phrases for it stand."""
    length = refer.span("length", base.length, language) if base is not None and base.length is not None else {}
    return phrases.render(language, f"{keys}.{(base.of if base else 'period').replace(' ', '-')}", **length)


def reckon_words(contract: Contract, base: Base | None, language: Language) -> Marked:
    """How a base is reckoned: from fees by the month, or from what was invoiced."""
    named = base.fees if base else ()
    invoiced = any(fee.per == "as invoiced" for fee in contract.fees if not named or fee.name in named)
    return phrases.render(language, f"credits.base.{'invoiced' if invoiced else 'reckon'}")


def fees_words(base: Base, language: Language) -> Marked:
    """The fees of a base by name; all fees where it names none."""
    if not base.fees:
        return phrases.render(language, "credits.base.all-fees")
    names = format.listing([format.quoted(name, language) for name in base.fees], language)
    return phrases.render(language, f"credits.base.fee-{'one' if len(base.fees) == 1 else 'more'}", fees=names)
