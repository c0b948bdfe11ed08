"""Mapping files: TOML that declares how each export is to be read.

In: the path of a mapping file. Out: `MappingFile` with one `ImportSpec` per `[[import]]` table, or diagnostics.
Keys above the first `[[import]]` are defaults for all of them. Runs before any export is opened. What is not
declared here is not guessed: a missing zone or date form is an error, an unknown key is an error with the name
that was probably meant.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sla2.diagnostics import Span
from sla2.logs.codes import UNDECLARED, UNKNOWN_KEY, UNREADABLE_MAPPING, WRONG_VALUE
from sla2.logs.declarations import Declared
from sla2.logs.fields import FIELDS
from sla2.logs.profiles import PROFILES
from sla2.logs.spec import AS_WRITTEN, ImportSpec, ValueMap
from sla2.logs.toml_place import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sla2.diagnostics import Code, Diagnostic
    from sla2.logs.fields import Field
    from sla2.logs.profiles import Profile

MAX_MAPPING_BYTES = 1_000_000
DEFAULT_KEYS = (
    "profile",
    "encoding",
    "timezone",
    "dates",
    "date_only",
    "decimal",
    "delimiter",
    "nulls",
    "covers",
    "exported",
    "complete",
    "fictional",
    "note",
    "source",
    "header_row",
    "precision",
    "ambiguous_local_time",
    "nonexistent_local_time",
)
"""Keys that may stand above the first `[[import]]`, as a default for all."""
IMPORT_KEYS = ("table", "file", "columns", "dates_of", *DEFAULT_KEYS)
MAPPED_KINDS = ("text", "choice", "mapped", "flag")


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file that was read: its name, sha256, and its imports in the order of the file."""

    path: Path
    sha256: str
    imports: tuple[ImportSpec, ...]


_NO_MAPPING = "name the mapping (a .toml file), not the export; `sla2 import --probe EXPORT` drafts one"


def _not_toml(name: str, problem: str) -> Diagnostic:
    """What Python's reader of TOML says, at the line it names."""
    digits = problem.partition("at line ")[2].partition(",")[0]
    if name.lower().endswith((".csv", ".gz", ".zip")):
        message = f"{name} is an export, not a mapping"
        return UNREADABLE_MAPPING.at(Span.of_line(name, 1), message, help=_NO_MAPPING)
    line = int(digits) if digits.isdigit() else 1
    what = problem.partition(" (at ")[0]
    remedy = "look at this line and the one before it: quotes, = signs and brackets; texts stand between quotes"
    return UNREADABLE_MAPPING.at(Span.of_line(name, line), f"the mapping {name} cannot be read: {what}", help=remedy)


def read_mapping(path: Path) -> tuple[MappingFile | None, tuple[Diagnostic, ...]]:
    """Read and check one mapping file; None if anything in it is wrong."""
    name = path.as_posix()
    top = place_of(name, "", 0)
    try:
        content = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            message, remedy = (
                f"there is no mapping {name}",
                "check the name; `sla2 import --probe EXPORT` drafts a mapping",
            )
        elif isinstance(error, IsADirectoryError):
            message, remedy = f"{name} is a folder, not a mapping", f"name the file in it, such as {name}/mapping.toml"
        else:
            message, remedy = (
                f"the mapping {name} cannot be opened",
                "ask the owner of the file for the right to read it",
            )
        return None, (UNREADABLE_MAPPING.at(None, message, help=remedy),)
    if len(content) > MAX_MAPPING_BYTES:
        return None, (UNREADABLE_MAPPING.at(top, f"the mapping {name} is larger than 1 MB"),)
    try:
        text = content.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, (UNREADABLE_MAPPING.at(top, f"{name} is no mapping: it is not UTF-8 text", help=_NO_MAPPING),)
    except tomllib.TOMLDecodeError as error:
        return None, (_not_toml(name, str(error)),)
    except RecursionError:
        return None, (UNREADABLE_MAPPING.at(top, f"the mapping {name} is nested too deep"),)
    checker = _Checker(path, text)
    imports = checker.imports(data)
    if checker.found:
        return None, tuple(checker.found)
    return MappingFile(path, hashlib.sha256(content).hexdigest(), imports), ()


class _Checker:
    """Collects the findings of one mapping file while its values are typed."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.found: list[Diagnostic] = []
        self.defaults: Mapping[str, object] = {}
        self.own: Mapping[str, object] = {}

    def place(self, number: int, *way: str) -> Span:
        return place_of(self.path.as_posix(), self.text, number, *way)

    def imports(self, data: Mapping[str, object]) -> tuple[ImportSpec, ...]:
        """All `[[import]]` tables."""
        tables = data.get("import")
        if not isinstance(tables, list) or not tables or not all(isinstance(entry, dict) for entry in tables):
            self.found.append(
                UNREADABLE_MAPPING.at(
                    self.place(0), f"the mapping {self.path.as_posix()} has no [[import]] table", help="[[import]]"
                )
            )
            return ()
        defaults = {key: value for key, value in data.items() if key != "import"}
        self.known(defaults, DEFAULT_KEYS, 0)
        self.defaults = defaults
        specs = [self.one(number, {**defaults, **entry}, entry) for number, entry in enumerate(tables, start=1)]
        return tuple(spec for spec in specs if spec is not None)

    def known(self, given: Mapping[str, object], allowed: tuple[str, ...], number: int, *way: str) -> None:
        """A finding for each key that is not allowed."""
        for key in given:
            if key not in allowed:
                close = get_close_matches(key, allowed, n=1, cutoff=0.5)
                meant = f"; did you mean {close[0]!r}?" if close else ""
                inside = f"[import.{'.'.join(way)}]" if way else "[[import]]" if number else "the top of the mapping"
                self.add(
                    UNKNOWN_KEY,
                    number,
                    f"{key!r} is not a key of {inside}{meant}",
                    (*way, key),
                    close[0] if close else "",
                )

    def add(self, code: Code, number: int, message: str, way: tuple[str, ...] = (), help: str = "") -> None:
        """Note a finding at the line of `way`."""
        inherited = bool(way) and way[0] in self.defaults and way[0] not in self.own
        found = code.at(self.place(0 if inherited else number, *way), message, help=help)
        if found not in self.found:
            self.found.append(found)

    def one(self, number: int, merged: Mapping[str, object], own: Mapping[str, object]) -> ImportSpec | None:
        """One `[[import]]` table."""
        before = len(self.found)
        self.own = own
        table, profile = self.kind(number, merged, own)
        if profile is None:
            return None
        fields = profile.fields[table]
        mapped = tuple(field.name for field in fields if field.kind in MAPPED_KINDS)
        self.known(own, (*IMPORT_KEYS, *mapped), number)
        declared = Declared(merged, lambda code, message, way, help: self.add(code, number, message, way, help))
        columns = self.columns(number, declared, fields)
        maps = {field.name: self.value_map(number, field, merged) for field in fields if field.name in mapped}
        given = merged.get("dates_of", {})
        if isinstance(given, dict):
            dated = tuple(field.name for field in fields if field.kind in ("instant", "date", "moment"))
            self.known(given, dated, number, "dates_of")
        path, name = declared.export(self.path)
        if not name or len(self.found) > before:
            return None
        spec = ImportSpec(
            mapping=self.path,
            span=self.place(number),
            table=table,
            profile=profile,
            path=path,
            name=name,
            encoding=declared.encoding(),
            zone=declared.zone(),
            form=declared.form(),
            form_of=declared.form_of(),
            columns=columns,
            maps={key: value for key, value in maps.items() if value is not None},
            decimal=declared.decimal(),
            delimiter=declared.delimiter(),
            header_row=declared.whole("header_row", 1, 100),
            nulls=(*profile.nulls, *declared.texts("nulls")),
            covers=declared.covers(),
            exported=declared.day("exported"),
            complete=declared.flag("complete"),
            fictional=declared.flag("fictional"),
            note=declared.text("note"),
            source=declared.text("source"),
            precision=declared.precision(),
            ambiguous=declared.ambiguous(),
            nonexistent=declared.nonexistent(),
            date_only=declared.date_only(),
        )
        if len(self.found) == before:
            self.dates_declared(number, spec)
        return spec if len(self.found) == before else None

    def kind(self, number: int, merged: Mapping[str, object], own: Mapping[str, object]) -> tuple[str, Profile | None]:
        """The table and the profile of an import."""
        table = merged.get("table", "tickets")
        name = merged.get("profile", "csv-generic" if table != "tickets" else None)
        if name is None:
            self.add(UNDECLARED, number, "this [[import]] names no profile", (), 'profile = "csv-generic"')
            return "", None
        profile = PROFILES.get(name.split("@")[0]) if isinstance(name, str) else None
        if profile is None or not isinstance(name, str):
            shown = ", ".join(PROFILES)
            self.add(WRONG_VALUE, number, f"there is no profile {name!r}; there are: {shown}", ("profile",))
            return "", None
        if "@" in name and name != profile.label:
            message = f"the profile {name!r} is not in this version, which reads {profile.label!r}"
            self.add(WRONG_VALUE, number, message, ("profile",), f'profile = "{profile.label}"')
            return "", None
        known = isinstance(table, str) and table in FIELDS
        if known and table not in profile.fields and "profile" not in own:
            profile = PROFILES["csv-generic"]
        if not isinstance(table, str) or table not in profile.fields:
            shown = ", ".join(profile.fields)
            message = f"the profile {profile.name} has no table {table!r}; it reads: {shown}"
            close = get_close_matches(str(table), profile.fields, n=1)
            self.add(WRONG_VALUE, number, message, ("table",), f'table = "{close[0]}"' if close else "")
            return "", None
        return table, profile

    def columns(self, number: int, declared: Declared, fields: tuple[Field, ...]) -> dict[str, tuple[str, ...]]:
        """The declared header names per field."""
        given = declared.table("columns")
        self.known(given, tuple(field.name for field in fields), number, "columns")
        columns: dict[str, tuple[str, ...]] = {}
        for key, value in given.items():
            names = [value] if isinstance(value, str) else value
            if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
                message = f"the column of {key!r} must be a name from the header, or a list of names"
                self.add(WRONG_VALUE, number, message, ("columns", key), f'{key} = "the name in the header"')
                continue
            columns[key] = tuple(names)
        return columns

    def value_map(self, number: int, field: Field, merged: Mapping[str, object]) -> ValueMap | None:
        """The value map of one field, or None if there is none."""
        given = merged.get(field.name)
        if given is None or (field.name in DEFAULT_KEYS and not isinstance(given, dict)):
            return None
        if not isinstance(given, dict):
            message = f"{field.name!r} must be a table of values"
            self.add(WRONG_VALUE, number, message, (field.name,), f"[import.{field.name}]")
            return None
        entries: dict[str, str] = {}
        conditions: list[tuple[str, str]] = []
        for raw, value in given.items():
            if isinstance(value, dict):
                self.condition(number, field, raw, value, entries, conditions)
            elif self.allowed(number, field, (field.name, raw), value):
                entries[raw] = str(value)
        other = entries.pop("*", None)
        return ValueMap(entries, other, tuple(conditions))

    def condition(
        self,
        number: int,
        field: Field,
        raw: str,
        value: Mapping[str, object],
        entries: dict[str, str],
        conditions: list[tuple[str, str]],
    ) -> None:
        """A value that a second column refines: `[import.state."On Hold".hold_reason]`."""
        if len(value) != 1 or not isinstance(next(iter(value.values())), dict):
            message = (
                f'{raw!r} must be a text, or one table named after a second column: [import.{field.name}."{raw}".x]'
            )
            self.add(WRONG_VALUE, number, message, (field.name, raw))
            return
        ((column, inner),) = value.items()
        conditions.append((raw, column))
        if isinstance(inner, dict):
            for second, target in inner.items():
                if self.allowed(number, field, (field.name, raw, column, second), target):
                    entries[f"{raw}: {second}" if second else raw] = str(target)

    def allowed(self, number: int, field: Field, way: tuple[str, ...], value: object) -> bool:
        """True if a map may give this value to the field."""
        if not isinstance(value, str) or not value.strip():
            self.add(WRONG_VALUE, number, f"{way[-1]!r} must be mapped to a text", way)
            return False
        as_written = way[-1] == "*" and value == AS_WRITTEN and field.kind != "flag"
        if field.words and value not in field.words and not as_written:
            close = get_close_matches(value, field.words, n=1)
            shown = ", ".join(field.words)
            message = f"{way[-1]!r} is mapped to {value!r}, which is no {field.name}; write one of: {shown}"
            self.add(WRONG_VALUE, number, message, way, f'"{way[-1]}" = "{close[0]}"' if close else "")
            return False
        return True

    def dates_declared(self, number: int, spec: ImportSpec) -> None:
        """Findings for a date form or zone that the fields of this import need and the mapping lacks."""
        for field in spec.fields:
            if field.kind not in ("instant", "date", "moment"):
                continue
            form = spec.form_of.get(field.name, spec.form)
            if form is None:
                if field.required or field.name in spec.columns or spec.table == "ledger":
                    message = f"the mapping does not say in which form the dates of {spec.name} are written"
                    self.add(UNDECLARED, number, message, (), 'dates = "dd-MM-yyyy HH:mm"   # or "iso"')
                    return
                continue
            if spec.zone is None and form.needs_zone and form.text != "iso":
                message = f"the mapping does not say in which time zone the dates of {spec.name} are written"
                self.add(UNDECLARED, number, message, (), 'timezone = "Europe/Amsterdam"   # or "UTC"')
                return
            if field.kind == "instant" and not form.has_time and not spec.date_only and field.name in spec.columns:
                message = f"{field.name} needs a time of day, and the date form {form.text!r} has none"
                self.add(UNDECLARED, number, message, ("dates",), 'date_only = "start"   # or "end" of that day')
                return
