"""Mapping files: whatever is written in them, the answer is a finding with a place, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla2.logs import read_log
from sla2.logs.mapping import DEFAULT_KEYS, IMPORT_KEYS, read_mapping
from sla2.logs.toml_place import place_of

BASE = {
    "profile": '"csv-generic"',
    "file": '"t.csv"',
    "timezone": '"UTC"',
    "dates": '"yyyy-MM-dd HH:mm"',
}
ODD = (
    "1",
    "-1",
    "true",
    "1.5",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "[]",
    "[1]",
    '["x"]',
    "{}",
    "{ a = 1 }",
    '{ "x" = { "y" = { "z" = "w" } } }',
    '""',
    '"x"',
    "'\\u0000'",
    '"\\u0000"',
    '"../x.csv"',
    '"/etc/passwd"',
    '"x.csv\\n"',
)


def write(folder: Path, text: str) -> Path:
    """The mapping `text` beside a small export."""
    (folder / "t.csv").write_text("ticket_id,opened_at,state,service\nA,2026-01-02 03:04,new,x\n")
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("key", [*IMPORT_KEYS, "state", "service", "ticket_id", "nonsense"])
def test_odd_values_never_raise(key: str, tmp_path: Path) -> None:
    outcomes = set()
    for odd in ODD:
        values = {**BASE, key: odd}
        path = write(tmp_path, "[[import]]\n" + "\n".join(f"{name} = {value}" for name, value in values.items()))
        log, found = read_log([path])
        outcomes.add(log is None)
        assert (log is None) == any(entry.severity == "error" for entry in found), (key, odd, found)
        for entry in found:
            assert entry.span is not None and entry.message
        if key in DEFAULT_KEYS:
            top = "\n".join(f"{name} = {value}" for name, value in values.items() if name != "file")
            read_log([write(tmp_path, f'{top}\n[[import]]\nfile = "t.csv"\n')])
    assert True in outcomes or key in ("note", "source", "nulls", "columns", "dates_of")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[import]\nfile = 't.csv'",
        "import = 3",
        "import = []",
        "[[import]]",
        "[[import]]\ntable = 3",
        "a = [" * 2000,
    ],
)
def test_files_that_are_no_mapping(text: str, tmp_path: Path) -> None:
    mapping, found = read_mapping(write(tmp_path, text))
    assert mapping is None
    assert found and all(entry.code in ("SLA501", "SLA502", "SLA503", "SLA504") for entry in found)


def test_mappings_that_cannot_be_read(tmp_path: Path) -> None:
    assert [entry.code for entry in read_mapping(tmp_path / "none.toml")[1]] == ["SLA501"]
    assert [entry.code for entry in read_mapping(tmp_path)[1]] == ["SLA501"]
    (tmp_path / "latin.toml").write_bytes('note = "Größe"'.encode("cp1252"))
    assert [entry.code for entry in read_mapping(tmp_path / "latin.toml")[1]] == ["SLA501"]
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    assert [entry.code for entry in read_mapping(tmp_path / "big.toml")[1]] == ["SLA501"]


def test_no_mapping_gives_an_empty_log() -> None:
    log, found = read_log([])
    assert found == ()
    assert log is not None and log.imports == ()
    assert log.cursor().execute("SELECT count(*) FROM tickets").fetchall() == [(0,)]


def test_all_mappings_of_a_log_are_checked_before_one_is_read(tmp_path: Path) -> None:
    good = write(tmp_path, "[[import]]\n" + "\n".join(f"{name} = {value}" for name, value in BASE.items()))
    bad = tmp_path / "bad.toml"
    bad.write_text("[[import]]\n")
    log, found = read_log([good, bad])
    assert log is None
    assert [str(entry.span) for entry in found] == [f"{bad.as_posix()}:1"]


def test_defaults_above_the_first_import_hold_for_all(tmp_path: Path) -> None:
    assert set(DEFAULT_KEYS) < set(IMPORT_KEYS)
    path = write(
        tmp_path,
        'fictional = true\nprofile = "servicenow-event-log"\ntimezone = "UTC"\ndates = "yyyy-MM-dd HH:mm"\n'
        '[[import]]\ntable = "users"\nfile = "u.csv"\n[[import]]\nprofile = "csv-generic"\nfile = "t.csv"\n'
        "fictional = false\n",
    )
    (tmp_path / "u.csv").write_text("ticket_id,users_affected\nA,7\n")
    log, found = read_log([path])
    assert found == ()
    assert log is not None
    assert [(entry.profile, entry.fictional) for entry in log.imports] == [
        ("csv-generic@1", True),
        ("csv-generic@1", False),
    ]
    assert log.fictional
    assert log.cursor().execute("SELECT users_affected FROM tickets").fetchall() == [(7,)]


def test_a_wrong_default_is_named_once_at_its_line(tmp_path: Path) -> None:
    text = (
        '# both\ntimezone = "Amsterdam"\ndates = "iso"\n' + '[[import]]\nprofile = "csv-generic"\nfile = "t.csv"\n' * 2
    )
    mapping, found = read_mapping(write(tmp_path, text))
    assert mapping is None
    assert [(entry.code, entry.span.line if entry.span else 0) for entry in found] == [("SLA503", 2)]


def test_keys_are_found_where_people_write_them() -> None:
    text = '# top\nnote = "x"\n\n[[import]]\nfile = "a"\n[import.state]\n"On Hold" = "x"\n'
    text += "[ [import] ]\n\n[[ import ]] # two\ncolumns.at = 1\n"
    assert place_of("m", text, 0, "note").line == 2
    assert place_of("m", text, 1).line == 4
    assert place_of("m", text, 1, "file").line == 5
    assert place_of("m", text, 1, "state", "On Hold").line == 7
    assert place_of("m", text, 1, "state", "Other").line == 6
    assert place_of("m", text, 2, "columns", "at").line == 11
    assert place_of("m", text, 9, "none").line == 1
