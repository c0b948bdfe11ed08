"""A contract from the cache is the contract that a fresh reading gives, or it is not taken from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import casefile
import pytest
from click.testing import CliRunner

from sla2 import cache, loading, recall
from sla2.cli.main import cli
from sla2.contract import from_syntax, stored
from sla2.contract.contract import Contract
from sla2.files import Unreadable
from sla2.pipeline import Pipeline, Request

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = casefile.CASES.parents[1]
FILES = sorted([*(ROOT / "contracts").rglob("*.sla"), *casefile.CASES.rglob("*.sla"), *ROOT.glob("benchmarks/*.sla")])
CALL_OFF = ROOT / "contracts" / "examples" / "framework-call-off"
WORKPLACE = ROOT / "contracts" / "examples" / "gemeente-werkplek"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where contracts are kept in this test; the folder is made by the first of them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(cache.OFF, raising=False)
    return tmp_path / "cache" / "sla2" / cache.FOLDER


@pytest.fixture
def contract(tmp_path: Path, folder: Path) -> Path:
    """A copy of an example with a holiday file, read once."""
    shutil.copytree(WORKPLACE, tmp_path / "project")
    path = tmp_path / "project" / "contract.sla"
    fresh(path)
    assert len(kept(folder)) == 1
    return path


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def fresh(path: Path) -> Contract:
    """The contract, which is not in the cache; after this it is."""
    line = Pipeline(Request(str(path)))
    assert line.contract is not None
    assert line.recalled is None
    return line.contract


def read_anew(path: Path) -> bool:
    """True if the contract is not taken from the cache, and what is read is right all the same."""
    line = Pipeline(Request(str(path)))
    assert line.contract is not None
    assert stored.alike(line.contract, uncached(path).contract)
    return line.recalled is None


def uncached(path: Path) -> Pipeline:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.OFF, "1")
        line = Pipeline(Request(str(path)))
        assert line.read is not None
        assert line.recalled is None
    return line


def test_there_are_contracts() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_kept_is_what_is_read(path: Path, folder: Path) -> None:
    try:
        before = uncached(path)
    except Unreadable:
        return
    first, second = Pipeline(Request(str(path))), Pipeline(Request(str(path)))
    assert first.read[1] == second.read[1] == before.read[1]
    assert stored.alike(first.contract, before.contract)
    assert stored.alike(second.contract, before.contract)
    assert (second.path, second.text, second.texts) == (before.path, before.text, before.texts)
    assert second.findings == before.findings
    clean = before.contract is not None and not before.read[1]
    assert (second.recalled is not None) == clean == bool(kept(folder))


def test_every_construct_can_be_kept(folder: Path) -> None:
    path = casefile.CASES / "drafts" / "every.sla"
    made = uncached(path).contract
    assert made is not None
    assert stored.alike(stored.from_bytes(stored.to_bytes(made)), made)


def test_alike_sees_places_types_and_digits(contract: Path) -> None:
    made = uncached(contract).contract
    assert made is not None
    span = made.parties[0].span
    party = made.parties[0].model_copy(update={"span": span.to(made.span)})
    moved = made.model_copy(update={"parties": (party, *made.parties[1:])})
    assert moved == made
    assert not stored.alike(moved, made)
    assert not stored.alike(Decimal("31500.00"), Decimal("31500"))
    assert not stored.alike((1,), (True,))


def test_what_would_not_come_back_is_not_kept(contract: Path) -> None:
    made = uncached(contract).contract
    assert made is not None
    with pytest.raises(stored.NotStorable):
        stored.to_bytes(made.model_copy(update={"title": 1.5}))
    with pytest.raises(stored.NotStorable):
        stored.to_bytes(made.model_copy(update={"title": 7}))


def test_the_second_time_nothing_is_read(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("read anew")

    monkeypatch.setattr(loading, "read_document", never)
    monkeypatch.setattr(from_syntax, "from_syntax", never)
    line = Pipeline(Request(str(contract)))
    assert line.contract is not None
    assert line.findings is not None
    assert "[[day]]" in "".join(line.texts.values())
    assert line.asked(Request(str(contract), language="en")).contract is line.contract


def test_the_folder_and_its_files_are_closed_to_others(contract: Path, folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in kept(folder)] == [0o600]
    json.loads(kept(folder)[0].read_bytes().split(b"\n")[-1])


def test_a_change_of_any_file_is_seen(contract: Path) -> None:
    assert not read_anew(contract)
    for path in [contract, *contract.parent.rglob("*.toml")]:
        if str(path) in uncached(contract).texts:
            path.write_text(path.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
            assert read_anew(contract)
            assert not read_anew(contract)


def test_a_holiday_file_that_is_gone_is_missed(contract: Path) -> None:
    needed = [name for name in uncached(contract).texts if name.endswith(".toml")]
    assert needed
    Path(needed[0]).unlink()
    line = Pipeline(Request(str(contract)))
    assert any(Path(needed[0]).name in one.message for one in line.read[1])


def test_an_included_file_is_watched(tmp_path: Path, folder: Path) -> None:
    shutil.copytree(CALL_OFF, tmp_path / "project")
    path = next(one for one in sorted((tmp_path / "project").rglob("*.sla")) if b"\ninclude " in one.read_bytes())
    fresh(path)
    assert not read_anew(path)
    included = next(Path(name) for name in uncached(path).texts if name.endswith(".sla") and Path(name) != path)
    moved = included.with_name("elsewhere.sla")
    included.rename(moved)
    included.symlink_to(moved)
    assert Pipeline(Request(str(path))).read == uncached(path).read
    assert Pipeline(Request(str(path))).read[1]
    included.unlink()
    included.write_bytes(moved.read_bytes().replace(b"customer", b"customer "))
    assert read_anew(path)


def test_another_name_is_another_contract(contract: Path) -> None:
    other = contract.with_name("other.sla")
    shutil.copy(contract, other)
    assert fresh(other).path == str(other)


def test_another_release_reads_anew(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not read_anew(contract)
    monkeypatch.setattr(recall, "_reader", lambda: "another grammar")
    assert read_anew(contract)
    monkeypatch.setattr(recall, "_reader", lambda: None)
    assert read_anew(contract)


def test_off_means_off(contract: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.OFF, "1")
    assert read_anew(contract)
    other = contract.with_name("other.sla")
    shutil.copy(contract, other)
    assert read_anew(other)
    assert len(kept(folder)) == 1


def _link(path: Path) -> None:
    path.rename(path.with_name("real"))
    path.symlink_to("real")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "huge": lambda path: path.write_bytes(path.read_bytes() + b" " * cache.LARGEST_ENTRY),
    "link": _link,
    "pipe": _pipe,
    "folder": _folder,
    "writable by the group": lambda path: path.chmod(0o660),
    "writable by all": lambda path: path.chmod(0o602),
    "unreadable": lambda path: path.write_bytes(b"\xff\x00" * 100),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_entry_is_read_anew(name: str, contract: Path, folder: Path) -> None:
    SPOILT[name](kept(folder)[0])
    assert read_anew(contract)


def test_every_damaged_byte_is_seen(contract: Path, folder: Path) -> None:
    entry = kept(folder)[0]
    whole = entry.read_bytes()
    for place in range(0, len(whole), 97):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert recall.recall(str(contract)) is None
    entry.write_bytes(whole)
    assert recall.recall(str(contract)) is not None


def test_the_entry_of_another_contract_is_not_taken(contract: Path, folder: Path) -> None:
    mine = kept(folder)[0]
    other = contract.with_name("other.sla")
    other.write_bytes(contract.read_bytes().replace(b"end\n", b"end\n# other\n", 1))
    fresh(other)
    theirs = next(path for path in kept(folder) if path != mine)
    shutil.copy(theirs, mine)
    assert read_anew(contract)


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o750])
def test_an_open_folder_is_not_used(mode: int, contract: Path, folder: Path) -> None:
    folder.chmod(mode)
    assert read_anew(contract)
    before = kept(folder)
    contract.write_bytes(contract.read_bytes() + b"# more\n")
    assert read_anew(contract)
    assert kept(folder) == before


def test_a_folder_above_that_others_may_write_is_not_used(contract: Path, folder: Path) -> None:
    folder.parent.chmod(0o770)
    assert read_anew(contract)


def test_a_folder_that_is_a_link_is_not_used(contract: Path, folder: Path) -> None:
    folder.rename(folder.with_name("real"))
    folder.symlink_to("real")
    assert read_anew(contract)


def test_what_belongs_to_somebody_else_is_not_used(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    assert read_anew(contract)


NESTED = b"[" * 200_000
CONTENTS = {
    "nothing": b"",
    "nested needs": NESTED,
    "nested content": b"[]\n[]\n[]\n" + NESTED,
    "nested objects": b"[]\n[]\n[]\n" + b'{"a":' * 100_000,
    "needs of another type": b'{"a": 1}\n[]\n[]\n{}',
    "needs of numbers": b"[[1, 2, 3, 4]]\n[]\n[]\n{}",
    "no contract": b"[]\n[]\n[]\n{}",
    "a list": b"[]\n[]\n[]\n[1, 2]",
    "a null": b"[]\nnull\nnull\nnull",
    "a place of words": b'[]\n["a"]\n[["b"]]\n{}',
    "a place that is none": b'[]\n["a"]\n[[0, 1]]\n{"span": 0}',
    "a place out of reach": b'[]\n["a"]\n[]\n{"span": 5}',
    "a long number": b"[]\n[]\n[]\n" + b"9" * 10_000,
    "too few lines": b"[]\n[]",
    "too many lines": b"[]\n[]\n[]\n{}\n{}",
    "no ASCII": '[]\n[]\n[]\n{"ü": 1}'.encode(),
    "no text": b"[]\n[]\n[]\n\xff\xfe",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_strange_content_with_a_right_sum_is_ignored(name: str, contract: Path, folder: Path) -> None:
    entry = kept(folder)[0]
    content = CONTENTS[name]
    entry.write_bytes(f"sla2 cache 1 {entry.name} {hashlib.sha256(content).hexdigest()}\n".encode() + content)
    assert cache.read(entry.name) == content
    assert read_anew(contract)
    assert not read_anew(contract)


def test_wrong_types_in_a_contract_are_refused(contract: Path, folder: Path) -> None:
    entry = kept(folder)[0]
    needs, paths, rows, content = (cache.read(entry.name) or b"").split(b"\n")
    whole = json.loads(content)
    for name, wrong in (("title", 5), ("levels", {}), ("span", None), ("languages", ["xx"]), ("more", 1)):
        changed = b"\n".join((needs, paths, rows, json.dumps({**whole, name: wrong}).encode()))
        cache.write(entry.name, changed)
        assert recall.recall(str(contract)) is None, name
    cache.write(entry.name, b"\n".join((needs, paths, rows, content)))
    assert recall.recall(str(contract)) is not None


def test_the_oldest_go(folder: Path) -> None:
    names = [f"{number:064x}" for number in range(6)]
    for age, name in enumerate(names):
        cache.write(name, b"x" * 100)
        os.utime(folder / name, (1_000 + age, 1_000 + age))
    cache.make_room(folder, entries=4)
    assert [path.name for path in kept(folder)] == names[2:]
    cache.make_room(folder, size=2 * (folder / names[5]).stat().st_size)
    assert [path.name for path in kept(folder)] == names[4:]


def test_what_is_too_large_is_not_kept(folder: Path) -> None:
    cache.write("0" * 64, b"x" * cache.LARGEST_ENTRY)
    assert kept(folder) == []
    cache.write("0" * 64, b"x" * (cache.LARGEST_ENTRY - 200))
    assert cache.read("0" * 64) is not None


def test_no_room_is_no_fault(contract: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    contract.write_bytes(contract.read_bytes() + b"# more\n")
    assert read_anew(contract)
    assert len(kept(folder)) == 1


def test_standard_input_is_not_kept(folder: Path) -> None:
    text = (ROOT / "benchmarks" / "scale.sla").read_text(encoding="utf-8")
    assert CliRunner().invoke(cli, ["check", "-"], input=text).exit_code == 0
    assert kept(folder) == []


@pytest.mark.parametrize("command", ["check", "open", "remind"])
def test_commands_say_the_same_from_the_cache(command: str, folder: Path) -> None:
    days = [] if command == "check" else ["--today", "2026-06-01"]
    arguments = [command, str(WORKPLACE / "contract.sla"), *days]
    first = CliRunner().invoke(cli, arguments)
    assert len(kept(folder)) == 1
    second = CliRunner().invoke(cli, arguments)
    assert (first.exit_code, first.output) == (second.exit_code, second.output)
    assert first.exit_code == 0
