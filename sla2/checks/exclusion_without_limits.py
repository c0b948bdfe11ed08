"""What it checks
    Planned work that does not count against the supplier is limited: by an announcement, a yearly amount, fixed hours,
    or the other side's approval.

Why it matters
    The supplier decides when it does maintenance. Without a limit any outage can be called maintenance afterwards, and
    the level promises nothing.

Example
    exclusion maintenance "Maintenance"
      cause: maintenance
    end

Write instead
    exclusion maintenance "Maintenance"
      cause: maintenance
      announced: 5 working days before
      at most: 8 hours per contract year
      beyond that: counts as downtime
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.surroundings import Exclusion
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA352", "exclusion-without-limits", Severity.WARNING, __doc__ or "")


_OF_THE_SUPPLIER = ("maintenance", "planned", "scheduled", "upgrade", "wartung", "onderhoud")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per exclusion for the supplier's own work that nothing limits."""
    for exclusion in contract.exclusions:
        if _own_work(exclusion) and not _limited(exclusion):
            yield CODE.at(
                exclusion.span,
                f'"{exclusion.name}" excludes the supplier\'s own work without a limit: no announcement, no amount, no '
                "fixed hours, no approval.",
                help="Add a limit, for instance `announced: 5 working days before`, `at most: 8 hours per contract "
                "year`, `recurring: sun 02:00-06:00` or `approved by: customer`.",
            )


def _own_work(exclusion: Exclusion) -> bool:
    return any(cause.lower().startswith(_OF_THE_SUPPLIER) for cause in exclusion.causes)


def _limited(exclusion: Exclusion) -> bool:
    limits = (exclusion.announced, exclusion.budget, exclusion.recurring)
    return any(limits) or exclusion.approved_by in ("customer", "both")
