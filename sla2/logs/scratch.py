"""Names the folders for temporary files of a run, and clears away those of runs that were killed.

In: nothing. Out: names in the system's folder for temporary files. It runs before a log is read. A run removes its own
folders when it ends, however it ends, unless it is killed outright; what such a run left is removed by a later one, a
day later at the earliest, if it belongs to the same user. It reads no file.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

_NAME = re.compile(r"sla2-(\d+)-[0-9a-z_]+")
_DAY = 86_400


def prefix() -> str:
    """How the names of this run's folders begin."""
    return f"sla2-{os.getpid()}-"


def spill_folder() -> Path:
    """A folder for what does not fit into memory; it is not made yet."""
    return Path(tempfile.gettempdir()) / f"{prefix()}{secrets.token_hex(8)}"


def clear_left_over(now: float) -> None:
    """Remove the folders of this user's killed runs that nobody has touched for a day; `now` in seconds since 1970."""
    for folder in Path(tempfile.gettempdir()).glob("sla2-*-*"):
        name = _NAME.fullmatch(folder.name)
        if name is None or not hasattr(os, "getuid"):
            continue
        try:
            status = folder.lstat()
        except OSError:
            continue
        own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()
        if own and now - status.st_mtime > _DAY and not _runs(int(name[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    """True if a process of this number runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
