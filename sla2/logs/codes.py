"""The findings of this package: mapping files and exports (SLA5xx).

In: nothing. Out: one `Code` per kind of finding, each with its manual page, and the tuple `CODES` of all of them.
A code is never reused; the functions that use it word the message for the file at hand.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity


def _code(number: int, slug: str, severity: Severity, what: str, why: str, example: str, instead: str) -> Code:
    """A code with its page under the four fixed headings."""
    page = (
        f"What it checks\n    {what}\n\nWhy it matters\n    {why}\n\n"
        f"Example\n    {example}\n\nWrite instead\n    {instead}\n"
    )
    return Code(f"SLA{number}", slug, severity, page)


UNREADABLE_MAPPING = _code(
    501,
    "unreadable-mapping",
    Severity.ERROR,
    "The mapping file exists, is UTF-8 text and is valid TOML with at least one [[import]] table.",
    "Without a mapping nothing says what the columns, the dates and the states of an export mean.",
    "timezone = Europe/Amsterdam        # a text without quotes",
    'timezone = "Europe/Amsterdam"',
)
UNKNOWN_KEY = _code(
    502,
    "unknown-mapping-key",
    Severity.ERROR,
    "Each key of a mapping file is one that sla2 knows for this table.",
    "A misspelt key would silently leave a rule out, and figures would differ without a word.",
    'time_zone = "Europe/Amsterdam"',
    'timezone = "Europe/Amsterdam"',
)
WRONG_VALUE = _code(
    503,
    "wrong-mapping-value",
    Severity.ERROR,
    "Each value of a mapping file is of the kind that its key takes.",
    "A value that is not understood cannot be applied, and guessing would change figures.",
    'timezone = "Amsterdam"',
    'timezone = "Europe/Amsterdam"',
)
UNDECLARED = _code(
    504,
    "undeclared-reading",
    Severity.ERROR,
    "The mapping declares what an export does not say itself: its file, profile, time zone and date form.",
    "02/03/2026 09:00 is two dates and some forty instants; which of them is meant decides who is late.",
    'file = "incidents.csv"             # and nothing about its dates',
    'timezone = "Europe/Amsterdam"\n    dates = "dd-MM-yyyy HH:mm"        # `sla2 import --probe` shows what fits',
)
EXPORT_NOT_FOUND = _code(
    505,
    "export-not-found",
    Severity.ERROR,
    "The export exists, lies in the folder of its mapping file (or below it) and is .csv, .csv.gz or .zip.",
    "Evidence has to travel with its mapping: a file elsewhere is missing on the other side's machine.",
    'file = "../../downloads/incident.csv"',
    'file = "exports/incident.csv"       # and copy the export into that folder',
)
EXPORT_TOO_LARGE = _code(
    506,
    "export-too-large",
    Severity.ERROR,
    "An export has at most 500 MB of text, 5 million rows and 1 MB in one row, and is not packed more than "
    "100 times smaller than it is.",
    "A damaged or hostile file could otherwise fill the memory of the machine.",
    'file = "ten-years.csv"              # 2 GB',
    'file = "2026-q3.csv"                # one [[import]] for each part of the export',
)
WRONG_ENCODING = _code(
    507,
    "wrong-encoding",
    Severity.ERROR,
    "The bytes of the export are text in the declared encoding (UTF-8 where none is declared).",
    "Read in a wrong encoding, a status such as `Verhältnis` becomes another label and is not recognised.",
    "an export of ServiceNow without `encoding`",
    'encoding = "windows-1252"',
)
DAMAGED_TEXT = _code(
    508,
    "damaged-export",
    Severity.ERROR,
    "The export is a table of text: no NUL bytes, no quote that is never closed, a header row.",
    "After an unclosed quote all following rows would be read as one value and vanish without a word.",
    '1001,"Printer does not work,P3',
    '1001,"Printer does not work",P3     # export the file again; do not repair it by hand',
)
MISSING_COLUMN = _code(
    509,
    "missing-column",
    Severity.ERROR,
    "Each column that the mapping or the profile names stands in the header of the export.",
    "A missing column of pauses or of resolve times would change every figure.",
    '[import.columns]\n    opened_at = "Opend"',
    '[import.columns]\n    opened_at = "Opened"',
)
REPEATED_COLUMN = _code(
    510,
    "repeated-column",
    Severity.ERROR,
    "A column that the mapping names stands once in the header, or its number is given.",
    "Two columns of one name hold different things; taking the last one loses the first.",
    '[import.columns]\n    category = "category"               # the header has it twice',
    '[import.columns]\n    category = "category[1]"',
)
UNMAPPED_VALUE = _code(
    511,
    "unmapped-value",
    Severity.ERROR,
    "Each priority and each state of the export, and each value of a column with a map, stands in the map.",
    "A status that is silently taken for another starts or stops a clock.",
    '[import.state]\n    "Open" = "in progress"              # the export also has "On Hold"',
    '[import.state]\n    "Open" = "in progress"\n    "On Hold" = "waiting"',
)
DATE_FORM_CONTRADICTED = _code(
    512,
    "date-form-contradicted",
    Severity.ERROR,
    "Each date of the export fits the declared date form and exists.",
    "One date that cannot be day-month-year shows that all the others are read wrongly too.",
    'dates = "dd/MM/yyyy HH:mm"           # and row 81 has 03/25/2026 09:10',
    'dates = "MM/dd/yyyy HH:mm"',
)
NONEXISTENT_TIME = _code(
    513,
    "nonexistent-local-time",
    Severity.ERROR,
    "No local time lies in the hour that is skipped in spring.",
    "Such a time shows that the export is not in the declared time zone: every other time may be off as well.",
    'timezone = "Europe/Amsterdam"        # and row 81 has 27-03-2016 02:30',
    'timezone = "UTC"                     # or, if both sides accept it: nonexistent_local_time = "next"',
)
AMBIGUOUS_TIME = _code(
    514,
    "ambiguous-local-time",
    Severity.ERROR,
    "No local time without offset lies in the hour that exists twice in autumn.",
    "The hour before or the hour after decides whether a deadline was kept.",
    'timezone = "Europe/Amsterdam"        # and row 81 has 30-10-2016 02:30',
    'ambiguous_local_time = "earlier"     # agreed by both sides; or "later"',
)
REPEATED_ROW = _code(
    515,
    "repeated-ticket",
    Severity.ERROR,
    "Each ticket stands once in the tickets of a log.",
    "A ticket that stands twice is counted twice, and which of its facts hold is anyone's guess.",
    "two exports that overlap, without a date",
    "exported = 2026-07-01                # in both [[import]] tables: the later export prevails",
)
TRUNCATED_EXPORT = _code(
    516,
    "truncated-export",
    Severity.ERROR,
    "The number of rows is not one at which ticket tools cut off an export (1,000, 10,000, 50,000…).",
    "Tools cut off without a word, and what is missing is not random: the newest or oldest tickets.",
    "an export of exactly 10,000 rows",
    "complete = true                      # after checking the number in the tool itself",
)
OUTSIDE_COVERAGE = _code(
    517,
    "outside-coverage",
    Severity.ERROR,
    "Nothing in the export begins after the end of the interval that it is declared to cover.",
    "A wrong interval would count months without data as months without incidents.",
    "covers = { from = 2026-01-01, to = 2026-03-31 }     # and row 81 was opened on 2026-04-02",
    "covers = { from = 2026-01-01, to = 2026-04-30 }",
)
NO_ROWS = _code(
    518,
    "no-usable-row",
    Severity.ERROR,
    "At least one row of the export can be used, unless the file has a header only.",
    "A file of which nothing is left was read by the wrong declaration.",
    'delimiter = ","                      # and the file is separated by semicolons',
    'delimiter = ";"',
)
REFUSED_ROWS = _code(
    519,
    "refused-rows",
    Severity.WARNING,
    "Each row of the export can be read as a row of its table.",
    "A refused row is not in any figure. It is counted here and in each report, with its reason.",
    "Total,,,1482                         # a footer row",
    "remove nothing by hand: export again without totals, or accept the count",
)
KEPT_WITH_DOUBT = _code(
    520,
    "kept-with-doubt",
    Severity.ADVICE,
    "Rows that are used, but of which something deserves a look.",
    "An outage without an end counts as going on; an exclusion without approval may fail.",
    "outages.csv: O-17,web,2026-03-05 02:00,,",
    "O-17,web,2026-03-05 02:00,2026-03-05 03:10,",
)
SAME_FILE_TWICE = _code(
    521,
    "same-file-twice",
    Severity.ADVICE,
    "Each export is declared once for a table.",
    "The same file read twice would count everything twice; it is read once.",
    "two [[import]] tables with copies of one file",
    "one [[import]] table",
)
DOUBTFUL_PRECISION = _code(
    522,
    "doubtful-precision",
    Severity.WARNING,
    "A column with seconds in its date form has seconds in its values.",
    "If all values end in :00 the tool keeps minutes, and a target of 15 minutes is uncertain by one.",
    'dates = "dd-MM-yyyy HH:mm:ss"        # and all 2,000 values end in :00',
    'precision = "minute"',
)

CODES: tuple[Code, ...] = (
    UNREADABLE_MAPPING,
    UNKNOWN_KEY,
    WRONG_VALUE,
    UNDECLARED,
    EXPORT_NOT_FOUND,
    EXPORT_TOO_LARGE,
    WRONG_ENCODING,
    DAMAGED_TEXT,
    MISSING_COLUMN,
    REPEATED_COLUMN,
    UNMAPPED_VALUE,
    DATE_FORM_CONTRADICTED,
    NONEXISTENT_TIME,
    AMBIGUOUS_TIME,
    REPEATED_ROW,
    TRUNCATED_EXPORT,
    OUTSIDE_COVERAGE,
    NO_ROWS,
    REFUSED_ROWS,
    KEPT_WITH_DOUBT,
    SAME_FILE_TWICE,
    DOUBTFUL_PRECISION,
)
