"""A report made from a case file: terms in the language and a handful of tickets, through measuring and settling."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

from sla2.contract.calendar import day_start, instant
from sla2.logs.log import Import, Log, log_of
from sla2.measure.options import measure_options
from sla2.measure.run import measure
from sla2.report.frame import Frame
from sla2.settle.from_measurements import settle
from sla2.settle.given import Given, Opening
from sla2.settle.options import option_columns
from tests.test_settle_cases import read

SECOND = 1_000_000


def moment(value: datetime) -> int:
    return instant(value, "UTC")


def log(case: dict) -> Log:
    tickets, events = [], []
    for number, row in enumerate(case["tickets"], start=1):
        resolved = moment(row["resolved"]) if "resolved" in row else None
        tickets.append(
            {
                "ticket": number, "ticket_id": row["id"], "import_id": 1, "row_no": number + 1, "service": "svc",
                "priority": row.get("priority", "P2"), "priority_raw": "2", "opened_at": moment(row["opened"]),
                "resolved_at": resolved, "opened_unit": SECOND, "response_unit": SECOND, "resolved_unit": SECOND,
                "state": "resolved" if resolved else "in progress",
            }
        )  # fmt: skip
        for seq, (at, label) in enumerate(row.get("states", ()), start=1):
            value = "resolved" if label == "Resolved" else "in progress"
            events.append(
                {"ticket": number, "seq": seq, "at": moment(at), "field": "state", "to_raw": label, "to_value": value}
            )
    entry = Import(
        id=1, table="tickets", profile="csv-generic@1", file="tickets.csv", sha256="ab" * 32, bytes=1,
        mapping="mapping.toml", mapping_sha256="cd" * 32, timezone="UTC", encoding="utf-8", dates="iso",
        rows_in=len(tickets), rows_ok=len(tickets), fictional=case.get("fictional", False),
        covers_from=day_start(case["start"], "UTC"), covers_to=day_start(case["end"], "UTC"),
    )  # fmt: skip
    return log_of({"tickets": tickets, "status_events": events}, (entry,))


def frame_of(path: Path, language: str = "en", **changes: object) -> tuple[Frame, Log]:
    """The frame of a report on a case file, and its log."""
    case: dict = {**tomllib.loads(path.read_text(encoding="utf-8")), **changes}
    contract = read(case["head"], case["blocks"])
    tickets = log(case)
    start, end = case["start"], case["end"]
    as_of: date = case["as_of"]
    measurements, found = measure(contract, tickets, start, end, day_start(as_of, "UTC"))
    assert measurements is not None, found
    opening = tuple(Opening(name, value) for name, value in case.get("opening", ()))
    given = case.get("given", Given(opening=opening))
    settlement, more = settle(measurements, given=given, start=start, end=end)
    tried, _ = measure_options(measurements, tickets, start, end)
    options = option_columns(tried, given=given, start=start, end=end)
    frame = Frame(
        contract,
        settlement,
        measurements,
        tickets.imports,
        start,
        end,
        case["today"],
        language,
        (*found, *more),
        options=options,
    )  # type: ignore[arg-type]
    return frame, tickets
