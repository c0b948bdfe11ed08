"""The findings of reading a file: its bytes, its spelling, its values and the form of its blocks (SLA1xx).

In: nothing. Out: `CODES`, from which `sla2 explain` and the manual take their pages. The table of slips in
`grammar/syntax_errors.toml` refers to these codes by number.
"""

from __future__ import annotations

from sla2.diagnostics import Code, Severity


def _code(
    number: int, slug: str, checks: str, matters: str, bad: str, good: str, severity: Severity = Severity.ERROR
) -> Code:
    page = (
        f"# What it checks\n{checks}\n\n# Why it matters\n{matters}\n\n"
        f"# Example\n{_indented(bad)}\n\n# Write instead\n{_indented(good)}\n"
    )
    return Code(f"SLA{number}", slug, severity, page)


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in lines.split("\n"))


WRONG_ENCODING = _code(
    101,
    "wrong-encoding",
    "A contract is a text file in UTF-8, or in UTF-16 with a byte order mark.",
    "In another encoding a name such as Müller can turn into other letters without anybody noticing.",
    "a file saved as ANSI, Windows-1252 or ISO 8859-1",
    "the same file, saved from the editor as UTF-8",
)
NOT_A_TEXT = _code(
    102,
    "not-a-text",
    "A contract is plain text.",
    "A word processor's file, a picture or an archive cannot be compared line by line or judged.",
    "contract.docx renamed to contract.sla",
    "the text, saved as plain text (UTF-8)",
)
TOO_LARGE = _code(
    103,
    "too-large",
    "A contract file has at most 5 MB.",
    "The longest contracts have a few thousand lines; a larger file is something else, for instance a log.",
    "an export of tickets passed as the contract",
    "the contract; logs belong in the mapping of the log",
)
UNREADABLE_LINE = _code(
    104,
    "unreadable-line",
    "A line must have one of the forms of its label.",
    "A line that cannot be read would not be judged, so nothing is judged until it can.",
    "target: 90% of the tickets in time",
    "target: 90% within 4 business hours",
)
UNKNOWN_LABEL = _code(
    105,
    "unknown-label",
    "A line begins with a label that its block knows.",
    "A rule behind an unknown label has no effect; better to hear that now than from the other side.",
    'level p2 "Resolution"\n  objective: 90% within 4 business hours\nend',
    'level p2 "Resolution"\n  target: 90% within 4 business hours\nend',
)
UNKNOWN_BLOCK = _code(
    106,
    "unknown-block",
    "A block begins with a kind that the language knows.",
    "Nothing inside a block of an unknown kind can be read.",
    'agreement p2 "Resolution"\nend',
    'level p2 "Resolution"\nend',
)
MISSING_END = _code(
    107,
    "missing-end",
    "A block is closed by the word end on a line of its own.",
    "Without it the lines of the next block would belong to this one.",
    'party town "The town"\nparty firm "The firm"\nend',
    'party town "The town"\nend\nparty firm "The firm"\nend',
)
OUTSIDE_BLOCK = _code(
    108,
    "line-outside-block",
    "Every line belongs to a block, between its first line and its end.",
    "A line outside has nothing to apply to; often an end stands too early.",
    'level p2 "Resolution"\nend\n  target: 90% within 4 business hours',
    'level p2 "Resolution"\n  target: 90% within 4 business hours\nend',
)
MISSING_COLON = _code(
    109,
    "missing-colon",
    "A label is followed by a colon.",
    "The colon tells where the label ends and the value begins.",
    "target at least 99.9%",
    "target: at least 99.9%",
)
UNCLOSED_QUOTE = _code(
    110,
    "unclosed-quote",
    'A text in quotes ends on its own line; a longer one stands between """ and """.',
    "Where a text does not end, everything after it would be swallowed.",
    'because: "Nobody knows the load yet.',
    'because: "Nobody knows the load yet."',
)
WORD_PROCESSOR_SIGN = _code(
    111,
    "word-processor-sign",
    "Quotes, dashes and bullets are those of the keyboard.",
    "Word processors replace them by look-alikes, which mean something else or nothing.",
    "because: \u201cNobody knows yet.\u201d",
    'because: "Nobody knows yet."',
)
MISSING_VERSION = _code(
    112,
    "missing-version",
    "The first line of a file names the version of the language: sla 2.0.",
    "In a later version a word may mean something else; the line keeps old contracts readable.",
    'party town "The town"\nend',
    'sla 2.0\nparty town "The town"\nend',
)
UNKNOWN_VERSION = _code(
    113,
    "unknown-version",
    "The version in the first line is one that this toolkit reads: 2.0.",
    "A contract in a version that it does not know could be judged by the wrong rules.",
    "sla 3.0",
    "sla 2.0",
)
INCOMPLETE_HEADER = _code(
    114,
    "incomplete-header",
    "A block begins with its kind, a short name without spaces, and a title in quotes.",
    "Other lines refer to the block by its short name, and the draft prints the title.",
    "level p2",
    'level p2 "Resolution of P2"',
)
FOREIGN_SIGN = _code(
    115,
    "sign-of-another-language",
    "Signs of programming languages, such as braces, semicolons and equals signs, have no meaning here.",
    "They are usually left over from another tool, and what they closed or opened is then unclear.",
    "target = at least 99.9%;",
    "target: at least 99.9%",
)
MISSING_QUOTES = _code(
    116,
    "missing-quotes",
    "Free text stands between quotes.",
    "Without quotes a word of the text could be taken for a word of the language.",
    "because: Nobody knows the load yet.",
    'because: "Nobody knows the load yet."',
)
MISSPELT_WORD = _code(
    117,
    "misspelt-word",
    "The words of the language are written in one way, in small letters.",
    "One word for one thing keeps a contract from saying two things that look alike.",
    "target: 90% whithin 4 Business hours",
    "target: 90% within 4 business hours",
)
TOO_MANY = _code(
    118,
    "too-many-mistakes",
    "Reading stops after five hundred mistakes in one file.",
    "So many mean that the file is not a contract, or that one early slip explains the rest.",
    "a page of prose",
    "a contract; begin with `sla2 new`",
)
MISSING_COMMA = _code(
    119,
    "missing-comma",
    "The parts of a list are separated by commas.",
    "Without a comma two names could be one.",
    "clock stops: waiting-customer third-party",
    "clock stops: waiting-customer, third-party",
)
MONEY_FORM = _code(
    120,
    "unclear-amount",
    "An amount is the code of its currency and plain digits, with as many decimals as the currency has.",
    "31.500 is thirty-one and a half in one country and thirty-one thousand five hundred in another.",
    "fee hosting: € 31.500,00 per month",
    "fee hosting: EUR 31500.00 per month",
)
PERCENT_FORM = _code(
    121,
    "unclear-percentage",
    "A percentage is plain digits with a point before the decimals, and a % sign.",
    "A comma separates two values in this language.",
    "target: at least 99,95 %",
    "target: at least 99.95%",
)
DATE_FORM = _code(
    122,
    "unclear-date",
    "A date is written year-month-day.",
    "1-3-2026 is the first of March to one reader and the third of January to another.",
    "review: 1-3-2026",
    "review: 2026-03-01",
)
TIME_FORM = _code(
    123,
    "unclear-time",
    "A time of day is written 08:00 on the 24-hour clock, a weekday mon, tue, wed, thu, fri, sat or sun.",
    "8.00 could be a number, and 8 o'clock the morning or the evening.",
    "open: Monday-fri 8.00-18:00",
    "open: mon-fri 08:00-18:00",
)
OPEN_BOUND = _code(
    124,
    "unclear-bound",
    "A bound says in words whether it belongs to the range: from, above, below, up to and including.",
    "A month at exactly the bound would cost money by one reading and nothing by the other.",
    "tier: from 99.0% up to 99.5% gives 10%",
    "tier: from 99.0% to below 99.5% gives 10%",
)
BUSINESS_DAYS = _code(
    125,
    "unclear-days",
    "Durations in service hours are business minutes, business hours and working days; days always run.",
    "Two names for one thing make readers look for a difference.",
    "announced: 5 business days before",
    "announced: 5 working days before",
)
UNNAMED_YEAR = _code(
    126,
    "unnamed-year",
    "A year is that of the contract or that of the calendar, and the line says which.",
    "A cap that starts anew in January and one that starts anew in March pay out differently.",
    "cap: EUR 25000.00 per year",
    "cap: EUR 25000.00 per contract year",
)
NO_SUCH_DATE = _code(
    127,
    "no-such-date",
    "A date must exist in the calendar.",
    "A term or a review on a day that does not exist can be read as the day before or the day after.",
    "review: 2026-06-31",
    "review: 2026-06-30",
)
NO_SUCH_TIME = _code(
    128,
    "no-such-time",
    "A time must exist on the clock; 24:00 is the end of a day.",
    "Opening hours decide how long a clock runs.",
    "open: mon-fri 08:00-25:00",
    "open: mon-fri 08:00-24:00",
)
NUMBER_TOO_LONG = _code(
    129,
    "number-too-long",
    "A number has at most fifteen digits.",
    "A longer one is a slip of the keyboard; no amount, share or duration of a contract needs it.",
    "fee hosting: EUR 1700000000000000000 per month",
    "fee hosting: EUR 17000.00 per month",
)
NUMBER_FORM = _code(
    130,
    "unclear-number",
    "A number is plain digits with a point before the decimals.",
    "1,8 is one and eight tenths to one reader, and two numbers to this language.",
    "target: 90% within four business hours",
    "target: 90% within 4 business hours",
)
UNIT_FORM = _code(
    131,
    "abbreviated-unit",
    "Units of time are written out.",
    "An m can be a minute or a month.",
    "target: 90% within 4 business hrs",
    "target: 90% within 4 business hours",
)
TEXT_AFTER_END = _code(
    132,
    "text-after-end",
    "The word end stands alone on its line.",
    "What follows it belongs to no block.",
    "end level",
    "end",
)
JOINED_LINES = _code(
    133,
    "joined-lines",
    "Each line of a block stands on a line of its own.",
    "Two rules on one line are easily taken for one, and the second one is overlooked.",
    "period: month counts in: period of decision",
    "period: month\n  counts in: period of decision",
)
DOUBLED_LINE = _code(
    134,
    "doubled-first-line",
    "The first line of a block stands once.",
    "The second one would begin another block of the same name, and the first would be empty.",
    'level p2 "Resolution"\nlevel p2 "Resolution"\nend',
    'level p2 "Resolution"\nend',
)
FOREIGN_WORD = _code(
    135,
    "word-of-another-tongue",
    "The words of the language are English in every contract; only names and texts are in the parties' own language.",
    "One word for one thing lets both sides, and the draft in each language, mean the same rule.",
    "doel: at least 99.9%",
    "target: at least 99.9%",
)
UNUSED_INCLUDE = _code(
    136,
    "unused-include",
    "A file that is included is used: at least one name of this file begins with its alias.",
    "A framework that nothing refers to has no effect, whatever the parties believe.",
    'include "framework.sla" as FW',
    'include "framework.sla" as FW\ncontract c "Contract"\n  under: FW.frame-7\nend',
    Severity.WARNING,
)
NAMES_ALIKE = _code(
    137,
    "names-that-look-alike",
    "Two names of the same kind differ in more than letters that look alike, such as 1 and l, or capitals.",
    "A reader who takes one for the other reads another rule than the one that is judged.",
    'party p1 "The town"\nend\nparty pl "The firm"\nend',
    'party town "The town"\nend\nparty firm "The firm"\nend',
    Severity.WARNING,
)
STRANGE_LETTER = _code(
    138,
    "letter-of-another-script",
    "Names and words of the language are written in Latin letters.",
    "A Cyrillic or Greek letter that looks Latin makes another name of it, which no eye can tell from the first.",
    'level \u0440\u0430\u0443 "Payments"\nend',
    'level pay "Payments"\nend',
)

CODES: tuple[Code, ...] = (
    WRONG_ENCODING,
    NOT_A_TEXT,
    TOO_LARGE,
    UNREADABLE_LINE,
    UNKNOWN_LABEL,
    UNKNOWN_BLOCK,
    MISSING_END,
    OUTSIDE_BLOCK,
    MISSING_COLON,
    UNCLOSED_QUOTE,
    WORD_PROCESSOR_SIGN,
    MISSING_VERSION,
    UNKNOWN_VERSION,
    INCOMPLETE_HEADER,
    FOREIGN_SIGN,
    MISSING_QUOTES,
    MISSPELT_WORD,
    TOO_MANY,
    MISSING_COMMA,
    MONEY_FORM,
    PERCENT_FORM,
    DATE_FORM,
    TIME_FORM,
    OPEN_BOUND,
    BUSINESS_DAYS,
    UNNAMED_YEAR,
    NO_SUCH_DATE,
    NO_SUCH_TIME,
    NUMBER_TOO_LONG,
    NUMBER_FORM,
    UNIT_FORM,
    TEXT_AFTER_END,
    JOINED_LINES,
    DOUBLED_LINE,
    FOREIGN_WORD,
    UNUSED_INCLUDE,
    NAMES_ALIKE,
    STRANGE_LETTER,
)
