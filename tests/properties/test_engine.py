"""The engine finds the same cases as the slow judge, on random contracts and random logs.

A small fixed set by default; `SLA2_ALL=1` runs many more.
"""

from __future__ import annotations

import os
from datetime import date, time
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from sla2.contract.level import BoundTarget, Intake, Period, StatisticTarget, When
from sla2.contract.quantity import Percent
from sla2.contract.surroundings import ClosedDay, Exclusion, Service, ShortDay
from sla2.logs.log import Import
from sla2.measure import measure
from sla2.measure.naive import naive_cases
from tests.measure_contracts import (
    DAYS,
    MINUTE,
    always,
    at,
    calendar,
    contract,
    events,
    hours,
    level,
    log,
    share,
    span,
    stop,
    ticket,
    within,
)

ALL = os.environ.get("SLA2_ALL") == "1"
SEASONS = (("2026-03-23 00:00", "2026-04-08 00:00"), ("2026-10-19 00:00", "2026-11-04 00:00"))
STATES = ("New", "In progress", "Pending", "Waiting", "Resolved", "Closed", "Cancelled")
HOUR = 60 * MINUTE
MEASURES = (
    "response time",
    "resolution time",
    "resolution time",
    "resolution time",
    "restoration time",
    "number of incidents",
    "reopened share",
    "backlog age",
)


def some_calendar(draw: Random):
    openings = (
        (("mon tue wed thu fri", "08:00-18:00"),),
        (("mon tue wed thu", "09:00-12:00, 13:00-17:30"), ("fri", "09:00-15:15")),
        ((" ".join(DAYS), "00:00-24:00"),),
        (("sat sun", "01:00-04:30"), ("mon wed fri", "22:00-24:00")),
        ((" ".join(DAYS), "02:10-23:59"),),
    )
    more = {}
    if draw.random() < 0.5:
        more["holidays"] = ("2026-03-26", "2026-04-06", "2026-10-27")
        more["on_holidays"] = draw.choice(("closed", "as sunday", "open"))
    if draw.random() < 0.3:
        more["closed"] = (ClosedDay(span=span(), name="x", day=date(2026, 3, 31)),)
    if draw.random() < 0.3:
        more["short_days"] = (ShortDay(span=span(), day=date(2026, 10, 23), hours=(hours("10:00-12:00"),)),)
    return calendar(draw.choice(openings), zone=draw.choice(("Europe/Amsterdam", "UTC")), **more)


def some_level(draw: Random, name: str):
    unit = draw.choice(
        ("business hours", "business hours", "elapsed hours", "working days", "days", "business minutes")
    )
    amount = {"working days": (1, 2, 3), "days": (1, 2), "business minutes": (15, 90)}.get(unit, (1, 2, 4, 9, 20))
    text = f"{draw.choice(amount)} {unit}"
    target = share(80, text)
    if "days" not in unit and draw.random() < 0.2:
        target = StatisticTarget(span=span(), statistic=draw.choice(("median", "p95", "average")), within=within(text))
    if "working" in unit and draw.random() < 0.4:
        target = target.model_copy(update={"end_of_day": True})
    measure_of = draw.choice(MEASURES)
    if measure_of == "reopened share":
        target = BoundTarget(span=span(), comparison="at most", percent=Percent(value=Decimal(5)))
    elif measure_of == "number of incidents" or (measure_of == "backlog age" and draw.random() < 0.3):
        target = BoundTarget(span=span(), comparison="at most", number=Decimal(2))
    elif measure_of == "backlog age" and "days" not in unit and draw.random() < 0.5:
        target = BoundTarget(span=span(), comparison="at most", duration=within(text))
    priorities = tuple(draw.sample(("P1", "P2", "P3"), draw.randint(1, 2))) if draw.random() < 0.7 else ()
    when = None
    if priorities or draw.random() < 0.3:
        when = When(
            span=span(),
            priorities=priorities,
            opened_from=draw.choice((None, None, None, time(8))),
            opened_to=draw.choice((None, time(10, 30))),
            categories=draw.choice(((), (), ("mail",), ("mail", "phone"))),
        )
    intake = draw.choice(
        (
            None,
            None,
            None,
            Intake(span=span(), after=time(12)),
            Intake(span=span(), counts_as=time(8)),
            Intake(span=span()),
        )
    )
    return level(
        name,
        measure_of,
        target,
        when=when,
        intake=intake,
        clock_stops=tuple(draw.sample(("pending", "waiting", "third"), draw.randint(0, 3))),
        priority_is=draw.choice((None, "at opening", "at resolution", "highest held", "each while held")),
        after_priority_change=draw.choice((None, "elapsed counts", "clock restarts")),
        after_reopening=draw.choice((None, "clock continues", "new case")),
        counts_in=draw.choice((None, "opening", "resolution", "decision")),
        excludes=draw.choice(((), ("fault",))),
        unit=draw.choice(("the service", "the service", "each component")),
    )


def some_limits(draw: Random):
    """A limit of a clock stop and its condition, each seldom."""
    lengths = ("2 business hours", "30 business minutes", "1 working days", "3 elapsed hours", "1 days")
    most = within(draw.choice(lengths)) if draw.random() < 0.3 else None
    return {"at_most": most, "needs_visible_message": draw.random() < 0.2}


def some_contract(draw: Random):
    stops = (
        stop("pending", "Pending", more_from=draw.choice(((), ("Waiting",))), **some_limits(draw)),
        stop(
            "waiting",
            "Waiting",
            until_status="In progress",
            more_until=draw.choice(((), ("New",))),
            **some_limits(draw),
        ),
        stop("third", None, reason="Third party", more_reasons=("Parts",), **some_limits(draw)),
    )
    names = [f"l{number}" for number in range(4)]
    levels = [some_level(draw, name) for name in names]
    twin = draw.choice(levels)
    if twin.when is not None and twin.when.priorities:
        rest = tuple({"P1", "P2", "P3"} - set(twin.when.priorities))
        levels.append(
            twin.model_copy(
                update={"name": "twin", "span": span(), "when": twin.when.model_copy(update={"priorities": rest})}
            )
        )
    exclusion = Exclusion(span=span(), name="fault", title="Fault of the customer", causes=("customer",))
    first = some_calendar(draw)
    services = (Service(span=span(), name="desk", title="Desk", hours=first.name),)
    if draw.random() < 0.3:
        services += (Service(span=span(), name="other", title="Other", hours=first.name),)
    return contract(
        levels, (first, always()), stops, since=draw.choice(("2000-01-01", "2026-03-25")),
        exclusions=(exclusion,), services=services,
    )  # fmt: skip


def some_tables(draw: Random, season: tuple[str, str], unit: int | None):
    low, high = at(season[0]), at(season[1])
    grain = MINUTE if unit or draw.random() < 0.5 else 1_000_000
    edges = [at(f"{season[0][:8]}{day:02d} {hour:02d}:00") for day in (25, 26, 29) for hour in (0, 2, 3, 8, 18)]

    def moment(after: int) -> int:
        if draw.random() < 0.2:
            near = [edge for edge in edges if edge >= after]
            if near:
                return draw.choice(near)
        span_of = draw.choice((HOUR, 6 * HOUR, 30 * HOUR, 90 * HOUR))
        return min(after + draw.randrange(0, span_of, grain), high)

    tickets, status, pauses, updates = [], [], [], []
    for number in range(1, 7):
        opened = min(low + draw.randrange(0, 8 * 24 * HOUR, grain), high)
        opened -= opened % grain
        times, labels = [opened], ["New"]
        for _ in range(draw.randint(0, 6)):
            times.append(moment(times[-1]))
            labels.append(draw.choice(STATES))
        if draw.random() < 0.8:
            status += events(number, zip(times, labels, strict=True))
        changes = [(moment(opened) if place else opened, draw.choice(("P1", "P2", "P3"))) for place in range(3)]
        if draw.random() < 0.6:
            status += events(number, changes[: draw.randint(1, 3)], "priority")
        for place in range(draw.choice((0, 0, 1, 2))):
            started = moment(opened)
            ended = draw.choice((None, moment(started)))
            pauses.append(
                {"ticket": number, "seq": place + 1, "started": started, "ended": ended,
                 "reason_raw": draw.choice(("Third party", "Parts", "pending", "Other"))}
            )  # fmt: skip
        last = times[-1]
        tickets.append(
            ticket(
                number, opened, unit,
                service=draw.choice(("desk", "desk", "desk", None, "nobody")),
                component=draw.choice((None, "web", "db")),
                category=draw.choice((None, "mail")), cause=draw.choice((None, "customer")),
                priority=draw.choice((None, "P1", "P2", "P3")),
                first_response_at=draw.choice((None, moment(opened))),
                resolved_at=draw.choice((None, last, moment(last))), closed_at=draw.choice((None, last)),
                state=draw.choice(("in progress", "cancelled", "resolved")),
                paused_total=draw.choice((None, None, 3 * HOUR)),
                paused_basis=draw.choice(("wall", "service hours", "unknown")),
                reopened_count=draw.choice((None, 0, 1)),
            )
        )  # fmt: skip
        updates += [
            {"ticket": number, "ticket_id": f"T{number}", "at": draw.choice((moment(opened), *times)),
             "visible": draw.choice((0, 1, 1))}
            for _ in range(draw.randint(0, 3))
        ]  # fmt: skip
    return {"tickets": tickets, "status_events": status, "pauses": pauses, "updates": updates}


def numbered(tables):
    """The same tables with the numbers that `log` gives to events."""
    rows, last = [], {}
    for row in sorted(tables["status_events"], key=lambda row: (row["ticket"], row["at"])):
        last[row["ticket"]] = last.get(row["ticket"], 0) + 1
        rows.append({**row, "seq": last[row["ticket"]]})
    return {**tables, "status_events": rows}


def compare(number: int) -> int:
    draw = Random(number)
    terms = some_contract(draw)
    season = draw.choice(SEASONS)
    tables = some_tables(draw, season, draw.choice((None, MINUTE)))
    as_of = at(season[1]) - draw.choice((0, 0, 5 * 24 * HOUR)) + draw.choice((0, 20 * 24 * HOUR))
    start, end = date(2026, 3, 1), date(2026, 12, 1)
    made = log(tables["tickets"], tables["status_events"], tables["pauses"], updates=tables["updates"])
    messages = draw.random() < 0.7
    if not messages:
        made = type(made)(made.connection, (Import(1, "tickets", "p", "f", "", 0, "", "", "UTC", "utf-8", "", 1, 1),))
    result, findings = measure(terms, made, start, end, as_of)
    assert result is not None
    assert not [found for found in findings if found.code not in ("SLA604", "SLA605")]
    found = [case for name in sorted({one.name for one in terms.levels}) for case in result.cases.of(name)]
    expected = list(naive_cases(terms, numbered(tables), start, end, as_of, messages=messages))
    for one, other in zip(found, expected, strict=False):
        assert one == other
    assert len(found) == len(expected)
    return len(found)


@seed(20260301)
@settings(max_examples=1500 if ALL else 8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.integers(0, 10_000_000))
def test_the_engine_agrees_with_the_slow_judge(number: int) -> None:
    compare(number)


def test_joins_on_joins_do_not_stop_the_engine() -> None:
    assert compare(1125) > 0


def test_the_comparison_sees_many_cases() -> None:
    assert sum(compare(number) for number in range(2)) > 12


@pytest.mark.parametrize("number", range(40 if ALL else 4))
def test_the_months_of_a_quarter_add_up(number: int) -> None:
    """Every case of a quarter is a case of one of its months; a backlog is about the end only."""
    draw = Random(number)
    terms = some_contract(draw)
    season = draw.choice(SEASONS)
    tables = some_tables(draw, season, MINUTE)
    made = log(tables["tickets"], tables["status_events"], tables["pauses"], updates=tables["updates"])
    found = {}
    for unit in ("month", "quarter"):
        levels = tuple(
            one.model_copy(update={"period": Period(span=one.span, unit=unit)})
            for one in terms.levels
            if one.measure != "backlog age"
        )
        split = terms.model_copy(update={"levels": levels})
        result, _ = measure(split, made, date(2026, 1, 1), date(2027, 1, 1), at("2026-12-31 00:00"))
        assert result is not None
        for one in result.measurements:
            key = (one.level, one.unit, one.period.first.year, (one.period.first.month - 1) // 3)
            counts = one.counts
            numbers = (counts.met, counts.missed, counts.open, counts.excluded, counts.undecided)
            total = found.setdefault(unit, {}).setdefault(key, (0, 0, 0, 0, 0))
            found[unit][key] = tuple(map(sum, zip(total, numbers, strict=True)))
    assert found.get("month") == found.get("quarter")
    assert not found or any(any(numbers) for numbers in found["month"].values())


@pytest.mark.parametrize("number", range(2))
def test_the_order_of_rows_does_not_matter(number: int) -> None:
    draw = Random(number)
    terms = some_contract(draw)
    tables = some_tables(draw, SEASONS[0], MINUTE)
    as_of = at(SEASONS[0][1])
    seen = []
    for _ in range(2):
        made = log(tables["tickets"], numbered(tables)["status_events"], tables["pauses"], updates=tables["updates"])
        result, _ = measure(terms, made, date(2026, 3, 1), date(2026, 6, 1), as_of)
        seen.append([case for one in terms.levels for case in result.cases.of(one.name)])
        tables = {name: rows[::-1] for name, rows in numbered(tables).items()}
    assert seen[0] == seen[1]
    assert seen[0]
