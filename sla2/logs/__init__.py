"""Exports of ticket tools, and the lists both sides keep, become one `Log` of canonical tables.

In: mapping files (TOML) that declare how each export is to be read. Out: a `Log` with the provenance of
every row, or diagnostics that name what contradicts the declaration, with row numbers.
Runs before measuring. It guesses nothing, judges nothing and knows no contract.
"""

from __future__ import annotations

from sla2.logs.from_mapping import read_log
from sla2.logs.log import Import, Log, Refused, log_of

__all__ = ["Import", "Log", "Refused", "log_of", "read_log"]
