"""Patterns that tell the first line of a block, whatever else is wrong around it.

In: the kinds of blocks that the grammar knows. Out: compiled patterns. Used by `from_text` to find out where a block
begins that the parser cannot reach. They decide nothing: what matches may still be a line of another block.
"""

from __future__ import annotations

import re
from functools import cache

from sla2.source import grammar

_FIRST_WORD = re.compile(r"(?m)^[^\S\n]*(?P<word>[^\s#])")


def _kinds() -> str:
    return "|".join(kind.replace(" ", r"\s+") for kind in grammar.block_kinds())


@cache
def kind() -> re.Pattern[str]:
    """The kind of a block at the beginning of its first line."""
    return re.compile(rf"(?:{_kinds()})(?![\w-])")


@cache
def header() -> re.Pattern[str]:
    """The first line of a block, at the beginning of a line; groups: the kind, the quotes of its title."""
    return re.compile(
        rf'\s*({_kinds()})(?:\s+[^\s":]+(?:[^\S\n]*(")|[^\S\n]*(?=\n|\r|#|\Z))|\s+(")|[^\S\n]*(?=\n|\r|\Z))'
    )


@cache
def later_header() -> re.Pattern[str]:
    """The first line of a block after something else, as a whole."""
    return re.compile(rf'(?<=\s)({_kinds()})\s+[^\s":]+\s+"[^"]*"$')


@cache
def swallowed_block() -> re.Pattern[str]:
    """An `end` followed by a block header: what a text holds only if its closing quotes are missing."""
    return re.compile(
        rf'\n[^\S\n]*end[^\S\n]*(?:#[^\n]*)?\n(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*(?:{_kinds()})\s+\S+\s+"'
    )


def or_nothing_follows(text: str, at: int) -> bool:
    """True if the first line after the place `at` that is not blank begins a block, or if there is none."""
    following = _FIRST_WORD.search(text, at)
    return following is None or kind().match(text, following.start("word")) is not None
