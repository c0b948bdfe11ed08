"""A run that is stopped, or finds no room, leaves nothing half done; a run that lasts says so on a terminal only."""

from __future__ import annotations

import os
import pty
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from sla2 import files
from sla2.logs import scratch

SLOW = """
import sys, time
from sla2 import files
from sla2.cli.main import main as start
import sla2.contract.from_syntax as reading
kept = reading.from_syntax
seconds = float(sys.argv.pop())
def slowly(*given, **more):
    print("reading", file=sys.stdout, flush=True)
    time.sleep(seconds)
    return kept(*given, **more)
reading.from_syntax = slowly
start()
"""
CONTRACT = "sla 2.0\n"


def started(tmp_path: Path, seconds: str, **more: object) -> subprocess.Popen[bytes]:
    """`sla2 report` that stands still for so long in the middle."""
    (tmp_path / "c.sla").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "m.toml").write_text("", encoding="utf-8")
    command = [sys.executable, "-c", SLOW, "report", "c.sla", "--log", "m.toml", "--out", "out", seconds]
    return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, **more)  # type: ignore[call-overload]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_one_line_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    run = started(tmp_path, "30", stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline() == b"reading\n"
    run.send_signal(number)
    _, said = run.communicate(timeout=20)
    assert (run.returncode, said.strip()) == (130, b"sla2: stopped before the end.")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.sla", "m.toml"]


KILLED = """
import os, signal, sys
from pathlib import Path
from sla2 import files
place = getattr(os, sys.argv[2])
def killed(*given, **more):
    place(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, sys.argv[2], killed)
files.write_all({Path(sys.argv[1]) / name: b"new" * 10_000 for name in ("a.html", "b.html")}, force=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a file without a name is of Linux")
@pytest.mark.parametrize("step", ["write", "fsync"])
def test_a_killed_run_leaves_the_folder_as_it_was(tmp_path: Path, step: str) -> None:
    (tmp_path / "a.html").write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), step], check=False)
    assert done.returncode == -signal.SIGKILL
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"old"}


@pytest.mark.parametrize("named", [False, True], ids=["without a name", "under another name"])
def test_what_finds_no_room_is_not_written_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    if named:
        monkeypatch.setattr(files, "_HANDLES", "/nowhere")
    (tmp_path / "a.html").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    given = {tmp_path / "a.html": b"new", tmp_path / "b.html": b"x" * 50_000}
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(files.Refused, match=r"b\.html cannot be written: File too large"):
            files.write_all(given, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.html": b"old"}
    files.write_all(given, force=True)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == given


def on_terminal(tmp_path: Path, **environment: str) -> str:
    """What a run of a second says on stderr if that is a terminal."""
    ours, theirs = pty.openpty()
    variables = {name: text for name, text in os.environ.items() if name not in ("NO_COLOR", "TERM")} | environment
    run = started(tmp_path, "1", stderr=theirs, env=variables)
    run.communicate(timeout=20)
    os.close(theirs)
    said = b""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            more = os.read(ours, 10_000)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(ours)
    return said.decode()


def test_a_terminal_is_told_what_goes_on(tmp_path: Path) -> None:
    said = on_terminal(tmp_path, TERM="xterm")
    assert "\r\x1b[2msla2: reading the contract … " in said
    assert said.index("\r\x1b[K") > said.index("reading the contract")


def test_no_colour_where_none_is_wanted_and_no_line_on_a_dumb_terminal(tmp_path: Path) -> None:
    assert "\rsla2: reading the contract … " in on_terminal(tmp_path, TERM="xterm", NO_COLOR="1")
    assert "reading the contract …" not in on_terminal(tmp_path, TERM="dumb")


def test_a_pipe_is_told_nothing(tmp_path: Path) -> None:
    run = started(tmp_path, "1", stderr=subprocess.PIPE)
    assert "reading the contract …" not in run.communicate(timeout=20)[1].decode()


def test_what_killed_runs_left_is_cleared_away_a_day_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    elsewhere = tmp_path / "elsewhere"
    names = [f"sla2-{ended.pid}-0a1b", f"sla2-{os.getpid()}-0a1b", "sla2-mine", "other"]
    for folder in (elsewhere, *(tmp_path / name for name in names)):
        folder.mkdir()
        (folder / "part").write_text("x", encoding="utf-8")
    (tmp_path / f"sla2-{ended.pid}-link").symlink_to(elsewhere)
    scratch.clear_left_over(time.time())
    assert (tmp_path / names[0]).exists()
    scratch.clear_left_over(time.time() + 100_000)
    assert not (tmp_path / names[0]).exists()
    assert all((tmp_path / name / "part").exists() for name in (*names[1:], "elsewhere"))


def test_a_query_that_was_stopped_is_no_fault_of_ours(tmp_path: Path):
    """A signal that arrives while the database works reaches Python as a RuntimeError of DuckDB."""
    script = tmp_path / "stopped.py"
    script.write_text(
        "import os, signal, threading\n"
        "import duckdb\n"
        "from sla2.cli import main\n"
        "signal.signal(signal.SIGTERM, main._stop)\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "with main._Guard() as guard:\n"
        "    duckdb.connect().sql('SELECT count(*) FROM range(40000000) a, range(1000) b').fetchall()\n"
        "print(guard.status)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "130", done.stderr
    assert done.stderr.strip() == "sla2: stopped before the end."
