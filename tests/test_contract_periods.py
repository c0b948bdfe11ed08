"""Judged periods: hand-counted days and instants, part periods at the ends of the term, the 31st, clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sla2.contract.contract import Contract
from sla2.contract.level import Period
from sla2.contract.period import JudgedPeriod
from sla2.contract.periods import claim_period, period_at, periods, term_end
from sla2.contract.quantity import HOUR, Duration
from sla2.contract.surroundings import Renewal, Term
from sla2.diagnostics import Span

SPAN = Span("a.sla", 0, 0, 1, 1, 1, 1)
YEAR = Duration(value=Decimal(1), unit="year")


def contract(start: str, end: str | None, renewals: int = 0) -> Contract:
    renewal = Renewal(span=SPAN, times=renewals, length=YEAR, notice=YEAR) if renewals else None
    return Contract(
        span=SPAN,
        path="a.sla",
        source_hash="",
        name="A",
        title="A",
        customer="c",
        supplier="s",
        languages=("en",),
        timezone="Europe/Amsterdam",
        currency="EUR",
        term=Term(span=SPAN, start=date.fromisoformat(start), end=date.fromisoformat(end) if end else None),
        renewal=renewal,
    )


def of(terms: Contract, start: str, end: str, unit: str, **more: int) -> tuple[JudgedPeriod, ...]:
    return periods(terms, Period(span=SPAN, unit=unit, **more), date.fromisoformat(start), date.fromisoformat(end))


def days(found: tuple[JudgedPeriod, ...]) -> list[str]:
    return [f"{period.label} {period.first}..{period.last}{'' if period.full else ' part'}" for period in found]


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_months_with_clock_changes() -> None:
    found = of(contract("2016-01-01", "2017-01-01"), "2016-03-01", "2016-05-01", "month")
    assert days(found) == ["2016-03 2016-03-01..2016-03-31", "2016-04 2016-04-01..2016-04-30"]
    assert (found[0].start, found[0].end) == (utc("2016-02-29 23:00"), utc("2016-03-31 22:00"))
    assert found[0].end - found[0].start == (31 * 24 - 1) * HOUR
    (october,) = of(contract("2016-01-01", "2017-01-01"), "2016-10-30", "2016-10-31", "month")
    assert october.end - october.start == (31 * 24 + 1) * HOUR
    assert october.nominal_days == 31


def test_part_periods_at_the_ends_of_the_term() -> None:
    found = of(contract("2016-01-20", "2016-03-10"), "2015-01-01", "2017-01-01", "month")
    assert days(found) == [
        "2016-01 2016-01-20..2016-01-31 part",
        "2016-02 2016-02-01..2016-02-29",
        "2016-03 2016-03-01..2016-03-09 part",
    ]
    assert [period.nominal_days for period in found] == [31, 29, 31]
    assert found[0].start == utc("2016-01-19 23:00")
    assert found[2].end == utc("2016-03-09 23:00")


def test_quarters_and_years() -> None:
    terms = contract("2016-01-01", "2018-01-01")
    assert days(of(terms, "2016-03-31", "2016-04-02", "quarter")) == [
        "2016-Q1 2016-01-01..2016-03-31",
        "2016-Q2 2016-04-01..2016-06-30",
    ]
    assert days(of(terms, "2016-04-30", "2016-05-02", "quarter", from_month=2)) == [
        "2016-02/2016-04 2016-02-01..2016-04-30",
        "2016-05/2016-07 2016-05-01..2016-07-31",
    ]
    assert days(of(terms, "2016-01-01", "2016-02-01", "quarter", from_month=2)) == [
        "2015-11/2016-01 2016-01-01..2016-01-31 part"
    ]
    assert days(of(terms, "2016-12-31", "2017-01-01", "year")) == ["2016 2016-01-01..2016-12-31"]
    assert days(of(terms, "2016-12-31", "2017-04-02", "year", from_month=4)) == [
        "2016-04/2017-03 2016-04-01..2017-03-31",
        "2017-04/2018-03 2017-04-01..2017-12-31 part",
    ]


def test_month_from_a_day() -> None:
    terms = contract("2016-01-01", "2018-01-01")
    assert days(of(terms, "2016-02-16", "2016-03-17", "month", from_day=16)) == [
        "2016-02-16/2016-03-15 2016-02-16..2016-03-15",
        "2016-03-16/2016-04-15 2016-03-16..2016-04-15",
    ]
    # the 31st is the month's last day: 31 January, 29 February, 31 March, 30 April
    assert days(of(terms, "2016-02-01", "2016-04-30", "month", from_day=31)) == [
        "2016-01-31/2016-02-28 2016-01-31..2016-02-28",
        "2016-02-29/2016-03-30 2016-02-29..2016-03-30",
        "2016-03-31/2016-04-29 2016-03-31..2016-04-29",
    ]


def test_contract_spans_keep_the_day_of_the_term() -> None:
    terms = contract("2016-01-31", "2019-01-31")
    assert days(of(terms, "2016-01-01", "2016-04-01", "contract month")) == [
        "2016-01-31/2016-02-28 2016-01-31..2016-02-28",
        "2016-02-29/2016-03-30 2016-02-29..2016-03-30",
        "2016-03-31/2016-04-29 2016-03-31..2016-04-29",
    ]
    assert days(of(terms, "2016-01-01", "2016-02-01", "contract quarter")) == [
        "2016-01-31/2016-04-29 2016-01-31..2016-04-29"
    ]
    assert days(of(contract("2026-02-01", "2029-02-01"), "2027-01-31", "2027-02-02", "contract year")) == [
        "2026-02/2027-01 2026-02-01..2027-01-31",
        "2027-02/2028-01 2027-02-01..2028-01-31",
    ]


def test_term_and_its_renewals() -> None:
    terms = contract("2026-02-01", "2029-02-01", renewals=2)
    assert term_end(terms) == date(2031, 2, 1)
    assert days(of(terms, "2026-01-01", "2040-01-01", "term")) == [
        "2026-02/2029-01 2026-02-01..2029-01-31",
        "2029-02/2030-01 2029-02-01..2030-01-31",
        "2030-02/2031-01 2030-02-01..2031-01-31",
    ]
    assert days(of(terms, "2030-12-01", "2031-06-01", "month")) == [
        "2030-12 2030-12-01..2030-12-31",
        "2031-01 2031-01-01..2031-01-31",
    ]
    assert of(contract("2026-02-01", None), "2026-02-01", "2027-01-01", "term") == ()


THIRTY = Period(span=SPAN, unit="rolling", length=Duration(value=Decimal(30), unit="day"))
YEAR_BACK = Period(span=SPAN, unit="before claim", length=Duration(value=Decimal(365), unit="day"))


def test_a_rolling_period_ends_with_each_calendar_month_and_begins_with_the_term() -> None:
    found = periods(contract("2016-01-20", "2017-01-01"), THIRTY, date(2016, 1, 1), date(2016, 4, 15))
    assert [(str(one.first), str(one.last), one.full) for one in found] == [
        ("2016-01-20", "2016-01-31", False),
        ("2016-01-31", "2016-02-29", True),
        ("2016-03-02", "2016-03-31", True),
    ]
    assert found[1].label == "2016-01-31/2016-02-29"
    assert found[1].terms_day == date(2016, 2, 29)


def test_periods_before_a_claim_exist_only_where_a_claim_is() -> None:
    assert periods(contract("2016-01-01", "2017-01-01"), YEAR_BACK, date(2016, 1, 1), date(2017, 1, 1)) == ()


@pytest.mark.parametrize("whole", [True, False])
def test_the_period_before_a_claim_ends_the_day_before_it(whole: bool) -> None:
    found = claim_period(contract("2009-10-24", "2011-01-01"), YEAR_BACK, date(2010, 2, 1), whole=whole)
    assert found is not None
    assert (found.first, found.last) == (date(2009, 2, 1) if whole else date(2009, 10, 24), date(2010, 1, 31))
    assert (found.nominal_days, found.full, found.claim) == (365, whole, date(2010, 2, 1))


@pytest.mark.parametrize("unit", ["month", "quarter", "year", "contract month", "contract quarter", "contract year"])
def test_periods_follow_each_other_without_gap(unit: str) -> None:
    found = of(contract("2016-05-31", "2026-03-17"), "2000-01-01", "2050-01-01", unit)
    assert found[0].first == date(2016, 5, 31)
    assert found[-1].last == date(2026, 3, 16)
    for earlier, later in zip(found, found[1:], strict=False):
        assert earlier.end == later.start
        assert earlier.label < later.label


def test_period_at() -> None:
    terms = contract("2016-01-20", "2016-03-10")
    month = Period(span=SPAN, unit="month")
    found = period_at(terms, month, date(2016, 1, 31))
    assert found is not None
    assert found.label == "2016-01"
    assert period_at(terms, month, date(2016, 1, 19)) is None
