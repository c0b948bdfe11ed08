"""What it checks
    Every clause, promise and principle has a text in each language of the contract.

Why it matters
    A draft in a language that lacks a clause is not the same contract. A text without a language counts for all of
    them only where the contract has one language.

Example
    languages: nl authoritative, en
    text nl: "De aansprakelijkheid is beperkt."

Write instead
    languages: nl authoritative, en
    text nl: "De aansprakelijkheid is beperkt."
    text en: "Liability is limited."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.relations import Clause, Obligation, Principle, Promise
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA373", "clause-language-missing", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per block of text that lacks a language of the contract."""
    for block in _worded(contract):
        written = {language for language, _ in block.texts}
        if not written or (None in written and len(contract.languages) <= 1):
            continue
        missing = [language for language in contract.languages if language not in written]
        if missing:
            yield CODE.at(
                block.span,
                f'"{block.name}" has no text in {", ".join(missing)}, a language of this contract.',
                help="Add " + " and ".join(f'`text {language}: "…"`' for language in missing) + ".",
            )


def _worded(contract: Contract) -> Iterator[Clause | Obligation | Promise | Principle]:
    yield from contract.clauses
    yield from contract.obligations
    yield from contract.promises
    yield from contract.principles
