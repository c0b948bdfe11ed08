"""How long judging tickets takes: a made-up log of many tickets and pauses, ten levels, three months.

    python benchmarks/measure.py [tickets] [--steps]

Prints the time of loading, planning and measuring, and beside it the floor: one pass of the same engine over the
columns that measuring must touch. The log is made by a fixed rule, so two runs measure the same work.
"""

from __future__ import annotations

import resource
import sys
from datetime import date
from time import perf_counter

from sla2.contract.from_syntax import from_syntax
from sla2.logs.log import Log, connect, create_tables
from sla2.measure import run
from sla2.measure.engines.duckdb import DuckEngine
from sla2.source.read import read_document

START = 1_772_323_200_000_000
"""2026-03-01 00:00 UTC."""
QUARTER = 92 * 86_400_000_000

FRAME = """sla 2.0
contract BENCH "Benchmark"
  customer: town
  supplier: acme
  languages: en authoritative
  timezone: Europe/Amsterdam
  currency: EUR
  working days: office
  signed: 2026-01-01
  term: 3 years from 2026-02-01
end
party town "An invented town"
end
party acme "An invented supplier"
end
calendar office "Office hours"
  timezone: Europe/Amsterdam
  open: mon-fri 08:00-18:00
  closed: 2026-04-27 "King's Day"
end
service desk "Desk"
  hours: office
end
clock stop waiting "Waiting"
  from status: "Pending"
end
"""
LEVEL = """level {kind}-p{n} "{kind} P{n}"
  service: desk
  measure: {kind} time
  when: priority P{n}
  priority is: highest held
  after priority change: elapsed counts
{stops}  target: 90% within {hours}
  period: month
end
"""


EVENTS = """
INSERT INTO status_events BY NAME
SELECT q.ticket, row_number() OVER (PARTITION BY q.ticket ORDER BY q.moment) AS seq, q.moment AS at, q.field, q.to_raw,
    q.to_value
FROM (
    SELECT ticket, opened_at AS moment, 'state' AS field, 'New' AS to_raw, 'new' AS to_value FROM tickets
    UNION ALL SELECT ticket, opened_at, 'priority', priority, priority FROM tickets
    UNION ALL SELECT ticket, opened_at + 3600000000, 'priority', 'P2', 'P2' FROM tickets WHERE ticket % 5 = 0
    UNION ALL SELECT ticket, opened_at + (ticket % 9000) * 1000000, 'state', 'Pending', 'waiting'
        FROM tickets WHERE ticket % 2 = 0
    UNION ALL SELECT ticket, opened_at + (10000 + ticket % 40000) * 1000000, 'state', 'Active', 'in progress'
        FROM tickets WHERE ticket % 2 = 0
    UNION ALL SELECT ticket, opened_at + 60000000000, 'state', 'Pending', 'waiting'
        FROM tickets WHERE ticket % 10 = 0
    UNION ALL SELECT ticket, opened_at + 70000000000, 'state', 'Active', 'in progress'
        FROM tickets WHERE ticket % 10 = 0
    UNION ALL SELECT ticket, opened_at + 80000000000, 'state', 'Resolved', 'resolved'
        FROM tickets WHERE ticket % 50 = 0
    UNION ALL SELECT ticket, opened_at + 90000000000, 'state', 'Active', 'in progress'
        FROM tickets WHERE ticket % 50 = 0
    UNION ALL SELECT ticket, resolved_at, 'state', 'Resolved', 'resolved' FROM tickets
) q
"""


def contract_text() -> str:
    """Five response and five resolution levels."""
    stops = "  after reopening: clock continues\n  clock stops: waiting\n"
    found = [FRAME]
    for n in range(1, 6):
        found.append(LEVEL.format(kind="response", n=n, stops="", hours=f"{n} business hours"))
        hours = f"{4 * n} business hours" if n < 5 else "5 working days"
        found.append(LEVEL.format(kind="resolution", n=n, stops=stops, hours=hours))
    return "".join(found)


def made_up(tickets: int) -> Log:
    """A log of so many tickets: a fifth changes priority, half of them wait once or twice, a fiftieth is reopened."""
    connection = connect()
    create_tables(connection)
    connection.execute(
        f"""
        INSERT INTO tickets BY NAME
        SELECT i AS ticket, 'T' || i AS ticket_id, 1 AS import_id, i + 1 AS row_no, 'desk' AS service,
            'P' || (1 + i % 5) AS priority, {START} + (i * 7919 % {QUARTER // 1_000_000}) * 1000000 AS opened_at,
            opened_at + (60 + i * 104729 % 90000) * 1000000 AS first_response_at,
            opened_at + (100000 + i * 1299709 % 400000) * 1000000 AS resolved_at,
            60000000 AS opened_unit, 60000000 AS response_unit, 60000000 AS resolved_unit, 'closed' AS state
        FROM range(1, {tickets} + 1) r(i)
        """
    )
    connection.execute(EVENTS)
    return Log(connection, ())


FLOOR = """
SELECT (SELECT sum(opened_at) + sum(first_response_at) + sum(resolved_at) + sum(opened_unit) + sum(length(service))
    + sum(length(priority)) FROM tickets), (SELECT sum(ticket) + sum(e.at) + sum(seq) + sum(length(to_raw))
    + sum(length(to_value)) + sum(length(field)) FROM status_events e)
"""


class TimedEngine(DuckEngine):
    """Says how long each step took."""

    def run(self, step: object) -> None:
        """Run a step and print its time and rows."""
        begun = perf_counter()
        super().run(step)  # type: ignore[arg-type]
        number = self.rows(f'SELECT count(*) FROM "{step.name}"')[0][0]  # type: ignore[attr-defined]
        print(f"    {step.name:<12} {perf_counter() - begun:7.3f} s {number:>12} rows")  # type: ignore[attr-defined]


def main() -> None:
    """Make the log, measure it, print the times."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    tickets = numbers[0] if numbers else 100_000
    document, _ = read_document(contract_text(), "bench.sla")
    assert document is not None
    contract, found = from_syntax(document)
    assert contract is not None, found
    begun = perf_counter()
    log = made_up(tickets)
    print(f"{tickets} tickets made up in {perf_counter() - begun:.2f} s")
    begun = perf_counter()
    log.cursor().execute(FLOOR).fetchall()
    floor = perf_counter() - begun
    if "--steps" in sys.argv:
        run.DuckEngine = TimedEngine  # type: ignore[misc]
    begun = perf_counter()
    result, _ = run.measure(contract, log, date(2026, 3, 1), date(2026, 6, 1), START + QUARTER + 20 * 86_400_000_000)
    took = perf_counter() - begun
    assert result is not None
    judged = sum(one.counts.met + one.counts.missed + one.counts.undecided for one in result.measurements)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"measured in {took:.2f} s ({judged} cases judged), {took / floor:.0f} times the floor of {floor:.3f} s")
    print(f"at most {memory:.0f} MiB of memory")


if __name__ == "__main__":
    main()
