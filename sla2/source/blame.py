"""The findings about lines that could not be read: an unknown label, a broken header, a misplaced line, a likely slip.

In: the line and where reading stopped. Out: one diagnostic with a sentence and a remedy. Used by `from_text`.
It reads no text further and repairs nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sla2.diagnostics import Edit, Fix
from sla2.source import codes, expected, grammar
from sla2.source.mistakes import a, examples, known_starts
from sla2.source.values import span_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lark import Token

    from sla2.diagnostics import Diagnostic, Span
    from sla2.source.line_parser import Places
    from sla2.source.mistakes import Stop, Suspicion

_NAME = re.compile(r"[^\W\d_][\w]*(-[\w]+)*")
_MOST_LABELS = 12
"""A longer list of lines is cut: nobody reads forty names."""

_MOST_WORDS = 6
"""No label has more words."""

_MUCH_USED = ("contract", "party", "calendar", "service", "level", "credits", "open passage", "clause")


def span_of_tokens(tokens: Sequence[Token], path: str) -> Span:
    """From the first to the last of `tokens`."""
    return span_of(tokens[0], path).to(span_of(tokens[-1], path))


def word_before(place: Span, text: str, places: Places) -> Span:
    """The last word before an empty place, so that there is something to point at."""
    begin = text.rfind("\n", 0, place.start) + 1
    word = re.search(r"\S+$", text[begin : place.start])
    return places.span(begin + word.start(), place.start) if word else place


def shorten(text: str, most: int = 60) -> str:
    """`text` on one line and not longer than `most` characters."""
    one = re.sub(r"\s+", " ", text).strip()
    return one if len(one) <= most else f"{one[: most - 1]}…"


def without_comment(line: str) -> str:
    """`line` without the comment at its end."""
    text = re.match(r'(?:"[^"]*"|[^"#])*', line)
    return text.group() if text else line


def _title(found: str, write: str) -> str:
    """What a fix does, in words."""
    if not write.strip():
        return f"leave out `{found.strip()}`"
    return f"write `{write.strip()}` instead of `{found.strip()}`" if found.strip() else f"insert `{write.strip()}`"


def suspected(suspicion: Suspicion, place: Span, shown: Span, found: str) -> Diagnostic:
    """What is probably wrong with the words `found` at `place`, pointed at by `shown`, with the remedy."""
    fixes = [Fix(_title(found, write), (Edit(place, write),)) for write in suspicion.choices or (suspicion.write,)]
    return suspicion.code.at(
        shown,
        suspicion.message,
        help=suspicion.help,
        fix=None if suspicion.choices else fixes[0],
        choices=tuple(fixes) if suspicion.choices else (),
    )


def is_label_trouble(stop: Stop) -> bool:
    """True if what could not be read is the label itself, not a value within or after it."""
    words = grammar.keywords()
    values = [name for name in stop.expected if name not in words]
    return not stop.label_read and not values


def unknown_label(stop: Stop, line: Span) -> Diagnostic:
    """The line begins with words that its block does not know."""
    label = shorten(re.split(r'[:"#]', stop.line)[0], 40)
    message = f"There is no line `{label}` in {a(stop.kind)}."
    elsewhere = [kind for kind in sorted(grammar.block_kinds()) if label in grammar.labels_of(kind)]
    if elsewhere:
        shown = expected.listed(elsewhere[:4], "and")
        help = f"This line belongs in {shown} blocks."
    else:
        names = [f"`{name}`" for name in known_starts(stop.kind) if name not in ("allow", "end")]
        more = len(names) - _MOST_LABELS
        few = [*names[:_MOST_LABELS], f"{more} others, which the language reference lists"] if more > 1 else names
        help = f"Its lines are {expected.listed(few, 'and')}." if names else expected.sentence(stop.expected)
    return codes.UNKNOWN_LABEL.at(line, message, help=help)


def unreadable(stop: Stop, rest: Span) -> Diagnostic:
    """A word of the line does not fit where it stands."""
    before = shorten(stop.line[: stop.at])
    after = f" after `{before}`" if before else ""
    if re.match(r"(?:[A-Z]{3}\s*)?[0-9.]{16,}", stop.line[stop.at :]):
        message = f"The number {shorten(stop.line[stop.at :], 16)} has too many digits; no contract needs so many."
        return codes.NUMBER_TOO_LONG.at(rest, message, help="Write a shorter number.")
    found = _first_word(stop.line[stop.at :])
    if found:
        message = f"`{found}` does not fit{after or ' here'}."
    else:
        message = f"The line stops{after}, but something more belongs there."
    example = _example(stop)
    help = f"Write for instance `{example}`. " if example else ""
    return codes.UNREADABLE_LINE.at(rest, message, help=f"{help}{expected.sentence(stop.expected)}")


def _example(stop: Stop) -> str:
    """A line with the label that `stop.line` has, as it may be written."""
    label = re.split(r'[:"#]', stop.line)[0].split()[:_MOST_WORDS]
    if label == ["include"]:
        return 'include "framework.sla" as FW'
    known = examples()
    for count in range(len(label), 0, -1):
        example = known.get((stop.kind, " ".join(label[:count])))
        if example:
            return example
    return ""


def _first_word(text: str) -> str:
    stripped = text.strip()
    if stripped.startswith("#"):
        return ""
    word = re.match(r'"[^"]*"?|<[^<>]{1,100}>|[\w.%-]+|\S', stripped)
    return shorten(word.group(), 40) if word else ""


def incomplete_header(text: str, line: Span, kind: str, elsewhere: Mapping[str, int]) -> Diagnostic:
    """The first line of a block lacks its name or its title, or has more than these."""
    words = kind.split()
    name, title = header_parts(text, words, elsewhere)
    likely = "-".join(name.split()) if title else name
    if not _NAME.fullmatch(likely):
        likely = re.sub(r"[^\w]+", "-", title or name).strip("-").lower() or "short-name"
    likely = likely if _NAME.match(likely) else f"n-{likely}"
    remedy = f'{" ".join(words)} {likely} "{title or "Title"}"'
    if not name:
        message = f"The first line of {a(' '.join(words))} lacks a short name."
    elif not _NAME.fullmatch(name):
        message = f"`{shorten(name, 40)}` is not a short name: letters, digits and hyphens, a letter first, no spaces."
    elif not title:
        message = f"The first line of {a(' '.join(words))} lacks a title in quotes."
    else:
        message = f"The first line of {a(' '.join(words))} ends after its title."
    return codes.INCOMPLETE_HEADER.at(line, message, help=f"Write for instance {remedy}")


def header_parts(text: str, words: Sequence[str], elsewhere: Mapping[str, int]) -> tuple[str, str]:
    """The name and the title that stand on a broken first line; "" for what is missing.

    Of several words that could be the name, the one that other lines of the file use (`elsewhere` counts them) is it.
    """
    rest = re.sub(r"^\s*" + r"\s+".join(words), "", text).split("#")[0].strip()
    title = re.search(r'"([^"]*)"?', rest)
    name = rest[: title.start()] if title else rest
    if title and not name.strip():
        name = rest[title.end() :]
    name = name.strip().rstrip("{:").strip()
    language = set(grammar.keywords().values())
    fitting = [word for word in name.split() if _NAME.fullmatch(word) and word not in language]
    used = [word for word in fitting if elsewhere.get(word, 0) > 1]
    return used[0] if len(name.split()) > 1 and len(used) == 1 else name, title.group(1) if title else ""


def kinds_with(line: str) -> frozenset[str]:
    """The kinds of blocks in which `line` may stand."""
    label = " ".join(re.split(r'[:"#]', line)[0].split())
    kinds = grammar.block_kinds()
    return frozenset(
        kind for kind in kinds if any(label == own or label.startswith(f"{own} ") for own in grammar.labels_of(kind))
    )


def outside(text: str, line: Span) -> Diagnostic:
    """The line stands outside all blocks."""
    if re.fullmatch(r"end\b.*", text):
        message = "This end closes nothing: no block is open here."
        return codes.OUTSIDE_BLOCK.at(line, message, help="Remove it, or look for an end that stands too early.")
    if re.match(r"sla\s", text):
        message = "The version of the language is named once, in the first line of the file."
        return codes.OUTSIDE_BLOCK.at(line, message, help="Remove this line.")
    if re.match(r'[^":#]+:', text):
        message = f"`{shorten(text, 40)}` stands outside all blocks."
        help = "Move it into a block, or look for an end that stands too early."
        return codes.OUTSIDE_BLOCK.at(line, message, help=help)
    header = re.match(r'([^"]*?)\s+\S+\s+"', text)
    kind = shorten(header.group(1) if header else text, 40)
    shown = expected.listed([f"`{kind}`" for kind in _MUCH_USED], "and")
    help = f"Much used are {shown}; the language reference lists all {len(grammar.block_kinds())} kinds."
    return codes.UNKNOWN_BLOCK.at(line, f"There is no kind of block `{kind}`.", help=help)
