"""Text to parse tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lark.exceptions import UnexpectedInput

from sla2.diagnostics import Diagnostic, Span
from sla2.source import grammar
from sla2.source.codes import UNREADABLE_LINE

if TYPE_CHECKING:
    from lark import Token, Tree


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its place, without the line end."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """What reading a text gave: the tree (None if nothing could be read), findings, comments."""

    tree: Tree[Token] | None
    diagnostics: tuple[Diagnostic, ...]
    comments: tuple[Comment, ...]


def parse(text: str, path: str) -> Parsed:
    """Read `text`."""
    try:
        tree = grammar.language().parse(f"{text}\n")
    except UnexpectedInput as problem:
        span = Span.of_line(path, max(problem.line, 1))
        return Parsed(None, (UNREADABLE_LINE.at(span, "This line cannot be read."),), ())
    return Parsed(tree, (), ())
