"""Fields of a Word file, read back.

In: a story (document, header, footer…). Out: each field with its instruction, the text it shows and where it
begins, and whether any begins without an end. Nested fields are read as fields of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sla2.document.docx.xml import q

if TYPE_CHECKING:
    from sla2.document.docx.xml import Element

WITHOUT_RESULT = frozenset({"XE", "TC", "RD", "TA", "NOTEREF", "ASK", "SET"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its instruction without outer spaces, the text it shows, and the run that begins it."""

    code: str
    cached: str
    start: Element

    @property
    def words(self) -> list[str]:
        """The words of the instruction; `REF name \\w` gives ["REF", "name", "\\\\w"]."""
        return self.code.split()


@dataclass
class _Open:
    start: Element
    code: str = ""
    cached: str = ""
    showing: bool = False


def read_fields(story: Element) -> tuple[list[Field], bool]:
    """The fields of `story` in the order of their ends, and whether beginnings and ends match."""
    found: list[Field] = []
    stack: list[_Open] = []
    balanced = True
    for element in story.iter(q("fldChar"), q("instrText"), q("delInstrText"), q("t"), q("fldSimple")):
        if element.tag == q("fldSimple"):
            shown = "".join(text.text or "" for text in element.iter(q("t")))
            found.append(Field(element.get(q("instr"), "").strip(), shown, element))
        elif element.tag == q("fldChar"):
            balanced &= _mark(element, stack, found)
        elif element.tag == q("t"):
            for field in stack:
                field.cached += (element.text or "") if field.showing else ""
        elif stack and not stack[-1].showing:
            stack[-1].code += element.text or ""
        else:
            balanced = False
    return found, balanced and not stack


def _mark(element: Element, stack: list[_Open], found: list[Field]) -> bool:
    """Takes in one field character; False if it does not fit."""
    kind = element.get(q("fldCharType"))
    if kind == "begin":
        stack.append(_Open(element))
        return True
    if not stack or (kind == "separate" and stack[-1].showing):
        return False
    if kind == "separate":
        stack[-1].showing = True
    elif kind == "end":
        field = stack.pop()
        found.append(Field(field.code.strip(), field.cached, field.start))
    return True
