"""Reads `translation` blocks: the contract's own texts in another language.

In: the block and a desk. Out: a `Translation`. It does not know which texts the contract has; the checks compare.
"""

from __future__ import annotations

from typing import get_args

from sla2.contract.codes_of_translations import TEXT_TWICE, TRANSLATION_LANGUAGE
from sla2.contract.contract import TranslatedText, Translation
from sla2.contract.reader.desk import Desk
from sla2.contract.reader.lines import Lines
from sla2.contract.surroundings import Language
from sla2.diagnostics import Related
from sla2.source.syntax import Block, Text

LANGUAGES: tuple[Language, ...] = get_args(Language)


def translation(desk: Desk, block: Block) -> Translation | None:
    """`translation`; None if its name is no language that drafts are written in."""
    lines = Lines(desk, block)
    language = next((known for known in LANGUAGES if known == block.name.text), None)
    if language is None:
        message = f'"{block.name.text}" is no language that drafts are written in.'
        help = "Name the block after the language: nl, en or de."
        desk.shared.findings.append(TRANSLATION_LANGUAGE.at(block.name.span, message, help=help))
        return None
    texts: dict[str, TranslatedText] = {}
    for statement in block.statements:
        match statement.args:
            case (Text(text=original), Text(text=words)) if statement.form == "translation_text":
                one = TranslatedText(span=statement.span, original=_one_line(original), words=_one_line(words))
                if one.original in texts:
                    related = (Related(texts[one.original].span, "the first time"),)
                    message = f'This text is translated twice: "{one.original}".'
                    found = TEXT_TWICE.at(statement.span, message, help="Keep one of the two lines.", related=related)
                    desk.shared.findings.append(found)
                texts.setdefault(one.original, one)
    return Translation(span=block.header, name=language, title=lines.heading, texts=tuple(texts.values()))


def _one_line(text: str) -> str:
    return " ".join(text.split())
