"""The portable part of SQL in which every measure is written, and the lint that holds it.

In: the text of a query. Out: what in it is not portable. Used by tests, and read by whoever adds a measure.
Allowed are whole numbers and text, equality joins, window functions, CASE, UNION ALL and sums. Division, fractions,
timestamps, nearest-match joins and percentile functions are not: engines disagree on them without saying so.
Each pattern below names its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One intermediate table: the engine keeps the rows of `query` under `name` for the steps after it.

    `frees`: tables that no later step reads.
    """

    name: str
    query: str
    frees: tuple[str, ...] = ()


_FORBIDDEN: tuple[tuple[str, str], ...] = (
    (r"(?<![*])/(?![*])", "division: engines round it differently"),
    (r"\b\d+\.\d*|\b\d+[eE][+-]?\d+", "a fraction: sums of floats depend on the order of rows"),
    (r"\b(?:float|double|real|decimal|numeric)\b", "a type that is not a whole number"),
    (r"\b(?:timestamp|timestamptz|date|interval|now|current_\w+|extract|date_\w+|strftime)\b", "local time or a clock"),
    (r"\basof\b", "a nearest-match join: one engine reads it as an alias and answers wrong"),
    (r"\b(?:percentile\w*|quantile\w*|median|avg|mean|mode)\s*\(", "an estimate: ranks are counted with row_number"),
    (r"\b(?:qualify|pivot|unpivot|lateral|unnest|explode|list_\w+|array_\w+)\b", "not known to every engine"),
    (r"\b(?:left|right|full)\s+anti\b|\bsemi\s+join\b", "not known to every engine"),
    (r"::", "a cast that only some engines read: write CAST(… AS BIGINT)"),
    (r"\b(?:random|uuid|rand)\b", "chance"),
)


def offences(query: str) -> tuple[str, ...]:
    """Why `query` is not portable; empty if it is."""
    bare = re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", query)).lower()
    return tuple(reason for pattern, reason in _FORBIDDEN if re.search(pattern, bare))
