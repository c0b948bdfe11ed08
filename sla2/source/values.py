"""Tokens as typed values: `EUR 31500.00`, `2026-03-01`, `08:00`, `"text"`.

In: one token of the lexer. Out: one value of `syntax`, and a finding if the value cannot exist (31 June, 25:00).
Runs inside `from_tree`. It knows only how a value is written, never what it is for.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from textwrap import dedent
from typing import TYPE_CHECKING

from sla2.diagnostics import Edit, Fix, Span
from sla2.source.codes import MONEY_FORM, NO_SUCH_DATE, NO_SUCH_TIME, NUMBER_TOO_LONG
from sla2.source.lexer import BLANKS
from sla2.source.syntax import (
    DateValue,
    MailValue,
    MoneyValue,
    MonthDayValue,
    MonthValue,
    Name,
    NumberValue,
    PercentValue,
    Text,
    TimeValue,
    Value,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lark import Token

    from sla2.diagnostics import Diagnostic

Read = tuple[Value, "Diagnostic | None"]

MOST_DIGITS = 15
"""No figure in a contract needs more; it keeps exact arithmetic cheap whatever a file says."""

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_MINOR_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
"""Decimals of the currencies that do not have two (ISO 4217, minor units)."""

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_A_DAY = date(2000, 1, 1)


def span_of(token: Token, path: str) -> Span:
    """The place of `token` in `path`."""
    return Span(
        path,
        token.start_pos or 0,
        token.end_pos or 0,
        token.line or 1,
        token.column or 1,
        token.end_line or 1,
        token.end_column or 1,
    )


def name_text(written: str) -> str:
    """A short name in one form, however its accents are encoded (Unicode NFC)."""
    return unicodedata.normalize("NFC", written)


def read(token: Token, path: str) -> Read:
    """`token` as a value; a value that cannot exist comes back as a stand-in with a finding."""
    span = span_of(token, path)
    reader = _READERS.get(token.type, _word)
    return reader(str(token), span)


def stamp(day: date, clock: TimeValue) -> datetime:
    """The moment `day clock`; `24:00` is midnight at the end of the day."""
    moment = datetime.combine(day, clock.value)
    return moment + timedelta(days=1) if clock.end_of_day and day < date.max else moment


def _word(text: str, span: Span) -> Read:
    return Word(text, span), None


def _name(text: str, span: Span) -> Read:
    return Name(name_text(text), span), None


def _text(text: str, span: Span) -> Read:
    return Text(text[1:-1], span), None


def _long_text(text: str, span: Span) -> Read:
    lines = text[3:-3].replace("\r\n", "\n").expandtabs(2).split("\n")
    first = lines[0].strip()
    rest = dedent("\n".join(lines[1:]))
    return Text(f"{first}\n{rest}".strip("\n").rstrip(), span), None


def _mail(text: str, span: Span) -> Read:
    return MailValue(text[1:-1], span), None


def _decimal(text: str, span: Span) -> tuple[Decimal, Diagnostic | None]:
    found = _DIGITS.search(text)
    digits = found.group() if found else "0"
    if len(digits) > MOST_DIGITS + 1:
        message = f"The number {digits[:12]}… has more than {MOST_DIGITS} digits; no contract needs so many."
        return Decimal(0), NUMBER_TOO_LONG.at(span, message, help="Write a shorter number.")
    return Decimal(digits), None


def _number(text: str, span: Span) -> Read:
    value, finding = _decimal(text, span)
    return NumberValue(value, span), finding


def _percent(text: str, span: Span) -> Read:
    value, finding = _decimal(text, span)
    return PercentValue(value, span), finding


def _money(text: str, span: Span) -> Read:
    value, finding = _decimal(text[3:], span)
    return MoneyValue(text[:3], value, span), finding or _decimals(text, value, span)


def _decimals(text: str, value: Decimal, span: Span) -> Diagnostic | None:
    """`EUR 31.500`: not as many decimals as the currency has, so perhaps thousands were meant."""
    currency, digits = text[:3], text[3:].strip(BLANKS)
    whole, point, decimals = digits.partition(".")
    usual = _MINOR_DIGITS.get(currency, 2)
    if not point or len(decimals) == usual:
        return None
    many = "1 decimal" if len(decimals) == 1 else f"{len(decimals)} decimals"
    message = f"`{currency} {digits}` has {many}; amounts in {currency} have {usual or 'none'}."
    if len(decimals) < usual:
        full = f"{currency} {value:.{usual}f}"
        fix = Fix(f"write {full}", (Edit(span, full),))
        return MONEY_FORM.at(span, message, help=f"Write {full}.", fix=fix)
    zeros = f".{'0' * usual}" if usual else ""
    help = f"Thousands are not set apart: if {whole}{decimals} was meant, write {currency} {whole}{decimals}{zeros}."
    return MONEY_FORM.at(span, message, help=help)


def _day(text: str, span: Span, form: Callable[[str], date]) -> tuple[date, Diagnostic | None]:
    try:
        return form(text), None
    except ValueError:
        message = f"There is no date {text} in the calendar."
        remedy = "A date is written year-month-day, for instance 2026-03-01; check the month and the day."
        return _A_DAY, NO_SUCH_DATE.at(span, message, help=remedy)


def _date(text: str, span: Span) -> Read:
    value, finding = _day(text, span, date.fromisoformat)
    return DateValue(value, span), finding


def _month(text: str, span: Span) -> Read:
    value, finding = _day(text, span, lambda month: date.fromisoformat(f"{month}-01"))
    return MonthValue(value, span), finding


def _month_day(text: str, span: Span) -> Read:
    value, finding = _day(text, span, lambda day: date.fromisoformat(f"2000-{day}"))
    return MonthDayValue(value.month, value.day, span), finding


def _time(text: str, span: Span) -> Read:
    if text == "24:00":
        return TimeValue(time(0), True, span), None
    hour, minute = text.split(":")
    if int(hour) > 23 or int(minute) > 59:
        message = f"There is no time {text} on the clock."
        remedy = "A time runs from 00:00 to 23:59; 24:00 may be written as the end of a day."
        return TimeValue(time(0), False, span), NO_SUCH_TIME.at(span, message, help=remedy)
    return TimeValue(time(int(hour), int(minute)), False, span), None


_READERS: dict[str, Callable[[str, Span], Read]] = {
    "ID": _name,
    "STRING": _text,
    "LONGTEXT": _long_text,
    "MAIL": _mail,
    "NUMBER": _number,
    "ORDINAL": _number,
    "PERCENT": _percent,
    "MONEY": _money,
    "DATE": _date,
    "MONTH": _month,
    "MONTHDAY": _month_day,
    "TIME": _time,
}
