"""The findings about the frame of a file: its first line, the ends of its blocks, lines that lost their line break.

In: places of a text and what is known of the open block. Out: one diagnostic with a sentence and a remedy each. Used by
`from_text`, which decides when there is something to say. It reads nothing and repairs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.diagnostics import Edit, Fix, Related
from sla2.source import blame, codes

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic, Span
    from sla2.source.line_parser import Places

VERSION = "2.0"
"""The version of the language that is read."""


def unknown_version(version: str, place: Span) -> Diagnostic:
    """The first line names another version of the language."""
    message = f"This file is written in version {version} of the language; this toolkit reads {VERSION}."
    fix = Fix(f"write sla {VERSION}", (Edit(place, VERSION),)) if version == "2" else None
    return codes.UNKNOWN_VERSION.at(place, message, help=f"Write sla {VERSION}.", fix=fix)


def missing_version(place: Span, top: Span) -> Diagnostic:
    """The first line, at `place`, names no version; `top` is the beginning of the file."""
    message = "The first line does not say in which version of the language the file is written."
    fix = Fix(f"begin with sla {VERSION}", (Edit(top, f"sla {VERSION}\n"),))
    return codes.MISSING_VERSION.at(place, message, help=f"Put the line sla {VERSION} at the top.", fix=fix)


def missing_end(header: Span, last: Span, after: Span | None, places: Places, text: str) -> Diagnostic:
    """A block has no `end`. Its first line is at `header`, its last at `last`; the next begins at `after`, if any."""
    block = blame.shorten(text[header.start : header.end])
    why = "a new block begins after this line" if after is not None else "the file ends after this line"
    message = f"The block `{block}` has no end: {why}."
    line_end = text.find("\n", last.end)
    spot = len(text) if line_end < 0 else line_end + 1
    fix = Fix("close the block with end", (Edit(places.span(spot, spot), "\nend\n" if line_end < 0 else "end\n"),))
    related = () if after is None else (Related(after, "The next block begins here."),)
    help = "Put end on a line of its own after this line."
    return codes.MISSING_END.at(last, message, help=help, related=related, fix=fix)


def unclosed_text(quotes: Span) -> Diagnostic:
    """A text of several lines begins at `quotes` and does not end."""
    message = 'The text that begins with """ here is not closed.'
    return codes.UNCLOSED_QUOTE.at(quotes, message, help='Put """ on a line of its own after its last line.')


def joined_lines(first: str, second: Span, written: str, places: Places) -> Diagnostic:
    """Two lines stand on one: `first` was read, and `written`, at `second`, begins another."""
    break_here = places.span(second.start, second.start)
    message = f"Two lines stand on one: `{blame.shorten(written, 40)}` belongs on a line of its own."
    fix = Fix(f"begin a new line before `{blame.shorten(written, 30)}`", (Edit(break_here, "\n"),))
    return codes.JOINED_LINES.at(second, message, help=f"Begin a new line after `{blame.shorten(first)}`.", fix=fix)


def doubled_header(line: Span, first: Span, whole: Span, text: str) -> Diagnostic:
    """The first line of a block, at `line`, stands twice; the `first` one is before it. `whole` is what may go."""
    message = f"The line `{blame.shorten(text[line.start : line.end])}` stands twice."
    fix = Fix("leave out the second one", (Edit(whole, ""),))
    related = (Related(first, "The same line stands here."),)
    return codes.DOUBLED_LINE.at(line, message, help="Remove one of the two.", related=related, fix=fix)


def before_header(junk: Span, kind: str, text: str) -> Diagnostic:
    """Something stands before the first line of a block of `kind`."""
    found = text[junk.start : junk.end].strip()
    message = f"`{blame.shorten(found, 40)}` does not fit before the first line of a block."
    leave = Fix(f"leave out `{blame.shorten(found, 30)}`", (Edit(junk, ""),))
    return codes.UNREADABLE_LINE.at(junk, message, help=f"Begin the line with `{kind}`.", choices=(leave,))
