"""Codes are unique and never reused, and every finding has its manual page, its case and its place in the docs."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest
from source_files import ROOT, modules

from sla2.checks.run import CHECKS
from sla2.cli import catalogue
from sla2.cli.catalogue import HEADINGS, codes, sections
from sla2.diagnostics import Code

FROZEN = Path(__file__).with_name("codes.txt")
"""Every code that was ever given out, with its name. A code may leave the catalogue, never this file."""

RANGES = {
    "sla2.source.codes": "1",
    "sla2.contract.codes": "2 37 4",
    "sla2.checks.run": "3 901",
    "sla2.logs.codes": "5",
    "sla2.measure.codes": "60 61 62 63 64",
    "sla2.settle.codes": "65 66 67 68 69",
    "sla2.words.codes": "3 7",
    "sla2.document.codes": "70 71 72 73",
    "sla2.draft.codes": "7",
    "sla2.trust.codes": "8",
}
"""Which package gives out which codes (see `Code`)."""


def frozen() -> dict[str, str]:
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def test_codes_are_unique() -> None:
    ids = [code.id for code in codes()]
    assert len(ids) == len(set(ids)) > 100


def test_codes_are_never_reused_or_renamed() -> None:
    known = frozen()
    present = {code.id: code.slug for code in codes()}
    assert {code: slug for code, slug in present.items() if known.get(code) != slug} == {}, (
        "new codes belong into tests/meta/codes.txt; a code that changes its meaning needs a new number"
    )


def test_every_tuple_of_codes_is_in_the_catalogue() -> None:
    listed = {code.id for code in codes()}
    seen = 0
    for module in modules():
        names = [
            target.id
            for node in module.tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        ]
        if "CODES" in names:
            seen += 1
            assert {code.id for code in importlib.import_module(module.name).CODES} <= listed, module.name
    assert seen >= len(catalogue.PLACES)


@pytest.mark.parametrize("place", catalogue.PLACES)
def test_a_package_gives_out_codes_of_its_own_range(place: str) -> None:
    prefixes = tuple(f"SLA{prefix}" for prefix in RANGES[place].split())
    assert all(code.id.startswith(prefixes) for code in importlib.import_module(place).CODES)


@pytest.mark.parametrize("code", codes(), ids=lambda code: f"{code.id}-{code.slug}")
def test_every_code_has_a_whole_page(code: Code) -> None:
    page = sections(code.page)
    assert tuple(heading for heading, _ in page) == HEADINGS
    assert all(text.strip() for _, text in page)
    assert code.slug == code.slug.lower() and " " not in code.slug


def test_a_check_lives_in_the_file_of_its_name() -> None:
    for check in CHECKS:
        assert importlib.import_module(f"sla2.checks.{check.CODE.slug.replace('-', '_')}") is check


def test_every_check_file_is_in_the_tuple() -> None:
    apart = {"__init__", "bands", "codes", "echoes", "requirements", "run", "terms"}
    files = {path.stem for path in (ROOT / "sla2" / "checks").glob("*.py")} - apart
    assert files == {check.CODE.slug.replace("-", "_") for check in CHECKS}
