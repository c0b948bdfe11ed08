"""Finds the line of a key in a mapping file, for messages.

In: the text of the file and the way to a key. Out: a line number, 1 if it cannot be found.
The standard TOML reader gives no positions; this looks for headers and keys as people write them. It decides
nothing: a wrong line would only make a message less handy.
"""

from __future__ import annotations

import re

from sla2.diagnostics import Span

_HEADER = re.compile(r"^\s*\[\[?\s*(.+?)\s*\]\]?\s*(#.*)?$")


def place_of(path: str, text: str, number: int, *way: str) -> Span:
    """The line of the key `way` (`("columns", "opened_at")`) in the import table `number` (0: the top)."""
    lines = text.splitlines()
    tables = [0, *(i + 1 for i, line in enumerate(lines) if re.match(r"^\s*\[\[\s*import\s*\]\]", line))]
    start = tables[number] if number < len(tables) else 0
    end = tables[number + 1] - 1 if number + 1 < len(tables) else len(lines)
    found = max(start, 1)
    section: tuple[str, ...] = ()
    best = 0
    for index in range(start, end):
        header = _HEADER.match(lines[index])
        if header:
            section = tuple(_keys(header[1]))[1:]
            depth = _shared(section, way)
            if depth == len(section) and depth > best:
                found, best = index + 1, depth
            continue
        key = re.match(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", lines[index])
        full = (*section, *_keys(key[1])) if key else ()
        if full and _shared(full, way) == len(full) and len(full) > best:
            found, best = index + 1, len(full)
    return Span.of_line(path, found)


def _keys(header: str) -> list[str]:
    """The keys of a table header."""
    return [part.strip("\"'") for part in re.findall(r"""'[^']*'|"[^"]*"|[^.\s]+""", header)]


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """How many leading keys are the same."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
