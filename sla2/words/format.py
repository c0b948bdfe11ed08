"""Numbers, percentages, money, dates and durations as readers of nl, en and de write them.

In: exact values of the contract or of a measurement. Out: text. It runs inside every sentence, table and report.
Digits are kept as written; a measured value is rounded half up *for display* to the digits asked for, never before
a comparison. Patterns come from Babel (CLDR); the choices made here: money is the ISO code with a localised number
(before it in nl and en, after it in de, DIN 5008), percent has a no-break space in de (DIN 5008), and an instant in a
repeated hour names its offset.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from sla2.contract import calendar
from sla2.contract.quantity import DaysOfFee, Duration, Money, Number, Percent, Points, TimesFee
from sla2.words import phrases
from sla2.words.phrases import Marked, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sla2.contract.quantity import Figure, Gift, Limit
    from sla2.contract.surroundings import Language

NO_BREAK = "\u00a0"
_LOCALES = {"nl": "nl_NL", "en": "en_GB", "de": "de_DE"}
_QUOTES = {"nl": "“”", "en": "“”", "de": "„“"}
_EPOCH = datetime(1970, 1, 1)
Case = Literal["nominative", "dative"]


@cache
def locale(language: Language) -> Locale:
    """The Babel locale of `language` (English as in the United Kingdom: day before month)."""
    return Locale.parse(_LOCALES[language])


def number(value: Decimal | int | Fraction, language: Language, digits: int | None = None) -> str:
    """A number with the digits as written, or rounded half up to `digits` decimals."""
    exact = _decimal(value, digits)
    places = max(0, -int(exact.as_tuple().exponent)) if exact.is_finite() else 0
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(exact, format=pattern, locale=locale(language), decimal_quantization=False))


def _decimal(value: Decimal | int | Fraction, digits: int | None) -> Decimal:
    if isinstance(value, Fraction):
        step = 0 if digits is None else digits
        scaled = abs(value) * 10**step
        whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
        return Decimal(whole if value >= 0 else -whole).scaleb(-step)
    exact = Decimal(value)
    return exact if digits is None else exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percent(value: Percent, language: Language) -> str:
    """A percentage with the digits as written: 99,9% (nl), 99.9% (en), 99,9 % (de)."""
    return _percent_sign(number(value.value, language), language)


def points(value: Percent, language: Language, case: Case = "nominative") -> str:
    """A difference of percentages: 1 percentage point, 0,5 procentpunt."""
    form = _form(value.value, language, case)
    return phrases.plain(phrases.render(language, f"unit.point.{form}", n=number(value.value, language)))


def figure(value: Figure | Limit | Gift, language: Language, case: Case = "nominative") -> str:
    """A figure, a bound of a tier or what a tier gives, with its unit."""
    match value:
        case Percent():
            return percent(value, language)
        case Money():
            return money(value, language)
        case Duration():
            return duration(value, language, case)
        case Points(value=digits):
            return counted("service-point", digits, language, case)
        case DaysOfFee(days=digits):
            return counted("day-of-fee", digits, language, case)
        case TimesFee(times=digits):
            return phrases.plain(phrases.render(language, "unit.times-its-fee.says", n=number(digits, language)))
        case Number(value=digits):
            return number(digits, language)


def counted(unit: str, digits: Decimal, language: Language, case: Case) -> str:
    """A number of things with a phrase of their own in `unit.toml`: 3 periods, 1 service point."""
    form = _form(digits, language, case)
    return phrases.plain(phrases.render(language, f"unit.{unit}.{form}", n=number(digits, language)))


def _form(value: Decimal, language: Language, case: Case) -> str:
    count = "one" if value == 1 else "other"
    return f"{count}_dat" if case == "dative" and language == "de" else count


def share(value: Fraction, language: Language, digits: int = 2) -> str:
    """A measured share of one as a percentage, rounded half up for display."""
    return _percent_sign(number(value * 100, language, digits), language)


def _percent_sign(digits: str, language: Language) -> str:
    return f"{digits}{NO_BREAK}%" if language == "de" else f"{digits}%"


def amount(value: Decimal, currency: str, language: Language) -> str:
    """An amount of money: EUR 31.500,00 (nl), EUR 31,500.00 (en), 31.500,00 EUR (de)."""
    digits = number(value, language)
    return f"{digits}{NO_BREAK}{currency}" if language == "de" else f"{currency}{NO_BREAK}{digits}"


def money(value: Money, language: Language) -> str:
    """An amount of money of the contract, see `amount`."""
    return amount(value.amount, value.currency, language)


def day(value: date, language: Language) -> str:
    """1 maart 2026, 1 March 2026, 1. März 2026; no break between day and month."""
    text = str(format_date(value, "long", locale=locale(language)))
    return text.replace(" ", NO_BREAK, 1)


def month(value: date, language: Language) -> str:
    """maart 2026, March 2026, März 2026."""
    return str(format_date(value, "LLLL y", locale=locale(language)))


def month_name(value: int, language: Language) -> str:
    """The name of month 1 to 12."""
    return str(format_date(date(2001, value, 1), "LLLL", locale=locale(language)))


def day_of_year(month_number: int, day_of_month: int, language: Language) -> str:
    """31 december, 31 December, 31. Dezember."""
    pattern = "d. MMMM" if language == "de" else "d MMMM"
    text = str(format_date(date(2000, month_number, day_of_month), pattern, locale=locale(language)))
    return text.replace(" ", NO_BREAK)


def weekday(value: str, language: Language) -> str:
    """The name of a weekday given as mon … sun."""
    index = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(value)
    return str(locale(language).days["format"]["wide"][index])


def time_of_day(value: time | None, language: Language) -> str:
    """08:00 uur, 08:00, 08:00 Uhr; None is midnight at the end of the day, 24:00."""
    digits = "24:00" if value is None else f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    return digits + {"nl": NO_BREAK + "uur", "en": "", "de": NO_BREAK + "Uhr"}[language]


def stamp(value: datetime, language: Language) -> str:
    """A local date and time: 6 maart 2026, 16:30 uur."""
    return f"{day(value.date(), language)}, {time_of_day(value.time().replace(microsecond=0), language)}"


def instant(microseconds: int, zone: str, language: Language) -> str:
    """An instant (microseconds UTC) on the clocks of `zone`; in a repeated hour with its offset from UTC."""
    there = calendar.local(microseconds, zone)
    text = stamp(there, language)
    if calendar.occurrences(there.replace(fold=0), zone) < 2:
        return text
    offset = there.replace(fold=0) - (_EPOCH + timedelta(microseconds=microseconds))
    return f"{text} ({_offset(offset)})"


def _offset(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


def duration_marked(value: Duration, language: Language, case: Case = "nominative") -> Marked:
    """A duration of the contract, its unit marked as a defined term where it is one."""
    form = _form(value.value, language, case)
    digits = number(value.value if value.value % 1 else value.value.quantize(Decimal(1)), language)
    return phrases.render(language, f"unit.{value.unit.replace(' ', '-')}.{form}", n=digits)


def duration(value: Duration, language: Language, case: Case = "nominative") -> str:
    """A duration of the contract: 4 uur servicetijd, 4 business hours, 4 Stunden Servicezeit."""
    return phrases.plain(duration_marked(value, language, case))


def length(microseconds: int, language: Language) -> str:
    """A measured stretch of time in hours, minutes and seconds (3 uur 12 min), exact to the second, rounded down."""
    seconds = abs(microseconds) // 1_000_000
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    pieces = [
        phrases.plain(phrases.render(language, f"unit.short.{unit}", n=number(count, language)))
        for unit, count in (("hour", hours), ("minute", minutes), ("second", left))
        if count
    ]
    text = " ".join(pieces) or phrases.plain(phrases.render(language, "unit.short.minute", n="0"))
    return f"-{text}" if microseconds < 0 and seconds else text


def zone(name: str, language: Language) -> str:
    """By which clock a local time is meant: local time Europe/Amsterdam, or UTC."""
    key = "utc" if name in ("UTC", "Etc/UTC") else "local"
    return phrases.plain(phrases.render(language, f"unit.zone.{key}", zone=name))


def listing(items: Sequence[str], language: Language, how: Literal["and", "or"] = "and") -> Marked:
    """P1, P2 en P3."""
    texts = [clean(item) for item in items]
    if len(texts) < 2:
        return Marked("".join(texts))
    word = phrases.render(language, f"unit.list.{how}")
    return Marked(f"{', '.join(texts[:-1])} {word} {texts[-1]}")


def quoted(text: str, language: Language) -> str:
    """A text of the contract between the quotation marks of `language`."""
    marks = _QUOTES[language]
    return f"{marks[0]}{clean(text)}{marks[1]}"
