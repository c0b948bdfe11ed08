"""A draft mapping for an export, to be confirmed by a person.

In: a `Probe`. Out: the text of a mapping file. What the file cannot tell (its time zone, and the date order where two
fit) is left as a comment to fill, so that the draft is refused until somebody has decided it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.logs.fields import FIELDS
from sla2.logs.probe import ambiguous
from sla2.logs.profiles import PROFILES

if TYPE_CHECKING:
    from sla2.logs.fields import Field
    from sla2.logs.probe import Probe
    from sla2.logs.profiles import Profile

_EVENT_LOG = PROFILES["servicenow-event-log"]
_GENERIC = PROFILES["csv-generic"]
_TOML_MARKS = {"\t": "tab"}


def draft_mapping(found: Probe) -> str:
    """The text of a mapping file for the probed export, with `# CONFIRM` where a person must decide."""
    table, profile = _guess(found)
    name = found.file.rsplit("/", 1)[-1]
    lines = [
        f"# Draft for {name}: {found.rows:,} rows, sha256 {found.fingerprint.sha256}.",
        "# Every line with CONFIRM is a guess; nothing is read before timezone and dates are declared.",
        "",
        "[[import]]",
        f'table = "{table}"                # CONFIRM',
        f'profile = "{profile.label}"',
        f"file = {_quoted(name)}",
        f'encoding = "{found.encodings[0]}"' + ("" if len(found.encodings) == 1 else f"   # CONFIRM: {_fits(found)}"),
        f'delimiter = "{_TOML_MARKS.get(found.delimiter, found.delimiter)}"',
    ]
    if found.nulls:
        lines.append("nulls = [" + ", ".join(_quoted(null) for null in found.nulls) + "]   # CONFIRM")
    lines += _dates(found)
    lines += _columns(found, profile.fields[table])
    lines += _maps(found, profile, profile.fields[table])
    return "\n".join(lines) + "\n"


def _fits(found: Probe) -> str:
    return ", ".join(found.encodings) + " fit"


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04X}" for char in escaped) + '"'


def _guess(found: Probe) -> tuple[str, Profile]:
    """The table whose needed fields the header has; an event log by its columns; else tickets."""
    names = {name.casefold() for name in found.header}
    if {"number", "sys_updated_at"} <= names or {"number", "sys_updated_on"} <= names:
        return "tickets", _EVENT_LOG
    best, score = "tickets", 0
    for table, fields in FIELDS.items():
        needed = [field for field in fields if field.required]
        if all(any(name in names for name in field.headers) for field in needed) and len(needed) > score:
            best, score = table, len(needed)
    return best, _GENERIC


def _dates(found: Probe) -> list[str]:
    """The lines about zone and date form."""
    if not any(column.date_forms for column in found.columns):
        return []
    forms = ("iso",) if "iso" in found.date_forms else found.date_forms
    if len(forms) == 1:
        dated = [f'dates = "{forms[0]}"   # CONFIRM: the only form that fits every row']
    else:
        note = "both orders fit, only you can know" if ambiguous(forms) else "these fit"
        dated = [f"# CONFIRM one of these ({note}):", *(f'# dates = "{form}"' for form in forms[:6])]
    return ['# timezone = "Europe/Amsterdam"   # CONFIRM: the file does not say it; or "UTC"', *dated]


def _columns(found: Probe, fields: tuple[Field, ...]) -> list[str]:
    """The lines that name a column for each field."""
    names = {column.name.casefold(): column.name for column in found.columns}
    lines = ["", "[import.columns]"]
    for field in fields:
        if field.virtual:
            continue
        hit = next((names[name] for name in field.headers if name in names), "")
        hit = hit or next((names[f"{name}[1]"] for name in field.headers if f"{name}[1]" in names), "")
        if hit and (hit.casefold() not in field.headers or hit != field.name):
            lines.append(f"{field.name} = {_quoted(hit)}   # CONFIRM")
        elif field.required and not hit:
            shown = ", ".join(column.name for column in found.columns[:12]) + (", …" if len(names) > 12 else "")
            lines.append(f"# {field.name} =    # CONFIRM: one of {shown}")
    return lines if len(lines) > 2 else []


def _maps(found: Probe, profile: Profile, fields: tuple[Field, ...]) -> list[str]:
    """The value maps of fields that need one, a line per value of the file."""
    lines: list[str] = []
    columns = {column.name.casefold(): column for column in found.columns}
    for field in fields:
        column = next((columns[name] for name in field.headers if name in columns), None)
        if field.kind != "mapped" or column is None or not column.few:
            continue
        known = {*field.words, *profile.values.get(field.name, {})}
        missing = [(value, count) for value, count in column.values if value not in known]
        if missing:
            lines += ["", f"[import.{field.name}]   # CONFIRM: one of {', '.join(field.words)}"]
            lines += [f'{_quoted(value)} = ""   # {count:,} rows' for value, count in missing]
    return lines
