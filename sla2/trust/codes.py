"""The findings of the trust stage.

In: nothing. Out: `CODES`, with the manual page of each. Findings of single rows of companion files (a score off its
scale) belong to the reader of logs; findings about trust blocks belong to the checks.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

UNKNOWN_COLUMN = Code(
    "SLA801",
    "same-by-unknown-column",
    Severity.ERROR,
    """What it checks
    A zero-repeat block says by what two incidents are the same. Each word must be a column of the log: service,
    component, country, category, cause, problem_id or ci.

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

LEDGER_WITHOUT_SIDE = Code(
    "SLA802",
    "ledger-without-side",
    Severity.WARNING,
    """What it checks
    Each row of the action list is owed by the customer, the supplier, or both. Its owner begins with one of these
    words; a person may be named behind it.

Why it matters
    A row that names only a person is scored for nobody, so a broken promise leaves no trace.

Example
    id,kind,owner,due,done
    A-07,action,Jansen,2026-03-20,

Write instead
    id,kind,owner,due,done
    A-07,action,customer: Jansen,2026-03-20,
""",
)

CODES: tuple[Code, ...] = (UNKNOWN_COLUMN, LEDGER_WITHOUT_SIDE)
