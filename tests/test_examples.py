"""The committed outputs of the examples are what the toolkit writes today.

After a change that is meant: `.venv/bin/python scripts/examples.py`, then look at `git diff` before you commit. The
figures in these files are judged elsewhere (the naive twin, cases worked by hand); here they only must not change
unseen.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import examples  # noqa: E402


@pytest.fixture(scope="module", params=examples.names())
def written(request, tmp_path_factory):
    """The name of an example and a folder with what it writes now."""
    out = tmp_path_factory.mktemp(request.param)
    examples.run(request.param, out)
    return request.param, out


def content(path: Path) -> str:
    """What a file says: for Word its parts, since zip libraries compress differently."""
    data = path.read_bytes()
    if path.suffix != ".docx":
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(
            f"{name} {hashlib.sha256(package.read(name)).hexdigest()}" for name in sorted(package.namelist())
        )


def test_every_output_is_committed_and_none_is_an_orphan(written):
    name, out = written
    expected = {path.name for path in (ROOT / examples.EXAMPLES / name / "expected").iterdir()}
    assert {path.name for path in out.iterdir()} == expected


def test_outputs_are_as_committed(written):
    name, out = written
    changed = [
        path.name
        for path in sorted(out.iterdir())
        if content(path) != content(ROOT / examples.EXAMPLES / name / "expected" / path.name)
    ]
    assert not changed, f"look at the change and run scripts/examples.py: {changed}"


def test_no_output_tells_where_it_was_made(written):
    _, out = written
    for path in out.iterdir():
        if path.suffix != ".docx":
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text and str(out) not in text, path.name


def test_what_is_invented_is_marked_so(written):
    _, out = written
    reports = [
        path
        for path in out.iterdir()
        if path.suffix in (".html", ".md") and ("compliance" in path.name or "trust" in path.name)
    ]
    assert reports
    for path in reports:
        text = path.read_text(encoding="utf-8").lower()
        assert any(word in text for word in ("fictiona", "fictie", "fiktiv", "erfunden")), path.name
