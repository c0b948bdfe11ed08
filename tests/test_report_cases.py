"""Every file of tests/cases/reports: terms and tickets in, lines of the report out, in three languages."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from sla2.document import html, markdown
from sla2.report.compliance import compliance
from sla2.report.explain import explain
from sla2.report.frame import Frame, case_figure, figure, owed_figure
from sla2.report.proof import prove
from sla2.report.to_json import SCHEMA, to_json
from tests.report_support import frame_of

CASES = sorted((Path(__file__).parent / "cases" / "reports").glob("*.toml"))
DESK = next(path for path in CASES if path.stem == "desk")
LANGUAGES = ("en", "nl", "de")
HOUR = 3_600_000_000


def document(frame: Frame):
    return compliance(frame)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_lines_of_the_report(path: Path, language: str):
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    frame, _ = frame_of(path, language)
    text = plain(markdown.write(document(frame)))
    assert case["lines"][language]
    for line in case["lines"][language]:
        assert line in text, line


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_same_input_gives_the_same_bytes(path: Path):
    one, _ = frame_of(path)
    other, _ = frame_of(path)
    assert html.write(document(one)) == html.write(document(other))
    assert to_json(one) == to_json(other)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_json_holds_every_verdict_and_every_missed_and_open_case(path: Path):
    frame, _ = frame_of(path)
    found = json.loads(to_json(frame))
    assert found["schema"] == SCHEMA
    assert [one["figure"] for one in found["verdicts"]] == [figure(one) for one in frame.settlement.verdicts]
    for level, cases in found["cases"].items():
        counted = sum(one["counts"]["missed"] for one in found["verdicts"] if one["level"] == level)
        assert len(cases["missed"]) == counted
    assert list(found) == sorted(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_figure_of_the_report_is_explained(path: Path, language: str):
    frame, log = frame_of(path, language)
    names = [figure(one) for one in frame.settlement.verdicts] + [owed_figure(one) for one in frame.settlement.ledger]
    for level in frame.levels():
        names += [case_figure(case.ticket_id, case.level) for case in frame.measurements.cases.of(level.name)]
    assert len(names) > 5
    for name in names:
        found, near = explain(name, frame, log)
        assert found is not None and near == ()
        assert name in plain(markdown.write(found))


def test_a_figure_that_does_not_exist_suggests_one_that_does():
    frame, log = frame_of(DESK)
    found, near = explain("resolve/2026-5", frame, log)
    assert found is None
    assert "resolve/2026-05" in near


def test_the_proof_adds_up_to_the_figure_of_the_engine():
    frame, log = frame_of(DESK)
    cases = list(frame.measurements.cases.of("resolve"))
    assert len(cases) == 7
    for case in cases:
        contract = frame.terms.version(frame.start).contract
        proof = prove(case, log, contract, contract.level("resolve"), frame.measurements.as_of)
        assert proof is not None
        assert proof.elapsed == case.elapsed, case.ticket_id


def test_the_proof_names_the_clock_stop_and_keeps_the_running_total():
    frame, log = frame_of(DESK)
    (case,) = frame.measurements.cases.ticket("T3")
    contract = frame.terms.version(frame.start).contract
    proof = prove(case, log, contract, contract.level("resolve"), frame.measurements.as_of)
    # 10:00-11:00 runs, 11:00-15:00 waits for the customer, 15:00-17:00 runs
    assert [(span.end - span.start, span.why, span.total) for span in proof.spans] == [
        (HOUR, "", HOUR),
        (4 * HOUR, "waiting", HOUR),
        (2 * HOUR, "", 3 * HOUR),
    ]


def test_fictional_data_is_marked_on_the_page_and_in_the_json():
    frame, _ = frame_of(DESK, fictional=True)
    page = html.write(document(frame))
    assert page.count("tickets.csv") >= 3
    assert document(frame).meta.notice == "Contains fictional data: tickets.csv"
    assert json.loads(to_json(frame))["report"]["fictional"] is True


def test_a_hostile_ticket_number_stays_text():
    hostile = "<script>alert(1)</script>|`x`"
    case = tomllib.loads(DESK.read_text(encoding="utf-8"))
    case["tickets"][4]["id"] = hostile
    frame, _ = frame_of(DESK, tickets=case["tickets"])
    page = html.write(document(frame))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;|" in page
    outside_code = re.sub(r"`[^`\n]*`", "", markdown.write(document(frame)).replace("\\`", ""))
    assert "\\<script" in outside_code
    assert re.search(r"(?<!\\)<script", outside_code) is None
