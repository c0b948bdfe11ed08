"""The findings of measurement: SLA601 and further.

In: nothing. Out: `CODES`, one declaration per finding, each with its manual page.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity
from sla2.measure.codes_of_rows import ROW_CODES

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
    clock starts: acknowledgement          # of a ticket: the log has no such moment

Write instead
    clock starts: ticket opened, or judge this level by hand and mark it `report only`.
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

EXCLUSION_FAILS = Code(
    "SLA607",
    "exclusion-fails",
    Severity.WARNING,
    """\
What it checks
    A row of the list of exclusions appeals to an exclusion of the contract, but does not meet its conditions: it was
    announced too late, or the approval is missing.

Why it matters
    An exclusion that fails, fails as a whole: all of its time counts as downtime. Both sides should see why.

Example
    announced: 5 working days before       # and the row was announced the day before

Write instead
    Announce maintenance in time, and write who approved it into the list of exclusions.
""",
)
LASTING_OUTAGE = Code(
    "SLA608",
    "outage-without-end",
    Severity.WARNING,
    """\
What it checks
    An outage has no end, so it is counted until the as-of date.

Why it matters
    A forgotten end makes a month look bad; an outage that goes on is bad.

Example
    OUT-17 has a start and no end.

Write instead
    Write the end of the outage into the list of outages and run again.
""",
)
UNKNOWN_COMPONENT = Code(
    "SLA609",
    "unknown-component",
    Severity.WARNING,
    """\
What it checks
    Outages name a component that the service does not have in the contract, or a level measures each component of a
    service that names none.

Why it matters
    They belong to no unit, so they are in nobody's figures. A component without any outage is in no figure either, if
    nobody knows that it is there.

Example
    components: web, db                    # and 3 outages of "cache"

Write instead
    components: web, db, cache
""",
)
OVERLAPPING_USERS = Code(
    "SLA610",
    "overlapping-users-unstated",
    Severity.WARNING,
    """\
What it checks
    Outages weighted by users overlap, and the level does not say whether the same users are hit.

Why it matters
    Different users add up, the same users do not. Both figures are computed; a verdict that depends on it is undecided.

Example
    weighted by: affected users            # and two outages at the same time

Write instead
    overlapping users: add
""",
)
NO_SHARE = Code(
    "SLA611",
    "affected-users-unknown",
    Severity.WARNING,
    """\
What it checks
    A level weighs outages by affected users, but an outage does not say how many were affected.

Why it matters
    Such an outage counts in full, as if all users had been affected.

Example
    weighted by: affected users            # and OUT-17 without numbers

Write instead
    Add users_affected and users_total to the list of outages.
""",
)
NO_OUTAGES = Code(
    "SLA612",
    "no-list-of-outages",
    Severity.WARNING,
    """\
What it checks
    A level is measured by outages, but the log holds no list of outages.

Why it matters
    No list is no evidence: it would be wrong to report 100%.

Example
    measure: availability                  # and no import with the table outages

Write instead
    [[import]]
    table = "outages"
""",
)

CODES: tuple[Code, ...] = (
    NOT_EVALUATED,
    NO_TARGET,
    NO_HOURS,
    NO_SERVICE,
    NO_PRIORITY,
    NO_TIMEZONE,
    EXCLUSION_FAILS,
    LASTING_OUTAGE,
    UNKNOWN_COMPONENT,
    OVERLAPPING_USERS,
    NO_SHARE,
    NO_OUTAGES,
    *ROW_CODES,
)
