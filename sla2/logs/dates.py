"""Declared date forms: `dd-MM-yyyy HH:mm:ss` becomes a strict regular expression with named parts.

In: the form as the mapping writes it. Out: a `DateForm`, which `instants` applies to whole columns.
The letters are those of the date pickers and spreadsheets: d day, M month, y year, H hour (24), h hour (12),
m minute, s second, S fraction, a AM/PM, X offset. A single letter takes one or two digits, a double one
exactly two. It parses no value itself and guesses no form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sla2.logs.schema import MINUTE, SECOND

DAY = 86_400 * SECOND

_LETTERS = "[A-Za-z\u00c0-\u024f]{3,12}"
_TOKENS: tuple[tuple[str, str, str], ...] = (
    ("yyyy", "y", r"\d{4}"),
    ("yy", "y2", r"\d{2}"),
    ("MMMM", "name", _LETTERS + r"\.?"),
    ("MMM", "name", _LETTERS + r"\.?"),
    ("MM", "mo", r"\d{2}"),
    ("M", "mo", r"\d{1,2}"),
    ("dd", "d", r"\d{2}"),
    ("d", "d", r"\d{1,2}"),
    ("HH", "h", r"\d{2}"),
    ("H", "h", r"\d{1,2}"),
    ("hh", "h12", r"\d{2}"),
    ("h", "h12", r"\d{1,2}"),
    ("mm", "mi", r"\d{2}"),
    ("ss", "s", r"\d{2}"),
    ("a", "half", r"[AaPp]\.?[Mm]\.?"),
    ("XXX", "off", r"Z|[+-]\d{2}:?\d{2}"),
    ("X", "off", r"Z|[+-]\d{2}:?\d{2}"),
)
_ISO = r"^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$"
DATE_LIKE = rf"^\W*\d{{1,4}}\s*[-/. ]\s*(\d{{1,2}}|{_LETTERS}\.?)\s*[-/. ,]\s*\d{{1,4}}(\D|$)|^\d{{8,14}}$"
"""A value that looks like some date: if it does not fit the declared form, the form is in doubt."""

PARTS = ("y", "y2", "mo", "name", "d", "h", "h12", "half", "mi", "s", "f", "off")

MONTHS: dict[str, int] = {}
"""Month names and abbreviations in nl, de, fr and en, lower case without a full stop."""
for _number, _names in enumerate(
    (
        "jan january januari januar jänner janvier janv",
        "feb february februari februar février févr fév",
        "mar march maart mrt märz mär mrz mars",
        "apr april avril avr",
        "may mei mai",
        "jun june juni juin",
        "jul july juli juillet juil",
        "aug august augustus août aoû",
        "sep sept september septembre",
        "oct october oktober okt octobre",
        "nov november novembre",
        "dec december dezember dez décembre déc",
    ),
    start=1,
):
    MONTHS.update(dict.fromkeys(_names.split(), _number))


@dataclass(frozen=True, slots=True)
class DateForm:
    """A declared form: its text, its regular expression, and which part each group is (`PARTS`).

    `unit` is the precision in microseconds: a minute, a second, or a part of one.
    """

    text: str
    regex: str
    parts: tuple[str, ...]
    unit: int

    @property
    def has_time(self) -> bool:
        """True if the form holds an hour."""
        return "h" in self.parts or "h12" in self.parts

    @property
    def has_offset(self) -> bool:
        """True if the form may hold an offset from UTC."""
        return "off" in self.parts

    @property
    def needs_zone(self) -> bool:
        """True if a value in this form may lack an offset, so that a time zone must be declared."""
        return not self.has_offset or self.text == "iso"


def date_form(text: str) -> DateForm | str:
    """The form that `text` declares, or one sentence that says what is wrong with it."""
    if text.strip().lower() == "iso":
        return DateForm("iso", _ISO, ("y", "mo", "d", "h", "mi", "s", "f", "off"), SECOND)
    parts: list[str] = []
    regex = "^"
    at = 0
    while at < len(text):
        piece = _piece(text, at)
        if isinstance(piece, str):
            return piece
        part, expression, length = piece
        if part:
            if part in parts:
                return f"the date form {text!r} names the same part twice"
            parts.append(part)
            regex += f"({expression})"
        else:
            regex += expression
        at += length
    return _checked(DateForm(text, regex + "$", tuple(parts), _unit(parts)))


def _piece(text: str, at: int) -> tuple[str, str, int] | str:
    """The part, expression and length of the token or literal at `at`, or what is wrong there."""
    if text[at] == "'":
        end = text.find("'", at + 1)
        if end < 0:
            return f"the date form {text!r} opens a quote that it does not close"
        return "", re.escape(text[at + 1 : end]), end + 1 - at
    if text[at] == "S":
        length = len(text) - at - len(text[at:].lstrip("S"))
        return "f", r"\d{1,9}" if length == 1 else rf"\d{{{min(length, 9)}}}", length
    for token, part, expression in _TOKENS:
        if text.startswith(token, at):
            return part, expression, len(token)
    if text[at].isalpha() and text[at] not in "TZ":
        return (
            f"the date form {text!r} has the letter {text[at]!r}, which means nothing in a date form; "
            "use d, M, yyyy, HH, mm, ss"
        )
    return "", re.escape(text[at]), 1


def _unit(parts: list[str]) -> int:
    """The precision that the parts of a form give."""
    if "f" in parts:
        return 1_000
    if "s" in parts:
        return SECOND
    if "mi" in parts:
        return MINUTE
    return DAY


def _checked(form: DateForm) -> DateForm | str:
    """The form, or what it lacks."""
    parts = form.parts
    if not ("y" in parts or "y2" in parts) or not ("mo" in parts or "name" in parts) or "d" not in parts:
        return f"the date form {form.text!r} needs a day, a month and a year, such as dd-MM-yyyy HH:mm"
    if form.has_time and "mi" not in parts:
        return f"the date form {form.text!r} has an hour without minutes (mm)"
    if "h12" in parts and "half" not in parts:
        return f"the date form {form.text!r} has hours 1-12 (h) without a (AM/PM); write HH for 24 hours"
    return form
