"""delivery date: how many days late something was delivered.

Rows: `deliveries` that name the level. Steps: due date, local day of delivery, days between. Proof: one `Evidence`
per row. Naive twin: `naive_rows`. Words: `level.delivery`.

In: a `RowSource`. Out: measurements and findings. Days are calendar days, or working days of the contract's
calendar if the target counts those; the due date itself is not late, and nothing is early. The delivery is judged
in the period, or without a `period:` line in the month, of its due date; without a `due:` line each row has its
own, and the latest delivery of a period decides. What is not delivered is late so far: that can only grow.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from sla2.contract.calendar import coverage_of_days, is_working_day, local_date
from sla2.contract.level import BoundTarget
from sla2.measure.codes_of_rows import CONFLICTING_ROWS, NO_DUE_DATE
from sla2.measure.measurement import Evidence, Measurement
from sla2.measure.measures.reported_figure import alike
from sla2.measure.plain_rows import deliveries
from sla2.measure.row_source import MANY, measurement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sla2.contract.level import Level
    from sla2.contract.period import JudgedPeriod
    from sla2.contract.surroundings import Calendar
    from sla2.measure.measurement import Standing
    from sla2.measure.plain_rows import Delivery
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

SUPERSEDED = "delivered by another row"


def measured(source: RowSource) -> tuple[Measurement, ...]:
    """The measurements of all levels with this measure: none for a period in which nothing is due."""
    terms = source.terms("delivery date")
    rows = deliveries(source.fetch) if terms else ()
    found: list[Measurement] = []
    for name in dict.fromkeys(one.level.name for one in terms):
        history = [one for one in terms if one.level.name == name]
        latest = [one for one in history if one.since <= source.plan.as_of][-1:] or history[:1]
        mine = [row for row in rows if alike(row.obligation, name) or alike(row.obligation, latest[0].level.title)]
        for row in mine:
            source.mark("deliveries", row.number, "out of period")
        for period in source.plan.level_periods(name):
            found.extend(_of_period(source, latest[0], period, mine))
    return tuple(found)


def _of_period(
    source: RowSource, terms: LevelTerms, period: JudgedPeriod, mine: Sequence[Delivery]
) -> tuple[Measurement, ...]:
    """The deliveries due in one period; several are as late as the latest of them."""
    zone = terms.contract.timezone or "UTC"
    by_due: dict[date, list[Delivery]] = defaultdict(list)
    if terms.level.due is not None:
        by_due[terms.level.due] = list(mine)
    for row in mine if terms.level.due is None else ():
        if row.due is None:
            message = f"Row {row.row_no} of the deliveries of {terms.level.name} has no due date."
            source.say(NO_DUE_DATE, terms, message, "Write `due: 2026-09-01` into the level, or the date into the row.")
        else:
            by_due[local_date(row.due, zone)].append(row)
    made = [_measure(source, terms, period, due, by_due[due]) for due in sorted(by_due) if _within(due, period)]
    known = [one for one in made if one.value is not None]
    return (max(known, key=lambda one: (one.value or 0, one.standing == "rising")),) if known else tuple(made[:1])


def _within(due: date, period: JudgedPeriod) -> bool:
    return period.first <= due <= period.last


def _measure(
    source: RowSource, terms: LevelTerms, period: JudgedPeriod, due: date, rows: Sequence[Delivery]
) -> Measurement:
    zone, as_of = terms.contract.timezone or "UTC", source.plan.as_of
    done = [row for row in rows if row.delivered is not None and row.delivered < as_of]
    for row in rows:
        source.mark("deliveries", row.number, "judged")
        source.evidence.append(_evidence(terms, period, row, zone, done))
    if not source.kept("deliveries"):
        source.say_no_evidence(terms, "deliveries")
        return measurement(terms, "", period, None)
    days = sorted({local_date(row.delivered, zone) for row in done if row.delivered is not None})
    last = days[-1] if days else local_date(as_of - 1, zone)
    if not days and last <= due:
        return measurement(terms, "", period, None)
    calendar = working_calendar(terms)
    faults = coverage_of_days(calendar, due, last) if calendar is not None and due <= last else ()
    if faults:
        source.findings.extend(fault for fault in faults if fault not in source.findings)
        return measurement(terms, "", period, None, standing="undecided")
    late = [Fraction(days_late(due, day, calendar)) for day in days or [last]]
    if len(days) > 1:
        shown = " and ".join(f"{day}" for day in days[:MANY])
        message = f"The delivery of {terms.level.name} due on {due} has more than one date: {shown}."
        source.say(CONFLICTING_ROWS, terms, message, "Leave the row of the delivery that was accepted.")
    standing: Standing = "final" if days else "rising"
    return measurement(terms, "", period, late[-1], bounds=late, part=(1, 1), standing=standing)


def working_calendar(terms: LevelTerms) -> Calendar | None:
    """The calendar of working days if the target counts those, else None: calendar days."""
    if not counts_working_days(terms.level):
        return None
    contract = terms.contract
    if contract.working_days is not None:
        return contract.calendar(contract.working_days)
    return contract.level_hours(terms.level)


def counts_working_days(level: Level) -> bool:
    """True if the target is in working days."""
    target = level.target
    return isinstance(target, BoundTarget) and target.duration is not None and target.duration.unit == "working day"


def days_late(due: date, day: date, calendar: Calendar | None) -> int:
    """How many days after `due`, the day of delivery included; 0 if it was in time."""
    late = max((day - due).days, 0)
    if calendar is None:
        return late
    return sum(is_working_day(calendar, due + timedelta(days=number)) for number in range(1, late + 1))


def _evidence(terms: LevelTerms, period: JudgedPeriod, row: Delivery, zone: str, done: Sequence[Delivery]) -> Evidence:
    used = row in done or not done
    day = "" if row.delivered is None else f"{local_date(row.delivered, zone)}"
    name = terms.level.name
    why = "" if used else SUPERSEDED
    return Evidence(name, "", period.label, row.obligation, day, used, why, row.evidence, row.import_id, row.row_no)
