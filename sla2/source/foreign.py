"""Dutch and German words typed where the language has an English one, and what they stand for.

In: words of a line. Out: the English words to try, from `grammar/foreign_words.toml`. Used by `mistakes`, which tries
them on the parser. It knows no other language and translates no text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from sla2 import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE_FILE = "foreign_words.toml"

_WORDS = re.compile(r"[^\W\d_]+(?:[ \t]+[^\W\d_]+)?")
"""One word or two: no entry of the table has more."""


@cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Per part of the table (blocks, labels, values), the meanings of each word."""
    kept: dict[str, dict[str, list[str]]] = tomllib.loads(resources.read_text("grammar", TABLE_FILE))
    return {
        part: {word.casefold(): tuple(meanings) for word, meanings in words.items()} for part, words in kept.items()
    }


def meanings(part: str, text: str, at: int) -> Iterator[tuple[str, str]]:
    """What the words of `text` at the place `at` may be in English, with what is written there; two words come before
    one. `part` is `blocks`, `labels` or `values`."""
    match = _WORDS.match(text, at)
    found = match.group() if match else ""
    words = found.split()
    for count in range(len(words), 0, -1):
        written = found if count == len(words) else words[0]
        for meaning in _table()[part].get(" ".join(words[:count]).casefold(), ()):
            if meaning != written:
                yield written, meaning
