"""The case table of a run, read by the page, says what all cases together say."""

from __future__ import annotations

from datetime import date

import pytest

from sla2.measure import case_table, measure
from sla2.measure.measurement import Cases
from tests.measure_contracts import at, contract, level, log, ticket

HOUR = 3_600_000_000
START = at("2026-03-02 09:00")
AS_OF = at("2026-04-01 00:00")


@pytest.fixture
def cases() -> Cases:
    """Forty tickets, several of them opened at one instant; every third is late, every tenth just opened."""
    rows = []
    for number in range(1, 41):
        opened = AS_OF - 300 * number if number % 10 == 0 else START + number // 4 * HOUR
        ticket_of = ticket(number, opened)
        taken = 20 * HOUR * (1 + number % 7) if number % 3 == 0 else HOUR
        ticket_of["resolved_at"] = None if number % 10 == 0 else opened + taken
        rows.append(ticket_of)
    result, _ = measure(contract([level("good")]), log(rows), date(2026, 3, 1), date(2026, 4, 1), AS_OF)
    assert result is not None
    return result.cases


def test_pages_hold_every_case_once_and_in_order(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(cases.of("good"))
    assert [(case.started, case.ticket) for case in whole] == sorted((case.started, case.ticket) for case in whole)
    assert len(whole) == 40
    for pages in ((1, 1), (1, 3), (7, 5), (40, 40)):
        monkeypatch.setattr(case_table, "_PAGES", pages)
        assert list(cases.of("good")) == whole


def test_what_the_engine_counts_is_what_the_cases_say(cases: Cases) -> None:
    label = next(case.period for case in cases.of("good") if case.period)
    worst = cases.worst("good", label, AS_OF, 5)
    assert worst == Cases.worst(cases, "good", label, AS_OF, 5)
    assert [case.late(AS_OF) for case in worst] == sorted((case.late(AS_OF) for case in worst), reverse=True)
    assert len(worst) == 5
    for instant, number in ((AS_OF - 9_000, 1), (AS_OF - 6_000, 2), (AS_OF, 4)):
        assert cases.open_before("good", instant) == Cases.open_before(cases, "good", instant) == number
    for outcome in ("met", "missed", "open", "excluded"):
        assert cases.reasons("good", label, outcome) == Cases.reasons(cases, "good", label, outcome)
    assert not list(cases.restated("good"))
