"""The findings of this package: names, structure, values (SLA2xx) and unstated rules (SLA4xx).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
A code is never reused; the functions that use it word the message for the place at hand.
"""

from __future__ import annotations

from sla2.contract import codes_of_translations
from sla2.contract.codes_of_values import (
    BARE_HOURS,
    HOLIDAY_FILE,
    HOLIDAY_YEAR_MISSING,
    IMPOSSIBLE_VALUE,
    OTHER_CURRENCY,
    UNKNOWN_CURRENCY,
    UNKNOWN_ZONE,
    UNSAFE_TEXT,
)
from sla2.diagnostics import Code, Severity

MISSING_LINE = Code(
    "SLA201",
    "missing-line",
    Severity.ERROR,
    """What it checks
    Each block holds the lines it cannot do without.

Why it matters
    A calendar without a time zone or a level without a measure says nothing that can be judged, drafted or paid.

Example
    calendar office "Office hours"
      open: mon-fri 08:00-18:00
    end

Write instead
    calendar office "Office hours"
      timezone: Europe/Amsterdam
      open: mon-fri 08:00-18:00
    end
""",
)

DUPLICATE_LINE = Code(
    "SLA202",
    "duplicate-line",
    Severity.ERROR,
    """What it checks
    A line that may stand once in its block stands there once.

Why it matters
    With two targets nobody can say which one was agreed. Which of them is read must not depend on their order.

Example
    target: at least 99.8%
    target: at least 99.9%

Write instead
    target: at least 99.9%
""",
)

UNKNOWN_NAME = Code(
    "SLA203",
    "unknown-name",
    Severity.ERROR,
    """What it checks
    Every short name that a line mentions is the name of a block of the kind that the line expects.

Why it matters
    A level whose hours, exclusions or clock stops lead nowhere would be judged without them.

Example
    hours: ofice

Write instead
    hours: office
""",
)

DUPLICATE_NAME = Code(
    "SLA204",
    "duplicate-name",
    Severity.ERROR,
    """What it checks
    No two blocks of one kind have the same short name, and no two options of one passage.

Why it matters
    A reference to the name would mean either of them.

Example
    level p2 "Response P2"
    ...
    level p2 "Resolution P2"

Write instead
    level response-p2 "Response P2"
    ...
    level resolve-p2 "Resolution P2"
""",
)

WRONG_KIND = Code(
    "SLA205",
    "wrong-kind",
    Severity.ERROR,
    """What it checks
    A line names a block of the kind it expects.

Why it matters
    Short names belong to one kind of block: a calendar cannot stand where a service is meant.

Example
    service: office          # office is a calendar

Write instead
    service: workplace
""",
)

RESERVED_NAME = Code(
    "SLA206",
    "reserved-name",
    Severity.ERROR,
    """What it checks
    No block is named `any`, `all` or `words`.

Why it matters
    The language uses these words itself: `any component is down`, `all fees of the period`, `words only`.

Example
    level any "Any incident"

Write instead
    level any-incident "Any incident"
""",
)

LINE_NOT_FOR_MEASURE = Code(
    "SLA215",
    "line-not-for-measure",
    Severity.ERROR,
    """What it checks
    The lines of a level belong to its measure.

Why it matters
    `clock stops` says nothing about availability and `down when` nothing about tickets. The line would be read and
    have no effect, although one of the parties may rely on it.

Example
    measure: availability
    clock stops: waiting-customer

Write instead
    measure: availability
    excludes: maintenance
""",
)

INCLUDE_NOT_FOUND = Code(
    "SLA216",
    "include-not-found",
    Severity.ERROR,
    """What it checks
    A file that is included exists, beside the file that includes it or in a folder below it, and a name such as
    `FW.office` begins with the alias of an included file.

Why it matters
    What a contract takes over from a framework is part of the contract.

Example
    include "../../framework.sla" as FW      # a path that leads upwards

Write instead
    include "framework/terms.sla" as FW      # a copy in a folder below the contract
""",
)

INCLUDE_CYCLE = Code(
    "SLA217",
    "include-cycle",
    Severity.ERROR,
    """What it checks
    No file includes itself, directly or through other files.

Why it matters
    Two files that include each other have no first text: a name could be changed by whoever is read last.

Example
    include "contract.sla" as C             # in framework.sla, which contract.sla includes

Write instead
    Move what both need into a third file and include that one.
""",
)

NO_CONTRACT = Code(
    "SLA219",
    "no-contract",
    Severity.ERROR,
    """What it checks
    A file holds exactly one `contract` block, or one `framework` block.

Why it matters
    Without it there are no parties and no term; with two it is not clear which one the levels belong to.

Example
    sla 2.0
    level p2 "Response P2"
    ...

Write instead
    sla 2.0
    contract ICT-1 "Workplace"
      customer: stad
      supplier: acme
      ...
    end
""",
)

LINE_NOT_HELD = Code(
    "SLA220",
    "line-not-held",
    Severity.ERROR,
    """What it checks
    A line that is left open points at a passage, and that passage concerns the very line.

Why it matters
    If the two disagree, nobody can say whether the line is fixed or open, nor which interim rule applies to it.

Example
    level p2 ...
      target: 90% within 4 business hours
    end
    open passage peak ...
      concerns: p2 target
    end

Write instead
    level p2 ...
      target: open, see peak
    end
""",
)

CHANGE_OF_OPEN_LINE = Code(
    "SLA222",
    "change-of-open-line",
    Severity.ERROR,
    """What it checks
    A line that an open passage holds is filled, not changed.

Why it matters
    The amendment is the only record of a filling. A passage whose line is changed past it would stay open for ever:
    both sides would go on being reminded of a question that is settled.

Example
    change: response-p2-peak target to 92% within 45 business minutes

Write instead
    fill: peak-response with 92% within 45 business minutes
""",
)

EXCLUSION_WITHOUT_CAUSE = Code(
    "SLA223",
    "exclusion-without-cause",
    Severity.ERROR,
    """What it checks
    A level of tickets excludes only what has a cause.

Why it matters
    On tickets an exclusion removes whole cases, by their cause. A stretch of time such as planned maintenance removes
    none; the party that relies on it would find its tickets judged all the same.

Example
    level resolve-p2 ...
      excludes: maintenance          # announced: 5 working days before, and no cause

Write instead
    clock stops: waiting-customer    # time in which the clock stands still
    excludes: force-majeure          # with `cause: force majeure`
""",
)

TARGET_NOT_FOR_MEASURE = Code(
    "SLA221",
    "target-not-for-measure",
    Severity.ERROR,
    """What it checks
    A target has the form that its measure yields: a share of cases within a time, a percentage, a number, a length of
    time.

Why it matters
    A target that cannot be compared with the measure can be neither met nor missed.

Example
    measure: availability
    target: 90% within 4 business hours

Write instead
    measure: availability
    target: at least 99.9%
""",
)

UNSTATED_RULE = Code(
    "SLA401",
    "unstated-rule",
    Severity.WARNING,
    """What it checks
    A rule that can change the outcome is stated in the level.

Why it matters
    Each side reads an unstated rule in its own favour, and finds out when money hangs on it.

Example
    level resolve-p2 ...
      measure: resolution time
      period: month            # in which month counts a ticket opened in March and resolved in April?

Write instead
    counts in: period of decision
""",
)

CODES: tuple[Code, ...] = (
    CHANGE_OF_OPEN_LINE,
    EXCLUSION_WITHOUT_CAUSE,
    MISSING_LINE,
    DUPLICATE_LINE,
    UNKNOWN_NAME,
    DUPLICATE_NAME,
    WRONG_KIND,
    RESERVED_NAME,
    OTHER_CURRENCY,
    BARE_HOURS,
    UNKNOWN_ZONE,
    UNKNOWN_CURRENCY,
    UNSAFE_TEXT,
    HOLIDAY_YEAR_MISSING,
    HOLIDAY_FILE,
    LINE_NOT_FOR_MEASURE,
    INCLUDE_NOT_FOUND,
    INCLUDE_CYCLE,
    IMPOSSIBLE_VALUE,
    NO_CONTRACT,
    LINE_NOT_HELD,
    TARGET_NOT_FOR_MEASURE,
    UNSTATED_RULE,
    *codes_of_translations.CODES,
)
