"""Every row that goes in comes out under exactly one heading; each account here is counted by hand."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sla2.contract.level import BoundTarget
from sla2.contract.quantity import Percent
from sla2.contract.surroundings import Exclusion, Service
from sla2.logs import read_log
from sla2.measure import measure
from sla2.measure.accounting import LostRows, accounting
from sla2.measure.engines.duckdb import DuckEngine
from sla2.measure.from_contract import plan
from sla2.measure.row_source import RowSource
from tests.measure_contracts import MINUTE, always, at, contract, level, log, span, ticket

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
AS_OF = at("2026-04-01 00:00")
PERCENT = BoundTarget(span=span(), comparison="at least", percent=Percent(value=Decimal(99)))


def terms():
    desk = Service(span=span(), name="desk", title="Desk", hours="always", components=("web",))
    other = Service(span=span(), name="other", title="Other", hours="always")
    fault = Exclusion(span=span(), name="fault", title="Fault", causes=("customer",))
    return contract(
        [
            level("solve", excludes=("fault",), priorities=("P1",)),
            level("up", "availability", PERCENT, excludes=("fault",)),
            level("rate", "success rate", PERCENT),
            level("told", "reported figure", PERCENT, figure="uptime"),
        ],
        (always(),), services=(desk, other), exclusions=(fault,), since="2026-03-01",
    )  # fmt: skip


def accounts(**tables):
    result, _ = measure(terms(), log(tables.pop("tickets", []), **tables), *MARCH, AS_OF)
    found = {one.table: astuple(one)[1:] for one in result.accounting}
    for read, *parts in found.values():
        assert read == sum(parts)
    return found


def test_tickets() -> None:
    day, hour = at("2026-03-05 09:00"), 60 * MINUTE
    rows = [
        ticket(1, day, priority="P1", resolved_at=day + hour, state="resolved"),
        ticket(2, day, priority="P1"),
        ticket(3, day, priority="P1", cause="customer", resolved_at=day + hour, state="resolved"),
        ticket(4, at("2026-02-05 09:00"), priority="P1", resolved_at=day, state="resolved"),
        ticket(5, day, priority="P2"),
        ticket(6, day, priority="P1", service="strange"),
        ticket(7, day, priority="P1", service="other"),
        ticket(8, AS_OF + hour, priority="P1"),
    ]
    # read, judged (1 and the open 2), excluded (3), out of period (4, 8), refused (6), not asked (5, 7)
    assert accounts(tickets=rows)["tickets"] == (8, 2, 1, 2, 1, 2)


def outage(number: int, day: str, **more):
    start = at(f"{day} 09:00")
    return {"outage": number, "outage_id": f"O{number}", "service": "desk", "started": start,
            "ended": start + 60 * MINUTE, **more}  # fmt: skip


def test_outages() -> None:
    excused = {"exclusion": 1, "exclusion_id": "E1", "cause": "customer", "started": at("2026-03-06 00:00"),
               "ended": at("2026-03-07 00:00")}  # fmt: skip
    rows = [
        outage(1, "2026-02-05"),
        outage(2, "2026-03-05"),
        outage(3, "2026-03-06"),
        outage(4, "2026-03-07", component="stranger"),
        outage(5, "2026-03-08", service="other"),
        outage(6, "2026-03-09", service=None),
        outage(7, "2026-03-10", ended=at("2026-03-10 09:00")),
        outage(8, "2026-04-10"),
    ]
    assert accounts(outages=rows, exclusions=[excused])["outages"] == (8, 2, 1, 2, 2, 1)


def test_samples_and_figures() -> None:
    def sample(day: str, service: str | None = "desk"):
        return {"service": service, "at": at(f"{day} 09:00"), "ok": 1}

    rows = [sample("2026-03-05"), sample("2026-02-05"), sample("2026-04-05"), sample("2026-03-05", "other"),
            sample("2026-03-05", "strange"), sample("2026-03-05", None)]  # fmt: skip
    figures = [
        {"name": "Uptime", "period": "2026-03", "value": "99"},
        {"name": "uptime", "period": "2027-03", "value": "99"},
        {"name": "uptime", "period": "March", "value": "99"},
        {"name": "calls", "period": "2026-03", "value": "3"},
    ]
    found = accounts(samples=rows, figures=figures)
    assert found["samples"] == (6, 1, 0, 2, 2, 1)
    assert found["figures"] == (4, 1, 0, 1, 1, 1)


def test_what_the_import_refused_is_part_of_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mapping.toml").write_text(
        'timezone = "UTC"\ndates = "yyyy-MM-dd"\n[[import]]\ntable = "figures"\nfile = "figures.csv"\n'
        '[[import]]\ntable = "deliveries"\nfile = "deliveries.csv"\n'
    )
    (tmp_path / "figures.csv").write_text("name,period,value\nuptime,2026-03,99\nuptime,2026-03,99\nuptime,2026-03,x\n")
    (tmp_path / "deliveries.csv").write_text("obligation,due,delivered_at\n")
    monkeypatch.chdir(tmp_path)
    made, _ = read_log([Path("mapping.toml")])
    assert made is not None
    result, _ = measure(terms(), made, *MARCH, AS_OF)
    found = {one.table: astuple(one)[1:] for one in result.accounting}
    assert found == {"figures": (3, 1, 0, 0, 2, 0), "deliveries": (0, 0, 0, 0, 0, 0)}


def test_a_row_that_is_lost_stops_the_run() -> None:
    made = log([], figures=[{"name": "uptime", "period": "2026-03", "value": "99"}])
    drawn, _ = plan(terms(), *MARCH, AS_OF, (AS_OF, AS_OF))
    engine = DuckEngine(made)
    source = RowSource(drawn, engine.rows, engine.load, ())
    source.fates = {("figures", 0): "judged", ("figures", 1): "judged"}
    source.fetch = lambda query: [(1,)] if "figures" in query else [(0,)]
    source.fates["figures", 2] = "lost"
    with pytest.raises(LostRows):
        accounting(source, (), ())
