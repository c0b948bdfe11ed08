"""The findings about translations of a contract's own texts.

In: nothing. Out: codes with their manual pages, listed in `codes.CODES`.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

TRANSLATION_LANGUAGE = Code(
    "SLA260",
    "translation-into-unknown-language",
    Severity.ERROR,
    """What it checks
    A translation block is named after the language it is in: nl, en or de.

Why it matters
    Drafts and reports are written in these three languages; a text in another one would never be printed.

Example
    translation fr "Textes"
      "Werkplek": "Poste de travail"
    end

Write instead
    translation en "English texts"
      "Werkplek": "Workplace"
    end
""",
)

TEXT_TWICE = Code(
    "SLA261",
    "text-translated-twice",
    Severity.ERROR,
    """What it checks
    Each text of the contract stands at most once in a translation block.

Why it matters
    With two translations of one text it is not clear which of them the draft prints.

Example
    translation en "English texts"
      "Werkplek": "Workplace"
      "Werkplek": "Desktop"
    end

Write instead
    translation en "English texts"
      "Werkplek": "Workplace"
    end
""",
)

CODES: tuple[Code, ...] = (TRANSLATION_LANGUAGE, TEXT_TWICE)
