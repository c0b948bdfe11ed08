"""The algebra of intervals against sets of whole numbers, and outages against a judge that asks every minute."""

from __future__ import annotations

import os
from datetime import date, time
from fractions import Fraction
from random import Random

from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st

from sla2.contract.level import Down, MinimumLength, Period
from sla2.contract.quantity import Percent
from sla2.contract.surroundings import Exclusion, Hours, Recurrence, Service
from sla2.measure import intervals, measure
from sla2.measure.naive_outages import naive_minutes, naive_value
from sla2.measure.outage_rows import exclusions, outages
from tests.measure_contracts import MINUTE, always, at, calendar, contract, level, log, span, within

ALL = os.environ.get("SLA2_ALL") == "1"
PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8)


def numbers(pairs) -> set[int]:
    return {number for low, high in pairs for number in range(low, high)}


@seed(1)
@settings(max_examples=300, database=None)
@given(PAIRS, PAIRS, st.integers(0, 40), st.integers(0, 40))
@example([(0, 5), (5, 9)], [(3, 3)], 0, 40)
def test_intervals_are_sets_of_instants(first, second, low, high) -> None:
    for found, expected in (
        (intervals.union(first, second), numbers(first) | numbers(second)),
        (intervals.intersection(first, second), numbers(first) & numbers(second)),
        (intervals.difference(first, second), numbers(first) - numbers(second)),
        (intervals.clip(first, low, high), numbers(first) & set(range(low, high))),
    ):
        assert numbers(found) == expected
        assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))
    both = intervals.length(intervals.union(first, second))
    assert intervals.length(intervals.difference(first, second)) == both - intervals.length(second)


def some_level(draw: Random, name: str):
    measure_name = draw.choice(("availability", "availability", "number of outages", "longest outage"))
    weighted = draw.choice((None, None, "affected users")) if measure_name == "availability" else None
    length = MinimumLength(
        span=span(), length=within(f"{draw.choice((5, 30))} elapsed minutes"), strict=draw.random() < 0.5
    )
    kind = draw.choice((None, "any component", "all components", "number down"))
    return level(
        name,
        measure_name,
        unit=draw.choice(("the service", "each component")),
        down_when=Down(span=span(), kind=kind, number=2) if kind else None,
        excludes=tuple(draw.sample(("planned", "weekly", "fault"), draw.randint(0, 3))),
        counts=draw.choice((None, length)),
        minimum_length_judged=draw.choice((None, "before exclusions", "after exclusions")),
        of=draw.choice((None, "period", "period minus exclusions", "service hours")),
        weighted_by=weighted,
        overlapping_users=draw.choice(("add", "highest")),
        degraded_counts=draw.choice((None, Percent(value=50))),
        whole_minutes=draw.random() < 0.2,
        period=Period(span=span(), unit=draw.choice(("month", "quarter"))),
    )


def some_contract(draw: Random):
    hours = draw.choice((always(), calendar(), calendar((("mon tue wed thu fri sat sun", "01:30-23:30"),))))
    exclusions_of = (
        Exclusion(
            span=span(), name="planned", title="Planned",
            announced=draw.choice((None, within("2 working days"), within("48 elapsed hours"))),
            approved_by=draw.choice((None, "customer", "both")),
            budget=draw.choice((None, within("3 elapsed hours"))),
            budget_per=draw.choice((None, "month", "contract year")),
        ),
        Exclusion(
            span=span(), name="weekly", title="Weekly",
            recurring=(Recurrence(span=span(), day="sun", hours=Hours(start=time(1), end=time(4))),),
            approved_by=draw.choice((None, None, "customer")),
        ),
        Exclusion(span=span(), name="fault", title="Fault", causes=("customer",)),
    )  # fmt: skip
    service = Service(span=span(), name="desk", title="Desk", hours=hours.name, components=("web", "db", "mail"))
    return contract(
        [some_level(draw, f"l{number}") for number in range(3)], (hours, calendar(name="work")),
        exclusions=exclusions_of, services=(service,), since="2026-03-27", working_days="work",
    )  # fmt: skip


def some_rows(draw: Random):
    low = at("2026-03-27 00:00")

    def pair(number: int, longest: int):
        start = low + draw.randrange(0, 5 * 24 * 60) * MINUTE
        return start, start + draw.randrange(0, longest) * MINUTE

    found, left_out = [], []
    for number in range(1, draw.randint(2, 9)):
        start, end = pair(number, draw.choice((20, 300, 3000)))
        found.append(
            {
                "outage": number, "outage_id": f"O{number}", "service": draw.choice(("desk", None)),
                "component": draw.choice((None, "web", "web", "db", "mail", "stranger")), "started": start,
                "ended": draw.choice((end, end, end, None)), "severity": draw.choice(("", "degraded")),
                "users_affected": draw.choice((None, 300, 800)), "users_total": 1000,
            }
        )  # fmt: skip
    for number in range(1, draw.randint(1, 7)):
        start, end = pair(number, 900)
        left_out.append(
            {
                "exclusion": number, "exclusion_id": f"E{number}", "name": draw.choice((None, "planned", "weekly")),
                "service": draw.choice((None, "desk", "other")), "component": draw.choice((None, None, "web")),
                "started": start, "ended": end, "cause": draw.choice((None, "customer")),
                "announced_at": draw.choice((None, start - draw.randrange(0, 9 * 24 * 60) * MINUTE)),
                "approved_by": draw.choice((None, "customer", "both", "Somebody")),
            }
        )  # fmt: skip
    return {"outages": sorted(found, key=lambda row: row["started"]), "exclusions": left_out}


def compare(number: int) -> int:
    draw = Random(number)
    terms, tables = some_contract(draw), some_rows(draw)
    as_of = at(draw.choice(("2026-04-02 00:00", "2026-03-31 07:00")))
    made = log([], **tables)
    result, _ = measure(terms, made, date(2026, 3, 1), date(2026, 5, 1), as_of)
    assert result is not None
    cursor = made.cursor()
    rows = outages(lambda query: cursor.execute(query).fetchall(), as_of)
    rows = tuple(row for row in rows if row.component != "stranger" and row.started < row.ended)
    left_out = exclusions(lambda query: cursor.execute(query).fetchall(), as_of)
    low = min([at("2026-03-27 00:00"), *(row.started for row in (*rows, *left_out))])
    minutes = {}
    for one in result.measurements:
        key = (one.level, one.unit)
        if key not in minutes:
            minutes[key] = tuple(naive_minutes(terms, one.terms, one.unit, rows, left_out, low, as_of))
        expected = naive_value(terms, one.terms, minutes[key], one.period, as_of)
        assert one.value == expected, (number, one.level, one.unit, one.period.label, one.terms)
        if one.terms.measure == "availability" and one.value is not None:
            counted = [piece for piece in result.pieces if _of(piece, one) and piece.counted]
            down = sum(((piece.ended - piece.started) * piece.weight for piece in counted), Fraction(0))
            assert one.value == 1 - down / one.denominator
            assert intervals.length((piece.started, piece.ended) for piece in counted) <= one.denominator
    return len(result.pieces)


def _of(piece, measurement) -> bool:
    key = (measurement.level, measurement.unit, measurement.period.label)
    return (piece.level, piece.unit, piece.period) == key


@seed(20260302)
@settings(max_examples=400 if ALL else 3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.integers(0, 10_000_000))
def test_outages_agree_with_the_judge_that_asks_every_minute(number: int) -> None:
    compare(number)


def test_the_comparison_sees_pieces() -> None:
    assert sum(compare(number) for number in range(2)) > 20
