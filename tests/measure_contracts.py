"""Small contracts and logs for the tests of measurement, built by hand: short forms with plain defaults."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from sla2.contract.contract import Contract
from sla2.contract.level import Level, Period, ShareTarget, When
from sla2.contract.quantity import Duration, Percent
from sla2.contract.surroundings import (
    Calendar,
    ClockStop,
    Holiday,
    HolidaySource,
    Hours,
    OpeningRule,
    Party,
    Service,
    Term,
)
from sla2.diagnostics import Span
from sla2.logs.log import log_of

AMSTERDAM = "Europe/Amsterdam"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = 60_000_000
_line = 0


def span() -> Span:
    """A place of its own for each block, as in a file."""
    global _line
    _line += 1
    return Span.of_line("test.sla", _line)


def clock_time(text: str) -> time | None:
    """`08:00`; `24:00` is None."""
    return None if text == "24:00" else time.fromisoformat(text)


def hours(text: str) -> Hours:
    """`08:00-18:00`."""
    start, end = text.split("-")
    return Hours(start=clock_time(start), end=clock_time(end))


def calendar(opening=(("mon tue wed thu fri", "08:00-18:00"),), name="office", zone=AMSTERDAM, holidays=(), **more):
    """A calendar from (days, hours) pairs and holiday dates."""
    rules = tuple(
        OpeningRule(span=span(), days=tuple(days.split()), hours=tuple(hours(part) for part in stretch.split(", ")))
        for days, stretch in opening
    )
    source = None
    if holidays:
        listed = tuple(Holiday(day=date.fromisoformat(day), name="holiday") for day in holidays)
        source = HolidaySource(span=span(), region="NL", file="nl.toml", days=listed, years=tuple(range(1990, 2041)))
    return Calendar(span=span(), name=name, title=name, timezone=zone, opening=rules, holidays=source, **more)


def always(zone=AMSTERDAM):
    """A calendar that never closes."""
    return calendar(opening=((" ".join(DAYS), "00:00-24:00"),), name="always", zone=zone)


def within(text: str) -> Duration:
    """`4 business hours`."""
    number, unit = text.split(" ", 1)
    return Duration(value=Decimal(number), unit=unit.removesuffix("s"))


def share(percent: int, text: str) -> ShareTarget:
    """`90% within …`."""
    return ShareTarget(span=span(), share=Percent(value=Decimal(percent)), within=within(text))


def level(name="resolve", measure="resolution time", target=None, priorities=(), **more) -> Level:
    """A level of the service `desk`, monthly, 90% within 4 business hours unless told otherwise."""
    defaults = {
        "service": "desk",
        "target": target or share(90, "4 business hours"),
        "when": When(span=span(), priorities=tuple(priorities)) if priorities else None,
        "period": Period(span=span(), unit="month"),
    }
    return Level(span=span(), name=name, title=name, measure=measure, **{**defaults, **more})


def stop(name="waiting", from_status="Pending", **more) -> ClockStop:
    """A clock stop by status."""
    return ClockStop(span=span(), name=name, title=name, from_status=from_status, **more)


def contract(levels, calendars=None, stops=(), since="2000-01-01", zone=AMSTERDAM, **more) -> Contract:
    """A contract with one service, `desk`, in the hours of the first calendar."""
    calendars = calendars or (calendar(zone=zone),)
    parties = tuple(Party(span=span(), name=name, title=name) for name in ("town", "acme"))
    return Contract(
        span=span(), path="test.sla", source_hash="", name="T-1", title="Test", customer="town", supplier="acme",
        languages=("en",), timezone=zone, currency="EUR", parties=parties, calendars=tuple(calendars),
        services=more.pop("services", (Service(span=span(), name="desk", title="Desk", hours=calendars[0].name),)),
        levels=tuple(levels), clock_stops=tuple(stops),
        term=Term(span=span(), start=date.fromisoformat(since)), **more,
    )  # fmt: skip


def at(text: str, zone=AMSTERDAM) -> int:
    """The instant of a local time `2026-03-06 16:30`, first occurrence."""
    local = datetime.fromisoformat(text)
    if local.tzinfo is None:
        local = local.replace(tzinfo=ZoneInfo(zone))
    return int((local - datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))).total_seconds()) * 1_000_000


def ticket(number=1, opened=0, unit=None, **more):
    """A row of `tickets`."""
    defaults = {"ticket_id": f"T{number}", "import_id": 1, "row_no": number + 1, "service": "desk", "state": "new"}
    units = {"opened_unit": unit, "response_unit": unit, "resolved_unit": unit}
    return {"ticket": number, "opened_at": opened, **units, **defaults, **more}


def events(number, changes, field="state", values=None):
    """Rows of `status_events` from (instant, label) pairs; `values` maps labels to canonical states."""
    known = {"Resolved": "resolved", "Closed": "closed", "Cancelled": "cancelled", "Pending": "waiting"}
    return [
        {
            "ticket": number, "at": moment, "field": field, "to_raw": label,
            "to_value": label if field == "priority" else (values or known).get(label, "in progress"),
        }
        for moment, label in changes
    ]  # fmt: skip


def log(tickets, status=(), pauses=(), **tables):
    """A log of tickets; the events of a ticket are numbered in the order of time, then as given."""
    numbered, last = [], {}
    for row in sorted(status, key=lambda row: (row["ticket"], row["at"])):
        last[row["ticket"]] = last.get(row["ticket"], 0) + 1
        numbered.append({**row, "seq": last[row["ticket"]], "import_id": 1, "row_no": 0})
    return log_of({"tickets": tickets, "status_events": numbered, "pauses": list(pauses), **tables})
