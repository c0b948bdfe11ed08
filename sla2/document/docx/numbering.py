"""The numbering part: lists bound to styles, and lists that start anew.

In: the numbering part of the base file. Out: the same part with the schedules' noun and the restarted lists.
Clauses and schedules get their number from their style alone; only an ordered list needs its own instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.clean import clean_line
from sla2.document.docx.xml import q, value, w
from sla2.document.labels import NO_BREAK

if TYPE_CHECKING:
    from sla2.document.docx.styles import Role, Styles
    from sla2.document.docx.xml import Element


class Numbering:
    """The numbering part of one Word file."""

    def __init__(self, part: Element, styles: Styles) -> None:
        self._part = part
        self._styles = styles

    def _level_of(self, role: Role) -> Element:
        style = self._styles.of(role)
        return next(
            level
            for level in self._part.iter(q("lvl"))
            for bound in level.iterchildren(q("pStyle"))
            if bound.get(q("val")) == style
        )

    def name_schedules(self, noun: str) -> None:
        """Puts the word for a schedule in the document's language before its number."""
        text = self._level_of("schedule").find(q("lvlText"))
        if noun and text is not None:
            text.set(q("val"), f"{clean_line(noun)}{NO_BREAK}%1.")

    def restarted_list(self) -> int:
        """The number of a new instance of the numbered list, which starts at 1."""
        abstract = self._level_of("number").getparent()
        used = [int(number.get(q("numId"), "0")) for number in self._part.iterchildren(q("num"))]
        number = max(used, default=0) + 1
        reference = value("abstractNumId", abstract.get(q("abstractNumId"), "0") if abstract is not None else 0)
        restart = w("lvlOverride", value("startOverride", 1), ilvl=0)
        self._part.append(w("num", reference, restart, numId=number))
        return number
