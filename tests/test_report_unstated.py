"""Rules that a contract leaves unstated, as the report shows them: the gap, both readings, and what would flip."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sla2.document import markdown
from sla2.report.frame import Frame, Unstated
from sla2.report.to_json import to_json
from tests.report_support import frame_of
from tests.test_report_cases import document, plain

DESK = Path(__file__).parent / "cases" / "reports" / "desk.toml"
USED, OTHER = "counts in: period of decision", "counts in: period of opening"


def with_unstated(language: str, flips: tuple[str, ...] | None) -> Frame:
    frame, _ = frame_of(DESK, language)
    marked = tuple(
        replace(one, other_reading=("counts-in",)) if flips and f"{one.level}/{one.period.label}" in flips else one
        for one in frame.settlement.verdicts
    )
    settlement = replace(frame.settlement, verdicts=marked)
    unstated = (Unstated("counts-in", "resolve", USED, OTHER, flips),)
    return replace(frame, settlement=settlement, unstated=unstated)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "would change"), ("nl", "zou veranderen:"), ("de", "würde ändern:")]
)
def test_a_rule_whose_other_reading_flips_a_verdict_names_and_links_it(language: str, words: str):
    text = plain(markdown.write(document(with_unstated(language, ("resolve/2026-06",)))))
    assert f"`{USED}` | `{OTHER}` | {words} [resolve/2026-06](#resolve_2f2026-06) |" in text
    assert "[counts-in](#unstated_2fresolve_2fcounts-in)" in text
    assert '<a id="unstated_2fresolve_2fcounts-in"></a>' in text


@pytest.mark.parametrize(("flips", "words"), [((), "changes no verdict"), (None, "not tried")])
def test_a_rule_that_flips_nothing_or_was_not_tried_says_so(flips: tuple[str, ...] | None, words: str):
    text = plain(markdown.write(document(with_unstated("en", flips))))
    assert f"`{OTHER}` | {words} |" in text
    assert "would change" not in text.split("Data and method")[0]


def test_many_flips_are_counted_and_all_stand_in_the_json():
    flips = tuple(f"resolve/20{year}-06" for year in range(10, 19))
    frame = with_unstated("en", flips)
    assert "and 3 more" in plain(markdown.write(document(frame)))
    assert json.loads(to_json(frame))["unstated"][0]["flips"] == list(flips)
