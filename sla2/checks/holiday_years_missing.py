"""What it checks
    The holiday file of a calendar covers every year of the first term.

Why it matters
    A year without its holidays cannot be judged: sla2 refuses it, and the report of January comes out empty. The file
    is easier to agree on at the signature than in a dispute.

Example
    term: 3 years from 2026-02-01
    holidays: NL from "calendars/nl-2026.toml"      # 2026 only

Write instead
    a file with 2026 to 2029: sla2 calendar lock --region NL --year 2027 …
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sla2.diagnostics import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic

CODE = Code("SLA392", "holiday-years-missing", Severity.WARNING, __doc__ or "")


def check(contract: Contract) -> Iterator[Diagnostic]:
    """One finding per holiday file that lacks years of the first term."""
    term = contract.term
    if term is None or term.end is None:
        return
    wanted = range(term.start.year, (term.end - timedelta(days=1)).year + 1)
    for calendar in contract.calendars:
        source = calendar.holidays
        if source is None or not source.years or calendar.on_holidays == "open":
            continue
        missing = [str(year) for year in wanted if year not in source.years]
        if missing:
            yield CODE.at(
                source.span,
                f'The calendar "{calendar.name}" has no holidays for {", ".join(missing)}, which the term reaches.',
                help=f"Add them with `sla2 calendar lock --region {source.region} --year {missing[0]}`, and let both "
                "sides look at the file.",
            )
