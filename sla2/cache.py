"""A small store of files in the user's own cache folder, for what is costly to compute and can be computed again.

In: a key and bytes. Out: the same bytes, or None. It runs beside the pipeline, never instead of it: whatever is
missing, damaged, or could have been written by somebody else counts as not there, and a failure to write is no fault.
Entries are whole or absent; the oldest go when there are too many. It does not know what it holds, and it does not
guard against a program that runs as the same user: that one could change sla2 itself.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

from sla2 import resources

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "contracts"
OFF = "SLA2_NO_CACHE"
LARGEST_ENTRY = 1_000_000
"""Bytes. A contract of 160 lines takes 15 to 30 kB."""
MOST_ENTRIES = 5_000
MOST_BYTES = 200_000_000
_BETWEEN_LOOKS = 250
"""Entries that a process writes before it looks again whether there are too many."""

_written = count()


def is_off() -> bool:
    """True if the user wants nothing kept."""
    return os.environ.get(OFF, "") not in ("", "0")


def read(key: str) -> bytes | None:
    """What was kept under `key` (hexadecimal digits); None if nothing, or nothing that can be relied on."""
    folder = _folder()
    if is_off() or folder is None:
        return None
    try:
        entry = _owned(folder / key) if _is_closed(folder) else None
    except OSError:
        return None
    heading, _, content = (entry or b"").partition(b"\n")
    return content if heading == _heading(key, content) else None


def write(key: str, content: bytes) -> None:
    """Keep `content` under `key`, whole or not at all."""
    folder = _folder()
    if is_off() or folder is None or len(content) > LARGEST_ENTRY - 200:
        return
    with suppress(OSError):
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_closed(folder):
            return
        handle, draft = tempfile.mkstemp(dir=folder)
        try:
            with open(handle, "wb") as stream:
                stream.write(_heading(key, content) + b"\n" + content)
            os.replace(draft, folder / key)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)
        if next(_written) % _BETWEEN_LOOKS == 0:
            make_room(folder)


def make_room(folder: Path, entries: int = MOST_ENTRIES, size: int = MOST_BYTES) -> None:
    """Remove the oldest files until at most so many, of so many bytes together, are left."""
    found: list[tuple[int, str, int]] = []
    with os.scandir(folder) as listed:
        for one in listed:
            with suppress(OSError):
                status = one.stat(follow_symlinks=False)
                found.append((status.st_mtime_ns, one.path, status.st_size))
    number, total = len(found), sum(length for _, _, length in found)
    for _, path, length in sorted(found):
        if number <= entries and total <= size:
            return
        with suppress(OSError):
            os.unlink(path)
        number, total = number - 1, total - length


def _folder() -> Path | None:
    parent = resources.cache_folder()
    return parent / FOLDER if parent is not None else None


def _heading(key: str, content: bytes) -> bytes:
    """What an entry must begin with: whose it is, and the sum of its content."""
    return f"sla2 cache 1 {key} {hashlib.sha256(content).hexdigest()}".encode()


def _is_closed(folder: Path) -> bool:
    """True if the folder is the user's own and closed to everybody else, and nobody else could have put it there.

    Contracts are confidential: a folder that others may read is not used either.
    """
    closed = not hasattr(os, "getuid") or not folder.lstat().st_mode & 0o077
    return closed and resources.is_private(folder) and resources.is_private(folder.parent)


def _owned(path: Path) -> bytes | None:
    """The content of a regular file of the user's own that nobody else may write; no link is followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_ENTRY:
            return None
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
            return None
        return stream.read(LARGEST_ENTRY + 1)
