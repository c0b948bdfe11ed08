"""The one grammar of the language as a ready parser, and what can be asked of it.

In: `grammar/sla2.lark`. Out: lark's LALR tables, the label of each statement form and the list of block kinds.
Runs once per process, on the first text that is read. It does not read contracts and knows no meaning.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lark import Lark
from lark.lexer import PatternStr

from sla2 import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lark.grammar import Rule

GRAMMAR_FILE = "sla2.lark"


def build(text: str, *, strict: bool = False) -> Lark:
    """The parser of the grammar `text`; `strict` also refuses words that two terminals could claim."""
    return Lark(
        text,
        parser="lalr",
        lexer="contextual",
        strict=strict,
        propagate_positions=True,
        maybe_placeholders=False,
    )


@cache
def language() -> Lark:
    """The parser of the language, built or loaded once."""
    return build(resources.read_text("grammar", GRAMMAR_FILE))


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
    words = keywords()
    found: dict[str, str] = {}
    for rule in language().rules:
        names = [symbol.name for symbol in rule.expansion]
        if "COLON" not in names:
            continue
        label: list[str] = []
        for name in names[: names.index("COLON")]:
            if name not in words:
                break
            label.append(words[name])
        found.setdefault(form_of(rule), " ".join(label))
    return found


@cache
def block_kinds() -> tuple[str, ...]:
    """The kinds of blocks as written, longest first: `open passage`, `clock stop`, …, `level`."""
    prefix = "block_"
    kinds = {
        rule.origin.name.removeprefix(prefix).replace("_", " ")
        for rule in language().rules
        if rule.origin.name.startswith(prefix)
    }
    return tuple(sorted(kinds, key=lambda kind: (-len(kind), kind)))
