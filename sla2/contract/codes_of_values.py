"""The findings about values: money, hours, time zones, texts and holiday files.

In: nothing. Out: one `Code` per kind of finding; `codes` lists them with all others of this package.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity

OTHER_CURRENCY = Code(
    "SLA207",
    "other-currency",
    Severity.ERROR,
    """What it checks
    Every amount is in the currency of the contract.

Why it matters
    An amount in a second currency cannot be added up with the others without an exchange rate, and the contract states
    none.

Example
    currency: EUR
    pays if: more than USD 1.00

Write instead
    pays if: more than EUR 1.00
""",
)

BARE_HOURS = Code(
    "SLA209",
    "bare-hours",
    Severity.ERROR,
    """What it checks
    A target in plain hours or minutes stands only where the hours of the level are round the clock.

Why it matters
    Between Friday afternoon and Monday morning "4 hours" is 4 hours or 66 hours, depending on which hours are meant.

Example
    hours: office
    target: 90% within 4 hours

Write instead
    target: 90% within 4 business hours      # the clock runs in the hours of the level
    target: 90% within 4 elapsed hours       # the clock always runs
""",
)

UNKNOWN_ZONE = Code(
    "SLA210",
    "unknown-time-zone",
    Severity.ERROR,
    """What it checks
    A time zone is one of the IANA time zone database, such as Europe/Amsterdam or UTC.

Why it matters
    Abbreviations such as CET say nothing about summer time, so the same line could mean two hours.

Example
    timezone: Amsterdam

Write instead
    timezone: Europe/Amsterdam
""",
)

UNKNOWN_CURRENCY = Code(
    "SLA211",
    "unknown-currency",
    Severity.ERROR,
    """What it checks
    A currency is a code of ISO 4217, such as EUR, GBP or CHF.

Why it matters
    How many decimals an amount has depends on its currency.

Example
    currency: EUO

Write instead
    currency: EUR
""",
)

UNSAFE_TEXT = Code(
    "SLA212",
    "unsafe-text",
    Severity.ERROR,
    """What it checks
    Titles, names and texts hold no control characters and no characters that turn the direction of writing, and mail
    addresses have the form name@host.

Why it matters
    Such characters are invisible in an editor and can change a mail header, a calendar file or the text that a reader
    sees.

Example
    contact: "A. Maier" <a.maier@stadt@example> as service manager

Write instead
    contact: "A. Maier" <a.maier@stadt.example> as service manager
""",
)

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

HOLIDAY_FILE = Code(
    "SLA214",
    "holiday-file",
    Severity.ERROR,
    """What it checks
    The holiday file that a calendar names can be read, is a lock file, and is of the region that the line
    names.

Why it matters
    Holidays are part of the contract. Without the file nobody can say which days are working days.

Example
    holidays: NL from "calendars/nl-2026.toml"      # there is no such file

Write instead
    Run `sla2 calendar lock --region NL --year 2026`, have both sides look at the file, and commit it.
""",
)

IMPOSSIBLE_VALUE = Code(
    "SLA218",
    "impossible-value",
    Severity.ERROR,
    """What it checks
    A value can be what it stands for: whole working days, hours that end after they begin, a year from 1970 to
    2199.

Why it matters
    A value that cannot exist would be judged as something that neither side wrote.

Example
    open: mon-fri 18:00-08:00

Write instead
    open: mon-fri 18:00-24:00
    open: tue-sat 00:00-08:00
""",
)
