"""Both readings of every rule that a contract may leave unstated: what the report says of the other one is what comes
out if the contract states it.

Each contract here is a conformance case of which the line that states the rule is left out; the same contract with the
line of the other reading goes through the whole pipeline by itself, and the two must agree figure by figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from sla2.contract.readings import READINGS
from sla2.document import markdown
from sla2.report.frame import owed_figure
from tests.conformance.runner import FOLDER, Ran, load

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Silent:
    """A case that states `rule` by the line that begins with `label` ("" if it leaves it unsaid already)."""

    rule: str
    case: str
    label: str
    flips: bool = True


TRIED = (
    Silent("counts-in", "own/counted-in-three-ways", "counts in:"),
    Silent("priority-is", "own/lowered-after-the-miss", "priority is:", flips=False),
    Silent("after-priority-change", "contracts/priority_change_elapsed_counts", "after priority change:", flips=False),
    Silent("after-reopening", "own/opened-again", "after reopening:"),
    Silent("no-cases", "own/a-month-without-cases-breaks-nothing", "no cases:"),
    Silent("of", "own/excluded-time-off-the-denominator", "of:", flips=False),
    Silent("of-hours", "own/outage-across-closing-time", "of:", flips=False),
    Silent("minimum-length", "own/minimum-length-and-maintenance", "minimum length judged:", flips=False),
    Silent("judged", "own/points-of-two-units", "judged:"),
    Silent("period-end", "own/length-across-the-end-of-the-month", "at the end of a period:", flips=False),
    Silent("overlapping-users", "own/overlapping-users", "overlapping users:", flips=False),
    Silent("empty-slot", "own/empty-slots", "empty slot:"),
    Silent("slots", "own/empty-slots", "slots:"),
    Silent("no-report", "own/credits-in-two-of-four", "no report:", flips=False),
    Silent("rounding-of-credits", "own/exactly-99-9-met-and-credited", "rounding:", flips=False),
    Silent("rounding", "own/half-a-hundredth", "rounding:"),
)
ELSEWHERE = {
    "combine": "test_two_credits_on_one_level_in_both_readings",
    "each-scope": "test_half_hours_in_total_and_of_each_outage",
    "clock-starts": "test_a_clock_that_starts_with_a_ticket_is_tried_only_where_the_log_knows_tickets",
    "answered-by": "test_who_answered_stands_in_no_log_and_is_said_not_to_be_tried",
}


def ran(case: str, folder: Path, edit, reading: str | None = None, **files: str) -> Ran:
    loaded = load(FOLDER / f"{case}.case")
    changed = tuple(
        (name, of, edit(text) if name == "contract.sla" else files.get(name.partition(".")[0], text))
        for name, of, text in loaded.files
    )
    folder.mkdir()
    return Ran(replace(loaded, files=changed), loaded.readings[0] if reading is None else reading, folder)


def without(text: str, label: str) -> str:
    return re.sub(rf"^  {re.escape(label)}.*\n", "", text, flags=re.MULTILINE) if label else text


def stated(text: str, label: str, level: str, line: str) -> str:
    """`text` with `line` in the block of `level`, in the place of the line that begins with `label`."""
    return re.sub(rf"^(level {re.escape(level)} .*\n)", rf"\g<1>  {line}\n", without(text, label), flags=re.MULTILINE)


def told(settlement) -> dict[str, tuple[str, ...]]:
    """What is said about each level: verdicts, amounts, points, rights; reckoned here without `other_readings`."""
    found: dict[str, list[str]] = {}
    for one in settlement.verdicts:
        of = found.setdefault(one.level, [])
        of += [f"{one.period.label} {unit.unit} {unit.status}" for unit in one.units or (one,)]
    for one in (*settlement.statement.owed, *settlement.statement.bonuses):
        found.setdefault(one.level, []).append(f"{one.credits} {one.unit} {one.period.label} {one.low} {one.high}")
    for one in settlement.points:
        found.setdefault(one.level, []).append(f"{one.points} {one.period.label} {one.low} {one.high}")
    return {level: tuple(sorted(lines)) for level, lines in found.items()}


def test_every_rule_is_tried_here_or_named():
    rules = [reading.id for reading in READINGS]
    assert sorted({one.rule for one in TRIED} | set(ELSEWHERE)) == sorted(rules)
    assert set(ELSEWHERE.values()) <= set(globals())


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one.rule)
def test_the_other_reading_is_what_the_contract_gives_that_states_it(one: Silent, tmp_path: Path):
    silent = ran(one.case, tmp_path / "silent", lambda text: without(text, one.label))
    unstated, _ = silent.line.read_otherwise
    mine = [found for found in unstated if found.rule == one.rule]
    if not mine:  # a rule whose default the language states is named only where it changes something
        assert not one.flips and next(reading for reading in READINGS if reading.id == one.rule).asked is False
        return
    line = mine[0].other

    def other(text: str) -> str:
        for found in mine:
            text = stated(text, one.label if found is mine[0] else "", found.level, line)
        return text

    spoken = ran(one.case, tmp_path / "spoken", other)
    assert spoken.line.contract is not None, spoken.found
    settled = spoken.line.settled[0]
    before = told(silent.line.settled[0])
    after = told(settled)
    for found in mine:
        assert found.flips is not None
        assert bool(found.flips) == (before[found.level] != after[found.level]), found
        assert (found.total, found.bonus_total) == (settled.statement.total, settled.statement.bonus_total)
    assert any(found.flips for found in mine) == one.flips


def test_points_of_two_units_in_both_readings(tmp_path: Path):
    """April: 1 + 3 of two units, or 3 of the worst. June: unit b misses for the first time, or the whole for the third
    time in a row, so that its point doubles. May: 1 doubled either way."""
    silent = ran("own/points-of-two-units", tmp_path / "silent", lambda text: without(text, "judged:"))
    (found,) = (one for one in silent.line.read_otherwise[0] if one.rule == "judged")
    points = [name for name in found.flips or () if name.startswith("points/")]
    assert points == ["points/kpi/2024-04", "points/kpi/2024-06"]


def test_half_hours_in_total_and_of_each_outage(tmp_path: Path):
    """Two outages of 31 minutes: 62 minutes are three started half hours in total, and two of each outage are four."""
    silent = ran("own/half-hours-of-all-downtime", tmp_path / "silent", lambda text: text)
    unstated, settlement = silent.line.read_otherwise
    (found,) = (one for one in unstated if one.rule == "each-scope")
    (owed,) = settlement.statement.owed
    (other,) = owed.otherwise
    assert (owed.amount, other.amount) == (Decimal("150.00"), (Decimal("200.00"), Decimal("200.00")))
    assert (found.flips, found.total) == ((owed_figure(owed),), Decimal("200.00"))
    text = markdown.write(silent.line.reported)
    assert "USD 200.00 under another reading" in text.replace("\u00a0", " ")
    assert f"USD 200.00 under the line “{found.other}”" in text.replace("\u00a0", " ")


TWO = """credits other "Another credit"
  level: uptime
  base: fee cloud of the period
  tier: below 100% gives 10%
end

termination costly "Too costly"
  right of: customer
  trigger: credits other reach 5% of base in 1 of 2 periods
  notice: 30 days
end
"""


def test_two_credits_on_one_level_in_both_readings(tmp_path: Path):
    """62 minutes: 126.00 in half hours, 10% of 840.00 = 84.00 beside it. Both are 210.00, only the highest is 126.00.

    Then the second credit is nothing, and the right that rests upon it does not arise.
    """
    silent = ran("own/half-hours-in-total-or-each", tmp_path / "silent", lambda text: text + "\n" + TWO, "in-total")
    unstated, settlement = silent.line.read_otherwise
    (found,) = (one for one in unstated if one.rule == "combine")
    assert (settlement.statement.total, found.total) == (Decimal("210.00"), Decimal("126.00"))
    assert found.flips == ("other/2024-06", "right/costly/2024-06")
    (owed,) = (one for one in settlement.statement.owed if one.credits == "other")
    assert [(one.rule, one.amount) for one in owed.otherwise] == [("combine", (Decimal(0), Decimal(0)))]


@pytest.mark.parametrize(
    ("column", "flips", "total"), [("", None, None), (",2024-06-14 00:20:00", ("uptime-credit/2024-06",), "42.00")]
)
def test_a_clock_that_starts_with_a_ticket_is_tried_only_where_the_log_knows_tickets(
    column: str, flips: tuple[str, ...] | None, total: str | None, tmp_path: Path
):
    """31 minutes are two started half hours, 84.00 of 840.00; from a ticket after 20 minutes on 11, one: 42.00."""
    outages = "outage_id,started,ended,ticket_at\n" if column else "outage_id,started,ended\n"
    outages += f"O1,2024-06-14 00:00:00,2024-06-14 00:31:00{column}\n"
    silent = ran(
        "own/half-hours-in-total-or-each", tmp_path / "silent", lambda text: text, "each-outage", outages=outages
    )
    (found,) = (one for one in silent.line.read_otherwise[0] if one.rule == "clock-starts")
    assert silent.line.settled[0].statement.total == Decimal("84.00")
    assert (found.flips, found.total) == (flips, None if total is None else Decimal(total))


def test_who_answered_stands_in_no_log_and_is_said_not_to_be_tried(tmp_path: Path):
    measuring = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "sla2" / "measure").rglob("*.py"))
    assert "answered_by" not in measuring, "the rule is measured now: try it here"

    def answers(text: str) -> str:
        return text.replace("measure: resolution time", "measure: response time")

    silent = ran("own/a-month-without-cases-breaks-nothing", tmp_path / "silent", answers)
    (found,) = (one for one in silent.line.read_otherwise[0] if one.rule == "answered-by")
    assert (found.flips, found.total) == (None, None)
    assert "not tried" in markdown.write(silent.line.reported)
