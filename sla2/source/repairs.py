"""Values as people write them, turned into values as the language writes them.

In: the words found on a line. Out: what to write instead, or None if the words are something else; `Repaired` says
whether only one reading is possible. Used by the table of slips. It reports nothing and decides nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Repaired:
    """`text` to write instead; `readings` are all possible ones if there is more than one."""

    text: str
    readings: tuple[str, ...] = ()


_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}
_WORDS = {"euro": "EUR", "dollar": "USD", "pound": "GBP"}
_DIGIT_GROUPS = re.compile(r"[0-9][0-9.,' \u00a0\u202f]*")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari januar",
            "feb february februari februar",
            "mar march maart mrt märz mär",
            "apr april",
            "may mei mai",
            "jun june juni",
            "jul july juli",
            "aug august augustus",
            "sep sept september",
            "oct october oktober okt",
            "nov november",
            "dec december dezember dez",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "sixty": "60",
    "ninety": "90",
}
_UNITS = {
    "min": "minutes",
    "mins": "minutes",
    "h": "hours",
    "hr": "hours",
    "hrs": "hours",
    "d": "days",
    "sec": "seconds",
    "secs": "seconds",
    "ms": "milliseconds",
    "yr": "years",
    "yrs": "years",
    "mth": "months",
    "mths": "months",
}


def money(found: str) -> Repaired | None:
    """`€ 31.500,00` to `EUR 31500.00`. A dollar sign, and one group of three digits, can be read in two ways."""
    digits = _DIGIT_GROUPS.search(found)
    if not digits:
        return None
    signs = (found[: digits.start()] + found[digits.end() :]).strip(" \u00a0\u202f,.-")
    currency = _SIGNS.get(signs) or _WORDS.get(signs.lower().rstrip("s")) or signs.upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        return None
    amounts = [f"{currency} {amount}" for amount in _amounts(digits.group().strip(" \u00a0\u202f.,'"))]
    if re.search("[.,]-", found):
        amounts = amounts[:1]
    unsure = len(amounts) > 1 or signs in ("$", "¥") or signs.lower().startswith(("dollar", "pound"))
    return Repaired(amounts[0], tuple(amounts)) if unsure else Repaired(amounts[0])


def _amounts(written: str) -> tuple[str, ...]:
    """The readings of digits with points, commas, apostrophes and blanks between them."""
    plain = re.sub(r"[' \u00a0\u202f]", "", written)
    marks = [mark for mark in plain if mark in ".,"]
    if not marks:
        return (f"{plain}.00",)
    whole, _, last = re.sub(r"[.,](?=.*[.,])", "", plain).replace(",", ".").partition(".")
    if len(set(marks)) == 1 and len(marks) > 1:
        return (f"{whole}{last}.00",)
    if len(set(marks)) == 1 and len(last) == 3:
        return (f"{whole}{last}.00", f"{whole}.{last}")
    return (f"{whole}.{last.ljust(2, '0')}",)


def percent(found: str) -> Repaired | None:
    """`99,5 percent` to `99.5%`."""
    number = re.match(r"[0-9]+(?:[.,][0-9]+)?", found)
    return Repaired(number.group().replace(",", ".") + "%") if number else None


def date(found: str) -> Repaired | None:
    """`1-3-2026`, `01.03.2026`, `1 March 2026` to `2026-03-01`; with slashes the month may come first."""
    parts = re.findall(r"[0-9]+|[^\W\d_]+", re.sub(r"^(?:am|den|op|per|vom)\s", "", found))
    if len(parts) != 3:
        return None
    names = [_MONTHS.get(part.lower()) for part in parts]
    month = next((name for name in names if name), None)
    if month:
        numbers = [int(part) for part in parts if part.isdecimal()]
        return _dates([(numbers[1], month, numbers[0])]) if len(numbers) == 2 else None
    if not all(part.isdecimal() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _dates([(first, second, third)])
    if len(parts[2]) != 4:
        return None
    orders = [(third, second, first), (third, first, second)] if "/" in found else [(third, second, first)]
    return _dates(orders)


def _dates(orders: list[tuple[int, int, int]]) -> Repaired | None:
    fitting = [f"{y:04}-{m:02}-{d:02}" for y, m, d in orders if 1 <= m <= 12 and 1 <= d <= 31]
    fitting = list(dict.fromkeys(fitting))
    if not fitting:
        return None
    return Repaired(fitting[0], tuple(fitting)) if len(fitting) > 1 else Repaired(fitting[0])


def month(found: str) -> Repaired | None:
    """`3/2026` to `2026-03`."""
    first, second = re.findall("[0-9]+", found)
    year, number = (first, second) if len(first) == 4 else (second, first)
    return Repaired(f"{year}-{int(number):02}") if 1 <= int(number) <= 12 else None


def clock(found: str) -> Repaired | None:
    """`8.00`, `8h30`, `8 pm` to `08:00`, `08:30`, `20:00`."""
    numbers = [int(part) for part in re.findall("[0-9]{1,2}", found)]
    hour, minute = (*numbers, 0)[:2]
    late, early = re.search(r"p\.?m", found), re.search(r"a\.?m", found)
    if (late or early) and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if late else 0) if late or early else hour
    in_a_day = hour <= 23 and minute <= 59 or (hour, minute) == (24, 0)
    return Repaired(f"{hour:02}:{minute:02}") if in_a_day else None


_WEEKDAYS = {
    "ma": "mon",
    "mo": "mon",
    "di": "tue",
    "wo": "wed",
    "mi": "wed",
    "do": "thu",
    "vr": "fri",
    "fr": "fri",
    "za": "sat",
    "sa": "sat",
    "zo": "sun",
    "so": "sun",
}
"""The first two letters in Dutch and German; no two days share them."""


def weekday(found: str) -> Repaired | None:
    """`Monday`, `maandag`, `Mo` to `mon`."""
    english = found[:3].lower()
    if english in ("mon", "tue", "wed", "thu", "fri", "sat", "sun") and found.lower() != "montag":
        return Repaired(english)
    day = _WEEKDAYS.get(found[:2].lower())
    return Repaired(day) if day else None


def number_word(found: str) -> Repaired | None:
    """`four` to `4`."""
    return Repaired(_NUMBERS[found])


def unit(found: str) -> Repaired | None:
    """`hrs` to `hours`."""
    return Repaired(_UNITS[found.rstrip(".")])


REPAIRS: Mapping[str, Callable[[str], Repaired | None]] = {
    "money": money,
    "percent": percent,
    "date": date,
    "month": month,
    "clock": clock,
    "weekday": weekday,
    "number_word": number_word,
    "unit": unit,
}
