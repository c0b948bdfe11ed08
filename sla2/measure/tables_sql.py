"""The plan's runs of buckets laid out as tables, as SQL: open time, due dates, local windows, intake rules.

In: `p_run_of_buckets` and `p_number` of the plan. Out: one table per use, a row per bucket. They are laid out by the
engine because a calendar with an edge on an odd minute has half a million buckets a year.
"""

from __future__ import annotations

from sla2.measure.sql import Step

_LAID_OUT = """
SELECT r.number, r.start + n.k * r.width AS bucket, r.value + r.step * n.k * r.width AS value, r.slope
FROM p_run_of_buckets r
JOIN p_number n ON n.k < r.count
WHERE r.kind = {kind}
"""


def _step(name: str, kind: int, columns: str) -> Step:
    return Step(name, f"SELECT {columns} FROM ({_LAID_OUT.format(kind=kind)}) q")


STEPS = (
    _step("p_calendar", 1, "q.number AS clock, q.bucket, q.value AS cum0, q.slope AS opened"),
    _step("p_due", 2, "q.number AS due_set, q.bucket, q.value AS due, q.slope"),
    _step("p_window", 3, "q.number AS win, q.bucket"),
    _step("p_intake", 4, "q.number AS intake, q.bucket, q.value AS counts_from"),
    Step("p_opening", "SELECT clock, cum0, bucket FROM p_calendar WHERE opened = 1"),
)
