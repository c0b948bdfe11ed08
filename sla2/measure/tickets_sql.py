"""From the log to candidate cases: what is known of each ticket at the as-of date, as SQL.

In: the tables of the log and of the plan (`p_…`). Out: the steps `y_…` up to `y_candidate`: one row per level, ticket,
cycle and stretch of priority that may become a case. `pieces_sql` and `cases_sql` go on from there.
Facts after the as-of date are not used. The history of states and priorities is the primary fact; the columns of the
ticket fill what it does not say.
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

CYCLE = Step(
    "y_cycle",
    """
-- the stretches of a ticket's life that are one case each
SELECT ticket, 'response' AS kind, 1 AS cycle, opened_at AS opened,
    coalesce(answered_at, first_done_at, solved_at) AS stopped,
    opened_slack AS slack, CASE WHEN answered_at IS NULL THEN resolved_slack ELSE response_slack END AS stop_slack,
    cancelled, CAST(NULL AS BIGINT) AS earlier
FROM y_ticket
UNION ALL
SELECT ticket, 'continues', 1, opened_at, solved_at, opened_slack, resolved_slack, cancelled, earlier_at FROM y_ticket
UNION ALL
SELECT ticket, 'new', 1, opened_at, CASE WHEN reopened_at IS NULL THEN solved_at ELSE first_done_at END,
    opened_slack, resolved_slack, CASE WHEN reopened_at IS NULL THEN cancelled ELSE 0 END, CAST(NULL AS BIGINT)
FROM y_ticket
UNION ALL
SELECT d.ticket, 'new', 1 + row_number() OVER (PARTITION BY d.ticket ORDER BY d.n), d.moment,
    CASE WHEN d.n = t.reopened_n THEN t.solved_at ELSE d.next_at END,
    t.opened_slack, t.resolved_slack, CASE WHEN d.n = t.reopened_n THEN t.cancelled ELSE 0 END,
    CAST(NULL AS BIGINT)
FROM y_done d JOIN y_ticket t ON t.ticket = d.ticket
WHERE d.done = 0
""",
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

HELD = Step(
    "y_held",
    """
-- the stretches of priority within each cycle: which came first, was highest, stood at the end
SELECT q.*,
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0) AS n,
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0 DESC) AS n_back,
    row_number() OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.rank, q.h0) AS n_high,
    first_value(q.rank) OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.h0 DESC) AS end_rank,
    first_value(q.h0) OVER (PARTITION BY q.kind, q.ticket, q.cycle ORDER BY q.rank, q.h0) AS top_h0
FROM (
    SELECT c.kind, c.ticket, c.cycle, p.priority, coalesce(p.rank, 1000000) AS rank, p.h0, p.h1
    FROM (
        SELECT y.*, coalesce(y.stopped, r.as_of) AS ended FROM y_cycle y CROSS JOIN p_run r
    ) c
    JOIN y_priority p ON p.ticket = c.ticket
    WHERE (p.h0 < c.ended OR p.h0 <= c.opened) AND (p.h1 IS NULL OR p.h1 > c.opened)
) q
""",
)

CANDIDATE = Step(
    "y_candidate",
    """
-- every level, ticket, cycle and stretch of priority that may become a case
SELECT row_number() OVER (ORDER BY q.term, q.ticket, q.cycle, q.n) AS cand, q.*
FROM (
    SELECT p.term, p.level, p.kind, p.mode, p.clock, p.width, p.allowance, p.due_set, p.due_width, p.statistic,
        p.counts, p.siblings, p.stops, p.version, c.ticket, c.cycle, c.n, c.priority, c.rank, c.end_rank, c.opened,
        CASE WHEN p.restart = 1 AND c.n > 1 AND c.h0 > c.began THEN c.h0 ELSE c.began END AS started,
        CASE WHEN c.h0 > c.began THEN c.h0 ELSE c.began END AS h0,
        CASE
            WHEN p.mode IN ('resolution', 'each') AND c.n_back > 1 THEN c.h1
            WHEN p.mode = 'rising' AND c.h0 < c.top_h0 THEN c.h1
        END AS h1,
        CASE
            WHEN p.mode IN ('resolution', 'each') AND c.n_back > 1 THEN 0
            WHEN p.mode = 'rising' AND c.h0 < c.top_h0 THEN 0
            ELSE 1
        END AS at_end,
        p.restart,
        c.stopped, c.slack AS event_slack, c.stop_slack, c.cancelled, c.earlier, c.cause,
        CASE WHEN c.began = c.opened THEN c.slack ELSE 0 END AS slack,
        CASE WHEN p.stops = 1 THEN c.paused_total END AS paused_total, c.paused_basis,
        CASE
            WHEN p.unit = 'component' THEN coalesce(c.component, '')
            WHEN p.unit = 'country' THEN coalesce(c.country, '')
            WHEN p.unit = 'category' THEN coalesce(c.category, '')
            WHEN p.unit = 'service' THEN coalesce(c.service, '')
            WHEN p.unit = 'ci' THEN coalesce(c.ci, '')
            ELSE ''
        END AS unit
    FROM (
        SELECT y.*, h.priority, h.rank, h.h0, h.h1, h.n, h.n_back, h.n_high, h.end_rank, h.top_h0,
            s.term AS scope_term, t.category, t.country, t.component, t.service, t.ci, t.cause,
            t.paused_total, t.paused_basis,
            CASE WHEN i.counts_from IS NULL THEN y.opened ELSE i.counts_from END AS began
        FROM y_cycle y
        JOIN tickets t ON t.ticket = y.ticket
        JOIN p_scope s ON s.service = coalesce(t.service, '*')
        JOIN p_term p ON p.term = s.term AND p.kind = y.kind
        JOIN y_held h ON h.kind = y.kind AND h.ticket = y.ticket AND h.cycle = y.cycle
        LEFT JOIN p_intake i ON i.intake = p.intake AND i.bucket = y.opened - y.opened % p.intake_width
    ) c
    JOIN p_term p ON p.term = c.scope_term
    LEFT JOIN p_priority k ON k.term = p.term AND k.priority = c.priority
    LEFT JOIN p_window w ON w.win = p.win AND w.bucket = c.opened - c.opened % p.win_width
    WHERE (p.any_priority = 1 OR k.term IS NOT NULL)
        AND (p.win IS NULL OR w.win IS NOT NULL)
        AND (p.category IS NULL OR p.category = c.category)
        AND (p.country IS NULL OR p.country = c.country)
        AND (
            (p.mode = 'opening' AND c.n = 1)
            OR (p.mode = 'highest' AND c.n_high = 1)
            OR (p.mode = 'rising' AND c.h0 <= c.top_h0)
            OR p.mode IN ('resolution', 'each')
        )
) q
JOIN p_term v ON v.term = q.term
WHERE q.started >= v.since AND q.started < v.until
""",
)

STEPS = (STATE, DONE, TICKET, CYCLE, PRIORITY, HELD, CANDIDATE)
