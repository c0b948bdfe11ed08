"""What the modules of this folder share while one Word file is written.

In: the document, its labels and styles. Out: `Context`, which hands out ids, bookmark names and relationships.
One context lives for one file; it is the only thing here that changes while writing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sla2.document.docx.xml import w

if TYPE_CHECKING:
    from collections.abc import Callable

    from sla2.document.audience import Audience
    from sla2.document.blocks import Meta
    from sla2.document.docx.styles import Role, Styles
    from sla2.document.docx.xml import Element
    from sla2.document.labels import Labels


TEXT_WIDTH = 9298
LONGEST_MARK = 40


def bookmark_name(target: str) -> str:
    """The bookmark of the block with id `target`: at most 40 letters, digits and underscores, one name per id.

    Word compares bookmark names without regard to case, so an id that is not plain lower case with hyphens,
    or that is long, or that could be taken for a passage's control, gets eight digits of its hash.
    """
    return _mark("_sla_", target, plain=not target.startswith("open-"))


def passage_mark(target: str) -> str:
    """The bookmark around the content control of the open passage `target`; it survives where the control does not."""
    return _mark("_sla_open_", target, plain=True)


def passage_tag(target: str) -> str:
    """The tag of the content control of the open passage `target`, by which a returned file is read."""
    return f"sla-open:{target}"


def control_id(target: str) -> int:
    """The number of the content control: the first 28 bits of the SHA-256 of the passage's id."""
    return int(hashlib.sha256(target.encode("utf-8", "replace")).hexdigest()[:7], 16)


def _mark(prefix: str, target: str, *, plain: bool) -> str:
    if plain and re.fullmatch(r"[a-z0-9-]+", target) and len(prefix) + len(target) <= LONGEST_MARK:
        return prefix + target.replace("-", "_")
    digest = hashlib.sha256(target.encode("utf-8", "replace")).hexdigest()[:8]
    short = re.sub(r"[^A-Za-z0-9]", "_", target)[: LONGEST_MARK - len(prefix) - 9]
    return f"{prefix}{short}_{digest}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark in the margin: its number in the package and its text."""

    number: int
    text: str


@dataclass
class Context:
    """The state of one Word file while it is written.

    `relate` gives the relationship id of a web address; `pages` the page numbers of the contents, where known.
    """

    meta: Meta
    labels: Labels
    styles: Styles
    audience: Audience
    relate: Callable[[str], str]
    pages: tuple[int, ...] = ()
    comments: list[Comment] = field(default_factory=list)
    break_next: bool = False
    _last: int = 0
    _marked: set[str] = field(default_factory=set)

    def number(self) -> int:
        """The next number for a bookmark, comment or change: one counter, because Word refuses collisions."""
        self._last += 1
        return self._last

    def style(self, role: Role) -> str:
        """The style id of `role`."""
        return self.styles.of(role)

    def marked(self, name: str, content: list[Element]) -> list[Element]:
        """`content` within the bookmark `name`; the first place with a name keeps it."""
        if not name or name.casefold() in self._marked:
            return content
        self._marked.add(name.casefold())
        number = self.number()
        return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]

    def anchored(self, target: str, content: list[Element]) -> list[Element]:
        """`content` within the bookmark of the block with id `target`, if it has one."""
        return self.marked(bookmark_name(target), content) if target else content
