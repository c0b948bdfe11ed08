"""The holiday lock file: the reviewed list of holidays that is part of a contract.

In: the text of a TOML file. Out: a `HolidayFile`, or findings with the line. It runs when a contract is loaded. It
does not make such a file (that is `lock_maker`) and knows no library of holidays: releases of those change their
opinion about the same day, a contract does not.

    region = "NL"
    years = [2026]
    generated_by = "holidays 0.109"
    sha = "…"               # of the days as they were generated: later edits show
    [[day]]
    date = 2026-01-01
    name = "Nieuwjaarsdag"
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sla2.contract.codes_of_values import HOLIDAY_FILE
from sla2.contract.surroundings import Holiday
from sla2.diagnostics import Diagnostic, Span

_LARGEST = 1_000_000
_MOST_DAYS = 5_000


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """The holidays of `region` in `years`; `edited` is True if the days are not those that were generated."""

    path: str
    region: str
    years: tuple[int, ...]
    days: tuple[Holiday, ...]
    generated_by: str = ""
    edited: bool = False


def sha_of(days: Iterable[Holiday]) -> str:
    """The fingerprint of a list of days: the first 16 hexadecimal digits of SHA-256 over `date name` lines."""
    text = "".join(f"{holiday.day} {holiday.name}\n" for holiday in days)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_lock(text: str, path: str) -> tuple[HolidayFile | None, tuple[Diagnostic, ...]]:
    """The holiday file in `text`; None with an error if it cannot be read."""
    if len(text) > _LARGEST:
        return None, (_fault(path, 1, "is too large to be a list of holidays"),)
    try:
        table: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return None, (_fault(path, _line_in(str(problem)), f"cannot be read: {problem}"),)
    region, years = table.get("region"), table.get("years")
    if not isinstance(region, str) or not region:
        return None, (_fault(path, 1, 'names no region; write for instance `region = "NL"`'),)
    if not isinstance(years, list) or not years or not all(type(year) is int for year in years):
        return None, (_fault(path, 1, "names no years; write for instance `years = [2026]`"),)
    days, faults = _days(table.get("day", []), text, path, frozenset(years))
    if faults:
        return None, faults
    generated, sha = table.get("generated_by", ""), table.get("sha")
    file = HolidayFile(
        path=path,
        region=region,
        years=tuple(sorted(set(years))),
        days=days,
        generated_by=generated if isinstance(generated, str) else "",
        edited=isinstance(sha, str) and sha != sha_of(days),
    )
    return file, ()


def _days(
    rows: object, text: str, path: str, years: frozenset[int]
) -> tuple[tuple[Holiday, ...], tuple[Diagnostic, ...]]:
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[day]]")]
    if not isinstance(rows, list) or len(rows) > _MOST_DAYS or len(rows) > len(lines):
        return (), (_fault(path, 1, "lists its days otherwise than as [[day]] tables"),)
    days: list[Holiday] = []
    faults: list[Diagnostic] = []
    for row, line in zip(rows, lines, strict=False):
        day, name = (row.get("date"), row.get("name", "")) if isinstance(row, dict) else (None, "")
        if not isinstance(day, date) or isinstance(day, datetime) or not isinstance(name, str):
            faults.append(_fault(path, line, "has a day without a date; write `date = 2026-01-01`"))
        elif day.year not in years:
            faults.append(_fault(path, line, f"lists {day}, which lies outside its own years"))
        elif not name.isprintable():
            faults.append(_fault(path, line, "has a name with characters that cannot be printed"))
        else:
            days.append(Holiday(day=day, name=name))
    return tuple(sorted(days, key=lambda holiday: (holiday.day, holiday.name))), tuple(faults)


def _line_in(problem: str) -> int:
    """The line that a TOML error names: "… (at line 3, column 5)"."""
    _, _, rest = problem.partition("at line ")
    digits = rest.split(",")[0]
    return int(digits) if digits.isdigit() else 1


def _fault(path: str, line: int, what: str) -> Diagnostic:
    return HOLIDAY_FILE.at(
        Span.of_line(path, line),
        f'The holiday file "{path}" {what}.',
        help="Correct that line, or make the list anew with `sla2 calendar lock` and let both sides look at it.",
    )
