"""All findings that sla2 can report, by code.

In: the `CODES` of every package that finds faults. Out: one table. It runs for `sla2 explain`, for the generated pages
of the docs and for the tests of the catalogue; the packages are imported when it is asked.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sla2.diagnostics import Code

PLACES = (
    "sla2.source.codes",
    "sla2.contract.codes",
    "sla2.checks.run",
    "sla2.logs.codes",
    "sla2.measure.codes",
    "sla2.settle.codes",
    "sla2.trust.codes",
    "sla2.words.codes",
    "sla2.document.codes",
    "sla2.draft.codes",
)
"""Modules with a tuple `CODES`."""

HEADINGS = ("What it checks", "Why it matters", "Example", "Write instead")


def codes() -> tuple[Code, ...]:
    """Every code, sorted by its number."""
    found = [code for place in PLACES for code in importlib.import_module(place).CODES]
    return tuple(sorted(found, key=lambda code: int(code.id.removeprefix("SLA"))))


def sections(page: str) -> tuple[tuple[str, str], ...]:
    """A manual page as (heading, text) pairs, in the order of the page; the text without its indentation."""
    from textwrap import dedent

    found: list[tuple[str, list[str]]] = []
    for line in page.strip("\n").split("\n"):
        heading = line.strip().strip("#*").strip()
        if heading in HEADINGS and not line.startswith(" "):
            found.append((heading, []))
        elif found:
            found[-1][1].append(line)
    return tuple((heading, dedent("\n".join(lines)).strip("\n")) for heading, lines in found)
