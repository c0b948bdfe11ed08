"""Every file of tests/cases/measure: terms in the language, a small log, and what comes out, worked by hand.

Tickets are judged by the engine and by the slow judge, outages by the overlay and by the judge that asks every minute;
all must give what the file expects. No figure in these files was taken from a program of this project.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from sla2.contract.calendar import instant, local
from sla2.contract.from_syntax import from_syntax
from sla2.diagnostics import has_errors
from sla2.logs.log import Import
from sla2.measure import measure
from sla2.measure.naive import naive_cases
from sla2.source.read import read_document
from tests.measure_contracts import MINUTE, events, log, ticket

FOLDER = Path(__file__).parent / "cases" / "measure"
FILES = sorted(FOLDER.glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]

FRAME = """sla 2.0
contract CASE "Worked case"
  customer: buyer
  supplier: seller
  languages: en authoritative
  currency: EUR
  signed: 1990-01-01
  timezone: {zone}
  working days: office
  term: {term}
end
party buyer "An invented buyer"
end
party seller "An invented seller"
end
"""
OFFICE = """calendar office "Office hours"
  timezone: {zone}
  open: mon-fri 08:00-18:00
end
"""
ALWAYS = """calendar always "Round the clock"
  timezone: {zone}
  open: mon-sun 00:00-24:00
end
"""
SERVICE = """service desk "Desk"
  hours: {hours}
end
"""


def moment(text: str | None, zone: str) -> int | None:
    """`2024-06-10 16:00` local to the case, or UTC with a Z behind it; " second" is the second occurrence."""
    if text is None:
        return None
    fold = 1 if text.endswith(" second") else 0
    text = text.removesuffix(" second")
    if text.endswith("Z"):
        text, zone = text[:-1], "UTC"
    return instant(datetime.fromisoformat(text), zone, fold=fold)


def contract_of(case):
    zone = case.get("timezone", "UTC")
    blocks = case["contract"]
    text = FRAME.format(zone=zone, term=case.get("term", "from 1990-02-01 until ended with notice of 30 days"))
    for name, block in (("calendar office", OFFICE), ("calendar always", ALWAYS), ("service desk", SERVICE)):
        if f'{name} "' not in blocks:
            text += block.format(zone=zone, hours=case.get("hours", "office"))
    document, found = read_document(text + blocks, "case.sla")
    assert document is not None and not has_errors(found), [str(one) for one in found]
    contract, more = from_syntax(document)
    assert contract is not None and not has_errors(more), [str(one) for one in more]
    return contract


def tables_of(case):
    zone = case.get("timezone", "UTC")
    unit = {"minutes": MINUTE, None: None}[case.get("precision")]
    tickets, status, pauses, updates = [], [], [], []
    for number, row in enumerate(case.get("ticket", ()), start=1):
        given = {
            name: row[name]
            for name in ("priority", "cause", "category", "paused_basis", "state", "reopened_count")
            if name in row
        }
        if "paused_minutes" in row:
            given["paused_total"] = row["paused_minutes"] * MINUTE
        for name in ("opened", "responded", "resolved", "closed"):
            if name in row:
                column = {"responded": "first_response_at"}.get(name, f"{name}_at")
                given[column] = moment(row[name], zone)
        given["opened"] = given.pop("opened_at")
        tickets.append(ticket(number, unit=unit, **{"ticket_id": row.get("id", f"T{number}"), **given}))
        states = [(moment(when, zone), label) for when, label in row.get("states", ())]
        status += events(number, states) if states else []
        held = [(moment(when, zone), label) for when, label in row.get("priorities", ())]
        status += events(number, held, "priority")
        updates += [
            {"ticket": number, "ticket_id": f"T{number}", "at": moment(when, zone), "visible": int(kind == "visible")}
            for when, kind in row.get("messages", ())
        ]
        for place, (reason, start, *end) in enumerate(row.get("pauses", ()), start=1):
            stop = moment(end[0], zone) if end else None
            pauses.append(
                {"ticket": number, "seq": place, "reason_raw": reason, "started": moment(start, zone), "ended": stop}
            )
    outages = [
        {
            "outage": number, "outage_id": row.get("id", f"O{number}"), "service": "desk",
            "component": row.get("component"),
            "started": moment(row["from"], zone), "ended": moment(row.get("to"), zone),
            "ticket_at": moment(row.get("ticket"), zone), "detected_at": moment(row.get("detected"), zone),
            "users_affected": row.get("users"), "users_total": row.get("users_total"),
            "affected_share": row.get("share"), "severity": row.get("severity"),
        }
        for number, row in enumerate(case.get("outage", ()), start=1)
    ]  # fmt: skip
    excluded = [
        {
            "exclusion": number, "exclusion_id": row.get("id", f"E{number}"), "name": row.get("name"),
            "component": row.get("component"), "started": moment(row["from"], zone), "ended": moment(row["to"], zone),
            "announced_at": moment(row.get("announced"), zone), "approved_by": row.get("approved_by"),
            "cause": row.get("cause"),
        }
        for number, row in enumerate(case.get("exclusion", ()), start=1)
    ]  # fmt: skip
    return {
        "tickets": tickets, "status_events": status, "pauses": pauses, "updates": updates,
        "outages": outages, "exclusions": excluded,
    }  # fmt: skip


def numbered(tables):
    rows, last = [], {}
    for row in sorted(tables["status_events"], key=lambda row: (row["ticket"], row["at"])):
        last[row["ticket"]] = last.get(row["ticket"], 0) + 1
        rows.append({**row, "seq": last[row["ticket"]]})
    return {**tables, "status_events": rows}


def seconds(value: int) -> int | float:
    return value // 1_000_000 if value % 1_000_000 == 0 else value / 1_000_000


def case_facts(case, zone: str) -> dict[str, object]:
    """What a file may expect of a case, in its own words."""
    due = None if case.deadline is None else str(local(case.deadline, zone))
    return {
        "due": due,
        "due_utc": None if case.deadline is None else str(local(case.deadline, "UTC")),
        "starts": str(local(case.started, zone)),
        "outcome": case.outcome,
        "reason": case.reason,
        "period": case.period,
        "elapsed_minutes": Fraction(case.elapsed, MINUTE),
        "elapsed_seconds": seconds(case.elapsed),
        "paused_seconds": seconds(case.paused),
        "paused_minutes": Fraction(case.paused, MINUTE),
        "low_seconds": None if case.low is None else seconds(case.low),
        "high_seconds": None if case.high is None else seconds(case.high),
        "priority": case.priority,
        "version": case.version,
        "cycle": case.cycle,
    }


def measurement_facts(one, pieces) -> dict[str, object]:
    mine = [p for p in pieces if (p.level, p.unit, p.period) == (one.level, one.unit, one.period.label)]
    left_out = [Fraction(p.ended - p.started, MINUTE) for p in mine if p.why == "excluded"]
    counted = sum(((p.ended - p.started) * p.weight for p in mine if p.counted), Fraction(0))
    return {
        "value": None if one.value is None else str(one.value),
        "low": None if one.low is None else str(one.low),
        "high": None if one.high is None else str(one.high),
        "minutes": None if one.value is None else Fraction(one.value, MINUTE),
        "met": one.counts.met, "missed": one.counts.missed, "open": one.counts.open,
        "excluded": one.counts.excluded, "undecided": one.counts.undecided,
        "down_minutes": counted / MINUTE,
        "owed_minutes": Fraction(one.denominator, MINUTE),
        "excluded_minutes": sum(left_out, Fraction(0)),
    }  # fmt: skip


def check(expected: dict[str, object], facts: dict[str, object], keys: tuple[str, ...]) -> None:
    for name, value in expected.items():
        if name in keys:
            continue
        found = facts[name]
        if value == "none":
            value = None
        elif name in ("due", "due_utc", "starts"):
            value = str(datetime.fromisoformat(value))
        assert found == value, f"{name}: {found} instead of {value}"


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{case['id']}" for name, case in CASES])
def test_case(name: str, case: dict) -> None:
    zone = case.get("timezone", "UTC")
    contract, tables = contract_of(case), tables_of(case)
    start, end = (date.fromisoformat(day) for day in case.get("days", ("1990-02-01", "2039-01-01")))
    as_of = moment(case["as_of"], zone)
    made = log(tables["tickets"], tables["status_events"], tables["pauses"],
               updates=tables["updates"], outages=tables["outages"], exclusions=tables["exclusions"])  # fmt: skip
    if case.get("messages") == "not kept":
        made = type(made)(made.connection, (Import(1, "tickets", "p", "f", "", 0, "", "", "UTC", "utf-8", "", 1, 1),))
    result, found = measure(contract, made, start, end, as_of)
    assert result is not None and not has_errors(found), [one.message for one in found]
    assert sorted({one.code for one in found}) == case.get("findings", [])
    slow = naive_cases(contract, numbered(tables), start, end, as_of, messages=case.get("messages") != "not kept")
    for level in contract.levels:
        fast = list(result.cases.of(level.name))
        assert fast == [one for one in slow if one.level == level.name]
    for expected in case["expect"]:
        level = expected.get("level", contract.levels[0].name)
        if "ticket" in expected:
            cycle = expected.get("cycle", 1)
            cases = [one for one in result.cases.ticket(expected["ticket"]) if (one.level, one.cycle) == (level, cycle)]
            if expected.get("cases") == 0:
                assert not cases
                continue
            (one,) = cases
            check(expected, case_facts(one, zone), ("level", "ticket"))
        else:
            unit = expected.get("unit", "")
            (one,) = (m for m in result.of(level) if (m.period.label, m.unit) == (expected["period"], unit))
            check(expected, measurement_facts(one, result.pieces), ("level", "period", "unit"))


def test_there_are_cases() -> None:
    assert len(CASES) > 50
    assert all(case["expect"] for _, case in CASES)
    assert timedelta(microseconds=MINUTE) == timedelta(minutes=1)
