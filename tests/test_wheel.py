"""A wheel installed in another folder does the main job: it carries grammar, parse table, words and templates."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "contracts/examples/github-enterprise"


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the installed package, built from the tree as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(target)
    return target


def sla2(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program, not the checkout, in an empty home."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / "cache")}
    command = [sys.executable, "-m", "sla2.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_is_what_runs(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    script = "import sla2; print(sla2.__file__)"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert Path(done.stdout.strip()).is_relative_to(installed)


def test_it_carries_its_files(installed):
    package = installed / "sla2"
    for name in (
        "grammar/sla2.lark",
        "grammar/syntax_errors.toml",
        "templates/base.docx",
        "templates/words/nl/level.toml",
    ):
        assert (package / name).is_file(), name
    assert not (installed / "tests").exists()


def test_it_checks_judges_and_drafts(installed, tmp_path):
    checked = sla2(installed, tmp_path, "check", str(EXAMPLE / "contract.sla"))
    assert checked.returncode in (0, 1) and "SLA301" in checked.stdout, checked.stderr
    assert not (tmp_path / "cache").exists(), "the wheel's own parse table is used, none is built"
    days = ["--from", "2021-04-01", "--to", "2021-06-30", "--as-of", "2021-07-10"]
    log = ["--log", str(EXAMPLE / "log/mapping.toml")]
    reported = sla2(
        installed, tmp_path, "report", str(EXAMPLE / "contract.sla"), *log, *days, "--format", "html", "--out", "o"
    )
    assert reported.returncode == 0, reported.stderr
    drafted = sla2(installed, tmp_path, "draft", str(EXAMPLE / "contract.sla"), "--format", "docx", "--out", "o")
    assert drafted.returncode == 0, drafted.stderr
    assert sorted(path.suffix for path in (tmp_path / "o").iterdir()) == [".docx", ".html"]
