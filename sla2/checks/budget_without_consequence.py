"""What it checks
    An exclusion with a limit says what holds beyond it.

Why it matters
    "At most 10 hours a year" without a word on the eleventh leaves both readings open: it counts as downtime, or it
    stays excluded and is merely a breach of its own.

Example
    exclusion scheduled "Scheduled downtime"
      cause: maintenance
      at most: 10 hours per calendar year
    end

Write instead
    at most: 10 hours per calendar year
    beyond that: counts as downtime
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import below
from sla2.diagnostics import Code, Edit, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA355", "budget-without-consequence", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per exclusion with a budget and nothing beyond it."""
    for exclusion in contract.exclusions:
        if exclusion.budget is not None and not exclusion.beyond_counts:
            at = exclusion.span
            line = "beyond that: counts as downtime"
            yield CODE.at(
                at,
                f'"{exclusion.name}" excludes at most {exclusion.budget}, and does not say what holds beyond that: '
                "does it count as downtime, or does it stay excluded?",
                help=f'Add `{line}`. If it stays excluded, write `allow SLA355: "…"` with the reason.',
                choices=(Fix(f"write {line}", (Edit(below(at), f"\n  {line}"),)),),
            )
