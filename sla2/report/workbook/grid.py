"""A workbook of typed cells: the only place that knows the spreadsheet library.

In: sheets with named columns, and rows of typed cells. Out: the bytes of an xlsx file. It runs under every sheet of the
report's workbook. Every text is written as text: nothing from a log or a contract can become a formula or a link. The
only formulas are the sums that the sheets build over their own cells, each with its value. Same cells, same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from sla2.contract.calendar import local
from sla2.document.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""Rows that a sheet of this format can hold; more go to a further sheet."""
_HEAD = 2
_MOST_LETTERS = 32_767
_CUT = "…[cut]"
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_DAY = 86_400_000_000
_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (microseconds UTC), shown on the clocks of the report."""

    at: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in microseconds, shown as hours, minutes and seconds."""

    microseconds: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one, shown as a percentage."""

    exact: Fraction


@dataclass(frozen=True, slots=True)
class Sum:
    """A formula over cells of this workbook, with the value that it comes to."""

    formula: str
    value: int | Decimal | Fraction


Cell = str | int | Decimal | Fraction | Moment | Length | Share | Sum | None
"""What may stand in a cell; None and "" leave it empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and its width in letters."""

    heading: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the file that holds rows of a table: its name, and its first and last row (counted from 1)."""

    sheet: str
    first: int
    last: int

    def column(self, index: int) -> str:
        """The cells of one column (0 = the first), for a formula."""
        name = xl_col_to_name(index)
        return f"'{self.sheet}'!${name}${self.first}:${name}${self.last}"


class Book:
    """A workbook in the making; `zone` is the time zone in which instants are shown, `made` the date of the report."""

    def __init__(self, zone: str, made: date, title: str) -> None:
        self._bytes = io.BytesIO()
        self._file = xlsxwriter.Workbook(
            self._bytes,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._file.set_properties({"title": clean_line(title), "created": datetime.combine(made, time())})
        self._file.set_calc_mode("auto")
        self._zone = zone
        self._names: set[str] = set()
        self.cut = 0
        self._formats = {
            "head": self._format(bold=True, text_wrap=True, valign="top", bottom=1, bg_color="#E8EEF4"),
            "title": self._format(bold=True, font_size=13),
            "moment": self._format(num_format="yyyy-mm-dd hh:mm:ss"),
            "length": self._format(num_format="[h]:mm:ss"),
            "share": self._format(num_format="0.0000%"),
            "money": self._format(num_format="#,##0.00"),
        }

    def _format(self, **properties: object) -> Format:
        return self._file.add_format(properties)

    def reserve(self, name: str, number: int) -> tuple[Part, ...]:
        """Names and places for a table of `number` rows, so that formulas can point at it before it is written."""
        parts: list[Part] = []
        left = number
        while left > 0 or not parts:
            rows = min(left, MOST_ROWS - _HEAD)
            parts.append(Part(self._free(name), _HEAD + 1, _HEAD + max(rows, 1)))
            left -= rows
        return tuple(parts)

    def write(
        self, parts: tuple[Part, ...], title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]
    ) -> None:
        """A table in the place reserved for it. Raises: ValueError if it has more rows than were reserved."""
        coming = iter(rows)
        for part in parts:
            page = self._opened(part.sheet, title, columns)
            for at in range(part.first - 1, part.last):
                row = next(coming, None)
                if row is None:
                    break
                self._row(page, at, row)
            page.autofilter(_HEAD - 1, 0, part.last - 1, len(columns) - 1)
        if next(coming, None) is not None:
            raise ValueError(f"{title} has more rows than were counted")

    def _opened(self, name: str, title: str, columns: tuple[Column, ...]) -> Worksheet:
        page = self._file.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1)
        page.freeze_panes(_HEAD, 0)
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width)
        page.write_string(0, 0, self._text(title), self._formats["title"])
        for index, column in enumerate(columns):
            page.write_string(1, index, self._text(column.heading), self._formats["head"])
        return page

    def _free(self, name: str) -> str:
        """A name that no sheet has yet, in the letters and the length that the format allows."""
        plain = clean_line(name).translate(_FORBIDDEN).strip() or "-"
        number, found = 1, plain[:_LONGEST_NAME]
        while found.casefold() in self._names or found.casefold() == "history":
            number += 1
            tail = f" ({number})"
            found = plain[: _LONGEST_NAME - len(tail)] + tail
        self._names.add(found.casefold())
        return found

    def _row(self, page: Worksheet, at: int, cells: tuple[Cell, ...]) -> None:
        for index, cell in enumerate(cells):
            match cell:
                case None | "":
                    continue
                case str():
                    page.write_string(at, index, self._text(cell))
                case Moment(at=instant):
                    self._moment(page, at, index, instant)
                case Length(microseconds=length):
                    page.write_number(at, index, length / _DAY, self._formats["length"])
                case Share(exact=share):
                    page.write_number(at, index, float(share), self._formats["share"])
                case Sum(formula=formula, value=value):
                    page.write_formula(at, index, formula, self._style(value), float(value))
                case _:
                    page.write_number(at, index, float(cell), self._style(cell))

    def _style(self, value: int | Decimal | Fraction) -> Format | None:
        return self._formats["money"] if isinstance(value, Decimal) else None

    def _moment(self, page: Worksheet, at: int, index: int, instant: int) -> None:
        shown = local(instant, self._zone).replace(tzinfo=None)
        if shown.year < _FIRST_YEAR:
            page.write_string(at, index, shown.isoformat(sep=" "))
        else:
            page.write_datetime(at, index, shown, self._formats["moment"])

    def _text(self, text: str) -> str:
        line = clean_line(text)
        if len(line.encode("utf-16-le")) // 2 <= _MOST_LETTERS:
            return line
        self.cut += 1
        return line[: (_MOST_LETTERS - len(_CUT)) // 2] + _CUT

    def close(self) -> bytes:
        """The file."""
        self._file.close()
        return self._bytes.getvalue()
