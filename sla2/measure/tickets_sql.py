"""From the log to candidate cases: what is known of each ticket at the as-of date, as SQL.

In: the tables of the log and of the plan (`p_…`). Out: the steps `y_…` up to `y_candidate`: one row per level, ticket,
cycle and stretch of priority that may become a case. `clocks_sql` and `cases_sql` go on from there.
Facts after the as-of date are not used. The history of states and priorities is the primary fact; the columns of the
ticket fill what it does not say. Numbers stand for words: kind 1 response, 2 clock continues, 3 new case, 4 count,
5 reopened, from 10 on the backlog of one level; mode 1 at opening, 2 highest held, 3 the same where the clock restarts,
4 at resolution, 5 each while held.
"""

from __future__ import annotations

from sla2.measure.sql import Step

STATE = Step(
    "y_state",
    """
SELECT e.ticket, e.seq, e.at, e.to_raw, e.to_value,
    CASE WHEN e.to_value IN ('resolved', 'closed', 'cancelled') THEN 1 ELSE 0 END AS done
FROM status_events e CROSS JOIN p_run r
WHERE e.field = 'state' AND e.at <= r.as_of
""",
)

DONE = Step(
    "y_done",
    """
-- the moments at which a ticket is done (1) or taken up again (0), in turn
SELECT q.ticket, q.at AS moment, q.done, q.to_value,
    row_number() OVER (PARTITION BY q.ticket ORDER BY q.seq) AS n,
    lead(q.at) OVER (PARTITION BY q.ticket ORDER BY q.seq) AS next_at
FROM (
    SELECT s.*, lag(s.done) OVER (PARTITION BY s.ticket ORDER BY s.seq) AS before FROM y_state s
) q
WHERE q.done <> coalesce(q.before, 0)
""",
)

TICKET = Step(
    "y_ticket",
    """
-- when each ticket was answered and resolved, as known at the as-of date
SELECT q.*,
    CASE
        WHEN q.resolved_at <= q.as_of AND q.resolved_at >= coalesce(q.reopened_at, q.resolved_at) THEN q.resolved_at
        WHEN q.finished_at IS NOT NULL THEN q.finished_at
        WHEN q.closed_at <= q.as_of AND q.closed_at >= coalesce(q.reopened_at, q.closed_at) THEN q.closed_at
    END AS solved_at,
    CASE WHEN q.response_at <= q.as_of THEN q.response_at END AS answered_at
FROM (
    SELECT t.ticket, t.opened_at, t.first_response_at AS response_at, t.resolved_at, t.closed_at,
        CASE WHEN t.opened_unit > 1000000 THEN t.opened_unit - 1 ELSE 0 END AS opened_slack,
        CASE WHEN t.response_unit > 1000000 THEN t.response_unit - 1 ELSE 0 END AS response_slack,
        CASE WHEN t.resolved_unit > 1000000 THEN t.resolved_unit - 1 ELSE 0 END AS resolved_slack,
        d.reopened_at, d.reopened_n, d.first_done_at, d.finished_at, d.earlier_at,
        CASE
            WHEN d.ticket IS NOT NULL THEN CASE WHEN d.reopened_at IS NULL THEN 0 ELSE 1 END
            WHEN t.reopened_count IS NULL THEN 2
            WHEN t.reopened_count > 0 THEN 1
            ELSE 0
        END AS again,
        CASE
            WHEN t.resolved_at <= r.as_of THEN 0
            WHEN d.ticket IS NULL AND t.state = 'cancelled' THEN 1
            ELSE coalesce(d.cancelled, 0)
        END AS cancelled,
        r.as_of
    FROM tickets t
    CROSS JOIN p_run r
    LEFT JOIN (
        SELECT ticket,
            max(CASE WHEN done = 0 THEN moment END) AS reopened_at,
            max(CASE WHEN done = 0 THEN n END) AS reopened_n,
            min(CASE WHEN done = 1 THEN moment END) AS first_done_at,
            max(CASE WHEN done = 1 AND next_at IS NOT NULL THEN moment END) AS earlier_at,
            max(CASE WHEN done = 1 AND next_at IS NULL THEN moment END) AS finished_at,
            max(CASE WHEN done = 1 AND next_at IS NULL AND to_value = 'cancelled' THEN 1 ELSE 0 END) AS cancelled
        FROM y_done GROUP BY ticket
    ) d ON d.ticket = t.ticket
    WHERE t.opened_at <= r.as_of
) q
""",
)

AGAIN = Step(
    "y_again",
    """
-- whether a ticket was opened again after a resolution: 0 no, 1 yes, 2 nobody wrote it down
SELECT t.ticket, t.again FROM y_ticket t CROSS JOIN (SELECT kind FROM p_kind WHERE kind = 5) k
""",
)

STRETCH = Step(
    "y_stretch",
    """
-- from its opening or reopening a ticket is open until it is done
SELECT t.ticket, 1 AS cycle, t.opened_at AS first_opened, t.opened_at AS opened,
    CASE WHEN t.reopened_at IS NULL THEN t.solved_at ELSE t.first_done_at END AS stopped,
    t.opened_slack AS slack, t.resolved_slack AS stop_slack,
    CASE WHEN t.reopened_at IS NULL THEN t.cancelled ELSE 0 END AS cancelled
FROM y_ticket t
CROSS JOIN (SELECT count(*) AS n FROM p_kind WHERE kind = 3 OR kind >= 10) k
WHERE k.n > 0
UNION ALL
SELECT d.ticket, 1 + row_number() OVER (PARTITION BY d.ticket ORDER BY d.n), t.opened_at, d.moment,
    CASE WHEN d.n = t.reopened_n THEN t.solved_at ELSE d.next_at END, t.opened_slack, t.resolved_slack,
    CASE WHEN d.n = t.reopened_n THEN t.cancelled ELSE 0 END
FROM y_done d
JOIN y_ticket t ON t.ticket = d.ticket
CROSS JOIN (SELECT count(*) AS n FROM p_kind WHERE kind = 3 OR kind >= 10) k
WHERE d.done = 0 AND k.n > 0
""",
)

CYCLE = Step(
    "y_cycle",
    """
-- the stretches of a ticket's life that are one case each
SELECT k.kind, t.ticket, 1 AS cycle, t.opened_at AS opened,
    coalesce(t.answered_at, t.first_done_at, t.solved_at) AS stopped, t.opened_slack AS slack,
    CASE WHEN t.answered_at IS NULL THEN t.resolved_slack ELSE t.response_slack END AS stop_slack,
    t.cancelled, CAST(NULL AS BIGINT) AS earlier
FROM y_ticket t CROSS JOIN (SELECT kind FROM p_kind WHERE kind = 1) k
UNION ALL
SELECT k.kind, t.ticket, 1, t.opened_at, t.solved_at, t.opened_slack, t.resolved_slack, t.cancelled, t.earlier_at
FROM y_ticket t CROSS JOIN (SELECT kind FROM p_kind WHERE kind = 2) k
UNION ALL
SELECT k.kind, s.ticket, s.cycle, s.opened, s.stopped, s.slack, s.stop_slack, s.cancelled, CAST(NULL AS BIGINT)
FROM y_stretch s CROSS JOIN (SELECT kind FROM p_kind WHERE kind = 3) k
UNION ALL
SELECT k.kind, t.ticket, 1, t.opened_at, CASE WHEN k.kind = 5 THEN coalesce(t.first_done_at, t.solved_at)
    ELSE t.solved_at END, t.opened_slack, t.resolved_slack, t.cancelled, CAST(NULL AS BIGINT)
FROM y_ticket t CROSS JOIN (SELECT kind FROM p_kind WHERE kind = 4 OR kind = 5) k
UNION ALL
SELECT p.kind, s.ticket, p.place, CASE WHEN p.fresh = 1 THEN s.opened ELSE s.first_opened END, p.moment, s.slack, 0, 0,
    CAST(NULL AS BIGINT)
FROM y_stretch s CROSS JOIN p_snapshot p
WHERE s.opened < p.moment AND (s.stopped >= p.moment OR (s.stopped IS NULL AND s.cancelled = 0))
""",
    frees=("y_stretch",),
)

PRIORITY = Step(
    "y_priority",
    """
-- which priority a ticket held from h0 to h1 (NULL: still); the first one holds from the opening
SELECT q.ticket, q.priority, k.rank,
    CASE WHEN q.n = 1 THEN q.opened_at ELSE q.at END AS h0, q.h1
FROM (
    SELECT c.*, row_number() OVER (PARTITION BY c.ticket ORDER BY c.seq) AS n,
        lead(c.at) OVER (PARTITION BY c.ticket ORDER BY c.seq) AS h1
    FROM (
        SELECT b.*, lag(b.priority) OVER (PARTITION BY b.ticket ORDER BY b.seq) AS before,
            row_number() OVER (PARTITION BY b.ticket ORDER BY b.seq) AS place
        FROM (
            SELECT e.ticket, e.seq, e.at, e.to_value AS priority, t.opened_at,
                lead(e.at) OVER (PARTITION BY e.ticket ORDER BY e.seq) AS next_at
            FROM status_events e JOIN y_ticket t ON t.ticket = e.ticket
            WHERE e.field = 'priority' AND e.at <= t.as_of
        ) b
        WHERE b.next_at IS NULL OR b.next_at > b.at
    ) c
    WHERE c.place = 1 OR coalesce(c.before, '') <> coalesce(c.priority, '')
) q
LEFT JOIN p_rank k ON k.priority = q.priority
UNION ALL
SELECT t.ticket, t.priority, k.rank, t.opened_at, CAST(NULL AS BIGINT)
FROM tickets t
LEFT JOIN (
    SELECT DISTINCT e.ticket FROM status_events e CROSS JOIN p_run r WHERE e.field = 'priority' AND e.at <= r.as_of
) e ON e.ticket = t.ticket
LEFT JOIN p_rank k ON k.priority = t.priority
WHERE e.ticket IS NULL
""",
)

MANY = Step("y_many", "SELECT ticket FROM y_priority GROUP BY ticket HAVING count(*) > 1")

HELD = Step(
    "y_held",
    """
-- the stretches of priority within each cycle: which came first, was highest, stood at the end; most tickets have one
SELECT c.*, p.priority, coalesce(p.rank, 1000000) AS rank, c.opened AS h0, CAST(NULL AS BIGINT) AS h1, c.cycle AS place,
    1 AS n, 1 AS n_back, 1 AS n_high, coalesce(p.rank, 1000000) AS end_rank, c.opened AS top_h0
FROM y_cycle c
JOIN y_priority p ON p.ticket = c.ticket
LEFT JOIN y_many m ON m.ticket = c.ticket
WHERE m.ticket IS NULL
UNION ALL
SELECT q.kind, q.ticket, q.cycle, q.opened, q.stopped, q.slack, q.stop_slack, q.cancelled, q.earlier, q.priority,
    q.rank, q.h0, q.h1,
    row_number() OVER (PARTITION BY q.kind, q.ticket ORDER BY q.cycle, q.h0),
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0),
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0 DESC),
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.rank, q.h0),
    first_value(q.rank) OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0 DESC),
    first_value(q.h0) OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.rank, q.h0)
FROM (
    SELECT c.*, p.priority, coalesce(p.rank, 1000000) AS rank, p.h0, p.h1
    FROM (
        SELECT y.*
        FROM y_cycle y
        JOIN y_many m ON m.ticket = y.ticket
    ) c
    JOIN y_priority p ON p.ticket = c.ticket
    CROSS JOIN p_run r
    WHERE (p.h0 < coalesce(c.stopped, r.as_of) OR p.h0 <= c.opened) AND (p.h1 IS NULL OR p.h1 > c.opened)
) q
""",
    frees=("y_cycle", "y_many"),
)

LOOKED_AT = Step(
    "y_looked_at",
    """
-- the stretches that each level looks at, by its priorities or at all of them
SELECT h.*, k.term, k.mode
FROM y_held h
JOIN p_priority k ON k.kind = h.kind AND k.priority = h.priority
WHERE (k.mode = 1 AND h.n = 1) OR (k.mode = 2 AND h.n_high = 1) OR (k.mode = 3 AND h.h0 <= h.top_h0) OR k.mode >= 4
UNION ALL
SELECT h.*, k.term, k.mode
FROM y_held h
JOIN p_priority k ON k.kind = h.kind
WHERE k.priority IS NULL AND ((k.mode = 1 AND h.n = 1) OR k.mode >= 4)
""",
    frees=("y_held",),
)

CANDIDATE = Step(
    "y_candidate",
    """
-- every level, ticket, cycle and stretch of priority that may become a case
SELECT (q.ticket * r.terms + q.term) * 1048576 + q.place AS cand, q.term, q.ticket, q.cycle, q.n, q.priority, q.rank,
    q.end_rank, q.opened, q.started, CASE WHEN q.h0 > q.began THEN q.h0 ELSE q.began END AS h0,
    CASE WHEN q.at_end = 0 THEN q.h1 END AS h1, q.at_end, q.stopped, q.slack AS event_slack, q.stop_slack, q.cancelled,
    q.earlier, CASE WHEN q.began = q.opened THEN q.slack ELSE 0 END AS slack
FROM (
    SELECT c.*, p.since, p.until,
        CASE WHEN p.restart = 1 AND c.n > 1 AND c.h0 > c.began THEN c.h0 ELSE c.began END AS started,
        CASE WHEN c.mode >= 4 AND c.n_back > 1 THEN 0 WHEN c.mode = 3 AND c.h0 < c.top_h0 THEN 0 ELSE 1 END AS at_end
    FROM (
        SELECT h.*, coalesce(i.counts_from, h.opened) AS began
        FROM y_looked_at h
        JOIN tickets t ON t.ticket = h.ticket
        JOIN p_scope s ON s.term = h.term AND s.service = coalesce(t.service, '*')
        JOIN p_term p ON p.term = h.term
        LEFT JOIN p_intake i ON i.intake = p.intake AND i.bucket = h.opened - h.opened % p.intake_width
        LEFT JOIN p_window w ON w.win = p.win AND w.bucket = h.opened - h.opened % p.win_width
        LEFT JOIN p_category k ON k.term = h.term AND k.category = t.category
        LEFT JOIN p_country l ON l.term = h.term AND l.country = t.country
        WHERE (p.win IS NULL OR w.win IS NOT NULL)
            AND (p.categories = 0 OR k.term IS NOT NULL)
            AND (p.countries = 0 OR l.term IS NOT NULL)
    ) c
    JOIN p_term p ON p.term = c.term
) q
CROSS JOIN p_run r
WHERE q.started >= q.since AND q.started < q.until
""",
    frees=("y_looked_at", "y_ticket"),
)

STEPS = (STATE, DONE, TICKET, AGAIN, STRETCH, CYCLE, PRIORITY, MANY, HELD, LOOKED_AT, CANDIDATE)
