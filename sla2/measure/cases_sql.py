"""From clocks to cases: what each candidate comes to, which of them is the case, and in which period it counts, as SQL.

In: `y_candidate`, `a_deadline`, `b_deadline`. Out: `case_rows`, one row per case. A case of a coarse log is late if it
is late under all readings, in time if it is under all, else undecided.
"""

from __future__ import annotations

from sla2.measure.sql import Step

OUTCOME = Step(
    "y_outcome",
    """
-- one row per candidate: late under all readings, under none, or it depends
SELECT q.cand, q.elapsed, q.paused, q.allowance, q.deadline, q.still, q.late, q.low, q.high, q.ran_out,
    CASE
        WHEN q.timed = 0 AND q.at_end = 1 AND q.again = 1 THEN 'missed'
        WHEN q.timed = 0 AND q.at_end = 1 AND q.stopped IS NULL AND q.counts = 2 THEN 'open'
        WHEN q.timed = 0 AND q.at_end = 1 AND q.stopped IS NULL AND q.kind = 5 THEN 'open'
        WHEN q.timed = 0 AND q.at_end = 1 AND q.again = 2 THEN 'undecided'
        WHEN q.timed = 0 AND q.at_end = 1 THEN 'met'
        WHEN q.late_min = 1 AND q.timed = 1 THEN 'missed'
        WHEN q.at_end = 0 THEN 'left'
        WHEN q.stopped IS NULL THEN 'open'
        WHEN q.late_max = 0 THEN 'met'
        ELSE 'undecided'
    END AS outcome
FROM (
    SELECT d.cand, d.elapsed, d.paused, d.allowance, d.deadline, d.still, d.late, c.at_end, c.stopped,
        p.timed, p.counts, p.kind, g.again,
        least(d.elapsed, coalesce(b.low, d.elapsed)) AS low, greatest(d.elapsed, coalesce(b.high, d.elapsed)) AS high,
        least(d.late, coalesce(b.late_min, d.late)) AS late_min,
        greatest(d.late, coalesce(b.late_max, d.late)) AS late_max,
        CASE WHEN d.deadline > c.h0 THEN d.deadline ELSE c.h0 END AS ran_out
    FROM a_deadline d
    JOIN y_candidate c ON c.cand = d.cand
    JOIN p_term p ON p.term = c.term
    LEFT JOIN y_again g ON g.ticket = c.ticket AND p.kind = 5
    LEFT JOIN (
        SELECT cand, min(elapsed) AS low, max(elapsed) AS high, min(late) AS late_min, max(late) AS late_max
        FROM b_deadline GROUP BY cand
    ) b ON b.cand = d.cand
) q
""",
    frees=("b_deadline",),
)

CHOICE = Step(
    "y_choice",
    """
-- of the stretches of priority of one ticket, the one that is the case of a level: the first in which a miss was
-- certain and is not undone (a later change may only undo it upwards, and not if it restarts the clock), else the one
-- held at the end. Among levels that share tickets by priority (siblings) the earliest such miss takes the ticket, and
-- only levels that judge that stretch keep it.
SELECT w.cand
FROM (
    SELECT v.cand, v.sure, v.at_end, v.taken,
        max(CASE WHEN v.n = v.taken_n THEN 1 ELSE 0 END) OVER (PARTITION BY v.level_no, v.ticket, v.cycle) AS judges,
        row_number() OVER (
            PARTITION BY v.level_no, v.ticket, v.cycle ORDER BY v.sure DESC, v.at_end DESC, v.ran_out, v.n
        ) AS place
    FROM (
        SELECT u.*,
            max(u.sure) OVER (PARTITION BY u.siblings, u.ticket, u.cycle) AS taken,
            first_value(u.n) OVER (
                PARTITION BY u.siblings, u.ticket, u.cycle ORDER BY u.sure DESC, u.ran_out, u.n
            ) AS taken_n
        FROM (
            SELECT o.cand, p.level_no, p.siblings, c.ticket, c.cycle, c.n, c.at_end, o.ran_out,
                CASE
                    WHEN c.at_end = 1 OR o.outcome <> 'missed' THEN 0
                    WHEN p.mode = 5 OR p.restart = 1 OR c.end_rank > c.rank THEN 1
                    ELSE 0
                END AS sure
            FROM y_outcome o
            JOIN y_candidate c ON c.cand = o.cand
            JOIN (SELECT * FROM p_term WHERE mode >= 3) p ON p.term = c.term
        ) u
    ) v
) w
WHERE w.place = 1 AND (w.sure = 1 OR w.at_end = 1) AND (w.taken = 0 OR w.judges = 1)
UNION ALL
SELECT c.cand FROM y_candidate c JOIN (SELECT * FROM p_term WHERE mode < 3) p ON p.term = c.term
""",
)

COUNTED = Step(
    "y_counted",
    """
-- what each case comes to, and the instant that puts it in a period (counts 1 opening, 2 resolution, 3 decision,
-- 4 the end of a period at which it was open)
SELECT c.cand, c.term, c.ticket, c.cycle, c.priority, c.started, c.stopped, p.level_no,
    CASE
        WHEN p.timed = 0 OR (o.still = 1 AND c.stopped IS NULL AND o.late = 0) THEN NULL
        ELSE o.deadline
    END AS deadline, p.timed,
    o.elapsed, o.paused, o.allowance, CASE WHEN p.timed = 1 THEN o.low END AS low,
    CASE WHEN p.timed = 1 THEN o.high END AS high, o.outcome, o.still,
    CASE WHEN c.cancelled = 1 AND o.outcome IN ('met', 'undecided') THEN 1 ELSE 0 END AS cancelled,
    CASE
        WHEN p.counts = 1 THEN c.opened
        WHEN p.counts = 4 THEN c.stopped - 1
        WHEN p.counts = 2 OR p.statistic = 1 THEN c.stopped
        WHEN o.outcome = 'missed' OR (o.outcome = 'undecided' AND o.late = 1) THEN o.ran_out
        ELSE c.stopped
    END AS counted,
    CASE
        WHEN c.earlier > o.deadline THEN NULL
        WHEN p.counts = 1 AND c.earlier IS NOT NULL THEN c.opened
        ELSE c.earlier
    END AS met_before
FROM y_choice k
JOIN y_outcome o ON o.cand = k.cand
JOIN y_candidate c ON c.cand = k.cand
JOIN p_term p ON p.term = c.term
""",
    frees=("y_choice", "y_outcome"),
)

CASES = Step(
    "case_rows",
    """
SELECT n.level,
    CASE
        WHEN n.unit = 'component' THEN coalesce(t.component, '')
        WHEN n.unit = 'country' THEN coalesce(t.country, '')
        WHEN n.unit = 'category' THEN coalesce(t.category, '')
        WHEN n.unit = 'service' THEN coalesce(t.service, '')
        WHEN n.unit = 'ci' THEN coalesce(t.ci, '')
        ELSE ''
    END AS unit,
    q.ticket, t.ticket_id, q.priority, p.label AS period, q.started, q.stopped, q.deadline, q.elapsed, q.paused,
    q.allowance,
    CASE WHEN x.name IS NOT NULL OR q.cancelled = 1 THEN 'excluded' ELSE q.outcome END AS outcome,
    CASE
        WHEN x.name IS NOT NULL THEN x.name
        WHEN q.cancelled = 1 THEN 'cancelled'
        WHEN q.outcome = 'undecided' AND q.timed = 0 THEN 'reopenings unknown'
        WHEN q.outcome = 'undecided' AND s.cand IS NOT NULL THEN 'messages unknown'
        WHEN q.outcome = 'undecided' AND v.cand IS NOT NULL THEN 'pauses without times'
        WHEN q.outcome = 'undecided' THEN 'precision of the log'
        WHEN q.outcome = 'open' AND q.still = 1 THEN 'clock stopped'
        WHEN q.outcome = 'open' THEN 'not decided yet'
        ELSE ''
    END AS reason,
    n.version, t.import_id, t.row_no, q.low, q.high, q.cycle, q.counted,
    CASE
        WHEN x.name IS NULL AND q.cancelled = 0 AND q.outcome = 'met' AND e.label = coalesce(p.label, '') THEN NULL
        ELSE e.label
    END AS restates
FROM y_counted q
JOIN tickets t ON t.ticket = q.ticket
JOIN p_name n ON n.term = q.term
LEFT JOIN (SELECT term, cause, min(name) AS name FROM p_cause GROUP BY term, cause) x
    ON x.term = q.term AND x.cause = t.cause
LEFT JOIN y_vague v ON v.cand = q.cand
LEFT JOIN y_unsure s ON s.cand = q.cand
LEFT JOIN p_period p ON p.level = n.level AND q.counted >= p.started AND q.counted < p.ended
LEFT JOIN p_period e ON e.level = n.level AND q.met_before >= e.started AND q.met_before < e.ended
""",
    frees=("y_counted", "y_vague", "y_unsure", "y_pause", "y_again"),
)

STEPS = (OUTCOME, CHOICE, COUNTED, CASES)
