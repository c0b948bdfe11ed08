"""The findings of this package: drafts (SLA74x).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
A code is never reused; the functions that use it word the message for the place at hand.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

LANGUAGE_NOT_LISTED = Code(
    "SLA741",
    "draft-language-not-listed",
    Severity.ERROR,
    """What it checks
    A draft is asked for in a language that the contract lists.

Why it matters
    The languages line says which texts exist and which prevails; a draft in another language would have no standing.

Example
    languages: nl authoritative, en
    # and: sla2 draft contract.sla --lang de

Write instead
    languages: nl authoritative, en, de
""",
)

NOT_WORDED = Code(
    "SLA742",
    "not-put-into-words",
    Severity.WARNING,
    """What it checks
    Everything the contract file agrees has a sentence in the draft.

Why it matters
    What the draft does not say is not agreed. Such a construct is printed as a visible note, not left out in silence.

Example
    termination t "Termination"
      right of: customer
      trigger: avail misses its target 3 times in 6 periods
    end

Write instead
    Keep the block, and add a clause that says the same in each language:

    clause ending "Ending the agreement"
      text en: "The customer may end the agreement if the target of availability is missed 3 times in 6 periods."
    end
""",
)

PARTY_MISSING = Code(
    "SLA743",
    "party-not-described",
    Severity.ERROR,
    """What it checks
    Both parties of the contract are described by a party block.

Why it matters
    A draft names and represents both parties; a short name signs nothing.

Example
    contract C-1 "Hosting"
      customer: town
      …
    # and no block: party town "…"

Write instead
    party town "Town of Example"
      represented by: "the mayor"
      address: "Town Hall Square 1, Example"
    end
""",
)

CODES: tuple[Code, ...] = (LANGUAGE_NOT_LISTED, NOT_WORDED, PARTY_MISSING)
