"""What cannot be computed is refused by name; what the log leaves out is named with a count."""

from __future__ import annotations

from datetime import date

import pytest

from sla2.contract.contract import Unevaluated
from sla2.contract.level import BoundTarget, OpenTarget, Period
from sla2.contract.quantity import Percent
from sla2.contract.surroundings import HolidaySource, Service
from sla2.logs.log import Import
from sla2.measure import measure
from sla2.measure.codes import CODES
from tests.measure_contracts import always, at, calendar, contract, level, log, span, stop, ticket, within

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
AS_OF = at("2026-04-01 00:00")


def run(terms, made=None):
    result, found = measure(terms, made or log([ticket(1, at("2026-03-02 09:00"))]), *MARCH, AS_OF)
    return result, found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measure": "update interval"}, "measure: update interval"),
        ({"unit": "each seat"}, "unit: each seat"),
        ({"clock_starts": "detection"}, "clock starts: detection"),
        ({"period": Period(span=span(), unit="rolling", length=within("30 days"))}, "period `rolling`"),
    ],
)
def test_a_level_is_refused_by_name_and_the_others_are_judged(changes, words) -> None:
    terms = contract([level("good"), level("bad", **changes)])
    result, found = run(terms)
    (error,) = [one for one in found if one.code == "SLA601"]
    assert "Level bad is not judged" in error.message
    assert words in error.message
    assert result.of("good")
    assert not result.of("bad")


def test_what_the_contract_lists_as_unevaluated_is_refused() -> None:
    listed = Unevaluated(span=span(), block="waiting", what="at most: 2 days")
    terms = contract([level(clock_stops=("waiting",))], stops=[stop()], unevaluated=(listed,))
    result, found = run(terms)
    assert [one.code for one in found] == ["SLA601"]
    assert not result.measurements


def test_an_open_target_has_nothing_to_judge() -> None:
    terms = contract([level(target=OpenTarget(span=span(), passage="peak"))])
    assert [one.code for one in run(terms)[1]] == ["SLA602"]


def test_business_hours_need_a_calendar() -> None:
    terms = contract([level(service=None)])
    assert [one.code for one in run(terms)[1]] == ["SLA603"]


def test_nothing_is_measured_without_a_time_zone() -> None:
    terms = contract([level()]).model_copy(update={"timezone": None})
    result, found = run(terms)
    assert result is None
    assert [one.code for one in found] == ["SLA606"]


def test_a_year_without_holidays_is_not_judged() -> None:
    source = HolidaySource(span=span(), region="NL", file="nl.toml", days=(), years=(2025,))
    office = calendar().model_copy(update={"holidays": source})
    terms = contract([level("office"), level("around", hours="always")], (office, always()))
    result, found = run(terms)
    assert "2026" in found[0].message
    assert [one.level for one in result.measurements] == ["around"]


def test_rows_that_belong_to_nobody_are_counted() -> None:
    services = (
        Service(span=span(), name="desk", title="Desk", hours="office"),
        Service(span=span(), name="other", title="Other", hours="office"),
    )
    rows = [
        ticket(1, at("2026-03-02 09:00"), priority="P1"),
        ticket(2, at("2026-03-02 09:00"), service="nobody"),
        ticket(3, at("2026-03-02 09:00"), service=None),
        ticket(4, at("2026-03-02 09:00"), priority=None),
    ]
    _, found = run(contract([level(priorities=("P1",))], services=services), log(rows))
    assert sorted(one.message for one in found) == [
        "1 ticket names no service; no level judges it.",
        '1 ticket names the service "nobody", which the contract does not know; no level judges it.',
        "3 tickets have no priority; levels that look at the priority do not judge them.",
    ]


def test_one_service_takes_the_tickets_that_name_none() -> None:
    result, found = run(contract([level()]), log([ticket(1, at("2026-03-02 09:00"), service=None)]))
    assert found == ()
    assert result.measurements[0].counts.missed == 1


def availability(**changes):
    target = BoundTarget(span=span(), comparison="at least", percent=Percent(value=99))
    return level("avail", "availability", target=target, **changes)


def test_no_list_of_outages_is_no_evidence() -> None:
    made = log([ticket(1, at("2026-03-02 09:00"))])
    entry = Import(1, "tickets", "p", "f", "", 0, "", "", "UTC", "utf-8", "", 1, 1)
    made = type(made)(made.connection, (entry,))
    result, found = run(contract([availability()]), made)
    assert [one.code for one in found] == ["SLA612"]
    assert result.measurements[0].value is None


def test_a_period_that_has_not_begun_has_no_value() -> None:
    result, _ = measure(contract([availability()]), log([]), date(2026, 3, 1), date(2026, 6, 1), AS_OF)
    assert [one.value for one in result.measurements] == [1, None, None]


def test_every_code_has_a_page_with_its_headings() -> None:
    for code in CODES:
        for heading in ("What it checks", "Why it matters", "Example", "Write instead"):
            assert heading in code.page
    assert len({code.id for code in CODES}) == len(CODES)
