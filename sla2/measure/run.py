"""Measuring: the contract becomes a plan, the plan runs on the log, the cases become measurements.

In: a contract, a log, the local days to report, the instant up to which the log is believed. Out: `Measurements`, or
None, and findings. It reads no clock and writes nothing; the same input gives the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.calendar import local_date
from sla2.measure import parts, tables_sql
from sla2.measure.accounting import accounting
from sla2.measure.case_table import CaseTable
from sla2.measure.codes import NO_PRIORITY, NO_SERVICE
from sla2.measure.engines.duckdb import DuckEngine
from sla2.measure.error_slots import ErrorSlots
from sla2.measure.from_contract import plan
from sla2.measure.measurement import Measurements
from sla2.measure.measures import OF_ROWS
from sla2.measure.measures.shares import measurements
from sla2.measure.outage_rows import exclusions, outages
from sla2.measure.outage_run import OutageRun
from sla2.measure.outage_scene import Stage
from sla2.measure.plain_rows import lives
from sla2.measure.row_source import RowSource
from sla2.measure.strange_names import strange_names

if TYPE_CHECKING:
    from datetime import date

    from sla2.contract.contract import Contract
    from sla2.diagnostics import Diagnostic
    from sla2.logs.log import Log
    from sla2.measure.measurement import Measurement
    from sla2.measure.plan import Plan, Trial

STEPS = (*tables_sql.STEPS, *parts.STEPS)
"""Every step of judging tickets, in order; the last one holds the cases."""

SPAN = "SELECT min(opened_at), max(opened_at) FROM tickets"
UNKNOWN_SERVICES = """
SELECT coalesce(t.service, '') AS service, count(*) AS n
FROM tickets t LEFT JOIN (SELECT DISTINCT service FROM p_scope) s ON s.service = coalesce(t.service, '*')
WHERE s.service IS NULL GROUP BY coalesce(t.service, '') ORDER BY coalesce(t.service, '')
"""
CLAIMS = "SELECT DISTINCT credits, claimed_at FROM claims WHERE claimed_at IS NOT NULL ORDER BY 2, 1"


def measure(
    contract: Contract,
    log: Log,
    start: date,
    end: date,
    as_of: int,
    *,
    trials: tuple[Trial, ...] = (),
    at_once: int = parts.AT_ONCE,
) -> tuple[Measurements | None, tuple[Diagnostic, ...]]:
    """Judge the log by the contract over the local days [start, end), as known at the instant `as_of`.

    `trials`: judge these instead, all in one run; the names of their levels begin with their prefix (see `options`).
    `at_once`: how many tickets are judged at a time; it changes no result.
    None if nothing can be judged (no time zone, no holidays for a year of the log).
    """
    engine = DuckEngine(log)
    low, high = engine.rows(SPAN)[0]
    span = (int(low), int(high)) if low is not None and high is not None else (as_of, as_of)
    asked = claims(contract, engine)
    made, found = plan(contract, start, end, as_of, span, asked, messages=_kept(log, "updates"), trials=trials)
    if made is None:
        return None, found
    for table in made.tables:
        engine.load(table)
    for step in tables_sql.STEPS:
        engine.run(step)
    without_priority = parts.judge(engine, at_once)
    found = (*found, *_row_findings(contract, made, engine, without_priority))
    excluded = exclusions(engine.rows, as_of)
    source = RowSource(made, engine.rows, engine.load, log.imports, excluded)
    stage = Stage(made, outages(engine.rows, as_of), excluded, lives(engine.rows))
    run = OutageRun(made, stage, source.kept("outages"), ErrorSlots(source))
    run.error_slots.read()
    run.measure()
    of_rows = [one for measured in OF_ROWS for one in measured(source)]
    every = (*measurements(made, engine, kept=_kept(log, "tickets")), *run.measurements, *of_rows)
    result = Measurements(
        contract,
        as_of,
        _in_order(made, every),
        CaseTable(engine),
        tuple(run.pieces),
        tuple(source.slots),
        tuple(source.evidence),
        () if trials else accounting(source, stage.outages, run.pieces),
    )
    strange = () if trials else strange_names(contract, engine.rows)
    found = (*found, *run.findings, *source.findings, *strange)
    engine.drop(step.name for step in STEPS if step.name != "case_rows")
    return result, found


def _kept(log: Log, table: str) -> bool:
    """Whether somebody kept this table; a log given by hand holds all that there is."""
    return not log.imports or any(entry.table == table for entry in log.imports)


def claims(contract: Contract, engine: DuckEngine) -> tuple[tuple[str, date], ...]:
    """Credits block and local day of each claim of the log: levels may be judged over the time before a claim."""
    zone = contract.timezone
    rows = engine.rows(CLAIMS) if zone is not None else []
    return tuple((str(name), local_date(int(at), zone)) for name, at in rows if zone is not None and at is not None)


def _in_order(made: Plan, found: tuple[Measurement, ...]) -> tuple[Measurement, ...]:
    """By level in the order of the contract; within a level as they come, by period and unit."""
    place = {name: number for number, (name, _) in enumerate(made.periods)}
    return tuple(sorted(found, key=lambda one: place[one.level]))


def _row_findings(contract: Contract, made: Plan, engine: DuckEngine, number: int) -> list[Diagnostic]:
    """Tickets that no level judges: of unknown services, and the `number` of those without a priority."""
    if not made.terms:
        return []
    found = []
    for service, unknown in engine.rows(UNKNOWN_SERVICES):
        verb = "names" if unknown == 1 else "name"
        what = f'{verb} the service "{service}", which the contract does not know' if service else f"{verb} no service"
        message = f"{_tickets(unknown)} {what}; no level judges {'it' if unknown == 1 else 'them'}."
        found.append(NO_SERVICE.at(contract.span, message, help="Map them to a service in the mapping file."))
    if number and any(terms.level.when and terms.level.when.priorities for terms in made.terms):
        have, them = ("has", "it") if number == 1 else ("have", "them")
        message = f"{_tickets(number)} {have} no priority; levels that look at the priority do not judge {them}."
        found.append(NO_PRIORITY.at(contract.span, message, help="Map the empty priority in the mapping file."))
    return found


def _tickets(number: int | str | None) -> str:
    return "1 ticket" if number == 1 else f"{number} tickets"
