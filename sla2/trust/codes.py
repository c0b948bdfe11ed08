"""The findings of the trust stage.

In: nothing. Out: `CODES`, with the manual page of each. Findings of companion files (a score off the scale, a ledger
row without owner) belong to the reader of logs; findings about trust blocks belong to the checks.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

UNKNOWN_COLUMN = Code(
    "SLA801",
    "same-by-unknown-column",
    Severity.ERROR,
    """What it checks
    A zero-repeat block says by what two incidents are the same. Each word must be a column of the log: service, component,
    country, category, cause, problem_id or ci.

Why it matters
    A word that no log knows would find no repeat at all, and the promise would look kept.

Example
    zero repeat no-repeats "The same fault does not return"
      within: 30 days
      same: service and root
    end

Write instead
    same: service and cause
""",
)

CODES: tuple[Code, ...] = (UNKNOWN_COLUMN,)
