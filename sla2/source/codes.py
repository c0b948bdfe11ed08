"""The findings of reading a file: spelling, values and the form of a block (SLA1xx)."""

from __future__ import annotations

from sla2.diagnostics import Code, Severity


def _code(number: int, slug: str, checks: str, matters: str, bad: str, good: str) -> Code:
    page = (
        f"# What it checks\n{checks}\n\n# Why it matters\n{matters}\n\n"
        f"# Example\n{_indented(bad)}\n\n# Write instead\n{_indented(good)}\n"
    )
    return Code(f"SLA{number}", slug, Severity.ERROR, page)


def _indented(lines: str) -> str:
    return "\n".join(f"    {line}" for line in lines.split("\n"))


UNREADABLE_LINE = _code(
    104,
    "unreadable-line",
    "A line must have one of the forms of its block.",
    "A line that cannot be read is not part of what is judged.",
    "target: 90% of the time",
    "target: 90% within 4 business hours",
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
    "A time must exist on the clock; `24:00` is the end of a day.",
    "Opening hours decide how long a clock runs.",
    "open: mon-fri 08:00-25:00",
    "open: mon-fri 08:00-24:00",
)
NUMBER_TOO_LONG = _code(
    129,
    "number-too-long",
    "A number has at most fifteen digits.",
    "A longer one is a slip of the keyboard, and no amount, share or duration in a contract needs it.",
    "fee hosting: EUR 1700000000000000000 per month",
    "fee hosting: EUR 17000.00 per month",
)

CODES: tuple[Code, ...] = (UNREADABLE_LINE, NO_SUCH_DATE, NO_SUCH_TIME, NUMBER_TOO_LONG)
