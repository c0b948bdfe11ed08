"""The samples of a log, sorted into units and slots, as SQL.

In: the table `samples`, and which level looks at which services (`p_sampled`). Out: one row per level, unit and slot
of requests, or per latency. Samples after the as-of date are not used. It judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sla2.measure.places import unit_place
from sla2.measure.plan import Rows, rows
from sla2.measure.row_source import services

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sla2.measure.plan import LevelTerms

WHOLE = "*"
"""The unit of a sample that names none."""

_UNIT = """CASE
        WHEN p.place = 'component' THEN coalesce(s.component, '*')
        WHEN p.place = 'zone' THEN coalesce(s.zone, '*')
        WHEN p.place = 'region' THEN coalesce(s.region, '*')
        WHEN p.place = 'project' THEN coalesce(s.project, '*')
        ELSE ''
    END"""
_FROM = """FROM samples s
JOIN p_sampled p ON p.service = coalesce(s.service, '')
CROSS JOIN p_run r
WHERE s.at < r.as_of"""

SLOTS = f"""
SELECT q.term, q.unit, q.slot, sum(q.requests) AS requests, sum(q.errors) AS errors, max(q.measured) AS measured,
    max(q.counted) AS counted, max(q.expected_interval) AS expected, count(*) AS n
FROM (
    SELECT p.term, {_UNIT} AS unit, s.at - s.at % p.length AS slot, s.expected_interval,
        CASE WHEN s.requests IS NOT NULL THEN s.requests WHEN s.ok IS NOT NULL THEN 1 ELSE 0 END AS requests,
        CASE WHEN s.requests IS NOT NULL THEN s.errors WHEN s.ok = 0 THEN 1 ELSE 0 END AS errors,
        CASE WHEN s.requests IS NULL AND s.ok IS NULL THEN 0 ELSE 1 END AS measured,
        CASE WHEN s.requests IS NULL THEN 0 ELSE 1 END AS counted
    {_FROM} AND (s.requests IS NOT NULL OR s.ok IS NOT NULL OR s.latency IS NULL)
) q
GROUP BY q.term, q.unit, q.slot ORDER BY q.term, q.unit, q.slot
"""
LATENCIES = f"""
SELECT q.term, q.unit, q.at, q.latency, count(*) AS n
FROM (
    SELECT p.term, {_UNIT} AS unit, s.at, s.latency
    {_FROM} AND (s.latency IS NOT NULL OR s.ok = 0)
) q
GROUP BY q.term, q.unit, q.at, q.latency ORDER BY q.term, q.unit, q.at, q.latency
"""


def sampled(levels: Iterable[tuple[LevelTerms, int]]) -> Rows:
    """Which levels look at which services, by which column they tell units apart, and how long their slots are."""
    found = []
    for terms, length in levels:
        for service in services(terms.contract, terms.level.service):
            found.append((terms.term, service, unit_place(terms.level), length))
    return rows("p_sampled", "term service$ place$ length", found)
