"""The page about logs names every key, field, table, profile and word that a mapping may have."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sla2.logs.codes import CODES
from sla2.logs.dates import date_form
from sla2.logs.fields import FIELDS
from sla2.logs.mapping import IMPORT_KEYS, read_mapping
from sla2.logs.profiles import PROFILES
from sla2.logs.schema import LEDGER_KINDS, STATES

PAGE = (Path(__file__).parent.parent / "docs" / "logs.md").read_text(encoding="utf-8")


def test_every_key_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE.split("## 2.")[1].split("## 3.")[0], re.MULTILINE)
    assert sorted(rows) == sorted(IMPORT_KEYS)


@pytest.mark.parametrize("table", FIELDS)
def test_every_field_is_listed(table: str) -> None:
    (row,) = re.findall(rf"^\| `{table}` \| (.*) \|$", PAGE, re.MULTILINE)
    listed = re.sub(r"\([^)]*\)", "", row.split(" | ")[1]).split(";")[0]
    names = {name.strip(" *") for name in listed.split(",")}
    fields = [field for field in FIELDS[table] if not field.virtual]
    assert names == {field.name for field in fields}
    assert {field.name for field in fields if field.required} == set(re.findall(r"\*\*(\w+)\*\*", row))


def test_words_profiles_and_codes_are_named() -> None:
    for word in (*STATES, *LEDGER_KINDS, *PROFILES):
        assert f"`{word}`" in PAGE, word
    numbers = sorted(code.id for code in CODES)
    assert f"{numbers[0]} to {numbers[-1]}" in PAGE


def test_the_examples_of_the_page_are_valid(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        tomllib.loads(block)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "incident.csv").write_text("Number,Opened\n")
    path = tmp_path / "mapping.toml"
    path.write_text(blocks[0] + blocks[1].replace('[import.state."On Hold"', '[import.cause."On Hold"'))
    mapping, found = read_mapping(path)
    assert found == ()
    assert mapping is not None and mapping.imports[0].columns["resolved_at"] == ("Resolved", "Solved")
    for letters in ("d", "dd", "H", "HH", "M", "MM", "MMM", "MMMM", "yy", "yyyy", "mm", "ss", "S", "X", "XXX"):
        assert f"`{letters}`" in PAGE
    assert not isinstance(date_form("d-M-yyyy h:mm a XXX"), str)
