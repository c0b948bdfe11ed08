"""The one grammar of the language as a ready parser, and what can be asked of it.

In: `grammar/sla2.lark`. Out: lark's LALR tables, the label of each statement form and the list of block kinds.
Runs once per process, on the first text that is read. It does not read contracts and knows no meaning.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lark.lexer import PatternStr

from sla2 import resources
from sla2.source import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lark import Lark
    from lark.grammar import Rule

GRAMMAR_FILE = "sla2.lark"
BLOCK = "block_"
"""How the rules of blocks begin."""


@cache
def language() -> Lark:
    """The parser of the language, loaded from its table or built, once per process.

    The table that came with the installation is used if it is that of the grammar; else one that was kept in the user's
    cache folder; else it is built and kept there.
    """
    text = resources.read_text("grammar", GRAMMAR_FILE)
    for kept in (resources.shipped("grammar", table.TABLE_FILE), resources.read_cached(table.TABLE_FILE)):
        parser = table.load(kept, text) if kept is not None else None
        if parser is not None:
            return parser
    parser = table.build(text)
    resources.write_cached(table.TABLE_FILE, table.dump(parser, text))
    return parser


def form_of(rule: Rule) -> str:
    """The name under which what `rule` matches appears in the tree."""
    return str(rule.alias or rule.origin.name)


@cache
def keywords() -> Mapping[str, str]:
    """Terminal name to the word it stands for, for terminals that are one fixed word or sign."""
    return {t.name: t.pattern.value for t in language().terminals if isinstance(t.pattern, PatternStr)}


@cache
def labels() -> Mapping[str, str]:
    """Statement form to its label: the fixed words before the first value or the colon."""
    found: dict[str, str] = {}
    for rule in language().rules:
        label = _label(rule)
        if label is not None:
            found.setdefault(form_of(rule), label)
    return found


def _label(rule: Rule) -> str | None:
    """The label of a statement rule ("" if it begins with a value), None for other rules."""
    words = keywords()
    names = [symbol.name for symbol in rule.expansion]
    if "COLON" not in names:
        return None
    label: list[str] = []
    for name in names[: names.index("COLON")]:
        if name not in words:
            break
        label.append(words[name])
    return " ".join(label)


@cache
def labels_of(kind: str) -> tuple[str, ...]:
    """The labels that the lines of a `kind` block can have, in the order of the grammar."""
    by_origin: dict[str, list[Rule]] = {}
    for rule in language().rules:
        by_origin.setdefault(rule.origin.name, []).append(rule)
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [BLOCK + kind.replace(" ", "_")]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for rule in by_origin.get(name, ()):
            label = _label(rule)
            if label is None:
                waiting += [symbol.name for symbol in reversed(rule.expansion) if not symbol.is_term]
            elif label:
                found[label] = None
    return tuple(found)


@cache
def block_kinds() -> tuple[str, ...]:
    """The kinds of blocks as written, longest first: `open passage`, `clock stop`, …, `level`."""
    kinds = {
        rule.origin.name.removeprefix(BLOCK).replace("_", " ")
        for rule in language().rules
        if rule.origin.name.startswith(BLOCK)
    }
    return tuple(sorted(kinds, key=lambda kind: (-len(kind), kind)))
