"""What a slip of the hand does to a contract: no crash, a finding near it, and not a flood of them.

A smaller seeded set by default; `SLA2_ALL=1` runs the set that docs/damage.md reports.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import damage
import pytest

from sla2.diagnostics import has_errors
from sla2.diff import diff
from sla2.source.read import read_document
from sla2.source.syntax import Block, Statement

ALL = os.environ.get("SLA2_ALL") == "1"
SEEDS = 300 if ALL else 40
LEAST_NEAR = 95
MOST_FOUND = 1.5
CONTRACTS = damage.contracts()
EXAMPLES = [path for path in CONTRACTS if path.name == "contract.sla"]
PAGE = Path(__file__).resolve().parents[1] / "docs" / "damage.md"

REQUIRED = {
    "contract": {"contract_customer", "contract_supplier", "contract_languages", "contract_term"},
    "calendar": {"calendar_timezone", "calendar_open"},
    "service": {"service_hours"},
    "level": {"level_measure", "level_period", "level_target"},
    "credits": {"credits_level", "credits_points"},
    "obligation": {"obligation_duty_of"},
    "open passage": {
        "passage_concerns",
        "passage_expects",
        "passage_interim",
        "passage_learn",
        "passage_owner",
        "passage_review",
    },
    "amendment": {"amendment_effective", "amendment_agreed"},
    "updates": {"updates_by"},
    "zero repeat": {"zero_repeat_within"},
    "promise": {"promise_by"},
    "survey": {"survey_asks"},
    "review": {"review_every"},
    "goal": {"goal_of", "goal_figure"},
    "improvement": {"improvement_of", "improvement_direction"},
    "example": {"example_expect"},
}
"""The lines without which a block says nothing that can be judged (language reference, "must have")."""


def name(path: Path) -> str:
    return path.parent.name if path.name == "contract.sla" else path.stem


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def row(kind: str) -> damage.Row:
    return damage.row(kind, SEEDS)


@pytest.mark.parametrize("kind", damage.KINDS)
def test_a_slip_is_found_near_its_place_and_not_drowned(kind: str) -> None:
    figures = row(kind)
    assert figures.broken > SEEDS // 20, "slips that a reader never notices prove nothing"
    assert 100 * figures.near >= LEAST_NEAR * figures.broken, figures
    assert figures.found <= MOST_FOUND * figures.broken, figures


def test_the_same_seed_makes_the_same_slip() -> None:
    text = text_of(EXAMPLES[0])
    for kind in damage.KINDS:
        assert damage.damaged(kind, text, 7) == damage.damaged(kind, text, 7)
        assert len({damage.damaged(kind, text, seed).text for seed in range(20)}) > 10
        assert damage.damaged(kind, text, 7).text != text


def test_slips_of_all_kinds_are_told_apart_from_the_contract_itself() -> None:
    for path in EXAMPLES:
        assert damage.new_findings(text_of(path), path) == (True, [])


@pytest.mark.parametrize("path", CONTRACTS, ids=name)
def test_each_missing_end_is_one_finding_that_names_the_block(path: Path) -> None:
    text = text_of(path)
    lines = text.split("\n")
    document, _ = read_document(text, path.name)
    assert document is not None and document.blocks
    for block in document.blocks:
        end = block.span.end_line - 1
        assert lines[end].strip().startswith("end")
        found = damage.new_findings("\n".join([*lines[:end], *lines[end + 1 :]]), path)[1]
        assert [one.code for one in found] == ["SLA107"], [one.message for one in found]
        assert f"`{block.kind} {block.name.text} " in found[0].message
        assert found[0].span is not None and found[0].span.line <= end
        assert found[0].fix is not None


def without(text: str, statement: Statement) -> str:
    """`text` without the lines of `statement`."""
    lines = text.split("\n")
    return "\n".join([*lines[: statement.span.line - 1], *lines[statement.span.end_line :]])


def statements(path: Path) -> list[tuple[Block, Statement]]:
    document, _ = read_document(text_of(path), path.name)
    assert document is not None
    return [(block, statement) for block in document.blocks for statement in block.statements]


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_a_deleted_line_that_a_block_must_have_is_always_found(path: Path) -> None:
    tried = 0
    for block, statement in statements(path):
        if statement.form not in REQUIRED.get(block.kind, ()):
            continue
        kept = [other for other in block.statements if other.form == statement.form and other is not statement]
        if kept and statement.form != "passage_expects":
            continue
        found = damage.new_findings(without(text_of(path), statement), path)[1]
        inside = [one for one in found if one.span and block.span.line <= one.span.line <= block.span.end_line]
        assert inside, (block.kind, block.name.text, statement.form)
        tried += 1
    assert tried > 10


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_a_deleted_line_is_a_finding_or_a_difference(path: Path) -> None:
    text = text_of(path)
    old, before, _, _ = damage.contract_of(text, path)
    assert old is not None and before is not None
    listed = statements(path)
    for _, statement in listed if ALL else listed[::4]:
        new, after, _, errors = damage.contract_of(without(text, statement), path)
        if has_errors(errors) or new is None or after is None:
            continue
        found = diff(before, after, "en", (old, new))
        assert found.sections, statement


def test_the_page_reports_every_kind_and_the_figures_hold() -> None:
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| ([\d.]+) % \| ([\d.]+) \| (\d+) \|$", PAGE.read_text(), re.M)
    assert [row[0] for row in rows] == list(damage.KINDS)
    for _, slips, _, near, mean, _ in rows:
        assert slips == "300" and float(near) >= LEAST_NEAR and float(mean) <= MOST_FOUND
