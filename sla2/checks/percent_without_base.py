"""What it checks
    Credits and caps that are percentages say what they are a percentage of.

Why it matters
    Five percent of the fee of one service, of the whole invoice, or of next month's fee are three different amounts.
    Without a base no credit can be computed.

Example
    credits hosting-credits "Credits for hosting"
      level: avail-hosting
      tier: below 99.9% gives 5%
    end

Write instead
    credits hosting-credits "Credits for hosting"
      level: avail-hosting
      base: fee hosting of the period
      tier: below 99.9% gives 5%
    end
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.contract.credits import Credits
    from sla2.contract.node import Node
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA305", "percent-without-base", Severity.ERROR, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per credits block, at its first percentage."""
    for credits in contract.credits:
        first = next(_percentages(credits), None)
        if credits.base is None and first is not None:
            yield CODE.at(
                first.span,
                f'"{credits.name}" gives a percentage, but does not say of what.',
                help=f"Add a base, for instance `{_base(contract)}`.",
            )


def _percentages(credits: Credits) -> Iterator[Node]:
    yield from credits.tiers
    yield from (each for each in credits.each if each.gives_percent is not None)
    yield from (cap for cap in credits.caps if cap.percent_of_base is not None)


def _base(contract: Contract) -> str:
    return f"base: fee {contract.fees[0].name} of the period" if contract.fees else "base: all fees of the period"
