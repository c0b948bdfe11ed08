"""Writes docs/published.md: the published contracts, what they use, what the checker finds, and whose fault it is.

In: contracts/published/*.sla, whose comments name source, version and certainty, and findings.toml beside them, which
says of each finding whether the published terms or our transcription earned it. Run it after a change of either:

    .venv/bin/python scripts/make_published.py

`--check` writes nothing and tells whether the page is current. The tests use the functions of this file.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sla2.pipeline import Pipeline, Request, disagreements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Block, Statement

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path("contracts/published")
PAGE = Path("docs/published.md")
CERTAINTY = (
    "Read in a copy of the terms",
    "Read as an excerpt of a clause",
    "Secondary source only",
    "General knowledge, not read again",
)
LABELS = ("Source", "Version read", *CERTAINTY, "Invented here", "Left out")
WHOSE = {"theirs": "the terms", "ours": "our transcription"}
ANY = "any"
_USUAL = {
    *("level_service", "level_measure", "level_target", "level_period"),
    *("credits_level", "credits_base", "credits_tier", "exclusion_cause"),
    *("points_level", "points_tier", "pool_size", "termination_right_of", "obligation_duty_of"),
}
_TOLD = ("exclusion", "level", "credits", "points", "pool", "termination", "obligation", "clock_stop")

HEAD = """# Published contracts

Real published terms, each written in the language from its source and in our own words: facts carry over, sentences do
not. They are kept in `contracts/published`, and show what the language can say and what the checker makes of terms
that nobody here wrote. The comments at the head of each file name the source, the version that was read, and how
certain each fact is: read in a copy of the terms, read as an excerpt of a clause, from a secondary source only, or
general knowledge that was not read again. Published terms change: the version says which one is meant. The customer is
invented everywhere, and so is what only frames the terms: short names, the day the term begins, the currency of the
customer's fees. What the terms do not say is not filled in: it is a finding.

This page is written by `scripts/make_published.py`.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finding says of the published terms: `code`, words of its message (may be empty), whose fault, and why."""

    code: str
    about: str
    whose: str
    why: str

    def fits(self, finding: Diagnostic) -> bool:
        """True if `finding` is one that this entry explains."""
        return finding.code == self.code and self.about in finding.message


def names() -> tuple[str, ...]:
    """The published contracts, in order of name."""
    return tuple(sorted(path.stem for path in (ROOT / FOLDER).glob("*.sla")))


def text(name: str) -> str:
    """The text of a contract's file."""
    return (ROOT / FOLDER / f"{name}.sla").read_text(encoding="utf-8")


def facts(name: str) -> dict[str, str]:
    """What the comments at the head of a file say, by label."""
    found: dict[str, str] = {}
    label = ""
    for line in text(name).split("\n")[1:]:
        if not line.startswith("#"):
            break
        match = re.match(rf"# ({'|'.join(LABELS)}): (.*)", line)
        if match:
            label = match[1]
            found[label] = match[2]
        elif label:
            found[label] += f" {line.lstrip('# ')}"
    return found


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """What findings.toml says, by contract; under `any` what holds for every contract that does not say otherwise."""
    tables = tomllib.loads((ROOT / FOLDER / "findings.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(Entry(row["code"], row.get("about", ""), row["whose"], row["why"]) for row in rows)
        for name, rows in tables.items()
    }


@cache
def line(name: str) -> Pipeline:
    """The contract on its way."""
    return Pipeline(Request((ROOT / FOLDER / f"{name}.sla").as_posix()))


@cache
def findings(name: str) -> tuple[Diagnostic, ...]:
    """What `sla2 check` and `sla2 test` say about a contract, each finding once."""
    tried = disagreements(line(name).tried) if not line(name).unsound else ()
    return tuple(dict.fromkeys((*line(name).findings, *tried)))


def judged(name: str) -> tuple[tuple[Diagnostic, Entry | None], ...]:
    """Each finding on a contract with the entry that explains it; None for one that nobody has explained."""
    known = (*entries().get(name, ()), *entries()[ANY])
    return tuple((finding, next((entry for entry in known if entry.fits(finding)), None)) for finding in findings(name))


def constructs(name: str) -> tuple[str, ...]:
    """What a contract says beyond a service, a measure, a target, a month and tiers; measures and periods by name."""
    document = line(name).loaded.document
    found = [one for block in document.blocks for one in _constructs(block)] if document is not None else []
    return tuple(dict.fromkeys(found))


def _constructs(block: Block) -> Iterator[str]:
    kind = block.kind.replace(" ", "_")
    if kind in ("points", "pool", "termination", "obligation", "example", "priorities", "clause", "clock_stop"):
        yield block.kind
    for statement in block.statements:
        if statement.form in ("level_measure", "level_period", "credits_each", "level_down_when", "level_unit"):
            yield _words(block, statement)
        elif statement.form.startswith(_TOLD) and statement.form not in _USUAL:
            yield statement.label


def _words(block: Block, statement: Statement) -> str:
    """A statement as it is written, without the comment behind it."""
    source = text(Path(block.span.path).stem).split("\n")[statement.span.line - 1]
    words = source.split("#")[0].strip()
    return "" if words == "period: month" else words


def page() -> str:
    """docs/published.md."""
    parts = [HEAD, "## The contracts\n", *_contracts(), "", "## What the checker finds\n", *_legend(), *_findings()]
    return "\n".join((*parts, "", *_summary())) + "\n"


def _contracts() -> Iterator[str]:
    yield "| contract | source | version read | uses | findings: the terms' fault | ours |"
    yield "|---|---|---|---|---|---|"
    for name in names():
        told, counts = facts(name), Counter(entry.whose for _, entry in judged(name) if entry is not None)
        uses = ", ".join(one for one in constructs(name) if one)
        cells = (f"`{FOLDER.as_posix()}/{name}.sla`", told["Source"], told["Version read"], uses)
        yield f"| {' | '.join(cells)} | {counts['theirs']} | {counts['ours']} |"


def _legend() -> Iterator[str]:
    yield "The fault is that of the terms if the published text earns the finding, and of our transcription otherwise,"
    yield "mostly because only a part of the terms was read. What holds for many contracts stands first.\n"


def _findings() -> Iterator[str]:
    yield "| contract | finding | times | whose fault | why |"
    yield "|---|---|---|---|---|"
    met = {name: Counter(entry for _, entry in judged(name) if entry is not None) for name in names()}
    for entry in entries()[ANY]:
        times = sum(counts[entry] for counts in met.values())
        contracts = sum(1 for counts in met.values() if counts[entry])
        if times:
            yield f"| {contracts} contracts | {_finding(entry)} | {times} | {WHOSE[entry.whose]} | {entry.why} |"
    for name in names():
        for entry in entries().get(name, ()):
            yield f"| {name} | {_finding(entry)} | {met[name][entry]} | {WHOSE[entry.whose]} | {entry.why} |"


def _finding(entry: Entry) -> str:
    return f"{entry.code} {_slugs()[entry.code]}" + (f": … {entry.about} …" if entry.about else "")


@cache
def _slugs() -> dict[str, str]:
    return {finding.code: finding.slug for name in names() for finding in findings(name)}


def _summary() -> Iterator[str]:
    counts = Counter(entry.whose for name in names() for _, entry in judged(name) if entry is not None)
    yield f"Together: {len(names())} contracts, {counts['theirs'] + counts['ours']} findings, of which"
    yield f"{counts['theirs']} are the fault of the terms and {counts['ours']} of our transcription."


def main() -> int:
    """Write the page if it is not current; with --check only tell."""
    wanted, path = page(), ROOT / PAGE
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return 0
    if "--check" in sys.argv:
        print(f"{PAGE.as_posix()} is not current: run `python scripts/make_published.py`")
        return 1
    path.write_text(wanted, encoding="utf-8")
    print(PAGE.as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main())
