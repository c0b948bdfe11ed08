"""A log that is judged part by part gives what the whole log gives, on random contracts and random logs.

Cases, measurements, accounts and findings are compared, for parts of seven tickets and of one.
"""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from sla2.measure import measure, parts
from tests.measure_contracts import MINUTE, at, log
from tests.properties.test_engine import SEASONS, some_contract, some_tables


def many(draw: Random, season: tuple[str, str], unit: int | None):
    """Four random logs of six tickets as one of 24."""
    tables = {"tickets": [], "status_events": [], "pauses": [], "updates": []}
    for further in range(0, 24, 6):
        for name, rows in some_tables(draw, season, unit).items():
            for row in rows:
                number = row["ticket"] + further
                own = {"ticket_id": f"T{number}"} if "ticket_id" in row else {}
                tables[name].append({**row, "ticket": number, **own})
    return tables


def judged(number: int, at_once: int):
    """Everything that measuring one random log says."""
    draw = Random(number)
    terms = some_contract(draw)
    season = draw.choice(SEASONS)
    tables = many(draw, season, draw.choice((None, MINUTE)))
    made = log(tables["tickets"], tables["status_events"], tables["pauses"], updates=tables["updates"])
    result, findings = measure(terms, made, date(2026, 3, 1), date(2026, 12, 1), at(season[1]), at_once=at_once)
    assert result is not None
    cases = [case for name in sorted({one.name for one in terms.levels}) for case in result.cases.of(name)]
    return (cases, result.measurements, result.accounting, [(one.code, one.message) for one in findings])


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("at_once", [7, 1])
def test_parts_of_any_size_say_what_the_whole_log_says(number: int, at_once: int) -> None:
    assert judged(number, at_once) == judged(number, parts.AT_ONCE)


def test_the_comparison_sees_cases_and_tickets_without_a_priority() -> None:
    found = [judged(number, 7) for number in range(6)]
    assert any(len({case.ticket for case in cases}) > 7 for cases, *_ in found)
    assert sum(len(cases) for cases, *_ in found) > 100
    assert any("no priority" in text for *_, findings in found for _, text in findings)
