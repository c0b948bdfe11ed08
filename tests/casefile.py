"""Case files: contracts, or bare blocks of one, with the findings they must give marked on the line.

A file holds cases that begin with `# case: what it is about`; a line that must be found carries `# ^^^ SLA301` (several
markers for several findings). Both are comments of the language, so a case file opens in any editor as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\^\^\^ (SLA\d{3})")
_BLOCK = re.compile(r"^([a-z][a-z ]*?) ([A-Za-z0-9][\w-]*) \"", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    file: Path
    title: str
    text: str

    @property
    def expected(self) -> list[tuple[int, str]]:
        """(line, code) of every marker, in order; lines count from 1 within the case."""
        lines = self.text.split("\n")
        return sorted((number, code) for number, line in enumerate(lines, 1) for code in _MARK.findall(line))

    def completed(self, prelude: str) -> str:
        """The case, and after it the blocks of `prelude` that it has not itself: its lines keep their numbers."""
        own = {(kind, name) for kind, name in _BLOCK.findall(self.text)}
        kinds = {kind for kind, _ in own}
        parts = re.split(r"(?<=^end\n)", prelude, flags=re.MULTILINE)
        kept = []
        for part in parts:
            head = _BLOCK.search(part)
            if head is None or (head[1], head[2]) in own or (head[1] == "contract" and "contract" in kinds):
                continue
            kept.append(part)
        return f"{self.text.rstrip()}\n{''.join(kept)}"


def cases(folder: str) -> list[Case]:
    """All cases in the `.sla` files of a folder of tests/cases, in order."""
    found = []
    for path in sorted((CASES / folder).glob("*.sla")):
        if path.name.startswith("_"):
            continue
        _, *parts = re.split(r"^# case: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for part in parts:
            title, _, text = part.partition("\n")
            found.append(Case(path, title.strip(), text))
    return found


def name(case: Case) -> str:
    """`tier-gap: exactly 99.0% …`, for pytest."""
    return f"{case.file.stem}: {case.title[:40]}"
