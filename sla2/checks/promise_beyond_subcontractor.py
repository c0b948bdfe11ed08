"""What it checks
    A level of a service that rests on somebody else's contract is not stricter than what that contract states, and the
    contract says what underpins it.

Why it matters
    A supplier that promises 99.95% on a cloud that promises 99.9% promises what it cannot keep, and pays credits for
    somebody else. And a clock stop for a third party whose contract nobody names cannot be checked.

Example
    service hosting "Hosting"
      underpinned by: "Cloud provider, contract 4711, at least 99.9%"
    end
    level avail "Availability"
      service: hosting
      target: at least 99.95%
    end

Write instead
    target: at least 99.9%
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from sla2.checks.terms import level_target
from sla2.contract.level import BoundTarget
from sla2.diagnostics import Code, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA358", "promise-beyond-subcontractor", Severity.WARNING, __doc__ or "")


_FIGURE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*%")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level stricter than what underpins it, and per third-party stop that nothing underpins."""
    services = {service.name: service for service in contract.services}
    third = {stop.name for stop in contract.clock_stops if stop.attributed_to == "third party"}
    for level in contract.levels:
        service = services.get(level.service or "")
        if service is None:
            continue
        stops = [name for name in level.clock_stops if name in third]
        if service.underpinned_by is None:
            if stops:
                yield CODE.at(
                    level.span,
                    f'The clock of "{level.name}" stops for a third party ("{stops[0]}"), and the service '
                    f'"{service.name}" does not say which contract underpins it.',
                    help='Add to the service for instance `underpinned by: "supplier X, contract Y, at least 99.9%"`.',
                    related=(Related(service.span, f'the service "{service.name}"'),),
                )
            continue
        promised = [Decimal(figure.replace(",", ".")) for figure in _FIGURE.findall(service.underpinned_by)]
        target = level_target(contract, level)
        if not promised or not isinstance(target, BoundTarget) or target.percent is None:
            continue
        if target.comparison in ("at least", "above") and target.percent.value > max(promised):
            yield CODE.at(
                target.span,
                f'"{level.name}" promises {target.percent}, more than the {max(promised)}% that underpins it '
                f"({service.underpinned_by}).",
                help=f"Promise at most {max(promised)}%, or agree on more with the subcontractor first.",
                related=(Related(service.span, f'the service "{service.name}"'),),
            )
