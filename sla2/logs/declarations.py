"""Typed values of one `[[import]]` table.

In: the table as TOML gives it, and a place to note findings. Out: typed values, each with its default.
A value of a wrong kind is noted and its default returned, so that one run names all mistakes of a mapping.
"""

from __future__ import annotations

import codecs
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from sla2.logs.codes import EXPORT_NOT_FOUND, UNDECLARED, WRONG_VALUE
from sla2.logs.dates import DateForm, date_form
from sla2.logs.schema import MINUTE, SECOND
from sla2.logs.zones import load_zone, zone_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sla2.diagnostics import Code

    Note = Callable[[Code, str, tuple[str, ...], str], None]

SUFFIXES = (".csv", ".csv.gz", ".zip")
_ENCODINGS = ("utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16")
_NO_EXPORT = ("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7", "mbcs")
_DELIMITERS = {"tab": "\t", "\t": "\t", ",": ",", ";": ";", "|": "|"}


class Declared:
    """The values of one table; `note` takes a code, a message, the way to the key and a remedy."""

    def __init__(self, given: Mapping[str, object], note: Note) -> None:
        self.given = given
        self.note = note

    def _wrong(self, key: str, what: str, help: str = "") -> None:
        self.note(WRONG_VALUE, f"{key} {what}", (key,), help)

    def text(self, key: str) -> str:
        """A text, or "" if absent; a table of that name is a value map and is left alone."""
        value = self.given.get(key, "")
        if isinstance(value, str):
            return value
        if not isinstance(value, dict):
            self._wrong(key, "must be a text", f'{key} = "…"')
        return ""

    def flag(self, key: str) -> bool:
        """true or false (the default)."""
        value = self.given.get(key, False)
        if isinstance(value, bool):
            return value
        self._wrong(key, "must be true or false", f"{key} = true")
        return False

    def whole(self, key: str, default: int, highest: int) -> int:
        """A whole number from 1 to `highest`."""
        value = self.given.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= highest:
            return value
        self._wrong(key, f"must be a whole number from 1 to {highest}", f"{key} = {default}")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.given.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        self._wrong(key, "must be a list of texts", f'{key} = ["", "?", "NULL"]')
        return ()

    def word(self, key: str, words: tuple[str, ...]) -> str:
        """One of `words`, or "" if absent."""
        value = self.given.get(key, "")
        if value == "" or value in words:
            return str(value)
        close = get_close_matches(str(value), words, n=1)
        shown = ", ".join(f'"{word}"' for word in words)
        self._wrong(key, f"must be one of {shown}", f'{key} = "{close[0] if close else words[0]}"')
        return ""

    def table(self, key: str) -> Mapping[str, object]:
        """A table, or an empty one."""
        value = self.given.get(key, {})
        if isinstance(value, dict):
            return value
        self._wrong(key, "must be a table", f"[import.{key}]")
        return {}

    def day(self, key: str) -> date | None:
        """A date without quotes."""
        value = self.given.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self._wrong(key, "must be a date without quotes", f"{key} = 2026-07-01")
        return None

    def covers(self) -> tuple[date, date] | None:
        """The first and the last day that the export covers."""
        value = self.table("covers")
        if not value:
            return None
        first, last = value.get("from"), value.get("to")
        plain = all(isinstance(day, date) and not isinstance(day, datetime) for day in (first, last))
        if not plain or not isinstance(first, date) or not isinstance(last, date) or set(value) != {"from", "to"}:
            self._wrong("covers", "needs a first and a last day", "covers = { from = 2026-01-01, to = 2026-03-31 }")
            return None
        if last < first:
            self._wrong("covers", f"ends on {last} before it begins on {first}")
            return None
        return first, last

    def encoding(self) -> str | None:
        """The declared encoding by the name given, or None."""
        name = self.text("encoding")
        if not name:
            return None
        try:
            "".encode(name)
            if codecs.lookup(name).name not in _NO_EXPORT:
                return name
        except (LookupError, ValueError):
            pass
        close = get_close_matches(name.lower(), _ENCODINGS, n=1, cutoff=0.4)
        self._wrong("encoding", f"{name!r} is no encoding", f'encoding = "{close[0] if close else "windows-1252"}"')
        return None

    def zone(self) -> ZoneInfo | None:
        """The declared time zone, or None."""
        name = self.text("timezone")
        if not name:
            return None
        zone = load_zone(name)
        if zone is None:
            known = zone_names()
            close = [entry for entry in known if entry.lower().endswith("/" + name.lower())]
            close = close or get_close_matches(name, known, n=1, cutoff=0.5)
            meant = close[0] if close else "Europe/Amsterdam"
            self._wrong("timezone", f"{name!r} is no time zone; did you mean {meant!r}?", f'timezone = "{meant}"')
        return zone

    def form(self) -> DateForm | None:
        """The date form of all columns, or None."""
        return self._form(self.text("dates"), "dates")

    def form_of(self) -> dict[str, DateForm]:
        """The date forms of single columns."""
        forms: dict[str, DateForm] = {}
        for key, value in self.table("dates_of").items():
            form = self._form(value if isinstance(value, str) else "?", f"dates_of.{key}")
            if form is not None:
                forms[key] = form
        return forms

    def _form(self, text: str, key: str) -> DateForm | None:
        if not text:
            return None
        form = date_form(text)
        if isinstance(form, str):
            self.note(WRONG_VALUE, form, tuple(key.split(".")), f'{key.split(".")[-1]} = "dd-MM-yyyy HH:mm"')
            return None
        return form

    def decimal(self) -> Literal[".", ",", ""]:
        """The declared decimal mark, or ""."""
        word = self.word("decimal", (".", ","))
        return "." if word == "." else "," if word == "," else ""

    def delimiter(self) -> str | None:
        """The declared delimiter, or None."""
        return _DELIMITERS.get(self.word("delimiter", tuple(_DELIMITERS)))

    def precision(self) -> int | None:
        """A declared precision in microseconds that is coarser than the date form says."""
        return {"minute": MINUTE, "second": SECOND, "": None}[self.word("precision", ("minute", "second"))]

    def ambiguous(self) -> Literal["earlier", "later", "refuse"]:
        """What an hour that exists twice means."""
        word = self.word("ambiguous_local_time", ("earlier", "later", "refuse"))
        return "earlier" if word == "earlier" else "later" if word == "later" else "refuse"

    def nonexistent(self) -> Literal["next", "refuse"]:
        """What an hour that does not exist means."""
        return "next" if self.word("nonexistent_local_time", ("next", "refuse")) == "next" else "refuse"

    def date_only(self) -> Literal["start", "end", ""]:
        """What a date without a time of day means."""
        word = self.word("date_only", ("start", "end"))
        return "start" if word == "start" else "end" if word == "end" else ""

    def export(self, mapping: Path) -> tuple[Path, str]:
        """The path of the export and its name for messages; the name is "" if it is refused."""
        name = self.text("file")
        if not name:
            self.note(UNDECLARED, "this [[import]] names no file", (), 'file = "exports/incident.csv"')
            return mapping, ""
        folder = mapping.parent
        path = folder / name
        remedy = "copy the export into the folder of the mapping"
        if "\\" in name or "\x00" in name or not path.resolve().is_relative_to(folder.resolve()):
            self.note(EXPORT_NOT_FOUND, f"the export {name!r} is not in the folder of its mapping", ("file",), remedy)
        elif not name.lower().endswith(SUFFIXES):
            kinds = ", ".join(SUFFIXES)
            self.note(EXPORT_NOT_FOUND, f"the export {name!r} is none of {kinds}", ("file",), "export as CSV")
        elif not path.is_file():
            self.note(EXPORT_NOT_FOUND, f"there is no export {path.as_posix()}", ("file",), remedy)
        else:
            return path, path.as_posix()
        return mapping, ""
