"""Did you mean …: the known word nearest to one that nobody knows.

In: a word as written and the words that could stand there. Out: one of them, or None if none is near.
Used by every stage that resolves words or names. It changes nothing and knows no language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
"""Longer words are not compared: nobody mistypes sixty letters by one."""


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to `word`, or None.

    Near means at most one slip (a letter wrong, missing, too many, or two swapped) for every three letters, capitals
    aside. Of two equally near the one that begins with the same letter wins, then the one of the same length, then the
    first in the alphabet.
    """
    sought = word.casefold()
    if not sought or len(sought) > _LONGEST:
        return None
    ranked: list[tuple[int, bool, int, str]] = []
    for candidate in set(candidates):
        known = candidate.casefold()
        most = max(1, min(len(sought), len(known)) // 3)
        if known and abs(len(known) - len(sought)) <= most:
            distance = _slips(sought, known)
            if distance <= most and not (distance and len(known) < 3):
                ranked.append((distance, known[0] != sought[0], abs(len(known) - len(sought)), candidate))
    return min(ranked)[-1] if ranked else None


def _slips(a: str, b: str) -> int:
    """The number of slips between two words (optimal string alignment distance)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
