"""The findings on samples, figures, deliveries and surveys: SLA613 and further.

In: nothing. Out: `ROW_CODES`, one declaration per finding, each with its manual page; part of `CODES`.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

NO_EVIDENCE = Code(
    "SLA613",
    "no-rows-for-measure",
    Severity.WARNING,
    """\
What it checks
    A level is measured by samples, reported figures, deliveries, survey answers or stretches of life, but the
    log holds no such table, or none of its rows is about this level.

Why it matters
    No list is no evidence: it would be wrong to report a good figure, and wrong to report a bad one.

Example
    measure: success rate                  # and no import with the table samples

Write instead
    [[import]]
    table = "samples"
""",
)

MISSING_SAMPLES = Code(
    "SLA614",
    "missing-samples",
    Severity.WARNING,
    """\
What it checks
    In some slots nothing was measured, although samples are expected at a fixed interval or the export does not
    cover that time.

Why it matters
    What was not measured was not up, and not down either. Both figures are reckoned, with all missing slots bad
    and with all of them good; a verdict that hangs on it is undecided.

Example
    12 slots of the level api in 2026-03 have no measurement.

Write instead
    Deliver the missing samples, or agree which records count for such time.
""",
)

CONFLICTING_ROWS = Code(
    "SLA615",
    "rows-in-conflict",
    Severity.WARNING,
    """\
What it checks
    Two rows of the log say different things about one figure of one period, or about the date of one delivery.

Why it matters
    There is no rule that says which of them is right, so neither is taken: the figure is not judged, or both
    dates bound the delay.

Example
    uptime in 2026-03 is 99.95 in row 4 and 99.20 in row 9.

Write instead
    Leave one of the rows, and state its source.
""",
)

NO_REPORT = Code(
    "SLA616",
    "no-figure-reported",
    Severity.WARNING,
    """\
What it checks
    A period has ended and no figure was reported for it.

Why it matters
    The line `no report:` of the level says what holds then; without that line the period is undecided.

Example
    measure: reported figure "uptime"      # and no row for 2026-03

Write instead
    no report: missed
""",
)

NO_DUE_DATE = Code(
    "SLA617",
    "delivery-without-due-date",
    Severity.WARNING,
    """\
What it checks
    A delivery is awaited for which neither the contract nor the log names a due date.

Why it matters
    Without a due date nothing is late.

Example
    measure: delivery date                 # no `due:` line, and a row without a date

Write instead
    due: 2026-09-01
""",
)

UNCLAIMED_ROWS = Code(
    "SLA618",
    "rows-without-level",
    Severity.WARNING,
    """\
What it checks
    Rows of the log name a unit, a survey item, a period or a figure that no service level knows.

Why it matters
    They are in nobody's figures. Often it is a spelling that the mapping should translate.

Example
    8 rows of samples name no component, and api measures each component.

Write instead
    Correct the mapping, or add the unit or item to the contract.
""",
)

NO_ANSWER = Code(
    "SLA619",
    "samples-without-answer",
    Severity.WARNING,
    """\
What it checks
    Samples failed and hold no time of an answer, so they are in no latency.

Why it matters
    A service that often does not answer at all may have a good latency in the rest of the cases.

Example
    31 samples of the level speed failed without an answer.

Write instead
    Judge failures by a level with `measure: success rate` beside the latency.
""",
)

NAME_OF_NOTHING = Code(
    "SLA620",
    "name-of-nothing",
    Severity.WARNING,
    """\
What it checks
    Exclusions, survey items, passages and fees that rows of the log name are in the contract.

Why it matters
    A row with a misspelt name counts for nothing: an approved exclusion is not left out, an invoice gives no base.

Example
    Ma-7,maintenence,hosting,2026-03-08T02:00:00Z        # the contract has the exclusion `maintenance`

Write instead
    Ma-7,maintenance,hosting,2026-03-08T02:00:00Z
""",
)

ROW_CODES: tuple[Code, ...] = (
    NO_EVIDENCE,
    MISSING_SAMPLES,
    CONFLICTING_ROWS,
    NO_REPORT,
    NO_DUE_DATE,
    UNCLAIMED_ROWS,
    NO_ANSWER,
    NAME_OF_NOTHING,
)
