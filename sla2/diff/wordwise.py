"""Two texts compared word by word.

In: two texts. Out: runs of words that both have, and of words that only one has; long runs that both have are cut in
the middle. It bounds its own work: of texts beyond `LONGEST` words only the common beginning and end are found.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from sla2.diff.change import Piece
from sla2.diff.labels import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sla2.contract.surroundings import Language

LONGEST = 1500
"""Words; comparing takes time with the product of both lengths."""
_KEPT = 8
"""So many words stay on either side of a change."""


def pieces(before: str, after: str, language: Language) -> tuple[Piece, ...]:
    """The words of both texts in order, marked by which text has them."""
    old, new = before.split(), after.split()
    runs = list(_runs(old, new))
    found: list[Piece] = []
    for place, (kind, words) in enumerate(runs):
        if kind == "same":
            words = _shortened(words, language, first=place == 0, last=place == len(runs) - 1)
        found.append(Piece(kind, " ".join(words)))
    return tuple(found)


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Literal["same", "removed", "added"], list[str]]]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield "same", list(old[:head])
    if max(len(left), len(right)) > LONGEST:
        yield "removed", list(left)
        yield "added", list(right)
    else:
        yield from _inside(left, right)
    if tail:
        yield "same", list(old[len(old) - tail :])


def _inside(
    left: Sequence[str], right: Sequence[str]
) -> Iterator[tuple[Literal["same", "removed", "added"], list[str]]]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for how, start, stop, begin, end in matcher.get_opcodes():
        if how == "equal":
            yield "same", list(left[start:stop])
            continue
        if stop > start:
            yield "removed", list(left[start:stop])
        if end > begin:
            yield "added", list(right[begin:end])


def _shortened(words: list[str], language: Language, *, first: bool, last: bool) -> list[str]:
    if first and last:
        return words
    front = [] if first else words[:_KEPT]
    back = [] if last else words[-_KEPT:]
    left_out = len(words) - len(front) - len(back)
    if left_out < _KEPT:
        return words
    return [*front, f"… ({word(language, 'more', n=str(left_out))})" if front and back else "…", *back]
