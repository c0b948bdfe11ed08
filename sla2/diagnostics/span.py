"""A place in a text file.

In: offsets and line numbers of whoever read the file. Out: a `Span`, which every diagnostic and every
value of a contract carries. It holds no text: a renderer is given the texts of the files it quotes from.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The characters [start, end) of `path`; lines and columns count from 1, columns in code points.

    `path` is the file as the user named it, never an absolute path of the machine.
    A place known by its line only (a row of an export) has start == end == 0.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of_line(cls, path: str, line: int) -> Span:
        """The whole line `line` of `path`, for files that are read row by row."""
        return cls(path, 0, 0, line, 1, line, 1)

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of `other` (same file)."""
        return Span(self.path, self.start, other.end, self.line, self.column, other.end_line, other.end_column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
