"""A contract's files: the contract itself, the files it includes, and its holiday files.

In: the name of a file. Out: `Loaded`: the documents and texts by the path they were named by, and what was wrong
with the reading. It runs first. It opens nothing outside the project: the nearest folder above the contract that holds
`.git` or `sla2.toml`, else the contract's own folder. Nothing is resolved or judged here.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.names import needs
from sla2.files import LARGEST_CONTRACT, Unreadable, read_bytes
from sla2.source.decode import decode
from sla2.source.read import read_document

if TYPE_CHECKING:
    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Document

STANDARD_INPUT = "-"
_MARKS = (".git", "sla2.toml")
_MOST_FILES = 100


@dataclass(slots=True)
class Loaded:
    """What was read. `document` is None if nothing could be made of the contract's text."""

    path: str
    raw: bytes
    text: str
    document: Document | None
    included: dict[str, Document] = field(default_factory=dict)
    holidays: dict[str, HolidayFile] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load(name: str) -> Loaded:
    """The contract in file `name` (`-`: standard input) with all files that it needs.

    Raises: Unreadable, if the contract itself is missing, too large, or no text.
    """
    path = STANDARD_INPUT if name == STANDARD_INPUT else Path(name).as_posix()
    raw = sys.stdin.buffer.read(LARGEST_CONTRACT + 1) if path == STANDARD_INPUT else read_bytes(name)
    if len(raw) > LARGEST_CONTRACT:
        raise Unreadable("What stands on standard input is too large to be a contract.")
    text, found = decode(raw, path)
    if text is None:
        first = found[0] if found else None
        place = f"{path}:{first.span.line}: " if first is not None and first.span is not None else ""
        raise Unreadable(f"{place}{first.message}" if first else f"{path} is no text.", first.help if first else "")
    document, more = read_document(text, path)
    loaded = Loaded(path, raw, text, document, texts={path: text}, diagnostics=[*found, *more])
    if document is not None:
        _load_needs(loaded, document, project_of(path))
    return loaded


def project_of(path: str) -> Path:
    """The folder outside which no file is opened."""
    folder = Path(path).resolve().parent if path != STANDARD_INPUT else Path.cwd()
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in _MARKS):
            return candidate
    return folder


def _load_needs(loaded: Loaded, document: Document, project: Path) -> None:
    for need in needs(document):
        if need.path in loaded.texts or need.path == loaded.path or len(loaded.texts) >= _MOST_FILES:
            continue
        if not Path(need.path).resolve().is_relative_to(project):
            continue
        try:
            raw = read_bytes(need.path)
        except Unreadable:
            continue
        text, found = decode(raw, need.path)
        loaded.diagnostics += found
        if text is None:
            continue
        loaded.texts[need.path] = text
        if need.kind == "holidays":
            file, more = read_lock(text, need.path)
            loaded.diagnostics += more
            loaded.holidays[need.path] = file if file is not None else HolidayFile(need.path, "", (), ())
            continue
        inner, more = read_document(text, need.path)
        loaded.diagnostics += more
        if inner is not None:
            loaded.included[need.path] = inner
            _load_needs(loaded, inner, project)
