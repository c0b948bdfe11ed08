"""The findings of this package: texts and placeholders of clauses (SLA73x).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
A code is never reused; the functions that use it word the message for the place at hand.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

TEXT_MISSING = Code(
    "SLA731",
    "text-missing-in-language",
    Severity.ERROR,
    """What it checks
    Every clause, and every obligation, promise and principle that has a text, has one in the language of the draft.

Why it matters
    A draft that falls back on another language in silence is signed by someone who did not read it.

Example
    languages: nl authoritative, en, de
    …
    clause liability "Liability"
      text nl: "De aansprakelijkheid is beperkt."
    end

Write instead
    clause liability "Liability"
      text nl: "De aansprakelijkheid is beperkt."
      text en: "Liability is limited."
      text de: "Die Haftung ist beschränkt."
    end
""",
)

TEXT_UNTRANSLATED = Code(
    "SLA732",
    "text-written-once",
    Severity.ADVICE,
    """What it checks
    A text without a language in a contract of several languages.

Why it matters
    It is printed as written in every language, so a reader of the other language meets a foreign sentence.

Example
    languages: nl authoritative, en
    …
    principle fair "Fair"
      text: "Lasten worden gedeeld."
    end

Write instead
    principle fair "Fair"
      text nl: "Lasten worden gedeeld."
      text en: "Burdens are shared."
    end
""",
)

PLACEHOLDER_UNKNOWN = Code(
    "SLA733",
    "placeholder-unknown",
    Severity.ERROR,
    """What it checks
    Every placeholder in a clause names a value of the contract: {{ hosting-credits cap per contract year }},
    {{ response-p2 target }}, {{ fee hosting }}, {{ term end }}, {{ ref liability }}.

Why it matters
    A value that is typed by hand, or a placeholder that points nowhere, makes the prose and the figures disagree.

Example
    text en: "Liability is limited to {{ hosting-credit cap }}."

Write instead
    text en: "Liability is limited to {{ hosting-credits cap per contract year }}."
""",
)

PLACEHOLDER_BROKEN = Code(
    "SLA734",
    "placeholder-broken",
    Severity.ERROR,
    """What it checks
    Placeholders in a clause are opened with {{ and closed with }}, and hold nothing but names and words.

Why it matters
    Half a placeholder would be printed in the draft.

Example
    text en: "Liability is limited to {{ hosting-credits cap."

Write instead
    text en: "Liability is limited to {{ hosting-credits cap }}."
""",
)

CODES: tuple[Code, ...] = (TEXT_MISSING, TEXT_UNTRANSLATED, PLACEHOLDER_UNKNOWN, PLACEHOLDER_BROKEN)
