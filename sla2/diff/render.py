"""A comparison as text for a terminal, as Markdown, and as JSON.

In: a `Difference`. Out: one text, ending with a line break. It words nothing itself and never prints.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from sla2.words import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diff.change import Change, Difference

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def plain(found: Difference) -> str:
    """Sections with a line per change, for a terminal; one sentence if there is none."""
    return "\n".join(_plain(found)) + "\n"


def _plain(found: Difference) -> Iterator[str]:
    if not found.sections:
        yield _phrase(found, "none")
        return
    for place, section in enumerate(found.sections):
        if place:
            yield ""
        yield section.title
        for change in section.changes:
            yield f"  {_breakable(change.sentence)}"
            for detail in change.details:
                yield f"    {_breakable(detail)}"
    if any(change.pieces for change in found.changes):
        yield ""
        yield _phrase(found, "legend")


def _breakable(text: str) -> str:
    """No-break spaces as plain ones: a terminal has its own idea of lines, and people search for what they see."""
    return text.replace("\u00a0", " ")


def markdown(found: Difference) -> str:
    """The same as a Markdown page: a heading per section, taken out words struck through, new ones bold."""
    return "\n".join(_markdown(found)) + "\n"


def _markdown(found: Difference) -> Iterator[str]:
    if not found.sections:
        yield _phrase(found, "none")
        return
    for place, section in enumerate(found.sections):
        if place:
            yield ""
        yield f"## {_escaped(section.title)}"
        yield ""
        for change in section.changes:
            yield f"- {_sentence(change)}"
            for detail in change.details:
                yield f"  - {_escaped(detail)}"


def _sentence(change: Change) -> str:
    if not change.pieces:
        return _escaped(change.sentence)
    marks = {"same": "{}", "removed": "~~{}~~", "added": "**{}**"}
    words = " ".join(marks[piece.kind].format(_escaped(piece.text)) for piece in change.pieces)
    return f"{_escaped(change.subject)}: {words}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _breakable(text))


def _phrase(found: Difference, key: str) -> str:
    return phrases.plain(phrases.render(found.language, f"diff.page.{key}"))


def as_json(found: Difference) -> str:
    """All parts of all changes, for another program; the names of fields are those of the exported contract."""
    table = {
        "schema": "sla2.diff/1",
        "language": found.language,
        "changed": bool(found.sections),
        "sections": [asdict(section) for section in found.sections],
    }
    return json.dumps(table, indent=2, ensure_ascii=False) + "\n"
