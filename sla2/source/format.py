"""The one way to lay out a contract: same words, same comments, other blanks.

In: the text of a file. Out: the text laid out, or findings if it cannot be read. Idempotent, and it never changes what
a contract means: every word stays, in its order, and so does every comment on its line.

Two blanks before the lines of a block, one between words, none before a colon or a comma; one empty line between
blocks; inside a block an empty line stays where the writer put one. Texts of several lines are not touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.source.from_text import parse
from sla2.source.lexer import BLANKS
from sla2.source.line_parser import Comment, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark import Token

    from sla2.diagnostics import Diagnostic

INDENT = "  "
_NO_BLANK_BEFORE = {"COLON", "COMMA", "DOT"}
_NO_BLANK_AFTER = {"DOT"}
_BLANKS = re.compile(f"[{BLANKS}]+")


def format_text(text: str, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """`text` laid out; None with the findings if it has mistakes, because then it is not clear what it says."""
    parsed = parse(text, path)
    if parsed.diagnostics:
        return None, parsed.diagnostics
    rows = list(_rows(text, parsed.lines, parsed.comments))
    line_end = "\r\n" if "\r\n" in text else "\n"
    return "".join(f"{line}\n" for line in _spaced(rows)).replace("\n", line_end), ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the result, what it is, and whether an empty line stood before it."""

    text: str
    kind: str
    gap: bool


def _rows(text: str, lines: Sequence[Line], comments: Sequence[Comment]) -> Iterator[_Row]:
    """The lines and the comments that stand alone, in the order of the file; kinds: frame, header, line, end, comment
    (inside a block) and remark (outside)."""
    pieces: list[tuple[int, Line | Comment]] = [(line.tokens[0].start_pos or 0, line) for line in lines]
    pieces += [(comment.span.start, comment) for comment in comments]
    inside = False
    for start, piece in sorted(pieces, key=lambda entry: entry[0]):
        gap = _empty_line_before(text, start)
        if not isinstance(piece, Line):
            yield _Row((INDENT if inside else "") + piece.text.rstrip(), "comment" if inside else "remark", gap)
            continue
        first = piece.tokens[0].type
        kind = "frame" if first in ("SLA", "INCLUDE") and not inside else "line"
        if kind == "line" and not inside:
            kind, inside = "header", True
        elif first == "END":
            kind, inside = "end", False
        written = (INDENT if kind == "line" else "") + _words(piece.tokens)
        comment = f"  {piece.comment.text.rstrip()}" if piece.comment else ""
        yield _Row(written + comment, kind, gap)


def _empty_line_before(text: str, start: int) -> bool:
    """True if the line above the one at `start` is empty."""
    begin = text.rfind("\n", 0, start)
    above = text.rfind("\n", 0, max(begin, 0))
    return begin > 0 and not text[above + 1 : begin].strip(BLANKS + "\r")


def _spaced(rows: Sequence[_Row]) -> Iterator[str]:
    """The rows with one empty line wherever there must or may be one."""
    before: _Row | None = None
    for row in rows:
        if before is not None and _gap(before, row):
            yield ""
        yield row.text
        before = row


def _gap(before: _Row, row: _Row) -> bool:
    if before.kind == "header" or row.kind == "end":
        return False
    if before.kind == "end" or (before.kind == "frame" and row.kind == "header"):
        return True
    return row.gap


def _words(tokens: Sequence[Token]) -> str:
    """The words of a line with the blanks that belong between them."""
    parts: list[str] = []
    before = ""
    for token in tokens:
        glued = token.type in _NO_BLANK_BEFORE or before in _NO_BLANK_AFTER or "MINUS" in (token.type, before)
        if parts and not glued:
            parts.append(" ")
        parts.append(_word(token))
        before = token.type
    return "".join(parts)


def _word(token: Token) -> str:
    if token.type == "MONEY":
        return _BLANKS.sub(" ", token)
    if token.type == "PERCENT":
        return _BLANKS.sub("", token)
    return token.replace("\r\n", "\n")
