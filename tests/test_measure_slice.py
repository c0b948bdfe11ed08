"""A first slice of measurement, with figures worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sla2.measure import measure
from tests.measure_contracts import at, contract, events, level, log, stop, ticket


def test_a_ticket_that_waits_over_the_weekend_counts_two_hours():
    terms = contract([level(clock_stops=("waiting",))], stops=[stop()])
    tickets = [ticket(1, at("2026-03-06 16:30"), resolved_at=at("2026-03-09 10:30"))]
    status = events(
        1,
        [
            (at("2026-03-06 16:30"), "New"),
            (at("2026-03-06 17:00"), "Pending"),
            (at("2026-03-09 09:00"), "In progress"),
            (at("2026-03-09 10:30"), "Resolved"),
        ],
    )
    result, findings = measure(terms, log(tickets, status), date(2026, 3, 1), date(2026, 4, 1), at("2026-04-01 00:00"))
    assert findings == ()
    (case,) = result.cases.of("resolve")
    assert case.elapsed == 2 * 3600 * 1_000_000
    assert case.paused == 2 * 3600 * 1_000_000
    assert (case.outcome, case.period) == ("met", "2026-03")
    assert case.deadline == at("2026-03-09 12:30")
    (march,) = result.measurements
    assert (march.value, march.counts.met, march.denominator) == (Fraction(1), 1, 1)


def test_an_unresolved_ticket_is_missed_when_its_time_runs_out():
    terms = contract([level()])
    opened = at("2026-03-31 15:00")
    result, _ = measure(terms, log([ticket(1, opened)]), date(2026, 3, 1), date(2026, 5, 1), at("2026-04-10 00:00"))
    (case,) = result.cases.of("resolve")
    assert (case.outcome, case.deadline, case.period) == ("missed", at("2026-04-01 09:00"), "2026-04")
    assert [m.counts.missed for m in result.measurements] == [0, 1]
