"""Samples, figures, deliveries and surveys: the engine against judges that look at every slot and row on its own."""

from __future__ import annotations

import os
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from sla2.contract.level import BoundTarget, Period, StatisticTarget
from sla2.contract.quantity import Duration, Percent
from sla2.contract.relations import Survey, SurveyItem
from sla2.contract.surroundings import Exclusion, Hours, Recurrence, Service
from sla2.measure import measure
from sla2.measure.naive_rows import naive_delay, naive_figure, naive_satisfaction
from sla2.measure.naive_slots import Case, naive_latency, naive_success
from sla2.measure.outage_rows import exclusions
from sla2.measure.row_source import bounded
from tests.measure_contracts import MINUTE, always, at, calendar, contract, level, log, share, span, within

ALL = os.environ.get("SLA2_ALL") == "1"
RUN = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
LOW = at("2026-03-27 00:00")


def percent(text: str = "99") -> BoundTarget:
    return BoundTarget(span=span(), comparison="at least", percent=Percent(value=Decimal(text)))


def milliseconds(number: int) -> Duration:
    return Duration(value=Decimal(number), unit="elapsed millisecond")


def some_success(draw: Random, name: str):
    slot = draw.choice((30, 60, 360, None))
    lines = {}
    if slot is not None:
        lines = {
            "slot": within(f"{slot} elapsed minutes"),
            "slot_fails": draw.choice((None, None, Percent(value=Decimal(20)))),
            "slot_needs": draw.choice((None, 5)),
            "empty_slot": draw.choice((None, "good", "ignored")),
            "slots": draw.choice((None, "averaged", "pooled")),
        }
    return level(
        name, "success rate", percent(), unit=draw.choice(("the service", "each component", "each zone")),
        excludes=tuple(draw.sample(("planned", "weekly"), draw.randint(0, 2))),
        period=Period(span=span(), unit=draw.choice(("month", "quarter"))), **lines,
    )  # fmt: skip


def some_latency(draw: Random, name: str):
    target = draw.choice(
        (
            share(90, "1 elapsed second"),
            BoundTarget(span=span(), comparison="at most", duration=milliseconds(900)),
            *(
                StatisticTarget(span=span(), statistic=word, within=milliseconds(400))
                for word in ("median", "p95", "p99", "average")
            ),
        )
    )
    return level(name, "latency", target, unit=draw.choice(("the service", "each zone")),
                 excludes=draw.choice(((), ("planned",))))  # fmt: skip


def some_contract(draw: Random):
    hours = draw.choice((always(), calendar(), calendar((("mon tue wed thu fri sat sun", "01:30-23:30"),))))
    exclusions_of = (
        Exclusion(span=span(), name="planned", title="Planned", approved_by=draw.choice((None, "customer"))),
        Exclusion(
            span=span(), name="weekly", title="Weekly",
            recurring=(Recurrence(span=span(), day="sun", hours=Hours(start=time(1), end=time(5))),),
        ),
    )  # fmt: skip
    service = Service(span=span(), name="desk", title="Desk", hours=hours.name, components=("web", "db"))
    levels = [some_success(draw, f"s{number}") for number in range(3)] + [some_latency(draw, "slow")]
    return contract(levels, (hours,), exclusions=exclusions_of, services=(service,), since="2026-03-27")


def some_samples(draw: Random):
    """Counts or probes of five days; here and there one is missing, or holds no measurement."""
    probes, interval = draw.random() < 0.4, draw.choice((None, 15 * MINUTE, 60 * MINUTE))
    found = []
    for component, zone in (("web", "a"), ("web", "b"), ("db", None)):
        for number in range(0, 5 * 24 * 4, draw.choice((1, 3))):
            if draw.random() < 0.05:
                continue
            row = {
                "service": draw.choice(("desk", None)), "component": component, "zone": zone,
                "at": LOW + number * 15 * MINUTE + draw.choice((0, 1, 7)) * MINUTE, "expected_interval": interval,
                "ok": None, "requests": None, "errors": None, "latency": draw.choice((None, draw.randrange(2_000_000))),
                "import_id": 1, "row_no": len(found) + 2,
            }  # fmt: skip
            if probes:
                row["ok"] = draw.choice((1, 1, 1, 0, None))
            elif draw.random() < 0.9:
                row["requests"] = draw.choice((0, 3, 10, 40))
                row["errors"] = draw.randint(0, row["requests"]) if draw.random() < 0.4 else 0
            found.append(row)
    draw.shuffle(found)
    return found


def some_exclusions(draw: Random):
    found = []
    for number in range(1, draw.randint(1, 5)):
        start = LOW + draw.randrange(0, 5 * 24) * 60 * MINUTE
        found.append(
            {
                "exclusion": number, "exclusion_id": f"E{number}", "name": "planned", "service": None,
                "component": draw.choice((None, "web")), "started": start,
                "ended": start + draw.randrange(1, 12) * 60 * MINUTE,
                "approved_by": draw.choice((None, "customer")),
            }
        )  # fmt: skip
    return found


def compare(number: int) -> tuple[int, int]:
    draw = Random(number)
    terms, samples, left_out = some_contract(draw), some_samples(draw), some_exclusions(draw)
    as_of = at(draw.choice(("2026-04-02 00:00", "2026-03-31 07:00")))
    made = log([], samples=samples, exclusions=left_out)
    result, _ = measure(terms, made, date(2026, 3, 1), date(2026, 5, 1), as_of)
    cursor = made.cursor()
    rows = exclusions(lambda query: cursor.execute(query).fetchall(), as_of)
    undecided = 0
    for one in result.measurements:
        case = Case(terms, one.terms, one.unit, one.period, as_of, rows)
        if one.terms.measure == "latency":
            assert one.value == naive_latency(case, samples), (number, one.unit, one.terms)
            continue
        expected = naive_success(case, samples)
        if one.terms.slot is None and any(row["expected_interval"] or _empty(row) for row in samples):
            assert one.value == expected[0]
            assert one.value is None or one.low <= one.value <= one.high
            continue
        assert (one.value, one.low, one.high) == expected, (number, one.level, one.unit, one.period.label, one.terms)
        undecided += one.low != one.high
        adds_up(result, one)
    return len(result.measurements), undecided


def _empty(row) -> bool:
    return row["ok"] is None and row["requests"] is None


def adds_up(result, one) -> None:
    """The slots that prove a figure give it again."""
    mine = [s for s in result.slots if (s.level, s.unit, s.period) == (one.level, one.unit, one.period.label)]
    if not mine or one.terms.slot is None:
        return
    assert all(slot.ended - slot.started == slot.slots * one.terms.slot.microseconds for slot in mine)
    judged = [slot for slot in mine if slot.kind in ("counted", "good", "bad")]
    lost = {"counted": lambda slot: slot.errors, "good": lambda slot: 0, "bad": lambda slot: slot.requests}
    if one.terms.slots == "pooled":
        if sum(slot.requests for slot in judged):
            again = Fraction(sum(lost[s.kind](s) for s in judged), sum(slot.requests for slot in judged))
            assert one.value == 1 - again
    elif one.terms.empty_slot == "ignored" and judged:
        parts = [Fraction(lost[s.kind](s), s.requests) if s.errors else Fraction(0) for s in judged]
        assert one.value == 1 - sum(parts) / sum(slot.slots for slot in judged)


@seed(20260303)
@settings(max_examples=200 if ALL else 3, **RUN)
@given(st.integers(0, 10_000_000))
def test_samples_agree_with_the_judge_that_asks_every_slot(number: int) -> None:
    compare(number)


def test_the_comparison_sees_figures_and_doubts() -> None:
    seen = [compare(number) for number in range(3)]
    assert sum(found for found, _ in seen) > 20
    assert sum(doubts for _, doubts in seen) > 3


@seed(20260304)
@settings(max_examples=60 if ALL else 2, **RUN)
@given(st.integers(0, 10_000_000))
def test_order_of_rows_errors_and_exclusions(number: int) -> None:
    """Shuffled rows change nothing; more errors never raise a success rate; an exclusion never lowers it."""
    draw = Random(number)
    terms, samples, left_out = some_contract(draw), some_samples(draw), some_exclusions(draw)

    def values(rows, windows=()):
        found, _ = measure(terms, log([], samples=rows, exclusions=list(windows)), *DAYS, at("2026-04-02 00:00"))
        return {(m.level, m.unit, m.period.label): m for m in found.measurements if m.terms.measure == "success rate"}

    plain = values(samples)
    mixed = samples[:]
    draw.shuffle(mixed)
    assert values(mixed) == plain
    worse = [{**row, "errors": row["requests"]} if draw.random() < 0.1 else row for row in samples]
    worse = [{**row, "ok": 0} if row["ok"] == 1 and draw.random() < 0.1 else row for row in worse]
    excused = values(samples, left_out)
    for key, one in values(worse).items():
        assert one.value is None or one.value <= plain[key].value
    for key, one in excused.items():
        assert one.value is None or plain[key].value is None or one.value >= plain[key].value
        assert one.low is None or plain[key].low is None or one.low >= plain[key].low


DAYS = (date(2026, 3, 1), date(2026, 5, 1))


def test_a_long_fraction_compares_like_the_exact_one() -> None:
    draw = Random(7)
    for _ in range(200):
        exact = sum((Fraction(draw.randrange(1, p), p * 40) for p in range(101, 199)), Fraction(0))
        short = bounded(exact)
        assert exact.denominator > 10**60 > short.denominator / 10
        for limit in (Fraction(draw.randrange(10**6), 10**6), Fraction(int(exact * 10**30), 10**30)):
            assert (short >= limit, short > limit) == (exact >= limit, exact > limit)
    assert bounded(Fraction(999, 1000)) == Fraction(999, 1000)


def figure_level(draw: Random, name: str):
    return level(name, "reported figure", percent("95"), figure="uptime",
                 no_report=draw.choice((None, "missed", "previous", "undecided")))  # fmt: skip


def late(unit: str) -> BoundTarget:
    return BoundTarget(
        span=span(), comparison="at most", duration=Duration(value=Decimal(2), unit=unit), late=True
    )  # fmt: skip


def row_contract(draw: Random):
    score = draw.choice((percent("75"), BoundTarget(span=span(), comparison="at least", number=Decimal(7))))
    due = date(2026, 3, 1) + timedelta(days=draw.randrange(45))
    pulse = Survey(
        span=span(), name="pulse", title="Pulse", asks=("customer",), every="month",
        items=tuple(SurveyItem(span=span(), name=name, question="?", topic="") for name in ("fit", "value")),
        scale_low=1, scale_high=10, satisfied_from=7, show_from=draw.choice((None, 3)), target=None,
    )  # fmt: skip
    return contract(
        [
            figure_level(draw, "told"),
            level("go", "delivery date", late(draw.choice(("day", "working day"))), due=due, period=None),
            level("happy", "satisfaction", score),
        ],
        surveys=(pulse,), working_days="office", since="2026-01-01",
    )  # fmt: skip


def some_rows(draw: Random):
    months = ("2026-01", "2026-02", "2026-03", "2026-04", "elsewhere")
    figures = [
        {"name": "uptime", "period": draw.choice(months), "value": draw.choice(("99.5", "94", "95"))}
        for _ in range(draw.randint(0, 4))
    ]
    came = [None, *(at("2026-02-20 12:00") + draw.randrange(60) * 1440 * MINUTE for _ in range(2))]
    deliveries = [{"obligation": "go", "delivered_at": draw.choice(came)} for _ in range(draw.randint(0, 2))]
    surveys = [
        {
            "respondent": f"r{draw.randrange(5)}", "at": at("2026-01-02 00:00") + draw.randrange(100) * 1440 * MINUTE,
            "item": draw.choice(("fit", "value", "other")), "score": str(draw.randint(1, 10)),
            "party": draw.choice((None, "customer", "supplier")), "about": draw.choice((None, "supplier", "customer")),
            "service": draw.choice((None, "desk")), "ticket_id": draw.choice((None, "T1")),
        }
        for _ in range(draw.randint(0, 12))
    ]  # fmt: skip
    tables = {"figures": figures, "deliveries": deliveries, "surveys": surveys}
    for name, rows in tables.items():
        tables[name] = [{**row, "import_id": 1, "row_no": place} for place, row in enumerate(rows, start=2)]
    return tables


@seed(20260305)
@settings(max_examples=300 if ALL else 10, **RUN)
@given(st.integers(0, 10_000_000))
def test_rows_agree_with_the_judge_that_reads_them_one_by_one(number: int) -> None:
    draw = Random(number)
    terms, tables = row_contract(draw), some_rows(draw)
    as_of = at(draw.choice(("2026-05-01 00:00", "2026-03-16 00:00")))
    result, _ = measure(terms, log([], **tables), date(2026, 1, 1), date(2026, 5, 1), as_of)
    told = result.of("told")
    for place, one in enumerate(told):
        found = naive_figure(one.terms, [m.period for m in told], place, tables["figures"], as_of)
        assert (one.value, one.standing) == found, number
    (one,) = result.of("go")
    assert one.period.first <= one.terms.due <= one.period.last
    assert (one.value, one.standing) == naive_delay(terms, one.terms, one.terms.due, tables["deliveries"], as_of), (
        number
    )
    for one in result.of("happy"):
        found = naive_satisfaction(terms, one.terms, one.period, tables["surveys"], as_of)
        assert (one.value, one.standing) == found, number
