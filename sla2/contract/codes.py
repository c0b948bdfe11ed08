"""The findings of this package: names, structure and calendars (SLA2xx).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
A code is never reused; the functions that use it word the message for the place at hand.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

HOLIDAY_YEAR_MISSING = Code(
    "SLA213",
    "holiday-year-missing",
    Severity.ERROR,
    """What it checks
    Every day that is judged lies in a year that the holiday file of the calendar covers.

Why it matters
    A holiday file says nothing about other years. Counting such a year as a year without holidays would make
    deadlines too early and turn a met target into a missed one.

Example
    holidays: NL from "calendars/nl-2026.toml"      # tickets of 2027 are judged

Write instead
    Run `sla2 calendar lock --region NL --year 2027`, have both sides look at the file, and commit it.
""",
)

CODES: tuple[Code, ...] = (HOLIDAY_YEAR_MISSING,)
