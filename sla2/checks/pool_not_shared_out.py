"""What it checks
    The shares of a pool make up at least the whole pool, and each share is taken by some credits.

Why it matters
    What no share covers, and what no credits take, is not at risk at all, though the contract names the amount.

Example
    pool at-risk "Amount at risk"
      size: 10% of fee hosting of the period
      share incidents: 50%                  # and nothing takes the other half
    end

Write instead
    share incidents: 50%
    share projects: 50%
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA315", "pool-not-shared-out", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per pool whose shares are too small, and per share that nothing takes."""
    taken = {(credits.takes.pool, credits.takes.of) for credits in contract.credits if credits.takes is not None}
    for pool in contract.pools:
        total = sum(share.percent.value for share in pool.shares)
        if pool.shares and total < 100:
            yield CODE.at(
                pool.span,
                f'The shares of the pool "{pool.name}" total {total}%, so {100 - total}% of it is never at risk.',
                help="Let the shares total 100% or more; what is paid never exceeds the pool.",
            )
        for share in pool.shares:
            if (pool.name, share.name) not in taken:
                yield CODE.at(
                    share.span,
                    f'No credits take from the share "{share.name}" of the pool "{pool.name}".',
                    help=f"Add credits with `takes: 40% of share {share.name} of {pool.name}`, or remove the share.",
                )
