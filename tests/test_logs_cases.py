"""Runs the text cases of the log readers: tests/cases/logs/*.case, see the README there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sla2.logs import read_log
from sla2.logs.schema import BY_NAME

CASES = sorted((Path(__file__).parent / "cases" / "logs").glob("*.case"))
INSTANTS = {"at", "started", "ended", "due", "first_due", "done", "agreed_by_supplier", "agreed_by_customer"}


def sections(path: Path) -> list[tuple[str, str]]:
    """The sections of a case file: heading and body."""
    found: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            found.append((line[4:].strip(), []))
        elif found:
            found[-1][1].append(line)
    return [(name, "\n".join(body).strip("\n")) for name, body in found]


def shown(column: str, value: object) -> str:
    """A value as a case writes it."""
    if value is None:
        return "-"
    if isinstance(value, int) and (column in INSTANTS or column.endswith("_at")):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)
        text = moment.strftime("%Y-%m-%d %H:%M:%S.%f").rstrip("0").rstrip(".")
        return text[:-3] if text.endswith(":00") and len(text) == 19 else text
    return str(value)


def test_there_are_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = sections(case)
    for heading, body in parts:
        name, _, encoding = heading.partition(" ")
        if "." in name:
            (tmp_path / name).write_bytes((body + "\n").encode(encoding or "utf-8"))
    monkeypatch.chdir(tmp_path)
    log, found = read_log([Path("mapping.toml")])
    expected = [line for heading, body in parts if heading == "findings" for line in body.splitlines() if line]
    listing = [f"{entry.code} {entry.span} {entry.message}" for entry in found]
    assert len(listing) == len(expected), "\n".join(listing)
    for line, real in zip(expected, found, strict=True):
        code, place, *message = line.split(" ", 2)
        assert (code, place) == (real.code, str(real.span)), f"{line}\nbut: {real.code} {real.span} {real.message}"
        assert "".join(message) in real.message, real.message
    if any(heading == "refused" for heading, _ in parts):
        assert log is None
        return
    assert log is not None, "\n".join(listing)
    checked = 0
    for heading, body in parts:
        table, *columns = heading.split()
        if table == "import":
            entry = log.imports[int(columns[0]) - 1]
            assert [str(getattr(entry, name)) for name in columns[1:]] == body.split(" | "), heading
            checked += 1
        elif table in BY_NAME:
            names = ", ".join(f'"{column}"' for column in columns)
            rows = log.cursor().execute(f"SELECT {names} FROM {table}").fetchall()
            real = [" | ".join(shown(c, v) for c, v in zip(columns, row, strict=True)) for row in rows]
            assert "\n".join(real) == body, heading
            checked += 1
    assert checked, "the case compares nothing"
