"""Bytes of a file to text.

In: the bytes as they lie on disk, and the name of the file. Out: the text, or findings that say why it is none.
Runs before everything else. The text keeps its length: places in it are places in the file; only line ends that no
editor counts (a lone carriage return, vertical tab, the line separators of Unicode) become plain line ends.
It guesses no encoding: what is not UTF-8 or marked UTF-16 is refused, with the line and the remedy.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from sla2.diagnostics import Span
from sla2.source.codes import NOT_A_TEXT, TOO_LARGE, WRONG_ENCODING
from sla2.source.lexer import plain_line_ends

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic

MOST_BYTES = 5_000_000

_SIGNATURES = (
    (b"PK\x03\x04", "a word processor's file or an archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "an archive"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_REMEDY = "Open it in a text editor and save it as plain text in UTF-8."


def decode(data: bytes, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of `data`; None with one finding if it is too large, not a text, or in another encoding."""
    if len(data) > MOST_BYTES:
        message = f"The file has {len(data) // 1_000_000} MB; a contract has at most {MOST_BYTES // 1_000_000}."
        help = "Check whether this is the contract, and not a log or a document."
        return None, (TOO_LARGE.at(Span.of_line(path, 1), message, help=help),)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            message = f"The file is not plain text but {kind}."
            return None, (NOT_A_TEXT.at(Span.of_line(path, 1), message, help=_REMEDY),)
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8")
    except UnicodeDecodeError as problem:
        return None, (_not_decoded(data, problem.start, utf16, path),)
    control = _CONTROLS.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"Line {line} of the file holds a control character, so the file is not plain text."
        return None, (NOT_A_TEXT.at(Span.of_line(path, line), message, help=_REMEDY),)
    return plain_line_ends(text), ()


def _not_decoded(data: bytes, at: int, utf16: bool, path: str) -> Diagnostic:
    if utf16:
        return WRONG_ENCODING.at(
            Span.of_line(path, 1), "The file begins as UTF-16 but does not go on as such.", help=_REMEDY
        )
    line = data.count(b"\n", 0, at) + 1
    if b"\0" in data[:4096]:
        message = "The file is not plain text: it holds zero bytes."
        return NOT_A_TEXT.at(Span.of_line(path, line), message, help=_REMEDY)
    word = re.findall(rb"[\w\x80-\xff]*$", data[max(0, at - 30) : at])[0] + b"?"
    shown = word.decode("ascii", "replace").replace("\ufffd", "?")
    message = f"Line {line} is not in UTF-8: there is a letter that cannot be read, in `{shown}`."
    return WRONG_ENCODING.at(Span.of_line(path, line), message, help=_REMEDY)
