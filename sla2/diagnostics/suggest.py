"""Did you mean: the known name that a mistyped one is closest to.

In: a word and the names in scope. Out: the closest name, or None if none is close enough. It runs inside whoever
reports an unknown name; it reports nothing itself.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 200
"""Longer words are no slips of the pen; comparing them would cost time."""


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The name of `known` closest to `word`, letter case aside; the first in alphabetical order of equals."""
    if len(word) > _LONGEST:
        return None
    names: dict[str, str] = {}
    for name in sorted(known):
        names.setdefault(name.casefold(), name)
    close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean office?`, or the known names if none is close, or nothing if there are none."""
    names = sorted(set(known))
    closest = suggest(word, names)
    if closest is not None:
        return f"Did you mean {closest}?"
    if not names:
        return ""
    shown = ", ".join(names[:8])
    return f"Known here: {shown}{' and others' if len(names) > 8 else ''}."
