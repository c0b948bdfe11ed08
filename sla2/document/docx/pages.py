"""Page numbers for the table of contents, found in a rendering of the same document.

In: a document and the text of each page of its PDF (made by someone else: this file runs no program). Out: the
page of each heading of level 1, to be given to `write` for the second pass. Without a rendering the contents
show dashes until Word updates them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.document.labels import compute, outline

if TYPE_CHECKING:
    from sla2.document.blocks import Document

SHORTEST_PART = 25
_LEADER = re.compile(r"\.{4,}|[–\d]\s*$")


def page_numbers(document: Document, pages: tuple[str, ...]) -> tuple[int, ...]:
    """The page (from 1) of each heading of level 1 in order; () if one of them cannot be found.

    `pages` are the texts of the pages, line by line. A heading is a line that says its number and title, or the
    first part of them where it is broken over lines; headings are sought in order, so equal titles do not confuse.
    """
    lines = [
        (number, " ".join(line.split()))
        for number, page in enumerate(pages, 1)
        for line in page.splitlines()
        if line.strip()
    ]
    found: list[int] = []
    at = 0
    for _, label, title in outline(document, compute(document)):
        heading = " ".join(f"{label} {title}".split())
        while at < len(lines) and not _is_heading(lines[at][1], heading):
            at += 1
        if at == len(lines):
            return ()
        found.append(lines[at][0])
        at += 1
    return tuple(found)


def _is_heading(line: str, heading: str) -> bool:
    if line == heading:
        return True
    return len(line) >= SHORTEST_PART and heading.startswith(line) and not _LEADER.search(line)
