"""Reads one line at a time into lark's LALR automaton, and takes a bad line back as if it had not been there.

In: a text and a place in it. Out: tokens fed to the parser, or the trouble that stopped the line. `from_text` drives it
and decides what to say about a trouble. It knows tokens and places, no contract and no messages.

A line is taken back by cutting the parser's stacks to their height before the line. That is enough, because the first
token of a line completes everything before it, and nothing in a line reaches below that height.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lark import Token
from lark.exceptions import UnexpectedToken
from lark.parsers.lalr_analysis import Shift

from sla2.diagnostics import Span
from sla2.source import grammar
from sla2.source.lexer import LINE_END, Lexer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lark import Tree


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its place, from `#` to the end of its line."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line as read: its tokens without the line end, and the comment after them."""

    tokens: tuple[Token, ...]
    comment: Comment | None
    end: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line could not be read: what stood before, where it stopped, and what could have come."""

    tokens: tuple[Token, ...]
    at: int
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Patch:
    """A line with replacements for the places [start, end) of the text, in order and not overlapping.

    The line is [base, end) of the file; with a text of several lines on it, it has several lines itself.
    """

    text: str
    base: int
    end: int
    edits: tuple[tuple[int, int, str], ...] = ()

    def apply(self, start: int, end: int, new: str, whole: str) -> Patch | None:
        """The patch with the characters [start, end) of its line replaced as well.

        None if they meet an earlier replacement, so that the places in the file, `whole`, would be in doubt; words next
        to each other may both be replaced.
        """
        begin, stop = self.origin(start), self.origin(end)
        touched = any(
            first < stop and begin < last or (begin == stop or first == last) and first <= stop and begin <= last
            for first, last, _ in self.edits
        )
        if touched or whole[begin:stop] != self.text[start:end]:
            return None
        edits = tuple(sorted((*self.edits, (begin, stop, new))))
        return Patch(self.text[:start] + new + self.text[end:], self.base, self.end, edits)

    def place(self, origin: int) -> int:
        """The character of the patched line that stands at `origin` of the file."""
        at = origin - self.base
        for start, end, new in self.edits:
            if start >= origin and end > start or start > origin:
                break
            at += len(new) - (end - start)
        return at

    def origin(self, at: int) -> int:
        """The place in the file of the character `at` of the patched line."""
        shift = self.base
        for start, end, new in self.edits:
            begin = start - shift
            if at < begin:
                break
            if at < begin + len(new):
                return start
            shift += (end - start) - len(new)
        return at + shift

    def origin_end(self, at: int) -> int:
        """The place in the file of the end `at` of something in the patched line."""
        shift = self.base
        for start, end, new in self.edits:
            begin = start - shift
            if at <= begin:
                break
            if at <= begin + len(new):
                return end
            shift += (end - start) - len(new)
        return at + shift


class Places:
    """Turns places of a text into lines and columns."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, at: int) -> int:
        """The line of a place, from 1."""
        return bisect_right(self.starts, at)

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of a place, both from 1."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span [start, end)."""
        return Span(self.path, start, end, *self.position(start), *self.position(end))


@cache
def _lexer() -> Lexer:
    return Lexer(grammar.language().terminals)


class LineParser:
    """The parser of one text, line by line."""

    def __init__(self, text: str, places: Places) -> None:
        self.text = text
        self.places = places
        self.lexer = _lexer()
        self.terminals = frozenset(terminal.name for terminal in grammar.language().terminals)
        self.parser = grammar.language().parse_interactive()
        self._height = 0

    @property
    def choices(self) -> Mapping[str, object]:
        """The tokens (and rules) that the automaton has a move for; a few may fail later (see `accepted`)."""
        state = self.parser.parser_state
        return state.parse_conf.states[state.position]

    @property
    def accepted(self) -> frozenset[str]:
        """The tokens that can really come next."""
        return frozenset(name for name in self.choices if name in self.terminals and self._takes(name))

    def _takes(self, terminal: str) -> bool:
        """True if the automaton can shift `terminal` now, after the reductions that it asks for."""
        states = self.parser.parser_state.parse_conf.states
        stack = list(self.parser.parser_state.state_stack)
        while True:
            action, target = states[stack[-1]].get(terminal, (None, None))
            if action is Shift:
                return True
            if action is None:
                return False
            del stack[len(stack) - len(target.expansion) :]
            stack.append(states[stack[-1]][target.origin.name][1])

    def is_empty(self, line: str) -> bool:
        """True if `line` is blank or only a comment."""
        return self.lexer.line_end(line, self.lexer.skip_blanks(line, 0)) is not None

    def read(self, at: int, patch: Patch | None = None) -> Line | Trouble:
        """Read the line at `at`, or the patched line in its stead. After a trouble the parser stands where it stood."""
        text = patch.text if patch else self.text
        place = 0 if patch else at
        state = self.parser.parser_state
        tokens: list[Token] = []
        height = 0
        while True:
            place = self.lexer.skip_blanks(text, place)
            rest = self.lexer.line_end(text, place)
            choices = self.choices
            found = None if rest else self.lexer.token(text, place, choices)
            if rest and LINE_END in choices:
                token = self._token(LINE_END, "\n", place, place, patch)
            elif found:
                token = self._token(found.type, text[found.start : found.end], found.start, found.end, patch)
            else:
                return self._trouble(tokens, place, height, patch)
            try:
                self.parser.feed_token(token)
            except UnexpectedToken:
                return self._trouble(tokens, place, height, patch)
            if not tokens:
                height = self._height = len(state.state_stack) - 1
            if rest:
                return Line(tuple(tokens), self._comment(rest.group(1), place, patch), rest.end())
            tokens.append(token)
            place = found.end if found else place

    def _trouble(self, tokens: list[Token], place: int, height: int, patch: Patch | None) -> Trouble:
        expected = self.accepted
        if tokens:
            self._cut(height)
        return Trouble(tuple(tokens), patch.origin(place) if patch else place, expected)

    def take_back(self) -> None:
        """Take back the line read last, before anything else is read."""
        self._cut(self._height)

    def _cut(self, height: int) -> None:
        state = self.parser.parser_state
        del state.state_stack[height:]
        del state.value_stack[height - 1 :]

    def feed(self, words: Iterable[tuple[str, str]], at: int) -> bool:
        """Feed tokens (type and text) that stand nowhere, at the place `at`. False if one does not fit."""
        try:
            for kind, text in words:
                self.parser.feed_token(self._token(kind, text, at, at, None))
        except UnexpectedToken:
            return False
        return True

    def finish(self) -> Tree[Token]:
        """The tree of the whole text; every block must be closed."""
        end = self._token("$END", "", len(self.text), len(self.text), None)
        tree: Tree[Token] = self.parser.feed_token(end)
        return tree

    def _token(self, kind: str, text: str, start: int, end: int, patch: Patch | None) -> Token:
        if patch:
            start, end = patch.origin(start), patch.origin_end(end)
        line, column = self.places.position(start)
        end_line, end_column = (line, column + end - start) if "\n" not in text else self.places.position(end)
        return Token(kind, text, start, line, column, end_line, end_column, end)

    def _comment(self, text: str | None, place: int, patch: Patch | None) -> Comment | None:
        if text is None:
            return None
        start = patch.origin(place) if patch else place
        return Comment(text, self.places.span(start, start + len(text)))
