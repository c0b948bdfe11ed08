"""What it checks
    A level judged by a percentile says what holds in a period with few cases.

Why it matters
    Of nine cases the 95th percentile is simply the worst one. A single bad case then decides the month, which "95%"
    was meant to prevent.

Example
    target: p95 within 8 business hours

Write instead
    target: p95 within 8 business hours
    small numbers: under 20 cases insufficient data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.checks.terms import level_target
from sla2.contract.level import StatisticTarget
from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA349", "percentile-of-few-cases", Severity.ADVICE, __doc__ or "")


_FEWEST = {"p95": 20, "p99": 100}


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per level of tickets with a percentile and no rule for few cases."""
    for level in contract.levels:
        target = level_target(contract, level)
        if not isinstance(target, StatisticTarget) or target.statistic not in _FEWEST or level.small_numbers:
            continue
        if level.measure == "latency" or level.report_only:
            continue
        fewest = _FEWEST[target.statistic]
        yield CODE.at(
            target.span,
            f'With fewer than {fewest} cases the {target.statistic} of "{level.name}" is its single worst case.',
            help=f"Say what holds then, for instance `small numbers: under {fewest} cases insufficient data`.",
        )
