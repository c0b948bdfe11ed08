"""Parse tree to `Document`: blocks of statements, each with its form, its values and its place.

In: lark's tree of a file. Out: a `Document` and findings about values that look right but cannot exist
(31 June, 25:00). Runs right after `from_text`. It is generic: the names of rules and aliases in the grammar
become `Statement.form` and `Phrase.form`, rules called `w_…` become a `Word`, terminals become values; so a new
line of the language needs no change here. It resolves no name and judges no meaning.

Every form with its arguments is listed by `sla2.source.forms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lark import Token, Tree

from sla2.diagnostics import Span
from sla2.source import grammar, values
from sla2.source.syntax import (
    Block,
    DateValue,
    Document,
    DurationValue,
    Include,
    Name,
    NumberValue,
    Phrase,
    StampValue,
    Statement,
    Text,
    TimeValue,
    Word,
)

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Node

SyntaxTree = Tree[Token]


def read_tree(tree: SyntaxTree, path: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The document that `tree` is, with the findings about its values; a statement with an impossible value
    is left out of its block."""
    reader = _Reader(path)
    document = reader.document(tree)
    return document, tuple(reader.found)


class _Reader:
    """Walks one tree; `found` collects what is wrong with values."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []
        self.labels = grammar.labels()

    def span(self, part: SyntaxTree | Token) -> Span:
        """The place of a token or of everything a rule matched."""
        if isinstance(part, Token):
            return values.span_of(part, self.path)
        meta = part.meta
        return Span(self.path, meta.start_pos, meta.end_pos, meta.line, meta.column, meta.end_line, meta.end_column)

    def document(self, tree: SyntaxTree) -> Document:
        """The whole file."""
        version = ""
        includes: list[Include] = []
        blocks: list[Block] = []
        for part in tree.children:
            if not isinstance(part, Tree):
                continue
            if part.data == "version":
                version = str(part.children[0])
            elif part.data == "include":
                includes.append(self.include(part))
            else:
                blocks.append(self.block(part))
        return Document(self.path, version, tuple(includes), tuple(blocks))

    def include(self, tree: SyntaxTree) -> Include:
        """`include "file" as ALIAS`."""
        path, alias = (self.value(part) for part in tree.children)
        if not isinstance(path, Text) or not isinstance(alias, Name):
            raise TypeError(f"include holds {path!r} and {alias!r}")
        return Include(path, alias, path.span.to(alias.span))

    def block(self, tree: SyntaxTree) -> Block:
        """One block; its kind is the name of its rule."""
        name, title, *lines, last = tree.children
        first = self.span(tree)
        head_name, head_title = self.value(name), self.value(title)
        if not isinstance(head_name, Name) or not isinstance(head_title, Text):
            raise TypeError(f"block begins with {head_name!r} and {head_title!r}")
        statements = [self.statement(line) for line in lines if isinstance(line, Tree)]
        return Block(
            kind=str(tree.data).removeprefix("block_").replace("_", " "),
            name=head_name,
            title=head_title,
            statements=tuple(statement for statement in statements if statement is not None),
            span=first.to(self.span(last)),
            header=first.to(head_title.span),
        )

    def statement(self, tree: SyntaxTree) -> Statement | None:
        """One line, or None if a value on it cannot exist."""
        before = len(self.found)
        args = self.nodes(tree)
        if len(self.found) > before:
            return None
        form = str(tree.data)
        label = self.labels.get(form, "") or (args[0].text if args and isinstance(args[0], Word) else "")
        return Statement(form, label, args, self.span(tree))

    def nodes(self, tree: SyntaxTree) -> tuple[Node, ...]:
        """The values and phrases of a rule; `also` joins the list that the phrase before it began."""
        result: list[Node] = []
        for part in tree.children:
            node = self.value(part)
            if isinstance(node, Phrase) and node.form == "also" and result and isinstance(result[-1], Phrase):
                head = result[-1]
                result[-1] = Phrase(head.form, head.args + node.args, head.span.to(node.span))
            else:
                result.append(node)
        return tuple(result)

    def value(self, part: SyntaxTree | Token) -> Node:
        """A token as a value, a rule as a value or a phrase."""
        if isinstance(part, Token):
            value, finding = values.read(part, self.path)
            if finding is not None:
                self.found.append(finding)
            return value
        rule = str(part.data)
        span = self.span(part)
        if rule.startswith("w_"):
            return Word(" ".join(str(word) for word in part.children), span)
        if rule == "ref":
            *alias, name = (values.name_text(str(word)) for word in part.children)
            return Name(name, span, alias[0] if alias else None)
        parts = self.nodes(part)
        match rule, parts:
            case "duration", (NumberValue(amount), Word(unit)):
                return DurationValue(amount, unit.removesuffix("s"), span)
            case "stamp", (DateValue(day), TimeValue() as clock):
                return StampValue(values.stamp(day, clock), span)
            case _:
                return Phrase(rule, parts, span)
