"""What it checks
    Downtime that is weighted by affected users rests on a service whose number of users is stated.

Why it matters
    "200 users were affected" is a tenth of the service or all of it. Without the whole there is no percentage.

Example
    service hosting "Hosting"
      hours: always
    end
    level avail "Availability"
      weighted by: affected users
    end

Write instead
    service hosting "Hosting"
      hours: always
      number of users: 2000
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA356", "weight-without-users", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level weighted by users of a service without their number."""
    services = {service.name: service for service in contract.services}
    for level in contract.levels:
        service = services.get(level.service or "")
        if level.weighted_by == "affected users" and service is not None and service.users is None:
            yield CODE.at(
                level.span,
                f'"{level.name}" is weighted by affected users, but the number of all users of "{service.name}" is not '
                "stated.",
                help="Add `number of users: 2000` to the service, or write `weighted by: affected share`.",
                related=(Related(service.span, f'the service "{service.name}"'),),
            )
