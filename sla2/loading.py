"""A contract's files: the contract itself, the files it includes, and its holiday files.

In: the name of a file. Out: `Loaded`: the documents and texts by the path they were named by, and what was wrong
with the reading. It runs first. It opens nothing outside the project: the nearest folder above the contract that holds
`.git` or `sla2.toml`, else the contract's own folder; it follows no link and no step upwards (`..`) in the path of an
include, no path of a holiday file out of the project, and reads a bounded number of files. No name is resolved and
nothing is judged here.
"""

from __future__ import annotations

import hashlib
import posixpath
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sla2.contract.codes import INCLUDE_NOT_FOUND
from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.names import needs, resolved
from sla2.files import LARGEST_CONTRACT, Unreadable, read_bytes
from sla2.source.decode import decode
from sla2.source.read import read_document

if TYPE_CHECKING:
    from sla2.contract.names import Need
    from sla2.diagnostics import Diagnostic
    from sla2.source.syntax import Document, Include

STANDARD_INPUT = "-"
_MARKS = (".git", "sla2.toml")
_MOST_FILES = 100
_MOST_INCLUDES = 1_000
"""Includes along every route: two files that each include the next one twice double at every step."""
_DEEPEST = 50


@dataclass(slots=True)
class Loaded:
    """What was read. `document` is None if nothing could be made of the contract's text.

    `needs` holds, for each path as a file wrote it, what it led to, and `sums` the SHA-256 of those files; `whole` is
    False if a file that is needed could not be read.
    """

    path: str
    raw: bytes
    text: str
    document: Document | None
    included: dict[str, Document] = field(default_factory=dict)
    holidays: dict[str, HolidayFile] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    needs: dict[tuple[str, str], str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    whole: bool = True


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
        _needed(loaded, document, project_of(path))
    return loaded


def project_of(path: str) -> Path:
    """The folder outside which no file is opened."""
    folder = Path(path).resolve().parent if path != STANDARD_INPUT else Path.cwd()
    for candidate in (folder, *folder.parents):
        if any((candidate / mark).exists() for mark in _MARKS):
            return candidate
    return folder


def _needed(loaded: Loaded, document: Document, project: Path) -> None:
    """Read what `document`, the contract, and the files it includes need."""
    loaded.document = _Reader(loaded, project).read_needs(document, (loaded.path,))


@dataclass(slots=True)
class _Reader:
    """Reads the files of one contract. `visits` counts how often files were included, along every route."""

    loaded: Loaded
    project: Path
    visits: int = 0
    full: bool = False

    def read_needs(self, document: Document, trail: tuple[str, ...]) -> Document:
        """`document`, reached by way of `trail`, without the includes that were refused: each has its finding."""
        kept: list[Include] = []
        refused: list[Include] = []
        for include in document.includes:
            (kept if self._include(document, include, trail) else refused).append(include)
        for need in needs(document):
            if need.kind == "holidays" and need.path not in self.loaded.texts:
                self._holidays(need)
        if not refused:
            return document
        told = tuple(f"include {include.path.text} {include.alias.text}" for include in refused)
        return replace(document, includes=tuple(kept), unread=(*document.unread, *told))

    def _include(self, document: Document, include: Include, trail: tuple[str, ...]) -> bool:
        """True if the file could be read, or is on the trail (whoever resolves names reports that circle)."""
        path = resolved(document.path, include.path.text)
        if path is not None and ".." in PurePosixPath(include.path.text).parts:
            self._refuse(include, _UPWARDS, _BESIDE)
            return False
        if path is not None and path in trail:
            return True
        self.visits += 1
        if self.full or self.visits > _MOST_INCLUDES or len(trail) > _DEEPEST:
            self._say_full(include)
            return False
        fault = outside(document.path, include.path.text, self.project)
        if path is None or fault:
            self._refuse(include, fault or _PLAIN_PATH)
            return False
        inner = self.loaded.included.get(path) or self._document(include, path)
        if inner is None:
            return False
        self.loaded.needs[document.path, include.path.text] = path
        self.loaded.included[path] = self.read_needs(inner, (*trail, path))
        return True

    def _document(self, include: Include, path: str) -> Document | None:
        if len(self.loaded.texts) >= _MOST_FILES:
            self._say_full(include)
            return None
        try:
            text, found = self._text(path)
        except Unreadable as problem:
            self._refuse(include, problem.message, problem.remedy)
            return None
        if text is None:
            why = " ".join(one.message for one in found)
            self._refuse(include, f"{path} cannot be read. {why}", " ".join(one.help for one in found))
            return None
        self.loaded.texts[path] = text
        inner, more = read_document(text, path)
        self.loaded.diagnostics += [*found, *more]
        return inner

    def _holidays(self, need: Need) -> None:
        try:
            barred = outside(need.span.path, need.written, self.project)
            text, found = (None, ()) if barred else self._text(need.path)
        except Unreadable:
            text, found = None, ()
        self.loaded.diagnostics += found
        if text is None:
            self.loaded.whole = False
            return
        self.loaded.needs[need.span.path, need.written] = need.path
        self.loaded.texts[need.path] = text
        file, more = read_lock(text, need.path)
        self.loaded.diagnostics += more
        self.loaded.holidays[need.path] = file if file is not None else HolidayFile(need.path, "", (), ())

    def _text(self, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
        raw = read_bytes(path)
        self.loaded.sums[path] = hashlib.sha256(raw).hexdigest()
        return decode(raw, path)

    def _refuse(self, include: Include, why: str, remedy: str = "") -> None:
        help = remedy or _WHERE
        message = f'The file "{include.path.text}" cannot be included: {why[:1].lower()}{why[1:]}'
        self.loaded.diagnostics.append(INCLUDE_NOT_FOUND.at(include.path.span, message, help=help))

    def _say_full(self, include: Include) -> None:
        if self.full:
            return
        self.full = True
        message = (
            f"Too many files are included: at most {_MOST_FILES} files, {_DEEPEST} deep, {_MOST_INCLUDES} times in all."
        )
        help = "Put what belongs together into one file; look for files that include each other in long rows."
        self.loaded.diagnostics.append(INCLUDE_NOT_FOUND.at(include.span, message, help=help))


_WHERE = "Write its path relative to this file, with slashes: it lies beside this file or in a folder below it."
_UPWARDS = "its path leads upwards with `..`."
_BESIDE = (
    "Put the framework beside the contract or in a folder below it, and write the path to it from there, for instance "
    '`include "framework/terms.sla" as FW`.'
)
_PLAIN_PATH = "its path is not relative, or it is written with a drive or with backslashes."


def outside(document: str, written: str, project: Path) -> str:
    """Why the path `written` in `document` may not be followed; "" if it may.

    No step may lead through a symbolic link, and what the path leads to lies inside the project.
    """
    steps = PurePosixPath(written).parts
    if resolved(document, written) is None:
        return _PLAIN_PATH
    place = Path(posixpath.dirname(document))
    try:
        for step in steps:
            place = place / step
            if place.is_symlink():
                return f"`{place.name}` is a link to another place."
        inside = place.resolve().is_relative_to(project)
    except OSError:
        return "it cannot be read: the system knows no such path."
    return "" if inside else "it lies outside the project."
