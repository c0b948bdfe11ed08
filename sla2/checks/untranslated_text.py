"""What it checks
    A contract in several languages translates its own texts (titles, reasons, questions) into each of them.

Why it matters
    A text without a translation is printed as it was written, in the middle of a draft in another language.

Example
    languages: nl authoritative, en
    level oplossing "Oplossing van incidenten"

Write instead
    translation en "English texts"
      "Oplossing van incidenten": "Resolution of incidents"
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.translations import texts
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA377", "untranslated-text", Severity.ADVICE, __doc__ or "")
_SHOWN = 12


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per language of the contract that lacks words, with the lines to paste."""
    for language in contract.languages[1:]:
        known = {text.original for block in contract.translations if block.name == language for text in block.texts}
        missing = [text for text, _ in texts(contract) if text not in known]
        if not missing:
            continue
        lines = "\n".join(f'  "{text}": "…"' for text in missing[:_SHOWN])
        rest = f"\n  (and {len(missing) - _SHOWN} more)" if len(missing) > _SHOWN else ""
        what = "1 text of this contract has" if len(missing) == 1 else f"{len(missing)} texts of this contract have"
        them = "it" if len(missing) == 1 else "them"
        yield CODE.at(
            contract.span,
            f"{what} no translation into {language}; drafts print {them} as written.",
            help=f'Add to the block `translation {language} "…"`:\n{lines}{rest}',
        )
