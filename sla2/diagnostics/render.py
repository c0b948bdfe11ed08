"""Diagnostics as lines that a person reads: on a terminal, or one line each.

In: diagnostics in any order, and the texts of the files they point into (by the path in their spans). Out: text that
ends in a newline, or nothing. It runs last, in the command line. It reads no file, decides no severity, prints nothing,
and colours only when told to. Renderings for machines are in `machine`.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sla2.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sla2.diagnostics.diagnostic import Diagnostic
    from sla2.diagnostics.span import Span


_TAB = "    "
_WIDEST = 140
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.ADVICE: "36"}


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics by file, place, code and message, each finding once; those without a place come first."""
    once: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for found in diagnostics:
        once.setdefault(_key(found), found)
    return tuple(once[key] for key in sorted(once))


def _key(found: Diagnostic) -> tuple[str, int, int, str, str]:
    span = found.span
    place = ("", 0, 0) if span is None else (span.path, span.line, span.column)
    return (*place, found.code, found.message)


def concise(diagnostics: Iterable[Diagnostic]) -> str:
    """One line per finding: `file:line:col: CODE message`, sorted by place."""
    lines = []
    for found in ordered(diagnostics):
        place = "" if found.span is None else f"{visible(found.span.path)}:{found.span.line}:{found.span.column}: "
        lines.append(f"{place}{found.code} {visible(found.message)}\n")
    return "".join(lines)


def terminal(diagnostics: Iterable[Diagnostic], texts: Mapping[str, str], *, colour: bool = False) -> str:
    """Each finding as place, excerpt with carets, explanation and remedy; an empty line between two findings."""
    return "\n".join(_one(found, texts, colour) for found in ordered(diagnostics))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning, 3 advices`, or `no findings`."""
    counts = dict.fromkeys(Severity, 0)
    for found in ordered(diagnostics):
        counts[found.severity] += 1
    words = []
    for severity, count in counts.items():
        noun = "piece" if severity is Severity.ADVICE else severity.value
        tail = " of advice" if severity is Severity.ADVICE else ""
        if count:
            words.append(f"{count} {noun}{'' if count == 1 else 's'}{tail}")
    return ", ".join(words) or "no findings"


def _one(found: Diagnostic, texts: Mapping[str, str], colour: bool) -> str:
    tint = _COLOURS[found.severity]
    head = _paint(f"{found.severity.value} {found.code}", f"1;{tint}", colour) + f" ({found.slug})"
    lines = [head if found.span is None else f"{visible(str(_place(found.span)))}: {head}"]
    if found.span is not None:
        lines += _excerpt(found.span, texts, tint, colour)
    lines.append(visible(found.message))
    for related in found.related:
        lines.append(f"See {visible(str(_place(related.span)))}: {visible(related.message)}")
        lines += _excerpt(related.span, texts, "34", colour)
    if found.help:
        lines += _help(found.help, colour)
    lines += [f"  either: {visible(choice.title)}" for choice in found.choices]
    if found.fix is not None:
        lines.append(f"Fix: `sla2 check --fix` can do this: {visible(found.fix.title)}.")
    return "\n".join(lines) + "\n"


def _help(text: str, colour: bool) -> list[str]:
    first, *others = text.split("\n")
    return [_paint("Remedy:", "1", colour) + f" {visible(first)}"] + [f"  {visible(line)}" for line in others]


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}:{span.column}"


def _paint(text: str, codes: str, colour: bool) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if colour else text


def _excerpt(span: Span, texts: Mapping[str, str], tint: str, colour: bool) -> list[str]:
    """The first line of the span with carets beneath it; nothing if the text is not at hand."""
    lines = texts.get(span.path, "").split("\n")
    if not 1 <= span.line <= len(lines):
        return []
    line = lines[span.line - 1].rstrip("\r")
    if not line.strip():
        return []
    start = max(0, span.column - 1)
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    if span.start == span.end == 0 and span.end_line == span.line and span.column == span.end_column == 1:
        start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    shown, start, end = _clipped(line, start, max(end, start + 1))
    number = str(span.line)
    blank = " " * _width(shown[:start])
    carets = "^" * max(1, _width(shown[start:end]))
    return [
        f"  {number} | {visible(_untabbed(shown))}".rstrip(),
        f"  {' ' * len(number)} | {blank}{_paint(carets, tint, colour)}",
    ]


def _clipped(line: str, start: int, end: int) -> tuple[str, int, int]:
    """At most `_WIDEST` characters of `line` around its marked part, and where that part stands in them."""
    if len(line) <= _WIDEST:
        return line, min(start, len(line)), min(end, len(line) + 1)
    left = max(0, min(start - _WIDEST // 4, len(line) - _WIDEST))
    cut = line[left : left + _WIDEST]
    before, after = "…" if left else "", "…" if left + _WIDEST < len(line) else ""
    shift = len(before) - left
    return before + cut + after, start + shift, min(end + shift, len(before + cut))


def _untabbed(text: str) -> str:
    return text.replace("\t", _TAB)


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal, as `visible` shows it."""
    return sum(_columns(char) for char in visible(_untabbed(text)))


def _columns(char: str) -> int:
    if unicodedata.combining(char) or char in "\u200b\u200c\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def visible(text: str) -> str:
    """`text` with control and direction-changing characters escaped, so that no file can steer a terminal."""
    if text.isprintable():
        return text
    return "".join(char if harmless(char) else _escaped(char) for char in text)


def harmless(char: str) -> bool:
    """True if `char` can stand in an output as itself: it controls no terminal and turns no direction of writing."""
    return char.isprintable() or unicodedata.category(char) == "Zs" or char in "\u200c\u200d"


def _escaped(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
