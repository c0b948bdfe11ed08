"""The one place where text is made fit for a file: every writer passes every text through it.

In: any text, also a hostile one (from a log, a contract or a returned document). Out: text that is legal in
XML 1.0, HTML and Markdown, in which nothing is invisible that could change how the rest is read.
It runs in the writers, at the last moment. It does not escape: markup is the business of each writer.
"""

from __future__ import annotations

import re

_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]")
_NONCHARACTERS = re.compile(
    "[" + "".join(chr((plane << 16) | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str) -> str:
    """`text` without control characters, lone surrogates and non-characters, line ends as "\\n".

    A character that turns the direction of reading (Unicode's bidirectional controls, which can make a
    sentence look like another one: "Trojan Source", CVE-2021-42574) is replaced by its name, as `[U+202E]`.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _NONCHARACTERS.sub("", _DROPPED.sub("", text))
    return _TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def clean_line(text: str) -> str:
    """`clean_text` on one line: line ends and tabs become spaces, for properties, titles and table cells."""
    return re.sub(r"[\n\t]+", " ", clean_text(text)).strip()


_SAFE_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\"'\\^`{|}]+", re.IGNORECASE)


def safe_href(href: str) -> str:
    """`href` if it leads to a web page, a mail address or a place in the document (`#id`); else "".

    So `javascript:`, `data:`, `file:` and relative paths become plain text in every output.
    """
    cleaned = clean_text(href).strip()
    if cleaned != href.strip():
        return ""
    if href.startswith("#") and len(href) > 1:
        return href
    return href if _SAFE_HREF.fullmatch(href) else ""


def fragment(target: str) -> str:
    """An id as it stands in an address and in an HTML attribute: letters, digits, full stop, hyphen, underscore.

    Any other character is written as "_" and its bytes, so two ids that differ stay different in practice.
    """
    return re.sub(
        r"[^A-Za-z0-9._-]",
        lambda found: "".join(f"_{byte:02x}" for byte in found[0].encode("utf-8", "replace")),
        target,
    )
