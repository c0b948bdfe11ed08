"""The findings of this package that are not those of one check: about `allow` lines, and about a check that broke.

In: nothing. Out: two codes; the codes of the checks stand in their own files, and `run.CODES` lists all of them.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

UNNEEDED_ALLOW = Code(
    "SLA380",
    "unneeded-allow",
    Severity.ADVICE,
    """What it checks
    Every `allow` line silences a finding on its block.

Why it matters
    An `allow` that silences nothing is left over from an earlier version, or names the wrong code. It would hide a real
    finding later.

Example
    allow SLA301: "the free range is meant"     # and the tiers have no gap

Write instead
    Remove the line.
""",
)

BROKEN_CHECK = Code(
    "SLA901",
    "broken-check",
    Severity.WARNING,
    """What it checks
    Every check runs to its end.

Why it matters
    A check that broke found nothing, which is not the same as nothing being wrong. The fault is in sla2, not in your
    contract.

Example
    (none: this is a fault of sla2 itself)

Write instead
    Report it with the text of the finding, and if you may with the contract.
""",
)
