"""Reads and writes the user's files for the pipeline and the command line: bounded in, whole or not at all out.

In: paths as the user named them. Out: bytes, or one plain sentence why not (`Unreadable`, `Refused`). It runs at the
edges only; the stages between take and return values. It decodes nothing and knows no format.
"""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST_CONTRACT = 4_000_000
"""Bytes. The longest published contract that was written in the language has under 20 kB."""


_HANDLES = "/proc/self/fd"
"""Where Linux lets an open file without a name be given one."""


class Unreadable(Exception):
    """A file that cannot be read, with a sentence for its user and a remedy."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Refused(Exception):
    """An output that was not written, with a sentence for the user and a remedy."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def read_bytes(path: str | Path, most: int = LARGEST_CONTRACT) -> bytes:
    """The content of a regular file of at most `most` bytes.

    Raises: Unreadable, if it is missing, a folder, a device, too large, or may not be read.
    """
    name = str(path)
    if "\0" in name:
        raise Unreadable("The name of the file holds a character that no file name has.")
    try:
        status = os.stat(name)
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(f"{name} is a folder, not a file.", _inside(Path(name)))
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            raise Unreadable(f"{name} is not a file that can be read.")
        if status.st_size > most:
            raise Unreadable(_too_large(name, most), "Is this the file you meant?")
        with open(name, "rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError:
        raise Unreadable(f"There is no file {name}.", _nearby(Path(name))) from None
    except PermissionError:
        raise Unreadable(f"{name} may not be read.", "Ask the owner of the file for the right to read it.") from None
    except OSError as problem:
        raise Unreadable(f"{name} cannot be read: {problem.strerror or 'the system refuses'}.") from None
    if len(content) > most:
        raise Unreadable(_too_large(name, most), "Is this the file you meant?")
    return content


def _too_large(name: str, most: int) -> str:
    return f"{name} is larger than {most // 1_000_000} MB, too large for what it should be."


def _inside(folder: Path) -> str:
    try:
        found = sorted(str(path) for path in folder.glob("*.sla"))
    except OSError:
        return ""
    return f"Did you mean {found[0]}?" if found else ""


def _nearby(path: Path) -> str:
    try:
        found = sorted(str(other) for other in path.parent.glob("*.sla"))
    except OSError:
        return ""
    return f"In that folder: {', '.join(found[:5])}." if found else ""


def write_all(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write several files, or none of them if one may not be overwritten or finds no room. Raises: Refused.

    Each is put in its place in one step: readers see the old file or the new one, never a part. Folders on the way are
    made. A run that is killed leaves nothing half written behind.
    """
    for path, content in files.items():
        _allow(path, content, force)
    with ExitStack() as drafts:
        written = [(_draft(path, content, drafts), path) for path, content in files.items()]
        for draft, path in written:
            with _refusing(path):
                _place(draft, path)


def _allow(path: Path, content: bytes, force: bool) -> None:
    if path.is_dir():
        raise Refused(f"{path} is a folder.", "Name a file.")
    if path.exists() and not force and path.read_bytes() != content:
        raise Refused(f"{path} exists already and was not overwritten.", "Add --force to overwrite it.")


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Write `content` to `path` in one step, as `write_all` does.

    Raises: Refused, if another file is there and `force` is False, or if it cannot be written.
    """
    write_all({path: content}, force=force)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turns what the system says against writing `path` into a sentence."""
    try:
        yield
    except (FileExistsError, NotADirectoryError):
        raise Refused(f"{path} cannot be written: {path.parent} is not a folder.", "Name a folder.") from None
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror or 'the system refuses'}.") from None


def _draft(path: Path, content: bytes, drafts: ExitStack) -> int | Path:
    """The content in a file beside `path` that has no name (its handle), or where the system has none, another name.

    A file without a name vanishes with the process, however that ends; `drafts` removes either.
    """
    with _refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        named: Path | None = None
        try:
            if not os.path.isdir(_HANDLES):
                raise FileNotFoundError(_HANDLES)
            handle = os.open(path.parent, os.O_WRONLY | os.O_TMPFILE, _mode(path))
        except (AttributeError, OSError):
            named = _beside(path)
            handle = os.open(named, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _mode(path))
            drafts.callback(named.unlink, missing_ok=True)
        drafts.callback(os.close, handle)
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    return named or handle


def _place(draft: int | Path, path: Path) -> None:
    """Put a draft in its place."""
    if isinstance(draft, Path):
        draft.replace(path)
        return
    named = _beside(path)
    handles = os.open(_HANDLES, os.O_RDONLY)
    try:
        os.link(str(draft), named, src_dir_fd=handles, follow_symlinks=True)
        named.replace(path)
    finally:
        os.close(handles)
        named.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666
