"""Texts that the contract gives per language, and what is missing.

In: the texts of a clause, an obligation, a promise, a principle, an amendment. Out: the text in one language, or "".
A text without a language is that of the authoritative language; where it is the only one, `as_written` takes it for
every language and the caller reports it. Nothing is ever put in another language's place in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.words.codes import TEXT_MISSING, TEXT_UNTRANSLATED

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.contract.relations import LocalTexts
    from sla2.contract.surroundings import Language
    from sla2.diagnostics import Diagnostic, Span

NAMES = {"nl": "Dutch", "en": "English", "de": "German"}


def exact_text(texts: LocalTexts, contract: Contract, language: Language) -> str:
    """The text written for `language`; "" if there is none."""
    for spoken, text in texts:
        if spoken == language:
            return text
    if contract.languages and language == contract.authoritative:
        return next((text for spoken, text in texts if spoken is None), "")
    return ""


def text_in(texts: LocalTexts, contract: Contract, language: Language) -> str:
    """The text for `language`, else the one text without a language, as written; "" if there is neither."""
    found = exact_text(texts, contract, language)
    return found or next((text for spoken, text in texts if spoken is None), "")


def missing_text(
    what: str, texts: LocalTexts, contract: Contract, language: Language, span: Span, *, legal: bool
) -> tuple[Diagnostic, ...]:
    """What is wrong with the texts of a block for a draft in `language`.

    `what` names the block ("clause liability"). A legal text must exist in the language (an error); a text without a
    language is printed as written (advice where the contract has several languages).
    """
    if exact_text(texts, contract, language):
        return ()
    written = any(spoken is None for spoken, _ in texts)
    name = NAMES[language]
    if written and not legal:
        return (
            TEXT_UNTRANSLATED.at(
                span,
                f"The text of {what} is written once; the {name} draft prints it as it stands.",
                help=f'Add `text {language}: "…"` if it should be read in {name}.',
            ),
        )
    if not texts and not legal:
        return ()
    return (
        TEXT_MISSING.at(
            span,
            f"The {name} draft needs the text of {what}, but the contract has none in {name}.",
            help=f'Add `text {language}: "…"`.',
        ),
    )
