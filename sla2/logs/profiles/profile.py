"""What a profile is: the fields of a known export, their usual header names, and its known values.

In: nothing. Out: `Profile`, of which each module of this package makes one.
The rows themselves are read and converted by the same code for every profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sla2.logs.fields import Field


@dataclass(frozen=True, slots=True)
class Profile:
    """A named way to read an export; `fields` per table it can fill.

    `values` are known values per field (raw text to canonical value) that need no line in a mapping.
    The version rises whenever the same file would give other figures.
    """

    name: str
    version: int
    fields: Mapping[str, tuple[Field, ...]]
    values: Mapping[str, Mapping[str, str]]
    nulls: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Name and version, as the provenance of an import writes them."""
        return f"{self.name}@{self.version}"
