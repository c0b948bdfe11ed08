"""Findings about a file as a whole: names that look alike, and files included for nothing.

In: a `Document`. Out: diagnostics. Runs at the end of `read`. It resolves no name: whether a name leads anywhere is the
business of whoever makes a contract of the document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.diagnostics import Related
from sla2.source import codes
from sla2.source.lookalikes import shapes
from sla2.source.syntax import Name, Phrase, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Document, Node

_NAMING = ("passage_option", "contract_fee", "contract_fee_from")
"""Lines that give a name, as their first value, to an option or a fee."""

_MOST_UNUSED = 20
"""Whoever includes more files for nothing has another trouble."""


def findings(document: Document) -> Iterator[Diagnostic]:
    """All of them, in the order of the file."""
    yield from _unused_includes(document)
    yield from _alike(document)


def _unused_includes(document: Document) -> Iterator[Diagnostic]:
    if not document.includes:
        return
    used: set[str] = set()
    texts: list[str] = list(document.unread)
    for block in document.blocks:
        for statement in block.statements:
            for node in _leaves(statement.args):
                if isinstance(node, Name) and node.alias is not None:
                    used.add(node.alias)
                elif isinstance(node, Text) and "." in node.text:
                    texts.append(node.text)
    used |= {word for text in texts for word in re.findall(r"([\w-]+)\.", text)}
    unused = {include.alias.text: include for include in document.includes if include.alias.text not in used}
    for alias, include in list(unused.items())[:_MOST_UNUSED]:
        message = f"Nothing in this file is taken from the file included as {alias}."
        help = f"Remove the line, or refer to what is meant, for instance {alias}.short-name."
        yield codes.UNUSED_INCLUDE.at(include.span, message, help=help)


def _leaves(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Phrase):
            yield from _leaves(node.args)
        else:
            yield node


def _alike(document: Document) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], Name] = {}
    for kind, name in _named(document):
        before = None
        for shape in shapes(name.text):
            other = seen.setdefault((kind, shape), name)
            before = before or (other if other.text != name.text else None)
        if before is not None:
            message = f"The names {before.text} and {name.text} look alike; a reader may take one for the other."
            related = (Related(before.span, f"{before.text} stands here."),)
            help = f"Give one of the two a name that cannot be mistaken, such as {name.text}-2."
            yield codes.NAMES_ALIKE.at(name.span, message, help=help, related=related)


def _named(document: Document) -> Iterator[tuple[str, Name]]:
    """Each name that the file gives, with what it must differ from: names of the same kind, or in the same block."""
    for block in document.blocks:
        yield block.kind, block.name
        for statement in block.statements:
            first = statement.args[0] if statement.args else None
            if statement.form in _NAMING and isinstance(first, Name):
                yield f"{statement.form.removesuffix('_from')} {block.kind} {block.name.text}", first
