"""The findings of measurement: SLA601 and further.

In: nothing. Out: `CODES`, one declaration per finding, each with its manual page.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

NOT_EVALUATED = Code(
    "SLA601",
    "not-evaluated",
    Severity.ERROR,
    """\
What it checks
    A service level uses a rule that sla2 can read and draft, but cannot compute yet.

Why it matters
    A level that is half computed would give a figure that nobody agreed. The level is left out and named instead;
    all other levels are judged.

Example
    measure: backlog age

Write instead
    Another measure for the same purpose (`resolution time`), or judge this level by hand and mark it `report only`.
""",
)
NO_TARGET = Code(
    "SLA602",
    "no-target-in-force",
    Severity.ERROR,
    """\
What it checks
    A service level has no target in force on a day that is judged.

Why it matters
    Without a target no ticket can be met or missed.

Example
    target: open, see peak-response        # and the passage has no interim rule

Write instead
    Give the passage an interim rule: `interim: 80% within 4 business hours`.
""",
)
NO_HOURS = Code(
    "SLA603",
    "no-hours",
    Severity.ERROR,
    """\
What it checks
    A target runs in business hours or working days, but neither the level nor its service names a calendar.

Why it matters
    Business time cannot be counted without opening hours.

Example
    target: 90% within 4 business hours    # and no `hours:` line

Write instead
    hours: office
""",
)
NO_SERVICE = Code(
    "SLA604",
    "rows-without-service",
    Severity.WARNING,
    """\
What it checks
    Rows of the log name no service, or one that the contract does not know, so no level judges them.

Why it matters
    Tickets that belong to no service are in nobody's figures: neither met nor missed.

Example
    42 tickets name the service "Telefonie", which the contract does not know.

Write instead
    Map the value to a service of the contract in the mapping file: `"Telefonie" = "workplace"`.
""",
)
NO_PRIORITY = Code(
    "SLA605",
    "rows-without-priority",
    Severity.WARNING,
    """\
What it checks
    Tickets of the log have no priority, while levels judge tickets by priority.

Why it matters
    A ticket without a priority is judged by no level with a `when: priority …` line.

Example
    17 tickets have no priority.

Write instead
    Map the empty value in the mapping file, or correct the tickets in the ticket tool and export again.
""",
)
NO_TIMEZONE = Code(
    "SLA606",
    "no-timezone",
    Severity.ERROR,
    """\
What it checks
    The contract names no time zone, so no day, month or hour can be told.

Why it matters
    A month is an hour shorter or longer in another time zone; that can turn met into missed.

Example
    contract C-1 "…"                        # and no `timezone:` line

Write instead
    timezone: Europe/Amsterdam
""",
)

CODES: tuple[Code, ...] = (NOT_EVALUATED, NO_TARGET, NO_HOURS, NO_SERVICE, NO_PRIORITY, NO_TIMEZONE)
