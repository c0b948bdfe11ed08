"""Exports of ticket tools, and the lists both sides keep, become one `Log` of canonical tables.

In: mapping files (TOML) that declare how each export is to be read. Out: a `Log` with the provenance of
every row, or diagnostics that name what contradicts the declaration, with row numbers.
Runs before measuring. It guesses nothing, judges nothing and knows no contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.later import Later
from sla2.logs.log import Import, Log, Refused, log_of

if TYPE_CHECKING:
    from sla2.logs import from_mapping as _from_mapping
    from sla2.logs.from_mapping import read_log
else:
    _from_mapping = Later("sla2.logs.from_mapping")

__all__ = ["Import", "Log", "Refused", "log_of", "read_log"]


def __getattr__(name: str) -> object:
    """`read_log`, imported when it is first asked for: a log of a few rows needs no reader of files."""
    if name != "read_log":
        raise AttributeError(f"module 'sla2.logs' has no attribute {name!r}")
    return _from_mapping.read_log
