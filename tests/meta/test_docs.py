"""The docs name only what exists, name all of it, and the generated pages are current."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from source_files import ROOT

from sla2.cli.catalogue import codes
from sla2.cli.main import COMMANDS

PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(path for path in ROOT.glob("*.md"))])
FOLDERS = ("sla2/", "tests/", "docs/", "grammar/", "templates/", "contracts/", "scripts/", "benchmarks/")
_CODE_SPAN = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def page_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_of(text: str) -> list[str]:
    """The lines of code blocks and the inline code of a page."""
    blocks = [line for block in _BLOCK.findall(text) for line in block.split("\n")]
    return blocks + _CODE_SPAN.findall(_BLOCK.sub("", text))


def test_the_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/make_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pages_were_found() -> None:
    assert {"docs/checks.md", "docs/cli.md"} <= {page_id(path) for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_command_that_is_named_exists(path: Path) -> None:
    for line in code_of(path.read_text(encoding="utf-8")):
        match = re.match(r"(?:\$ )?sla2 ([a-z]+)\b", line.strip())
        if match:
            assert match[1] in COMMANDS, f"{page_id(path)} names `sla2 {match[1]}`"


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_finding_that_is_named_exists(path: Path) -> None:
    known = {code.id for code in codes()}
    named = set(re.findall(r"\bSLA\d{3}\b", path.read_text(encoding="utf-8")))
    assert named <= known


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_path_that_is_named_exists(path: Path) -> None:
    text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
    for name in _CODE_SPAN.findall(text):
        if name.startswith(FOLDERS) and not re.search(r"[*<>{} …()]", name):
            place = ROOT / name.split("::")[0].rstrip("/")
            assert place.exists() or place.with_suffix(".py").exists(), f"{page_id(path)} names {name}"


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = _BLOCK.sub("", path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{page_id(path)} links to {target}"


def test_every_command_and_finding_is_documented() -> None:
    commands = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    findings = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert all(f"## `sla2 {name}`" in commands for name in COMMANDS)
    assert all(f"### {code.id} {code.slug}\n" in findings for code in codes())
