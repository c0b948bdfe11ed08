"""From candidates to cases: open time, pauses, deadlines and outcomes, as SQL.

In: `y_candidate` and the tables of the plan. Out: `case_rows`, one row per case.
Elapsed time is cum(stop) - cum(start) - pauses, where cum(t) is the open time before t. The deadline is the first
instant at which the allowance is used up. Every candidate of a coarse log is reckoned three times (r): as recorded
(0), with the least time that the records allow (1), and with the most (2).
"""

from __future__ import annotations

from sla2.measure.sql import Step

STOOD = Step(
    "y_stood",
    """
-- when the clock of a level stood still: by status, by reason given, between resolution and reopening
SELECT k.term, q.ticket, q.p0, q.p1, 1 AS recorded
FROM (
    SELECT b.stop, b.ticket, b.at AS p0, b.next_at AS p1
    FROM (
        SELECT a.*, lead(a.at) OVER (PARTITION BY a.stop, a.ticket ORDER BY a.seq) AS next_at
        FROM (
            SELECT m.*, lag(m.stands) OVER (PARTITION BY m.stop, m.ticket ORDER BY m.seq) AS before
            FROM (
                SELECT p.stop, s.ticket, s.seq, s.at,
                    CASE
                        WHEN f.stop IS NOT NULL THEN 1
                        WHEN p.any_status = 1 OR u.stop IS NOT NULL OR s.done = 1 THEN 0
                    END AS stands
                FROM y_state s
                CROSS JOIN p_stop p
                LEFT JOIN p_from f ON f.stop = p.stop AND f.raw = s.to_raw
                LEFT JOIN p_until u ON u.stop = p.stop AND u.raw = s.to_raw
            ) m
            WHERE m.stands IS NOT NULL
        ) a
        WHERE a.stands <> coalesce(a.before, 0)
    ) b
    WHERE b.stands = 1
) q
JOIN p_stopped k ON k.stop = q.stop
UNION ALL
SELECT k.term, g.ticket, g.started, CASE WHEN g.ended <= r.as_of THEN g.ended END, 1
FROM pauses g CROSS JOIN p_run r JOIN p_reason k ON k.reason = g.reason_raw
WHERE g.started <= r.as_of
UNION ALL
SELECT k.term, d.ticket, d.moment, d.next_at, 0
FROM y_done d JOIN p_stopped k ON k.stop = 0
WHERE d.done = 1 AND d.next_at IS NOT NULL
""",
)

READ = Step(
    "y_read",
    """
-- each candidate under each reading of its records; what was recorded as t happened in [t, t + unit)
SELECT c.cand, 0 AS r, c.term, c.ticket, c.clock, c.width, c.due_set, c.due_width, c.allowance, c.kind, c.h1,
    c.started AS s, coalesce(c.stopped, v.as_of) AS e, 0 AS late_start, 0 AS late_end,
    CASE WHEN k.term IS NULL THEN c.paused_total END AS paused_total, c.paused_basis
FROM y_candidate c
CROSS JOIN p_run v
LEFT JOIN (SELECT DISTINCT term, ticket FROM y_stood WHERE recorded = 1) k ON k.term = c.term AND k.ticket = c.ticket
UNION ALL
SELECT c.cand, q.r, c.term, c.ticket, c.clock, c.width, c.due_set, c.due_width, c.allowance, c.kind, c.h1,
    CASE WHEN q.r = 1 THEN c.started + c.slack ELSE c.started END,
    CASE WHEN q.r = 2 AND c.stopped IS NOT NULL THEN c.stopped + c.stop_slack ELSE coalesce(c.stopped, v.as_of) END,
    CASE WHEN q.r = 2 THEN c.event_slack ELSE 0 END, CASE WHEN q.r = 1 THEN c.event_slack ELSE 0 END,
    CASE WHEN k.term IS NULL THEN c.paused_total END, c.paused_basis
FROM y_candidate c
CROSS JOIN p_run v
CROSS JOIN p_reading q
LEFT JOIN (SELECT DISTINCT term, ticket FROM y_stood WHERE recorded = 1) k ON k.term = c.term AND k.ticket = c.ticket
WHERE c.slack > 0 OR c.stop_slack > 0 OR c.event_slack > 0 OR (c.paused_total IS NOT NULL AND k.term IS NULL)
""",
)

START = Step(
    "y_start",
    """
-- a ticket resolved before it counts as received has taken no time
SELECT q.cand, q.r, q.term, q.ticket, q.clock, q.width, q.kind, q.h1, q.s, greatest(q.e, q.s) AS e,
    q.late_start, q.late_end, q.paused_total, q.paused_basis, q.allowance,
    d.due + d.slope * (q.s % q.due_width) AS due_at
FROM (
    SELECT y.*, y.s - y.s % y.due_width AS due_bucket FROM y_read y
) q
LEFT JOIN p_due d ON d.due_set = q.due_set AND d.bucket = q.due_bucket
""",
)

CLOCK = Step(
    "y_clock",
    """
-- positions on the clock: open time before the start and the end, the allowance on that clock, and how much of a
-- total of pauses without times fell into open time: as much as possible (1), else as little as possible
SELECT q.cand, q.r, q.term, q.ticket, q.clock, q.width, q.h1, q.s, q.e, q.late_start, q.late_end, q.due_at, q.c0, q.c1,
    CASE
        WHEN q.paused_total IS NULL THEN 0
        WHEN q.r = 1 OR (q.paused_basis = 'service hours' AND q.kind <> 'response')
            THEN least(q.paused_total, q.c1 - q.c0)
        WHEN q.kind = 'response' THEN 0
        ELSE greatest(0, least(q.paused_total, q.e - q.s) - ((q.e - q.s) - (q.c1 - q.c0)))
    END AS given,
    CASE
        WHEN q.due_at IS NULL THEN q.allowance
        WHEN q.clock < 0 THEN q.due_at - q.s
        ELSE d.cum0 + d.opened * (q.due_at % q.width) - q.c0
    END AS allowance
FROM (
    SELECT y.*,
        CASE WHEN y.clock < 0 THEN y.s ELSE a.cum0 + a.opened * (y.s % y.width) END AS c0,
        CASE WHEN y.clock < 0 THEN y.e ELSE b.cum0 + b.opened * (y.e % y.width) END AS c1
    FROM y_start y
    LEFT JOIN p_calendar a ON a.clock = y.clock AND a.bucket = y.s - y.s % y.width
    LEFT JOIN p_calendar b ON b.clock = y.clock AND b.bucket = y.e - y.e % y.width
) q
LEFT JOIN p_calendar d ON d.clock = q.clock AND d.bucket = q.due_at - q.due_at % q.width
""",
)

PIECE = Step(
    "y_piece",
    """
-- pauses as stretches of open time, clipped to the case
SELECT q.cand, q.r, q.still,
    CASE WHEN q.clock < 0 THEN q.p0 ELSE a.cum0 + a.opened * (q.p0 % q.width) END AS a,
    CASE WHEN q.clock < 0 THEN q.p1 ELSE b.cum0 + b.opened * (q.p1 % q.width) END AS b
FROM (
    SELECT y.cand, y.r, y.clock, y.width, greatest(k.p0 + y.late_start, y.s) AS p0,
        least(coalesce(k.p1 + y.late_end, y.e), y.e) AS p1, CASE WHEN k.p1 IS NULL THEN 1 ELSE 0 END AS still
    FROM y_clock y
    JOIN y_stood k ON k.term = y.term AND k.ticket = y.ticket
) q
LEFT JOIN p_calendar a ON a.clock = q.clock AND a.bucket = q.p0 - q.p0 % q.width
LEFT JOIN p_calendar b ON b.clock = q.clock AND b.bucket = q.p1 - q.p1 % q.width
WHERE q.p0 < q.p1
""",
)

PAUSED = Step(
    "y_paused",
    """
-- merged pauses: how much of them there is, and how much of it moves the deadline
SELECT y.cand, y.r, CAST(sum(w.len) AS BIGINT) AS paused, max(w.still) AS still,
    CAST(sum(
        CASE WHEN w.a - coalesce(w.before, 0) < y.c0 + y.allowance + y.given THEN w.len ELSE 0 END
    ) AS BIGINT) AS shift
FROM (
    SELECT n.cand, n.r, n.a, n.len, n.still,
        CAST(sum(n.len) OVER (
            PARTITION BY n.cand, n.r ORDER BY n.a, n.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS BIGINT) AS before
    FROM (
        SELECT m.cand, m.r, m.still, m.b, greatest(m.a, coalesce(m.reached, m.a)) AS a,
            greatest(0, m.b - greatest(m.a, coalesce(m.reached, m.a))) AS len
        FROM (
            SELECT p.*, max(p.b) OVER (
                PARTITION BY p.cand, p.r ORDER BY p.a, p.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS reached
            FROM y_piece p
        ) m
    ) n
) w
JOIN y_clock y ON y.cand = w.cand AND y.r = w.r
GROUP BY y.cand, y.r
""",
)

DEADLINE = Step(
    "y_deadline",
    """
-- the instant at which the allowance is used up: the position c0 + allowance + pauses, turned back into an instant
SELECT q.cand, q.r, q.elapsed, q.paused, q.allowance, q.still, q.e, q.covered,
    CASE
        WHEN q.due_at IS NOT NULL AND q.moved = 0 THEN q.due_at
        WHEN q.clock < 0 THEN q.x
        ELSE o.bucket + q.x - o.cum0
    END AS deadline,
    CASE WHEN q.h1 < q.e THEN q.h1 ELSE q.e END AS until
FROM (
    SELECT z.*, z.c0 + z.allowance + z.moved AS x, z.c1 - z.c0 - z.stood AS elapsed, z.stood AS paused
    FROM (
        SELECT y.*, coalesce(p.still, 0) AS still, least(coalesce(p.paused, 0) + y.given, y.c1 - y.c0) AS stood,
            coalesce(p.shift, 0) + y.given AS moved,
            CASE WHEN y.c0 IS NULL OR y.c1 IS NULL THEN 0 ELSE 1 END AS covered
        FROM y_clock y
        LEFT JOIN y_paused p ON p.cand = y.cand AND p.r = y.r
    ) z
) q
LEFT JOIN (SELECT clock, cum0, bucket FROM p_calendar WHERE opened = 1) o
    ON o.clock = q.clock AND o.cum0 = (q.x - 1) - (q.x - 1) % q.width
""",
)

OUTCOME = Step(
    "y_outcome",
    """
-- one row per candidate: late under all readings, under none, or it depends
SELECT c.*, d.elapsed, d.paused, d.allowance AS allowed, d.deadline, d.still, d.late, b.late_min, b.late_max,
    b.low, b.high,
    CASE WHEN d.deadline > c.h0 THEN d.deadline ELSE c.h0 END AS ran_out,
    CASE
        WHEN b.late_min = 1 THEN 'missed'
        WHEN c.at_end = 0 THEN 'left'
        WHEN c.stopped IS NULL THEN 'open'
        WHEN b.late_max = 0 THEN 'met'
        ELSE 'undecided'
    END AS outcome
FROM y_candidate c
JOIN (
    SELECT j.*, CASE WHEN j.deadline IS NOT NULL AND j.until > j.deadline THEN 1 ELSE 0 END AS late
    FROM y_deadline j WHERE j.r = 0
) d ON d.cand = c.cand
JOIN (
    SELECT j.cand, min(j.elapsed) AS low, max(j.elapsed) AS high,
        min(CASE WHEN j.deadline IS NOT NULL AND j.until > j.deadline THEN 1 ELSE 0 END) AS late_min,
        max(CASE WHEN j.deadline IS NOT NULL AND j.until > j.deadline THEN 1 ELSE 0 END) AS late_max
    FROM y_deadline j GROUP BY j.cand
) b ON b.cand = c.cand
""",
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
        max(CASE WHEN v.n = v.taken_n THEN 1 ELSE 0 END) OVER (PARTITION BY v.level, v.ticket, v.cycle) AS judges,
        row_number() OVER (
            PARTITION BY v.level, v.ticket, v.cycle ORDER BY v.sure DESC, v.at_end DESC, v.ran_out, v.n
        ) AS place
    FROM (
        SELECT u.*,
            max(u.sure) OVER (PARTITION BY u.siblings, u.ticket, u.cycle) AS taken,
            first_value(u.n) OVER (
                PARTITION BY u.siblings, u.ticket, u.cycle ORDER BY u.sure DESC, u.ran_out, u.n
            ) AS taken_n
        FROM (
            SELECT o.cand, o.level, o.siblings, o.ticket, o.cycle, o.n, o.at_end, o.ran_out,
                CASE
                    WHEN o.at_end = 1 OR o.outcome <> 'missed' THEN 0
                    WHEN o.mode = 'each' OR o.restart = 1 OR o.end_rank > o.rank THEN 1
                    ELSE 0
                END AS sure
            FROM y_outcome o
            WHERE o.mode IN ('resolution', 'rising', 'each')
        ) u
    ) v
) w
WHERE w.place = 1 AND (w.sure = 1 OR w.at_end = 1) AND (w.taken = 0 OR w.judges = 1)
UNION ALL
SELECT o.cand FROM y_outcome o WHERE o.mode IN ('opening', 'highest')
""",
)

CASES = Step(
    "case_rows",
    """
SELECT q.level, q.unit, q.ticket, t.ticket_id, q.priority, p.label AS period, q.started, q.stopped,
    CASE WHEN q.still = 1 AND q.stopped IS NULL AND q.late = 0 THEN NULL ELSE q.deadline END AS deadline,
    q.elapsed, q.paused, q.allowed AS allowance, q.verdict AS outcome, q.reason, q.version, t.import_id, t.row_no,
    q.low, q.high, q.cycle, q.counted,
    CASE WHEN e.label <> coalesce(p.label, '') OR q.verdict <> 'met' THEN e.label END AS restates
FROM (
    SELECT o.*, x.name AS exclusion,
        CASE
            WHEN x.name IS NOT NULL THEN 'excluded'
            WHEN o.cancelled = 1 AND o.outcome IN ('met', 'undecided') THEN 'excluded'
            ELSE o.outcome
        END AS verdict,
        CASE
            WHEN x.name IS NOT NULL THEN x.name
            WHEN o.cancelled = 1 AND o.outcome IN ('met', 'undecided') THEN 'cancelled'
            WHEN o.outcome = 'undecided' AND o.paused_total IS NOT NULL THEN 'pauses without times'
            WHEN o.outcome = 'undecided' THEN 'precision of the log'
            WHEN o.outcome = 'open' AND o.still = 1 THEN 'clock stopped'
            WHEN o.outcome = 'open' THEN 'not decided yet'
            ELSE ''
        END AS reason,
        CASE
            WHEN o.counts = 'opening' THEN o.opened
            WHEN o.counts = 'resolution' OR o.statistic = 1 THEN o.stopped
            WHEN o.outcome = 'missed' OR (o.outcome = 'undecided' AND o.late = 1) THEN o.ran_out
            ELSE o.stopped
        END AS counted,
        CASE
            WHEN o.earlier > o.deadline THEN NULL
            WHEN o.counts = 'opening' AND o.earlier IS NOT NULL THEN o.opened
            ELSE o.earlier
        END AS met_before
    FROM y_outcome o
    JOIN y_choice k ON k.cand = o.cand
    LEFT JOIN (SELECT term, cause, min(name) AS name FROM p_cause GROUP BY term, cause) x
        ON x.term = o.term AND x.cause = o.cause
) q
JOIN tickets t ON t.ticket = q.ticket
LEFT JOIN p_period p ON p.level = q.level AND q.counted >= p.started AND q.counted < p.ended
LEFT JOIN p_period e ON e.level = q.level AND q.met_before >= e.started AND q.met_before < e.ended
""",
)

STEPS = (STOOD, READ, START, CLOCK, PIECE, PAUSED, DEADLINE, OUTCOME, CHOICE, CASES)
