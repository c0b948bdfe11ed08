"""What could have come next, in words of the language instead of names of the grammar.

In: the terminals that the parser can take. Out: phrases such as "`within`" or "a date such as 2026-03-01".
Used for the help of a finding and for completion. It does not look at the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.source import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUES = {
    "ID": "a short name",
    "STRING": 'a text in quotes, "like this"',
    "LONGTEXT": 'a text between """ and """',
    "MAIL": "a mail address such as <name@firm.example>",
    "NUMBER": "a number",
    "PERCENT": "a percentage such as 99.9%",
    "MONEY": "an amount such as EUR 100.00",
    "DATE": "a date such as 2026-03-01",
    "MONTH": "a month such as 2026-03",
    "MONTHDAY": "a day of the year such as 12-31",
    "TIME": "a time such as 08:00",
    "ORDINAL": "a rank such as 16th or 2nd",
    "WEEKDAY": "a weekday such as mon",
    "MONTHNAME": "a month such as February",
    "LANG": "a language such as nl, en or de",
    "ZONE": "a time zone such as Europe/Amsterdam",
    "CURRENCY": "a currency such as EUR",
    "CODE": "the code of a finding such as SLA305",
    "DOTTED": "a name with a point in it, such as delight.trust",
    "_NL": "the end of the line",
    "$END": "the end of the file",
}
_SIGNS = {":": "a colon", ",": "a comma", "-": "a - sign"}
_SILENT = {"."}
_MOST = 12


def phrases(terminals: Iterable[str]) -> tuple[str, ...]:
    """The terminals in words, values first, then the words of the language by the alphabet."""
    words = grammar.keywords()
    names = set(terminals)
    values = [text for name, text in _VALUES.items() if name in names and name not in ("_NL", "$END")]
    known = sorted(words[name] for name in names if name in words and words[name] not in {*_SIGNS, *_SILENT})
    signs = [text for sign, text in _SIGNS.items() if any(words.get(name) == sign for name in names)]
    ends = [_VALUES[name] for name in ("_NL", "$END") if name in names]
    return (*values, *(f"`{word}`" for word in known), *signs, *ends)


def sentence(terminals: Iterable[str]) -> str:
    """`Here may stand: a number, `every` or `open`.`, shortened when the list is long; "" if nothing fits."""
    shown = phrases(terminals)
    if not shown:
        return ""
    if len(shown) > _MOST:
        return f"Here may stand: {', '.join(shown[:_MOST])}, or another of {len(shown)} words."
    return f"Here may stand: {listed(shown)}."


def listed(parts: Iterable[str], last: str = "or") -> str:
    """`a, b or c`."""
    *most, final = parts
    return f"{', '.join(most)} {last} {final}" if most else final
