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
from sla2.measure.plain_rows import lives
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
    measures = ("availability", "availability", "number of outages", "longest outage", "mean time between failures")
    measure_name = draw.choice(measures)
    weighted = draw.choice((None, None, "affected users", "affected share")) if measure_name == "availability" else None
    length = MinimumLength(
        span=span(), length=within(f"{draw.choice((5, 30))} elapsed minutes"), strict=draw.random() < 0.5
    )
    kind = draw.choice((None, "any component", "all components", "number down"))
    parts = draw.choice((None, "components", "zones"))
    return level(
        name,
        measure_name,
        unit=draw.choice(("the service", "each component", "each zone")),
        down_when=Down(span=span(), kind=kind, number=2, unit=parts if kind == "number down" else None)
        if kind
        else None,
        excludes=tuple(draw.sample(("planned", "weekly", "fault"), draw.randint(0, 3))),
        counts=draw.choice((None, length)),
        minimum_length_judged=draw.choice((None, "before exclusions", "after exclusions")),
        of=draw.choice((None, "period", "period minus exclusions", "service hours", "lifetime in period")),
        at_the_end_of_a_period=draw.choice((None, "length counts whole", "length counts after cutting")),
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
    service = Service(
        span=span(), name="desk", title="Desk", hours=hours.name, components=("web", "db", "mail"),
        users=draw.choice((None, 1000)),
    )  # fmt: skip
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
                "users_affected": draw.choice((None, 300, 800)), "users_total": draw.choice((None, 1000)),
                "affected_share": draw.choice((None, "0.4")), "zone": draw.choice((None, "a", "b")),
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
    lived = []
    for _ in range(draw.randint(0, 4)):
        start, end = pair(0, 6000)
        places = {"component": draw.choice((None, "web", "db")), "zone": draw.choice((None, "a", "b"))}
        lived.append(
            {**places, "service": draw.choice((None, "desk")), "started": start, "ended": draw.choice((end, None))}
        )
    return {"outages": sorted(found, key=lambda row: row["started"]), "exclusions": left_out, "units": lived}


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
    lived = lives(lambda query: cursor.execute(query).fetchall())
    low = min([at("2026-03-27 00:00"), *(row.started for row in (*rows, *left_out))])
    minutes = {}
    for one in result.measurements:
        key = (one.level, one.unit)
        if key not in minutes:
            minutes[key] = tuple(naive_minutes(terms, one.terms, one.unit, rows, left_out, low, as_of, lived))
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
    assert sum(compare(number) for number in range(3)) > 20


def figures(terms, tables) -> dict:
    """All measurements by level, unit and period."""
    result, _ = measure(terms, log([], **tables), date(2026, 3, 1), date(2026, 5, 1), at("2026-04-02 00:00"))
    return {(one.level, one.unit, one.period.label): one for one in result.measurements}


@seed(20260306)
@settings(max_examples=100 if ALL else 3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.integers(0, 10_000_000))
def test_order_of_rows_more_downtime_and_exclusions(number: int) -> None:
    """Shuffled rows change nothing; more downtime never raises availability; an exclusion never lowers it.

    Without excluded time in what is owed: if that is taken off both, the rest of the downtime weighs more.
    """
    draw = Random(number)
    terms, tables = some_contract(draw), some_rows(draw)
    plain = figures(terms, tables)
    mixed = {name: draw.sample(rows, len(rows)) for name, rows in tables.items()}
    assert figures(terms, mixed) == plain
    longer = [{**row, "ended": row["ended"] and row["ended"] + 60 * MINUTE} for row in tables["outages"]]
    more = figures(terms, {**tables, "outages": longer, "exclusions": []})
    fewer = figures(terms, {**tables, "exclusions": []})
    for key, one in plain.items():
        of_share = one.terms.measure == "availability" and one.terms.of != "period minus exclusions"
        if one.value is not None and of_share and not one.terms.whole_minutes:
            assert more[key].value <= fewer[key].value, (number, key)
            if not any(terms.exclusion(name).recurring for name in one.terms.excludes):
                assert one.value >= fewer[key].value, (number, key)
