"""The framework agreement with a call-off: both are clean, and the call-off takes from the framework what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sla2.checks.run import run
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.names import needs
from sla2.settle.examples import run_examples
from sla2.source.read import read_document

FOLDER = Path(__file__).parent.parent / "contracts" / "examples" / "framework-call-off"


def load(name: str) -> Contract:
    document, found = read_document((FOLDER / name).read_text(encoding="utf-8"), name)
    assert document is not None and found == ()
    included = {}
    for need in needs(document):
        inner, _ = read_document((FOLDER / need.path).read_text(encoding="utf-8"), need.path)
        assert inner is not None
        included[need.path] = inner
    contract, findings = from_syntax(document, included=included)
    assert contract is not None and findings == ()
    return contract


@pytest.mark.parametrize("name", ["framework.sla", "call-off.sla"])
def test_both_files_are_clean(name: str) -> None:
    contract = load(name)
    assert run(contract).shown == ()
    assert contract.unevaluated == ()


def test_the_call_off_takes_what_it_names_and_overrides_two_lines() -> None:
    framework, order = load("framework.sla"), load("call-off.sla")
    assert (framework.kind, order.kind, order.under) == ("framework", "contract", "FW.FW-2025-017")
    assert [level.name for level in order.levels] == ["resolve-p1", "FW.answer-p1"]
    assert [calendar.name for calendar in order.calendars] == ["FW.extended", "FW.office"]
    assert str(framework.level("answer-p1").target.share) == "90%"
    assert str(order.level("FW.answer-p1").target.share) == "95%"
    assert order.service("FW.desk").hours == "FW.extended"
    assert framework.service("desk").hours == "office"
    assert [(change.block, change.line) for change in order.overrides] == [
        ("FW.desk", "hours"),
        ("FW.answer-p1", "target"),
    ]


def test_the_worked_example_of_the_call_off_agrees() -> None:
    # One of ten late: 90.00%, which is from 90% to below 95%: 5% of EUR 4800.00 is EUR 240.00.
    results = run_examples(load("call-off.sla"))
    assert [outcome.agrees for result in results for outcome in result.outcomes] == [True, True]
