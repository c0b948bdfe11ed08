"""Rows that cannot be right: judged as the records say, or named and counted; never a crash, never lost."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from sla2.contract.calendar import instant
from sla2.contract.surroundings import Service
from sla2.measure import measure
from tests.measure_contracts import at, contract, events, level, log, span, stop, ticket

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
AS_OF = at("2026-04-10 00:00")
LAST = instant(datetime(9999, 12, 30, 12), "UTC")
FIRST = instant(datetime(1, 1, 2), "UTC")


def run(rows, status=(), pauses=(), **more):
    levels = [level("resolve", clock_stops=("waiting",)), level("respond", "response time")]
    terms = contract(levels, stops=[stop(reason=None)], since="2026-01-01", **more)
    result, found = measure(terms, log(rows, status, pauses), *MARCH, AS_OF)
    assert result is not None
    (account,) = [one for one in result.accounting if one.table == "tickets"]
    parts = (account.judged, account.excluded, account.out_of_period, account.refused, account.not_asked)
    assert sum(parts) == account.read == len(rows)
    return result, found, account


def test_resolved_before_it_was_opened_took_no_time() -> None:
    result, _, account = run([ticket(1, at("2026-03-03 09:00"), resolved_at=at("2026-03-02 09:00"))])
    (case,) = result.cases.of("resolve")
    assert (case.elapsed, case.outcome, account.judged) == (0, "met", 1)


def test_a_pause_without_end_holds_the_clock() -> None:
    pauses = [{"ticket": 1, "seq": 1, "reason_raw": "waiting", "started": at("2026-03-02 10:00"), "ended": None}]
    result, _, _ = run([ticket(1, at("2026-03-02 09:00"))], pauses=pauses)
    (case,) = result.cases.of("resolve")
    assert (case.outcome, case.reason, case.deadline, case.elapsed) == ("open", "clock stopped", None, 3_600_000_000)


def test_a_pause_that_ends_before_it_begins_is_none() -> None:
    pauses = [
        {"ticket": 1, "seq": 1, "reason_raw": "waiting", "started": at("2026-03-02 10:00"),
         "ended": at("2026-03-02 09:30")},
    ]  # fmt: skip
    result, _, _ = run([ticket(1, at("2026-03-02 09:00"), resolved_at=at("2026-03-02 12:00"))], pauses=pauses)
    (case,) = result.cases.of("resolve")
    assert (case.elapsed, case.paused) == (3 * 3_600_000_000, 0)


def test_two_tickets_of_one_number_are_two_cases() -> None:
    rows = [ticket(number, at("2026-03-02 09:00"), ticket_id="T") for number in (1, 2)]
    result, _, account = run(rows)
    assert len(result.cases.ticket("T")) == 4
    assert account.judged == 2


def test_an_unknown_service_is_named_and_counted() -> None:
    services = tuple(Service(span=span(), name=name, title=name, hours="office") for name in ("desk", "other"))
    rows = [ticket(1, at("2026-03-02 09:00"), service="nobody"), ticket(2, at("2026-03-02 09:00"))]
    _, found, account = run(rows, services=services)
    assert [one.code for one in found] == ["SLA604"]
    assert (account.judged, account.refused) == (1, 1)


@pytest.mark.parametrize("opened", [at("2025-12-31 23:59"), FIRST, at("1970-01-01 01:00")])
def test_before_the_term_is_out_of_period(opened: int) -> None:
    result, _, account = run([ticket(1, opened, resolved_at=at("2026-03-02 09:00"))])
    assert not list(result.cases.of("resolve"))
    assert account.out_of_period == 1


@pytest.mark.parametrize("opened", [AS_OF + 1, at("2031-01-01 00:00"), LAST])
def test_after_the_as_of_date_is_out_of_period(opened: int) -> None:
    result, _, account = run([ticket(1, opened), ticket(2, at("2026-03-02 09:00"), resolved_at=LAST)])
    (case,) = result.cases.of("resolve")
    assert (case.ticket, case.stopped, case.outcome) == (2, None, "missed")
    assert (account.judged, account.out_of_period) == (1, 1)


def test_a_clock_that_jumps_back_is_read_in_the_order_of_the_history() -> None:
    """The second change is recorded before the first: the numbers of the history say what came after what."""
    status = events(1, [(at("2026-03-02 09:00"), "New"), (at("2026-03-02 11:00"), "Pending")])
    rows = [ticket(1, at("2026-03-02 09:00"), resolved_at=at("2026-03-02 13:00"))]
    back = {**status[1], "at": at("2026-03-02 10:30"), "to_raw": "Busy", "to_value": "in progress", "seq": 3}
    numbered = [{**row, "seq": place, "import_id": 1, "row_no": 0} for place, row in enumerate(status, start=1)]
    made = log(rows)
    made.cursor().executemany(
        'INSERT INTO status_events (ticket, seq, "at", field, to_raw, to_value) VALUES (?, ?, ?, ?, ?, ?)',
        [[row[name] for name in ("ticket", "seq", "at", "field", "to_raw", "to_value")] for row in (*numbered, back)],
    )
    terms = contract([level(clock_stops=("waiting",))], stops=[stop()])
    result, _ = measure(terms, made, *MARCH, AS_OF)
    assert result is not None
    (case,) = result.cases.of("resolve")
    assert (case.elapsed, case.paused) == (4 * 3_600_000_000, 0)
