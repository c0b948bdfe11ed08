"""Quoting for the SQL that readers build.

In: texts of mapping files and headers. Out: SQL literals in which no text can end the literal.
"""

from __future__ import annotations


def literal(text: str) -> str:
    """`text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
