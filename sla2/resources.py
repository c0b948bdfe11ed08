"""Finds the files that ship with the toolkit: the grammar and the templates.

In: a name relative to `grammar/` or `templates/`. Out: the content of the file.
In an installed wheel both folders lie inside the package, in a checkout beside it; the package is looked at first.
It reads nothing of the user's and writes nothing.
"""

from __future__ import annotations

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
