"""What it checks
    Each line of a translation block translates a text that the contract has, into a language that it lists.

Why it matters
    After a text is changed its translation stays behind: the draft in the other language prints the new text
    untranslated, and the old words stand in the file as if they were agreed.

Example
    level oplossing "Oplossing van storingen"
    translation en "English texts"
      "Oplossing van incidenten": "Resolution of incidents"
    end

Write instead
    translation en "English texts"
      "Oplossing van storingen": "Resolution of incidents"
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.translations import texts
from sla2.diagnostics import Code, Severity
from sla2.diagnostics.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA378", "stale-translation", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per line without its text, and one per block in a language that the contract does not list."""
    present = [text for text, _ in texts(contract)]
    for block in contract.translations:
        if block.name not in contract.languages:
            yield CODE.at(
                block.span,
                f"The contract is not drawn up in {block.name}, so these translations are never printed.",
                help=f"Add {block.name} to the line `languages:`, or remove the block.",
            )
        for text in block.texts:
            if text.original not in present:
                near = did_you_mean(text.original, present)
                help = (
                    f'The contract says "{near}" now.'
                    if near
                    else "Remove the line, or correct the text before the colon."
                )
                yield CODE.at(text.span, f'The contract has no text "{text.original}" to translate.', help=help)
