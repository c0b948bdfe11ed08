"""Checks of a finished Word file, our own or one that came back.

In: the bytes of a .docx. Out: findings SLA701 to SLA727; none for a file that `write` made.
It runs on the output of every draft and on `--check FILE`. It needs no other program: what only Word or
LibreOffice can tell (page numbers, a repair prompt) is not here, and it never changes the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.document.docx.lint_marks import check_changes, check_marks, check_passages
from sla2.document.docx.lint_numbers import check_contents, check_fields, check_numbering, check_references
from sla2.document.docx.lint_package import check_language, check_leaks, check_names, check_properties, check_settings
from sla2.document.docx.numbers import Lists, numbered_paragraphs
from sla2.document.docx.package import open_package

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic


def lint(data: bytes, *, forbidden: tuple[str, ...] = ()) -> tuple[Diagnostic, ...]:
    """The findings about the Word file in `data`.

    `forbidden` are texts that must occur in no part of it: `audience.internal_texts` gives those of a draft.
    A file whose properties say that it is for the counterparty is also searched for comments and locked controls.
    """
    package, findings = open_package(data)
    if package is None:
        return findings
    lists = Lists(package)
    numbered = numbered_paragraphs(package, lists)
    return (
        *findings,
        *check_marks(package),
        *check_changes(package),
        *check_names(package, lists),
        *check_numbering(package, lists, numbered),
        *check_fields(package),
        *check_references(package, numbered),
        *check_contents(package, numbered, lists),
        *check_passages(package),
        *check_settings(package),
        *check_language(package),
        *check_properties(package),
        *check_leaks(package, forbidden),
    )
