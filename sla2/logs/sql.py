"""Quoting for the SQL that readers build.

In: texts of mapping files and headers. Out: SQL literals in which no text can end the literal.
"""

from __future__ import annotations


def literal(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def optional(text: str | None) -> str:
    """`text` as an SQL string literal, or NULL."""
    return "NULL" if text is None else literal(text)
