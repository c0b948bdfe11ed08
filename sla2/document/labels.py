"""Numbers of clauses, schedules and passages, computed from the order of the blocks.

In: a `Document` (and the number formats, if a house style has its own). Out: `Labels`, which answer what
stands before a block ("(a)") and what a reference to it says ("3.1(a)").
Every writer uses it; the Word writer prints its answers as the text of live REF fields. It reads no file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sla2.document.blocks import (
    Block,
    Chart,
    Clause,
    Document,
    Facts,
    Fold,
    Heading,
    Inlines,
    Link,
    OpenPassage,
    Paragraph,
    Ref,
    Run,
    Schedule,
    Table,
)
from sla2.document.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NumberFormat = Literal["decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"]
NO_BREAK = "\u00a0"
_WORDED = re.compile(r"[^\W\d_]+\s")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered: `text` with %1…%9 for the counters (as in Word), and the form of its own number."""

    text: str
    number: NumberFormat = "decimal"


CLAUSE_LEVELS: tuple[Level, ...] = (
    Level("%1"),
    Level("%1.%2"),
    Level("(%3)", "lowerLetter"),
    Level("(%4)", "lowerRoman"),
)
PASSAGE_LEVEL = 2

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def format_number(number: int, form: NumberFormat) -> str:
    """`number` (from 1) as digits, letters (z is followed by aa, as in Word) or Roman numerals."""
    if form == "decimal" or number < 1:
        return str(number)
    if form in ("lowerLetter", "upperLetter"):
        rounds, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) * (rounds + 1)
    else:
        written = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            written += sign * count
    return written.upper() if form.startswith("upper") else written


def own_label(levels: tuple[Level, ...], counters: tuple[int, ...]) -> str:
    """What stands before the paragraph whose counters these are, outermost first: `(a)` for (3, 1, 1)."""

    def one(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        return format_number(counters[index], levels[index].number) if index < len(counters) else ""

    return re.sub(r"%([1-9])", one, levels[len(counters) - 1].text)


def full_label(levels: tuple[Level, ...], counters: tuple[int, ...]) -> str:
    """The number in full context, as Word's `REF \\w` shows it: `3.1(a)` for (3, 1, 1).

    Rule: walk up until a level's text names its parents itself; a trailing full stop is dropped at each step.
    """
    level = len(counters)
    label = own_label(levels, counters).rstrip(".")
    while level > 1:
        named = [int(digit) for digit in re.findall(r"%([1-9])", levels[level - 1].text)]
        level = min(named, default=1) - 1
        if level < 1:
            break
        label = own_label(levels, counters[:level]).rstrip(".") + label
    return label


@dataclass(frozen=True, slots=True)
class Label:
    """The label of one block.

    `own` is printed before it and `full` by a reference to it; both are "" for what has no number (a table,
    a chart, an unnumbered heading), which is referred to by its `title`.
    """

    own: str
    full: str
    title: str


class Labels:
    """The labels of a document, by id."""

    def __init__(self, by_id: dict[str, Label]) -> None:
        self._by_id = by_id

    def __contains__(self, target: str) -> bool:
        """True if a block or cell with this id exists."""
        return target in self._by_id

    def of(self, target: str) -> Label:
        """The label of the block with id `target`.

        Raises: KeyError if there is none: the builder of the document referred to something it left out.
        """
        return self._by_id[target]

    def words(self, ref: Ref) -> tuple[str, str]:
        """Noun and label of a reference, to be joined by a no-break space; the noun may be "".

        The label of a schedule carries its own noun ("Annex 1"), so `ref.noun` is not repeated before it.
        """
        label = self.of(ref.target)
        if label.full:
            return ("" if _WORDED.match(label.full) else ref.noun), label.full
        return ref.noun, label.title

    def text(self, content: Inlines) -> str:
        """`content` as plain text, with references as they are printed."""
        return "".join(self._piece(piece) for piece in content)

    def _piece(self, piece: Run | Ref | Link) -> str:
        if isinstance(piece, Ref):
            return NO_BREAK.join(part for part in self.words(piece) if part)
        return piece.text


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks in reading order, those inside a `Fold` after it."""
    for block in blocks:
        yield block
        if isinstance(block, Fold):
            yield from walk(block.blocks)


def outline(document: Document, labels: Labels) -> Iterator[tuple[Clause | Schedule | Heading, str, str]]:
    """The headings of level 1 in order, each with the label before it ("" for an unnumbered one) and its title."""
    for block in walk(document.blocks):
        if isinstance(block, Schedule) or (isinstance(block, Clause) and block.level == 1):
            yield block, labels.of(block.id).own, clean_line(labels.text(block.content))
        elif isinstance(block, Heading) and block.level == 1:
            yield block, "", clean_line(labels.text(block.content))


def schedule_noun(document: Document) -> str:
    """The word before the numbers of the schedules: that of the first one ("" without schedules)."""
    return next((block.noun for block in walk(document.blocks) if isinstance(block, Schedule)), "")


def compute(document: Document, levels: tuple[Level, ...] = CLAUSE_LEVELS) -> Labels:
    """The labels of all blocks and table cells of `document` that have an id.

    Levels 1 to 4 are counted as Word counts them; an open passage with a lead counts as a clause of level 2.
    Raises: ValueError if two numbered blocks share an id, for then a reference could be wrong.
    """
    labels = Labels(_numbers(document, levels))
    for block in walk(document.blocks):
        for target, title in _titled(block):
            known = labels._by_id.get(target)
            text = "".join(piece.text for piece in title if not isinstance(piece, Ref))
            if known is None:
                labels._by_id[target] = Label("", "", text)
            elif known.full and not known.title:
                labels._by_id[target] = Label(known.own, known.full, text)
    return labels


def _numbers(document: Document, levels: tuple[Level, ...]) -> dict[str, Label]:
    by_id: dict[str, Label] = {}
    counters: list[int] = []
    schedules = 0
    noun = schedule_noun(document)
    for block in walk(document.blocks):
        if isinstance(block, Schedule):
            schedules += 1
            label = f"{noun}{NO_BREAK}{schedules}" if noun else str(schedules)
            _add(by_id, block.id, Label(f"{label}.", label, ""))
        elif isinstance(block, Clause) or (isinstance(block, OpenPassage) and block.lead):
            level = block.level if isinstance(block, Clause) else PASSAGE_LEVEL
            counters = _count(counters, level)
            here = tuple(counters)
            _add(by_id, block.id, Label(own_label(levels, here), full_label(levels, here), ""))
    return by_id


def _count(counters: list[int], level: int) -> list[int]:
    """The counters after one more paragraph of `level`; a level that was skipped counts as 1, as in Word."""
    kept = counters[:level] + [1] * (level - 1 - len(counters))
    return [*kept[: level - 1], kept[level - 1] + 1 if len(kept) >= level else 1]


def _add(by_id: dict[str, Label], target: str, label: Label) -> None:
    if target in by_id:
        raise ValueError(f"two numbered blocks have the id {target!r}")
    by_id[target] = label


def _titled(block: Block) -> Iterator[tuple[str, Inlines]]:
    """The ids of `block` (and of its cells) with the words a reference may call them by."""
    if isinstance(block, (Clause, Schedule)):
        yield block.id, block.content
    elif isinstance(block, OpenPassage):
        yield block.id, (Run(block.title),)
    elif isinstance(block, (Heading, Paragraph)) and block.id:
        yield block.id, block.content
    elif isinstance(block, Facts) and block.id:
        yield block.id, ()
    elif isinstance(block, Chart):
        yield block.id, (Run(block.title),)
    elif isinstance(block, Table):
        yield block.id, (Run(block.caption),)
        for row in (block.header, *block.rows):
            yield from ((cell.anchor, cell.content) for cell in row if cell.anchor)
