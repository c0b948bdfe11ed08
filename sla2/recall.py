"""Contracts that were read before: taken from the user's cache if every file they were read from is as it was.

In: the name of a file; or a contract that was just read. Out: the same contract with the same places, or None. It runs
before `loading` and after `contract`. Only a contract in which reading found nothing at all is kept, with the sums of
all files it was read from: what has a finding is read anew each time. It judges nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from functools import cache as once
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from sla2 import cache, resources
from sla2.contract import stored
from sla2.contract.names import resolved
from sla2.files import Unreadable, read_bytes
from sla2.loading import STANDARD_INPUT, outside, project_of
from sla2.source.decode import decode

if TYPE_CHECKING:
    from sla2.contract.contract import Contract
    from sla2.loading import Loaded

_READING = ("contract", "diagnostics", "source")
_BESIDE = ("cache.py", "files.py", "loading.py", "recall.py")
_LIBRARIES = ("sla2", "babel", "lark", "pydantic", "pydantic_core", "tzdata")
_MOST_NEEDS = 1_000


@dataclass(frozen=True, slots=True)
class Recalled:
    """A contract as it was read before, and the texts of its files as they are."""

    path: str
    raw: bytes
    text: str
    texts: dict[str, str]
    contract: Contract


def recall(name: str) -> Recalled | None:
    """The contract in file `name` as it was read before; None if it was not, or if a file of it has changed."""
    if name == STANDARD_INPUT or cache.is_off():
        return None
    path = Path(name).as_posix()
    try:
        raw = read_bytes(name)
        entry = _entry(path, raw)
        if entry is None:
            return None
        needs, content = entry
        texts = {path: decode(raw, path)[0], **_unchanged(needs, path)}
    except (Unreadable, _Changed):
        return None
    contract = stored.from_bytes(content)
    known = {each: text for each, text in texts.items() if text is not None}
    if contract is None or contract.path != path or len(known) < len(texts):
        return None
    return Recalled(path, raw, known[path], known, contract)


def keep(loaded: Loaded, contract: Contract) -> None:
    """Keep `contract`, in which reading found nothing, as what the files of `loaded` say."""
    if loaded.path == STANDARD_INPUT or not loaded.whole or cache.is_off():
        return
    key = _key(loaded.path, loaded.raw)
    if key is None or len(loaded.needs) > _MOST_NEEDS:
        return
    try:
        content = stored.to_bytes(contract)
    except stored.NotStorable:
        return
    needs = [[document, written, path, loaded.sums[path]] for (document, written), path in loaded.needs.items()]
    cache.write(key, json.dumps(needs).encode("ascii") + b"\n" + content)


class _Changed(Exception):
    """A file is not what it was, or is no longer allowed."""


def _entry(path: str, raw: bytes) -> tuple[list[tuple[str, str, str, str]], bytes] | None:
    """What was kept of a contract of this path and content: the other files it needs, and the contract."""
    key = _key(path, raw)
    heading, _, content = ((cache.read(key) if key is not None else None) or b"").partition(b"\n")
    try:
        rows = json.loads(heading)
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list) or len(rows) > _MOST_NEEDS:
        return None
    sound = all(isinstance(row, list) and len(row) == 4 and all(isinstance(one, str) for one in row) for row in rows)
    return ([(row[0], row[1], row[2], row[3]) for row in rows], content) if sound else None


def _unchanged(needs: list[tuple[str, str, str, str]], contract: str) -> dict[str, str | None]:
    """The texts of the files needed, each allowed still and as it was. Raises: _Changed, files.Unreadable."""
    texts: dict[str, str | None] = {}
    project = project_of(contract) if needs else None
    for document, written, path, sum_of_file in needs:
        if project is None or resolved(document, written) != path or outside(document, written, project):
            raise _Changed
        if path not in texts:
            raw = read_bytes(path)
            if hashlib.sha256(raw).hexdigest() != sum_of_file:
                raise _Changed
            texts[path] = decode(raw, path)[0]
    return texts


def _key(path: str, raw: bytes) -> str | None:
    """The key of a contract of this path and content, as this sla2 reads it; None if that cannot be told."""
    reader = _reader()
    if reader is None:
        return None
    return hashlib.sha256(json.dumps([reader, path, hashlib.sha256(raw).hexdigest()]).encode("ascii")).hexdigest()


@once
def _reader() -> str | None:
    """The sum of all that decides how a contract is read: the grammar, the code, the releases of the libraries."""
    package = Path(__file__).resolve().parent
    files = [package / name for name in _BESIDE]
    files += sorted(file for folder in _READING for file in (package / folder).rglob("*.py"))
    whole = hashlib.sha256()
    try:
        releases = [sys.version, *(f"{name} {metadata.version(name)}" for name in _LIBRARIES)]
        whole.update("\n".join(releases).encode())
        for content in (resources.read_bytes("grammar", "sla2.lark"), *(file.read_bytes() for file in files)):
            whole.update(hashlib.sha256(content).digest())
    except (OSError, metadata.PackageNotFoundError):
        return None
    return whole.hexdigest()
