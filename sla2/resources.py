"""Finds the files that ship with the toolkit, and keeps what is costly to compute in the user's own cache folder.

In: a name relative to `grammar/` or `templates/`, or the name of something kept. Out: the content of the file.
In an installed wheel both folders lie inside the package, in a checkout beside it; the package is looked at first.
The cache folder is private to the user (0700) and never a shared temporary folder; who reads from it checks what it
reads. It reads nothing else of the user's and writes nothing else.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def locate(folder: str, name: str) -> Path:
    """The path of `folder/name`, for instance `locate("templates", "base.docx")`.

    Raises: FileNotFoundError if the installation is incomplete; ValueError if `name` leaves the folder.
    """
    for root in (_PACKAGE, _PACKAGE.parent):
        base = (root / folder).resolve()
        path = (base / name).resolve()
        if not path.is_relative_to(base):
            raise ValueError(f"{name!r} is not inside {folder}/")
        if path.exists():
            return path
    raise FileNotFoundError(f"{folder}/{name} is missing from this installation of sla2")


def read_bytes(folder: str, name: str) -> bytes:
    """The content of `folder/name`."""
    return locate(folder, name).read_bytes()


def read_text(folder: str, name: str) -> str:
    """The content of `folder/name` as text (UTF-8)."""
    return locate(folder, name).read_text(encoding="utf-8")


def shipped(folder: str, name: str) -> bytes | None:
    """The content of `folder/name`, or None if this installation does not have it."""
    try:
        return read_bytes(folder, name)
    except FileNotFoundError:
        return None


def read_cached(name: str) -> bytes | None:
    """The file `name` of the user's own cache folder; None if there is none, or if others could have written it."""
    folder = cache_folder()
    try:
        return (folder / name).read_bytes() if folder and is_private(folder) else None
    except OSError:
        return None


def write_cached(name: str, content: bytes) -> None:
    """Keep `content` under `name` in the user's own cache folder, whole or not at all; a failure is no fault."""
    folder = cache_folder()
    if folder is None:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_private(folder):
            return
        with tempfile.TemporaryDirectory(dir=folder) as drafts:
            draft = Path(drafts) / name
            draft.write_bytes(content)
            os.replace(draft, folder / name)
    except OSError:
        return


def cache_folder() -> Path | None:
    """`sla2` in XDG_CACHE_HOME, else in `.cache` of the home folder; None if there is no home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "sla2"
    try:
        return Path.home() / ".cache" / "sla2"
    except RuntimeError:
        return None


def is_private(folder: Path) -> bool:
    """True if `folder` is the user's own and nobody else may write in it."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
