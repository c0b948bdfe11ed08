"""Roles of the layout and the Word styles that play them.

In: the styles part of a Word file. Out: `Styles`, which gives the style id of each role.
Styles are found by their name, never by their id: Dutch or German Word writes the ids `Kop1` and
`berschrift1` while the name stays `heading 1`. It changes no style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sla2.document.docx.xml import q, value

if TYPE_CHECKING:
    from sla2.document.docx.xml import Element

Role = Literal[
    "title", "clause-1", "clause-2", "clause-3", "clause-4", "heading-1", "heading-2", "heading-3", "heading-4",
    "schedule", "body", "lead", "note", "warning", "quote", "bullet", "number", "caption", "table-text",
    "table-head", "table-space", "definition-term", "definition-text", "passage-title", "passage-open",
    "passage-filled-title",
    "passage-filled", "signature-party", "signature-label", "toc-heading", "toc-1", "header", "header-notice",
    "footer", "comment", "placeholder", "link", "comment-mark", "strong", "emphasis", "term", "code",
    "data-table", "fact-table", "plain-table",
]  # fmt: skip

ROLES: dict[Role, str] = {
    "title": "Title",
    "clause-1": "heading 1",
    "clause-2": "Clause 2",
    "clause-3": "Clause 3",
    "clause-4": "Clause 4",
    "heading-1": "Plain Heading 1",
    "heading-2": "Plain Heading 2",
    "heading-3": "Plain Heading 3",
    "heading-4": "Plain Heading 4",
    "schedule": "Schedule Title",
    "body": "Body Text",
    "lead": "Lead",
    "note": "Note",
    "warning": "Warning",
    "quote": "Quote",
    "bullet": "List Bullet",
    "number": "List Number",
    "caption": "caption",
    "table-text": "Table Text",
    "table-head": "Table Head",
    "table-space": "Table Space",
    "definition-term": "Definition Term",
    "definition-text": "Definition Text",
    "passage-title": "Passage Title",
    "passage-open": "Open Passage",
    "passage-filled-title": "Filled Title",
    "passage-filled": "Filled Passage",
    "signature-party": "Signature Party",
    "signature-label": "Signature Label",
    "toc-heading": "TOC Heading",
    "toc-1": "toc 1",
    "header": "header",
    "header-notice": "Header Notice",
    "footer": "footer",
    "comment": "annotation text",
    "placeholder": "Placeholder Text",
    "link": "Hyperlink",
    "comment-mark": "annotation reference",
    "strong": "Strong",
    "emphasis": "Emphasis",
    "term": "Defined Term",
    "code": "Inline Code",
    "data-table": "Data Table",
    "fact-table": "Fact Table",
    "plain-table": "Plain Frame",
}

LANGUAGE_TAGS = {"nl": "nl-NL", "en": "en-GB", "de": "de-DE"}


class Styles:
    """The style ids of one Word file, by role."""

    def __init__(self, styles: Element) -> None:
        by_name = {
            name.get(q("val"), "").casefold(): style.get(q("styleId"), "")
            for style in styles.iterchildren(q("style"))
            for name in style.iterchildren(q("name"))
        }
        self._ids: dict[Role, str] = {
            role: by_name[name.casefold()] for role, name in ROLES.items() if name.casefold() in by_name
        }

    def missing(self) -> tuple[Role, ...]:
        """The roles for which the file has no style."""
        return tuple(role for role in ROLES if role not in self._ids)

    def of(self, role: Role) -> str:
        """The style id of `role`.

        Raises: KeyError if the file lacks the style; `missing` says so beforehand.
        """
        return self._ids[role]


def set_language(styles: Element, settings: Element, language: str) -> None:
    """Makes `language` (nl, en, de) the proofing language of the defaults, of each style and of the theme."""
    tag = LANGUAGE_TAGS[language]
    for lang in styles.iter(q("lang")):
        lang.set(q("val"), tag)
        lang.set(q("eastAsia"), tag)
    for lang in settings.iter(q("themeFontLang")):
        lang.set(q("val"), tag)
    for name, sign in (
        ("decimalSymbol", "." if language == "en" else ","),
        ("listSeparator", "," if language == "en" else ";"),
    ):
        found = settings.find(q(name))
        if found is None:
            settings.append(value(name, sign))
        else:
            found.set(q("val"), sign)
