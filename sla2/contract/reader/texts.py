"""Legal texts: `text nl: "…"`, one per language.

In: the lines of a block. Out: pairs of language and text in the order of the file; None is a text for all languages.
"""

from __future__ import annotations

from sla2.contract.codes import DUPLICATE_LINE
from sla2.contract.reader.lines import Lines
from sla2.contract.reader.surroundings import language
from sla2.contract.relations import LocalTexts
from sla2.contract.surroundings import Language
from sla2.source.syntax import Text, Word


def local_texts(lines: Lines) -> LocalTexts:
    """All `text` lines of a block; two of one language are a finding."""
    found: list[tuple[Language | None, str]] = []
    for statement in lines.all("text"):
        *words, node = statement.args
        word = words[0] if words else None
        code = language(lines.desk, word) if isinstance(word, Word) else None
        if isinstance(word, Word) and code is None:
            continue
        if any(former == code for former, _ in found):
            which = f"in {code}" if code else "without a language"
            message = f"{lines.title} has two texts {which}."
            lines.desk.say(DUPLICATE_LINE.at(statement.span, message, help="Put both into one text."))
        elif isinstance(node, Text):
            found.append((code, lines.desk.text(node)))
    return tuple(found)
