"""What became of every row: read = judged + excluded + out of period + refused + asked about by no level.

In: an engine that has judged the log, the pieces of outages, what the measures of rows have marked. Out: one
`Accounting` per table by which levels are judged. Runs at the end of each measurement; a sum that does not fit is a
bug of sla2. What the import refused is part of what was read: of an export with a row per ticket or outage, the
rows; of an event log, those of its events that were refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.contract.unmeasured import OUTAGE_MEASURES, SAMPLE_MEASURES
from sla2.measure.intervals import union
from sla2.measure.measurement import Accounting
from sla2.measure.outage_scene import clock_start
from sla2.measure.overlay import EXCLUDED
from sla2.measure.plan import rows
from sla2.measure.row_source import services

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sla2.contract.level import Measure
    from sla2.measure.measurement import Piece
    from sla2.measure.outage_rows import Outage
    from sla2.measure.plan import LevelTerms
    from sla2.measure.row_source import RowSource

TABLES = ("tickets", "outages", "samples", "figures", "deliveries", "surveys")
"""The tables by which levels are judged."""

COUNT = "SELECT count(*) FROM {table}"
TICKETS = """
-- tickets by what became of them: 1 judged or open, 2 excluded, 3 outside the judged periods; and those without a case
SELECT q.fate, count(*) AS n
FROM (
    SELECT t.ticket,
        CASE
            WHEN c.ticket IS NOT NULL THEN c.fate
            WHEN t.opened_at > r.as_of OR t.opened_at < f.since THEN 3
            ELSE 4
        END AS fate
    FROM tickets t
    CROSS JOIN p_run r
    CROSS JOIN (SELECT coalesce(min(since), 0) AS since FROM p_term) f
    JOIN (SELECT DISTINCT service FROM p_scope) s ON s.service = coalesce(t.service, '*')
    LEFT JOIN (
        SELECT ticket,
            min(
                CASE WHEN outcome = 'excluded' THEN 2 WHEN period IS NULL AND outcome <> 'open' THEN 3 ELSE 1 END
            ) AS fate
        FROM case_rows GROUP BY ticket
    ) c ON c.ticket = t.ticket
) q
GROUP BY q.fate
"""
STRANGE_TICKETS = """
SELECT coalesce(t.service, '') AS service, count(*) AS n
FROM tickets t
LEFT JOIN (SELECT DISTINCT service FROM p_scope) s ON s.service = coalesce(t.service, '*')
WHERE s.service IS NULL
GROUP BY coalesce(t.service, '')
"""
SAMPLES = """
SELECT coalesce(s.service, '') AS service, count(*) AS n, sum(CASE WHEN p.started IS NULL THEN 0 ELSE 1 END) AS judged
FROM samples s
LEFT JOIN p_stretch p ON p.service = coalesce(s.service, '') AND s.at >= p.started AND s.at < p.ended
GROUP BY coalesce(s.service, '')
"""


class LostRows(AssertionError):
    """Rows went in that neither came out judged nor named: a bug of sla2."""


def accounting(source: RowSource, outages: Iterable[Outage], pieces: Iterable[Piece]) -> tuple[Accounting, ...]:
    """The accounts of all tables that somebody kept or that hold rows.

    Raises: LostRows if one does not add up.
    """
    found = []
    for table in TABLES:
        kept = _number(source, COUNT.format(table=table))
        if not kept and not (source.imports and source.kept(table)):
            continue
        if table == "tickets":
            counts = _tickets(source, kept)
        elif table == "outages":
            counts = _outages(source, kept, tuple(outages), tuple(pieces))
        elif table == "samples":
            counts = _samples(source)
        else:
            counts = _rows(source, table, kept)
        judged, excluded, outside, refused, silent = counts
        if sum(counts) != kept:
            raise LostRows(f"{kept} rows of {table}, but {judged} + {excluded} + {outside} + {refused} + {silent}")
        before = _refused_before(source, table, kept)
        found.append(Accounting(table, kept + before, judged, excluded, outside, refused + before, silent))
    return tuple(found)


_Counts = tuple[int, int, int, int, int]
"""judged, excluded, out of period, refused, asked about by no level"""


def _number(source: RowSource, query: str) -> int:
    return int(source.fetch(query)[0][0] or 0)


def _refused_before(source: RowSource, table: str, kept: int) -> int:
    """Rows that the import refused, or that a later export replaced."""
    entries = [entry for entry in source.imports if entry.table == table]
    if entries and all(entry.profile.startswith("csv-generic") for entry in entries):
        return max(sum(entry.rows_in for entry in entries) - kept, 0)
    return sum(entry.rows_refused for entry in entries)


def _tickets(source: RowSource, kept: int) -> _Counts:
    if not source.plan.terms:
        return 0, 0, 0, 0, kept
    fates = {int(fate or 0): int(number or 0) for fate, number in source.fetch(TICKETS)}
    known = {service.name for service in source.plan.contract.services}
    others = {str(service): int(number or 0) for service, number in source.fetch(STRANGE_TICKETS)}
    strange = sum(number for service, number in others.items() if service not in known)
    silent = fates.get(4, 0) + sum(others.values()) - strange
    return fates.get(1, 0), fates.get(2, 0), fates.get(3, 0), strange, silent


def _asking(
    source: RowSource, terms: Iterable[LevelTerms], measures: tuple[Measure, ...]
) -> Iterator[tuple[str, LevelTerms]]:
    """Each name of a service with the levels that ask about its rows."""
    for one in terms:
        if one.level.measure in measures:
            for service in services(one.contract, one.level.service):
                yield service, one


def _outages(source: RowSource, kept: int, outages: tuple[Outage, ...], pieces: tuple[Piece, ...]) -> _Counts:
    judged_ids = {piece.recorded_id for piece in pieces if piece.why != EXCLUDED}
    excluded_ids = {piece.recorded_id for piece in pieces} - judged_ids
    known = set(services(source.plan.contract, None))
    if len(source.plan.contract.services) != 1:
        known.discard("")
    asking = list(_asking(source, source.plan.outage_terms, OUTAGE_MEASURES))
    judged = excluded = refused = silent = 0
    outside = kept - len(outages)
    for outage in outages:
        levels = [terms for service, terms in asking if service == (outage.service or "")]
        if outage.id in judged_ids:
            judged += 1
        elif outage.id in excluded_ids:
            excluded += 1
        elif (outage.service or "") not in known or (levels and all(_is_strange(one, outage) for one in levels)):
            refused += 1
        elif not levels:
            silent += 1
        elif any(_touches(source, one, outage) for one in levels):
            judged += 1
        else:
            outside += 1
    return judged, excluded, outside, refused, silent


def _is_strange(terms: LevelTerms, outage: Outage) -> bool:
    """True if the outage names a component that the service does not have."""
    declared = terms.contract.service(terms.level.service).components if terms.level.service else ()
    return bool(declared) and outage.component is not None and outage.component not in declared


def _touches(source: RowSource, terms: LevelTerms, outage: Outage) -> bool:
    """Whether an outage that left no piece (its clock never started, it lasted no time) lies in a judged period."""
    begun = clock_start(terms.level, outage) or outage.started
    return any(one.start <= begun < one.end for one in source.plan.level_periods(terms.level.name))


def _samples(source: RowSource) -> _Counts:
    plan = source.plan
    asking = list(_asking(source, (*plan.row_terms, *plan.outage_terms), (*SAMPLE_MEASURES, *OUTAGE_MEASURES)))
    asking = [(name, one) for name, one in asking if one.level.measure in SAMPLE_MEASURES or _by_slots(one)]
    stretches: dict[str, list[tuple[int, int]]] = {}
    for service, one in asking:
        judged = plan.level_periods(one.level.name)
        stretches.setdefault(service, []).extend((one.start, min(one.end, plan.as_of)) for one in judged)
    table = [(name, low, high) for name, found in sorted(stretches.items()) for low, high in union(found)]
    source.load(rows("p_stretch", "service$ started ended", table))
    known = set(services(plan.contract, None))
    judged_rows = outside = refused = silent = 0
    for name, number, inside in source.fetch(SAMPLES):
        total, within = int(number or 0), int(inside or 0)
        if str(name) in stretches:
            judged_rows, outside = judged_rows + within, outside + total - within
        elif str(name) in known and (name or len(plan.contract.services) == 1):
            silent += total
        else:
            refused += total
    return judged_rows, 0, outside, refused, silent


def _by_slots(terms: LevelTerms) -> bool:
    return terms.level.down_when is not None and terms.level.down_when.kind == "error slot"


def _rows(source: RowSource, table: str, kept: int) -> _Counts:
    fates = [fate for (name, _), fate in source.fates.items() if name == table]
    judged, refused, outside = (fates.count(fate) for fate in ("judged", "refused", "out of period"))
    return judged, 0, outside, refused, kept - len(fates)
