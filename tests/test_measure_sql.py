"""Every query of measurement stays within the portable part of SQL, and the lint that says so can fail."""

from __future__ import annotations

import pytest

from sla2.measure import accounting, outage_rows, parts, plain_rows, run, sample_rows
from sla2.measure.measures import shares
from sla2.measure.sql import offences

QUERIES = {
    **{step.name: step.query for step in run.STEPS},
    "span": run.SPAN,
    "services": run.UNKNOWN_SERVICES,
    "priorities": parts.NO_PRIORITIES,
    "range": parts.RANGE,
    "account": parts.ACCOUNT,
    "counts": shares.COUNTS,
    "units": shares.UNITS,
    "outages": outage_rows.OUTAGES,
    "exclusions": outage_rows.EXCLUSIONS,
    "slots": sample_rows.SLOTS,
    "account-tickets": accounting.TICKETS,
    "account-strange": accounting.STRANGE_TICKETS,
    "account-samples": accounting.SAMPLES,
    "latencies": sample_rows.LATENCIES,
    "figures": plain_rows.FIGURES,
    "deliveries": plain_rows.DELIVERIES,
    "surveys": plain_rows.SURVEYS,
    "lives": plain_rows.UNITS,
    **{f"ranked-{value}-{percent}": query for (value, percent), query in shares.RANKED.items()},
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_are_portable(name: str) -> None:
    assert offences(QUERIES[name]) == ()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT a / b FROM t",
        "SELECT 0.5 * a FROM t",
        "SELECT CAST(a AS DOUBLE) FROM t",
        "SELECT CAST(a AS TIMESTAMP) FROM t",
        "SELECT * FROM t ASOF JOIN u ON t.a >= u.a",
        "SELECT percentile_disc(a) FROM t",
        "SELECT avg(a) FROM t",
        "SELECT a::BIGINT FROM t",
        "SELECT * FROM t QUALIFY row_number() OVER (ORDER BY a) = 1",
        "SELECT now()",
        "SELECT unnest(a) FROM t",
        "SELECT random()",
    ],
)
def test_the_lint_finds_what_is_not_portable(query: str) -> None:
    assert len(offences(query)) == 1


def test_the_lint_reads_neither_texts_nor_comments() -> None:
    assert offences("SELECT 'a/b 0.5 now' AS x -- 1.5 / 2\nFROM t") == ()
