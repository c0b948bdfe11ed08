"""Every worked case of money as a report: each kind of step, state and verdict finds its words in three languages."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sla2.document import html, markdown
from sla2.report import shown
from sla2.report.compliance import compliance
from sla2.report.explain import explain
from sla2.report.explain_to_json import explain_json
from sla2.report.figures import names
from sla2.report.frame import Frame
from sla2.report.to_json import to_json
from sla2.settle.from_measurements import settle
from sla2.settle.given import Claimed, Given, Invoice
from sla2.settle.terms import Terms
from tests.settle_support import Listed
from tests.test_settle_cases import CASES, Measurements, measurement, moment, read

LANGUAGES = ("en", "nl", "de")
FOLDER = CASES[0].parent


def frame_of(path: Path, language: str) -> Frame:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    contract = read(case["head"], case["blocks"])
    terms = Terms(contract)
    claimed = tuple((row["credits"], row["day"]) for row in case.get("claims", ()))
    made = [measurement(contract, terms, row, claimed) for row in case["given"]]
    as_of = moment(case["as_of"], contract) if "as_of" in case else max(one.period.end for one, _ in made)
    pieces = tuple(piece for _, group in made for piece in group)
    measurements = Measurements(contract, as_of, tuple(one for one, _ in made), Listed(), pieces)
    claims = (
        tuple(Claimed(row["credits"], row.get("period", ""), row["day"]) for row in case["claims"])
        if "claims" in case
        else None
    )
    invoices = tuple(
        Invoice(row["fee"], row["period"], Decimal(row["amount"]), row.get("unit", ""))
        for row in case.get("invoices", ())
    )
    start, end = date(2019, 1, 1), date(2031, 1, 1)
    settlement, found = settle(measurements, given=Given(claims, invoices), start=start, end=end)
    return Frame(contract, settlement, measurements, (), start, end, date(2024, 9, 1), language, found)  # type: ignore[arg-type]


def text_of(name: str, language: str) -> str:
    frame = frame_of(FOLDER / f"{name}.toml", language)
    document = compliance(frame)
    assert html.write(document)
    return markdown.write(document).replace("\u00a0", " ").replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_is_worded_and_explained(path: Path, language: str):
    text = text_of(path.stem, language)
    assert not re.search(r"\{[a-z_]+\}", text)
    assert "None" not in text
    frame = frame_of(path, language)
    for name in names(frame):
        found, _ = explain(name, frame)
        assert found is not None, name
        shown = markdown.write(found)
        assert not re.search(r"\{[a-z_]+\}", shown) and "None" not in shown, name
        assert name in shown.replace("\\", "")
        proof = json.loads(explain_json(name, frame) or "")
        assert proof["figure"] == name and proof["proof"]
        for below in proof["rests_on"]:
            assert explain(below, frame)[0] is not None, below
    json.loads(to_json(frame))


LINES = {
    "github_gap_at_exactly_99_0": ["99.0% lies in no row of the table: no credit."],
    "cap_per_contract_year": [
        "Cap per contract year of USD 500.00, of which USD 400.00 was used before: USD 200.00 becomes USD 100.00."
    ],
    "combine_highest_of": ["Only the highest credit is paid (Credit c2): USD 100.00 lapses."],
    "aws_min_credit_exactly_1usd": ["Pays only if it is more than USD 1.00: USD 1.00 lapses."],
    "earn_back_half_after_six": [
        "50% is earned back by the periods up to July 2024: USD 4,000.00 becomes USD 2,000.00."
    ],
    "repeat_never_compounds": ["Missed in 3 periods in a row: times 2, 20%."],
    "ovh_per_hour_beyond_sla": [
        "3 h beyond the 3 h 36 min that the target allows: 3 times 1 elapsed hour at 5% of USD 60.00: USD 9.00."
    ],
    "slack_2024_ten_times_prorata": ["(USD 3,000.00 for 131,040 minutes), at 10 times their fee: USD 4.578755."],
    "linear_below_target": ["23 times 1% away from the target at 1% of USD 1,000.00: USD 230.00."],
    "each_missed_case": ["3 missed cases at EUR 15.00: EUR 45.00."],
    "rounding_to_hundredth_rescues": ["Rounded half up to 0.01% before comparing: 99.896% becomes 99.9%."],
    "undecided_straddles_the_target": [
        "Service credits owed: at least USD 0.00, at most USD 50.00",
        "USD 0.00 (up to USD 50.00)",
    ],
    "low_volume_39_2_late": ["Fewer than 40 cases (39): 2 may be missed, 2 are. Result: met."],
    "claims_known": [
        "Claimed on 30 May 2024, in time (by 30 May 2024).",
        "Claimed on 1 July 2024, after the last day 30 June 2024: lost.",
        "Not claimed by 30 July 2024: lost.",
    ],
    "period_still_running": ["missed (provisional)", "the period is not over"],
    "gives_days_of_a_quarter": ["2 days of fee at USD 100.00: USD 200.00."],
    "dir_pool_example": [
        "USD 100,000.00.",
        "40% of the share category (50%) of USD 10,000.00 at risk (10% of the base): USD 2,000.00.",
    ],
    "credits_from_points_each": [
        "3 points at 0.5% of USD 10,000.00: USD 150.00.",
        "Missed in 2 periods in a row: times 2, 2 points.",
    ],
    "averaged_with_previous": ["Averaged with 2024-02 (100.0%): 97.0% becomes 98.5%."],
    "time_used_by_a_claim_once": ["was used by an earlier claim and does not count again"],
    "cap_ninety_days_rolling": ["Cap per 90 calendar days of USD 2,500.00, of which USD 2,000.00 was used before"],
    "as_invoiced_each_unit": ["SLA651"],
    "minimum_beside_target": ["minimum: met", "minimum: missed"],
    "not_in_force_and_amended": ["not in force"],
    "github_exactly_99_9": ["99.9% lies in the row"],
}


@pytest.mark.parametrize("name", sorted(LINES))
def test_a_step_says_what_was_done(name: str):
    text = text_of(name, "en")
    for line in LINES[name]:
        assert line in text, line


def test_a_share_shows_enough_digits_to_stand_on_its_side_of_a_tier():
    """98.96% lies below a tier that ends at 99%: printed with one digit it would read as the bound itself."""
    frame = frame_of(CASES[0], "en")
    level = frame.contract.levels[0].model_copy(update={"target": None})
    assert shown.share(frame, Fraction(9896, 10000), level) == "99.0%"
    assert shown.share(frame, Fraction(9896, 10000), level, (Fraction(99, 100),)) == "98.96%"
    assert shown.share(frame, Fraction(99, 100), level, (Fraction(99, 100),)) == "99.0%"
