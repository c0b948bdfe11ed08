"""The numbers a Word file will show, counted from its own styles and lists.

In: a vetted `Package`. Out: own and full label of each numbered paragraph. It is the second opinion on
`labels`: it knows nothing of the document the file was made from, only what the file says, and so it also
serves for a file that came back. Lists linked through numbering styles and legal numbering are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from sla2.document.docx.xml import q
from sla2.document.labels import Level, NumberFormat, full_label, own_label

if TYPE_CHECKING:
    from sla2.document.docx.package import Package
    from sla2.document.docx.xml import Element


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph with a number: its list and level (from 0), its own and its full label ("" if not computable)."""

    paragraph: Element
    abstract: str
    level: int
    own: str
    full: str


def val(element: Element | None, path: str) -> str:
    """`w:val` of the descendant at `path` (names separated by "/"), or ""."""
    for name in path.split("/"):
        element = element.find(q(name)) if element is not None else None
    return element.get(q("val"), "") if element is not None else ""


class Lists:
    """Styles and numbering of one file."""

    def __init__(self, package: Package) -> None:
        styles, numbering = (package.tree(package.related(kind)) for kind in ("styles", "numbering"))
        self.styles = {item.get(q("styleId"), ""): item for item in (() if styles is None else styles.iter(q("style")))}
        self._abstract: dict[str, Element] = {}
        self.numbers: dict[str, str] = {}
        self._restarts: dict[str, int] = {}
        for item in () if numbering is None else numbering:
            if item.tag == q("abstractNum"):
                self._abstract[item.get(q("abstractNumId"), "")] = item
            elif item.tag == q("num"):
                number = item.get(q("numId"), "")
                self.numbers[number] = val(item, "abstractNumId")
                start = val(item, "lvlOverride/startOverride")
                if start.isdigit():
                    self._restarts[number] = int(start)

    def of(self, paragraph: Element) -> tuple[str, int] | None:
        """List instance and level of a paragraph, by itself or through its style; None if it has no number."""
        properties = paragraph.find(q("pPr"))
        style = val(properties, "pStyle")
        number, level = val(properties, "numPr/numId"), val(properties, "numPr/ilvl")
        if not number:
            number, level = self.of_style(style)
        if number in ("", "0") or number not in self.numbers:
            return None
        return number, int(level) if level.isdigit() else 0

    def of_style(self, style: str) -> tuple[str, str]:
        """List instance and level of a style, inherited where it says nothing; "0" where it says none."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            found = self.styles.get(style)
            number = val(found, "pPr/numPr/numId")
            if number:
                bound = self._bound_level(number, style)
                return number, bound or val(found, "pPr/numPr/ilvl")
            style = val(found, "basedOn")
        return "", ""

    def _bound_level(self, number: str, style: str) -> str:
        for level in self.levels_of(number):
            if val(level, "pStyle") == style:
                return level.get(q("ilvl"), "")
        return ""

    def levels_of(self, number: str) -> list[Element]:
        """The level definitions of a list instance."""
        abstract = self._abstract.get(self.numbers.get(number, ""))
        return list(abstract.iterchildren(q("lvl"))) if abstract is not None else []

    def formats(self, number: str) -> tuple[Level, ...] | None:
        """The levels in the form `labels` counts with; None if a format is not one it knows."""
        levels = []
        for level in self.levels_of(number):
            form = val(level, "numFmt")
            if form not in get_args(NumberFormat):
                return None
            levels.append(Level(val(level, "lvlText"), cast(NumberFormat, form)))
        return tuple(levels)

    def restart(self, number: str) -> int | None:
        """Where this instance begins anew, if it does."""
        return self._restarts.get(number)


def numbered_paragraphs(package: Package, lists: Lists) -> list[Numbered]:
    """All numbered paragraphs of the main document in order; those wholly deleted do not count."""
    counters: dict[str, list[int]] = {}
    begun: set[str] = set()
    found = []
    for paragraph in package.document().iter(q("p")):
        place = lists.of(paragraph)
        if place is None or paragraph.find(f"{q('pPr')}/{q('rPr')}/{q('del')}") is not None:
            continue
        number, level = place
        abstract = lists.numbers[number]
        start = lists.restart(number)
        if start is not None and number not in begun:
            begun.add(number)
            counters[abstract] = []
        here = _count(counters.get(abstract, []), level)
        counters[abstract] = list(here)
        levels = lists.formats(number)
        known = levels is not None and len(levels) >= len(here)
        own = own_label(levels, here) if levels and known else ""
        full = full_label(levels, here) if levels and known else ""
        found.append(Numbered(paragraph, abstract, level, own, full))
    return found


def _count(counters: list[int], level: int) -> tuple[int, ...]:
    kept = counters[: level + 1] + [1] * (level - len(counters))
    here = kept[level] + 1 if len(kept) > level else 1
    return (*kept[:level], here)
