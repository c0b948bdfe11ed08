"""The tutorials and the README are run as they stand, each from top to bottom in a folder of its own.

What is run, by the mark of a block: ```console (its `$ ` lines, with the quoted answer), ```diff FILE (an edit),
```EXT append FILE and ```EXT file FILE (text that the reader types into a file), ```EXT from FILE (a part of a file of
the project), ```sla (parsed). A line of an answer must appear as printed; `…` stands for whatever is left out. The
status is 0 unless the answer ends in `(exit status N)`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sla2.source.read import read_document

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("tutorial-*.md")), ROOT / "README.md"]
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PASSIVE = ("text", "toml", "csv", "sh", "sla")
"""Kinds of blocks that may stand without being typed into a file."""


@dataclass(frozen=True)
class Command:
    """One command of a page, the lines of its answer that are quoted, and its exit status."""

    words: tuple[str, ...]
    answer: tuple[str, ...]
    status: int


def commands(block: str) -> list[Command]:
    found: list[Command] = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *answer = part.rstrip("\n").split("\n")
        status = 0
        if answer and (match := re.fullmatch(r"\(exit status (\d+)\)", answer[-1])):
            status = int(match[1])
            answer.pop()
        while line.endswith("\\"):
            line = line[:-1] + answer.pop(0).strip()
        found.append(Command(tuple(shlex.split(line)), tuple(answer), status))
    return found


def run(command: Command, folder: Path) -> str:
    program, *words = command.words
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SLA2_", "COLUMNS"))}
    environment |= {"NO_COLOR": "1", "PYTHONPATH": str(ROOT), "SLA2_NO_CACHE": "1"}
    if program == "cp":
        shutil.copytree(folder / words[-2], folder / words[-1])
        return ""
    assert program == "sla2", f"the tutorials use sla2 only, not {program}"
    done = subprocess.run(
        [sys.executable, "-m", "sla2.cli", *words], cwd=folder, env=environment, capture_output=True, check=False
    )
    said = done.stdout.decode("utf-8") + "\n" + done.stderr.decode("utf-8")
    assert done.returncode == command.status, f"{shlex.join(command.words)} ended with {done.returncode}:\n{said}"
    return said


def appears(line: str, said: str) -> bool:
    """True if the quoted line was printed; a `…` inside it stands for any text. No-break spaces are spaces."""
    pattern = ".*".join(re.escape(part) for part in line.rstrip().split("…"))
    return re.search(f"^{pattern}[ ]*$", said.replace("\u00a0", " "), re.MULTILINE) is not None


def edit(path: Path, block: str) -> None:
    """Replaces the lines marked `-` by those marked `+`; they must stand in the file exactly once."""
    old = "".join(f"{line[1:]}\n" for line in block.splitlines() if line[:1] in ("-", " "))
    new = "".join(f"{line[1:]}\n" for line in block.splitlines() if line[:1] in ("+", " "))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"these lines stand {text.count(old)} times in {path.name}:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def follow(page: Path, folder: Path) -> int:
    """Does what the page says, in order; the number of commands that were run."""
    count = 0
    for mark, block in FENCE.findall(page.read_text(encoding="utf-8")):
        kind, *rest = mark.split()
        if kind == "console":
            for command in commands(block):
                said = run(command, folder)
                count += 1
                for line in command.answer:
                    assert appears(line, said), f"{shlex.join(command.words)} did not say\n  {line}\nbut\n{said}"
        elif kind == "diff":
            edit(folder / rest[0], block)
        elif rest and rest[0] in ("append", "file"):
            path = folder / rest[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if rest[0] == "append" else ""
            path.write_text(before + block, encoding="utf-8")
        elif rest and rest[0] == "from":
            assert block in (ROOT / rest[1]).read_text(encoding="utf-8"), f"{rest[1]} does not hold this part"
        else:
            assert kind in PASSIVE and not rest, f"{page.name}: unknown block {mark}"
            if kind == "sla":
                document, findings = read_document(f"sla 2.0\n{block}", page.name)
                assert document is not None and findings == ()
    return count


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    assert follow(page, tmp_path) >= (0 if page.name == "README.md" else 6)


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in listed, page.name


def test_a_false_answer_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ sla2 new mine\nyours/contract.sla\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="did not say"):
        follow(page, tmp_path)
    page.write_text("```console\n$ sla2 check mine/contract.sla\n(exit status 1)\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="ended with 0"):
        follow(page, tmp_path)
