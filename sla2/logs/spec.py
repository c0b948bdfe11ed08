"""What a mapping declares about one export, checked and typed.

In: built by `mapping`. Out: read by the readers and kept in part as provenance.
It is plain data: no file has been opened yet except the mapping itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.logs.instants import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sla2.diagnostics import Span
    from sla2.logs.dates import DateForm
    from sla2.logs.fields import Field
    from sla2.logs.profiles.profile import Profile

AS_WRITTEN = "as written"
"""The value of `"*"` in a value map that keeps what the map does not name."""


@dataclass(frozen=True, slots=True)
class ValueMap:
    """A value map of one field: raw text to value, and `other` for the rest (None: unmapped is refused).

    `conditions` are raw texts that a second column refines: the label then reads `On Hold: Awaiting Caller`, and
    `entries` has such labels. `column` of a condition is a header name.
    """

    entries: Mapping[str, str]
    other: str | None = None
    conditions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSpec:
    """One `[[import]]` table. `name` is the export as the user would write its path; `span` the table in the mapping.

    `columns` gives header names per field; a field with the empty tuple is declared absent.
    """

    mapping: Path
    span: Span
    table: str
    profile: Profile
    path: Path
    name: str
    encoding: str | None
    zone: ZoneInfo | None
    form: DateForm | None
    form_of: Mapping[str, DateForm]
    columns: Mapping[str, tuple[str, ...]]
    maps: Mapping[str, ValueMap]
    decimal: Literal[".", ",", ""] = ""
    delimiter: str | None = None
    header_row: int = 1
    nulls: tuple[str, ...] = ()
    covers: tuple[date, date] | None = None
    exported: date | None = None
    complete: bool = False
    fictional: bool = False
    note: str = ""
    source: str = ""
    precision: int | None = None
    ambiguous: Literal["earlier", "later", "refuse"] = "refuse"
    nonexistent: Literal["next", "refuse"] = "refuse"
    date_only: Literal["start", "end", ""] = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of this import's table in its profile."""
        return self.profile.fields[self.table]

    def reading(self, field: Field) -> Reading | None:
        """How the dates of `field` are read; None if no form is declared for it."""
        form = self.form_of.get(field.name, self.form)
        if form is None:
            return None
        mode: Literal["instant", "date", "moment"] = "instant"
        if field.kind == "date":
            mode = "date"
        elif field.kind == "moment":
            mode = "moment"
        return Reading(form, self.zone, self.ambiguous, self.nonexistent, self.date_only, mode)

    def unit(self, field_name: str) -> int | None:
        """The precision in microseconds of the dates of a field."""
        form = self.form_of.get(field_name, self.form)
        if form is None:
            return None
        return max(self.precision or 0, form.unit)
