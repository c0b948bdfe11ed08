"""Business time: for each candidate the time used, the time paused and the deadline, as SQL.

In: `y_candidate`, the pauses of the log, the clocks of the plan. Out: `a_deadline`, each candidate as recorded, and
`b_deadline`, those that a coarse log may judge either way, with the least (r = 1) and the most time (r = 2) that its
records allow. Elapsed time is cum(stop) - cum(start) - pauses, where cum(t) is the open time before t. The deadline is
the first instant at which the allowance is used up.
"""

from __future__ import annotations

from sla2.measure.sql import Step

STAND = Step(
    "y_stand",
    """
-- when the clock stood still: by status, by reason given, and (stop 0) between a resolution and a reopening
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
UNION ALL
SELECT k.stop, g.ticket, g.started, CASE WHEN g.ended <= r.as_of THEN g.ended END
FROM pauses g
CROSS JOIN p_run r
JOIN p_reason k ON k.reason = g.reason_raw
WHERE g.started <= r.as_of
UNION ALL
SELECT 0, d.ticket, d.moment, d.next_at FROM y_done d WHERE d.done = 1 AND d.next_at IS NOT NULL
""",
    frees=("y_state", "y_done"),
)

PAUSE = Step(
    "y_pause",
    """
-- those that count: some only if a message that the customer can see was sent between their begin and their end; if
-- nobody kept the messages, nobody knows (unsure)
SELECT y.stop, y.ticket, y.p0, y.p1, 0 AS unsure
FROM y_stand y
LEFT JOIN p_needs n ON n.stop = y.stop
WHERE n.stop IS NULL
UNION ALL
SELECT DISTINCT y.stop, y.ticket, y.p0, y.p1, 0
FROM y_stand y
JOIN p_needs n ON n.stop = y.stop
JOIN updates u ON u.ticket = y.ticket
CROSS JOIN p_run r
WHERE r.messages = 1 AND u.visible = 1 AND u.at <= r.as_of AND u.at >= y.p0 AND u.at <= coalesce(y.p1, u.at)
UNION ALL
SELECT y.stop, y.ticket, y.p0, y.p1, 1
FROM y_stand y
JOIN p_needs n ON n.stop = y.stop
CROSS JOIN p_run r
WHERE r.messages = 0
""",
    frees=("y_stand",),
)

UNSURE = Step(
    "y_unsure",
    """
-- candidates with a clock stop of which nobody knows whether it counts
SELECT DISTINCT c.cand
FROM y_candidate c
JOIN (SELECT ticket, stop FROM y_pause WHERE unsure = 1) y ON y.ticket = c.ticket
JOIN p_stopped k ON k.stop = y.stop AND k.term = c.term
""",
)

VAGUE = Step(
    "y_vague",
    """
-- candidates of which the log knows a total of pauses, and no pause of their clock with its times
SELECT c.cand, t.paused_total, t.paused_basis
FROM y_candidate c
JOIN (SELECT ticket, paused_total, paused_basis FROM tickets WHERE paused_total IS NOT NULL) t ON t.ticket = c.ticket
JOIN p_term p ON p.term = c.term
LEFT JOIN (
    SELECT DISTINCT k.term, q.ticket FROM y_pause q JOIN p_stopped k ON k.stop = q.stop WHERE q.stop > 0
) d ON d.term = c.term AND d.ticket = c.ticket
WHERE p.stops = 1 AND d.term IS NULL
""",
)

_RECORDED = """
    SELECT c.cand, 0 AS r, c.term, c.ticket, c.started AS s, coalesce(c.stopped, v.as_of) AS e, c.h1,
        0 AS late_start, 0 AS late_end
    FROM y_candidate c CROSS JOIN p_run v
"""
_READINGS = """
    SELECT c.cand, q.r, c.term, c.ticket, CASE WHEN q.r = 1 THEN c.started + c.slack ELSE c.started END AS s,
        CASE WHEN q.r = 2 AND c.stopped IS NOT NULL THEN c.stopped + c.stop_slack ELSE coalesce(c.stopped, v.as_of) END
            AS e, c.h1,
        CASE WHEN q.r = 2 THEN c.event_slack ELSE 0 END AS late_start,
        CASE WHEN q.r = 1 THEN c.event_slack ELSE 0 END AS late_end
    FROM y_candidate c
    JOIN y_near n ON n.cand = c.cand
    CROSS JOIN p_run v
    CROSS JOIN p_reading q
"""

_START = """
-- start and end; a ticket resolved before it counts as received has taken no time
SELECT q.cand, q.r, q.term, q.ticket, q.s, greatest(q.e, q.s) AS e, q.h1, q.late_start, q.late_end, q.due_set,
    q.due_width, q.clock, q.width, q.loose, q.allowance, q.due_bucket, d.due + d.slope * (q.s % q.due_width) AS due_at
FROM (
    SELECT y.*, p.due_set, p.due_width, p.clock, p.width, p.loose, p.allowance, y.s - y.s % p.due_width AS due_bucket
    FROM ({read}) y
    JOIN p_term p ON p.term = y.term
) q
LEFT JOIN p_due d ON d.due_set = q.due_set AND d.bucket = q.due_bucket
"""

_CLOCK = """
-- positions on the clock: open time before the start and the end, the allowance on that clock, and how much of a
-- total of pauses without times fell into open time: as much as possible (1), else as little as possible
SELECT q.cand, q.r, q.term, q.ticket, q.clock, q.width, q.s, q.e, q.h1, q.late_start, q.late_end, q.due_at, q.c0, q.c1,
    CASE
        WHEN g.paused_total IS NULL THEN 0
        WHEN q.r = 1 OR (g.paused_basis = 'service hours' AND q.loose = 0) THEN least(g.paused_total, q.c1 - q.c0)
        WHEN q.loose = 1 THEN 0
        ELSE greatest(0, least(g.paused_total, q.e - q.s) - ((q.e - q.s) - (q.c1 - q.c0)))
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
    FROM {x}_start y
    LEFT JOIN p_calendar a ON a.clock = y.clock AND a.bucket = y.s - y.s % y.width
    LEFT JOIN p_calendar b ON b.clock = y.clock AND b.bucket = y.e - y.e % y.width
) q
LEFT JOIN p_calendar d ON d.clock = q.clock AND d.bucket = q.due_at - q.due_at % q.width
LEFT JOIN y_vague g ON g.cand = q.cand
"""

_STOOD = """
-- stops that count only for so long in a case: clipped to the case, as stretches on the clock of their limit
SELECT q.cand, q.r, q.grp, q.clock, q.width, q.most, q.due_set, q.due_width, q.p0, q.p1, q.first_at,
    CASE WHEN q.p1 = q.e THEN q.lasting ELSE 0 END AS still,
    CASE WHEN q.clock < 0 THEN q.p0 ELSE a.cum0 + a.opened * (q.p0 % q.width) END AS a,
    CASE WHEN q.clock < 0 THEN q.p1 ELSE b.cum0 + b.opened * (q.p1 % q.width) END AS b
FROM (
    SELECT z.*, min(z.p0) OVER (PARTITION BY z.cand, z.r, z.grp) AS first_at,
        max(z.still) OVER (PARTITION BY z.cand, z.r, z.grp) AS lasting
    FROM (
        SELECT y.cand, y.r, w.grp, l.clock, l.width, l.most, l.due_set, l.due_width,
            greatest(k.p0 + y.late_start, y.s) AS p0, least(coalesce(k.p1 + y.late_end, y.e), y.e) AS p1,
            CASE WHEN k.p1 IS NULL THEN 1 ELSE 0 END AS still, y.e
        FROM {x}_clock y
        JOIN p_stopped w ON w.term = y.term
        JOIN p_limit l ON l.term = w.term AND l.grp = w.grp
        JOIN y_pause k ON k.stop = w.stop AND k.ticket = y.ticket
        WHERE w.grp > 0 AND (k.unsure = 0 OR y.r = 1)
    ) z
    WHERE z.p0 < z.p1
) q
LEFT JOIN p_calendar a ON a.clock = q.clock AND a.bucket = q.p0 - q.p0 % q.width
LEFT JOIN p_calendar b ON b.clock = q.clock AND b.bucket = q.p1 - q.p1 % q.width
"""

_SPENT = """
-- how much of the limit was used up before each of them; where stops overlap, the later one goes
-- on where the other ended
SELECT n.*,
    coalesce(CAST(sum(n.len) OVER (
        PARTITION BY n.cand, n.r, n.grp ORDER BY n.p0, n.p1 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS BIGINT), 0) AS used
FROM (
    SELECT m.cand, m.r, m.grp, m.clock, m.width, m.p1, m.still, greatest(m.p0, coalesce(m.until, m.p0)) AS p0,
        greatest(m.a, coalesce(m.reached, m.a)) AS a, greatest(0, m.b - greatest(m.a, coalesce(m.reached, m.a))) AS len,
        CASE
            WHEN m.due_set IS NULL THEN m.most
            WHEN m.clock < 0 THEN m.due_at - m.first_at
            ELSE d.cum0 + d.opened * (m.due_at % m.width) - f.cum0 - f.opened * (m.first_at % m.width)
        END AS most
    FROM (
        SELECT s.*, u.due + u.slope * (s.first_at % s.due_width) AS due_at,
            max(s.p1) OVER (
                PARTITION BY s.cand, s.r, s.grp ORDER BY s.p0, s.p1 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS until,
            max(s.b) OVER (
                PARTITION BY s.cand, s.r, s.grp ORDER BY s.p0, s.p1 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS reached
        FROM {x}_stood s
        LEFT JOIN p_due u ON u.due_set = s.due_set AND u.bucket = s.first_at - s.first_at % s.due_width
    ) m
    LEFT JOIN p_calendar d ON d.clock = m.clock AND d.bucket = m.due_at - m.due_at % m.width
    LEFT JOIN p_calendar f ON f.clock = m.clock AND f.bucket = m.first_at - m.first_at % m.width
) n
WHERE n.p0 < n.p1
"""

_LIMITED = """
-- what of them counts: the clock runs again at the instant at which the limit is used up
SELECT q.cand, q.r, q.p0,
    CASE
        WHEN q.len < q.most - q.used THEN q.p1
        WHEN q.clock < 0 THEN q.x
        ELSE o.bucket + q.x - o.cum0
    END AS p1,
    CASE WHEN q.len < q.most - q.used THEN q.still ELSE 0 END AS still
FROM (SELECT s.*, s.a + s.most - s.used AS x FROM {x}_spent s WHERE s.most > s.used) q
LEFT JOIN p_opening o ON o.clock = q.clock AND o.cum0 = (q.x - 1) - (q.x - 1) % q.width
"""

_PIECE = """
-- pauses as stretches of open time, clipped to the case
SELECT q.cand, q.r, q.still, q.used_up,
    CASE WHEN q.clock < 0 THEN q.p0 ELSE a.cum0 + a.opened * (q.p0 % q.width) END AS a,
    CASE WHEN q.clock < 0 THEN q.p1 ELSE b.cum0 + b.opened * (q.p1 % q.width) END AS b
FROM (
    SELECT y.cand, y.r, y.clock, y.width, y.c0 + y.allowance + y.given AS used_up,
        greatest(k.p0 + y.late_start, y.s) AS p0, least(coalesce(k.p1 + y.late_end, y.e), y.e) AS p1,
        CASE WHEN k.p1 IS NULL THEN 1 ELSE 0 END AS still
    FROM {x}_clock y
    JOIN p_stopped w ON w.term = y.term
    JOIN y_pause k ON k.stop = w.stop AND k.ticket = y.ticket
    WHERE w.grp = 0 AND (k.unsure = 0 OR y.r = 1)
    UNION ALL
    SELECT y.cand, y.r, y.clock, y.width, y.c0 + y.allowance + y.given, l.p0, l.p1, l.still
    FROM {x}_clock y
    JOIN {x}_limited l ON l.cand = y.cand AND l.r = y.r
) q
LEFT JOIN p_calendar a ON a.clock = q.clock AND a.bucket = q.p0 - q.p0 % q.width
LEFT JOIN p_calendar b ON b.clock = q.clock AND b.bucket = q.p1 - q.p1 % q.width
WHERE q.p0 < q.p1
"""

_PAUSED = """
-- merged pauses: how much of them there is, and how much of it begins before the time is used up and moves the deadline
SELECT w.cand, w.r, CAST(sum(w.len) AS BIGINT) AS paused, max(w.still) AS still,
    CAST(sum(CASE WHEN w.a - coalesce(w.before, 0) < w.used_up THEN w.len ELSE 0 END) AS BIGINT) AS shift
FROM (
    SELECT n.*,
        CAST(sum(n.len) OVER (
            PARTITION BY n.cand, n.r ORDER BY n.a, n.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS BIGINT) AS before
    FROM (
        SELECT m.cand, m.r, m.still, m.used_up, m.b, greatest(m.a, coalesce(m.reached, m.a)) AS a,
            greatest(0, m.b - greatest(m.a, coalesce(m.reached, m.a))) AS len
        FROM (
            SELECT p.*, max(p.b) OVER (
                PARTITION BY p.cand, p.r ORDER BY p.a, p.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS reached
            FROM {x}_piece p
        ) m
    ) n
) w
GROUP BY w.cand, w.r
"""

_DEADLINE = """
-- the position c0 + allowance + pauses, turned back into an instant
SELECT f.cand, f.r, f.elapsed, f.paused, f.allowance, f.still, f.covered, f.deadline,
    CASE WHEN f.deadline IS NOT NULL AND f.until > f.deadline THEN 1 ELSE 0 END AS late
FROM (
    SELECT q.*,
        CASE
            WHEN q.due_at IS NOT NULL AND q.moved = 0 THEN q.due_at
            WHEN q.clock < 0 THEN q.x
            ELSE o.bucket + q.x - o.cum0
        END AS deadline,
        CASE WHEN q.h1 < q.e THEN q.h1 ELSE q.e END AS until
    FROM (
        SELECT z.*, z.c0 + z.allowance + z.moved AS x, z.c1 - z.c0 - z.paused AS elapsed
        FROM (
            SELECT y.*, coalesce(p.still, 0) AS still, coalesce(p.shift, 0) + y.given AS moved,
                least(coalesce(p.paused, 0) + y.given, y.c1 - y.c0) AS paused,
                CASE WHEN y.c0 IS NULL OR y.c1 IS NULL THEN 0 ELSE 1 END AS covered
            FROM {x}_clock y
            LEFT JOIN {x}_paused p ON p.cand = y.cand AND p.r = y.r
        ) z
    ) q
    LEFT JOIN p_opening o ON o.clock = q.clock AND o.cum0 = (q.x - 1) - (q.x - 1) % q.width
) f
"""

NEAR = Step(
    "y_near",
    """
-- candidates that another reading of the records may judge otherwise: the time used is about the allowance, within
-- what start, end and pauses may be off; those that left a priority, statistics and totals are always looked at
SELECT q.cand
FROM (
    SELECT c.cand, c.at_end, d.elapsed, d.allowance, p.statistic, p.limited,
        coalesce(v.cand, u.cand) AS vague,
        3 * (c.slack + c.stop_slack + c.event_slack * (1 + coalesce(w.pauses, 0))) AS off
    FROM y_candidate c
    JOIN a_deadline d ON d.cand = c.cand
    JOIN p_term p ON p.term = c.term
    LEFT JOIN y_vague v ON v.cand = c.cand
    LEFT JOIN y_unsure u ON u.cand = c.cand
    LEFT JOIN (SELECT ticket, count(*) AS pauses FROM y_pause GROUP BY ticket) w ON w.ticket = c.ticket
) q
WHERE q.vague IS NOT NULL
    OR (q.off > 0 AND (q.statistic = 1 OR q.limited = 1 OR q.at_end = 0))
    OR (q.off > 0 AND q.elapsed - q.allowance <= q.off AND q.allowance - q.elapsed <= q.off)
""",
)


def _reckoned(x: str, read: str) -> tuple[Step, ...]:
    """The steps that reckon one set of readings; the names of their tables begin with `x`."""
    return (
        Step(f"{x}_start", _START.format(read=read)),
        Step(f"{x}_clock", _CLOCK.format(x=x), frees=(f"{x}_start",)),
        Step(f"{x}_stood", _STOOD.format(x=x)),
        Step(f"{x}_spent", _SPENT.format(x=x), frees=(f"{x}_stood",)),
        Step(f"{x}_limited", _LIMITED.format(x=x), frees=(f"{x}_spent",)),
        Step(f"{x}_piece", _PIECE.format(x=x), frees=(f"{x}_limited",)),
        Step(f"{x}_paused", _PAUSED.format(x=x), frees=(f"{x}_piece",)),
        Step(f"{x}_deadline", _DEADLINE.format(x=x), frees=(f"{x}_clock", f"{x}_paused")),
    )


STEPS = (STAND, PAUSE, VAGUE, UNSURE, *_reckoned("a", _RECORDED), NEAR, *_reckoned("b", _READINGS))
