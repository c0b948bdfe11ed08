"""The words of a line: which token stands at a place, given what the parser can take there.

In: text and the terminals of the grammar. Out: tokens of lark. Runs inside `line_parser`, token by token.
It follows lark's contextual lexer (a test holds the two equal on whole files) but compiles each terminal once instead
of one pattern per parser state, and never takes the beginning of a word for the word: `at-risk` is not `at`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lark.lexer import PatternStr

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from lark.lexer import TerminalDef

LINE_END = "_NL"
BLANKS = " \t\f\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200C))) + "\u202f\u205f\u2060\u3000\ufeff"
"""Characters that separate words: the `BLANK` of the grammar."""

_BLANK = re.compile(f"[{BLANKS}]*")
_LINE_ENDS = re.compile("\r(?!\n)|[\x0b\x85\u2028\u2029]")
_REST_OF_LINE = re.compile(r"(#[^\n\r]*)?(\r?\n|\Z)")


def plain_line_ends(text: str) -> str:
    """`text`, as long as before, with line ends that few programs know (a lone carriage return, the separators of
    Unicode and of word processors) as plain ones."""
    return _LINE_ENDS.sub("\n", text)


@dataclass(frozen=True, slots=True)
class Found:
    """A token found at `start`; `end` is the first character after it."""

    type: str
    start: int
    end: int


class Lexer:
    """Finds tokens; holds the terminals of one grammar."""

    def __init__(self, terminals: Iterable[TerminalDef]) -> None:
        self.keywords: dict[str, str] = {}
        self.patterns: list[tuple[str, re.Pattern[str]]] = []
        for terminal in terminals:
            if isinstance(terminal.pattern, PatternStr):
                self.keywords[terminal.pattern.value] = terminal.name
            elif terminal.name not in (LINE_END, "WS", "BLANK"):
                self.patterns.append((terminal.name, re.compile(terminal.pattern.to_regexp())))
        self.word = next(pattern for name, pattern in self.patterns if name == "ID")

    def skip_blanks(self, text: str, at: int) -> int:
        """The first place from `at` on that is not blank."""
        found = _BLANK.match(text, at)
        return found.end() if found else at

    def line_end(self, text: str, at: int) -> re.Match[str] | None:
        """The rest of the line if only a comment (group 1) or nothing is left of it."""
        return _REST_OF_LINE.match(text, at)

    def token(self, text: str, at: int, accepted: Container[str]) -> Found | None:
        """The token at `at` (which is not blank) among the accepted terminals; None if there is none.

        A word of the language comes before a pattern that would match it too.
        """
        word = self.word.match(text, at)
        end = word.end() if word else at + 1
        keyword = self.keywords.get(text[at:end])
        if keyword is not None and keyword in accepted:
            return Found(keyword, at, end)
        for name, pattern in self.patterns:
            if name in accepted:
                found = pattern.match(text, at)
                if found:
                    return Found(name, at, found.end())
        return None
