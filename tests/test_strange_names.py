"""Names in a log that the contract does not have are said, each once; names that it has are not."""

from __future__ import annotations

from datetime import date

from sla2.contract.calendar import day_start
from sla2.logs.log import log_of
from sla2.measure.run import measure
from tests.test_settle_cases import read

HEAD = """
  timezone: UTC
  currency: EUR
  term: from 2026-01-01 until ended with notice of 90 days
  fee desk: as invoiced
"""
BLOCKS = """
exclusion maintenance "Maintenance"
  cause: maintenance
end
level avail "Availability"
  service: svc
  measure: availability
  target: at least 99%
  excludes: maintenance
  period: month
  of: period
end
"""


def found(**tables: list[dict[str, object]]) -> list[tuple[str, str | None]]:
    contract = read(HEAD, BLOCKS)
    as_of = day_start(date(2026, 2, 1), "UTC")
    _, diagnostics = measure(contract, log_of(tables), date(2026, 1, 1), date(2026, 2, 1), as_of)
    return [(one.message, one.help) for one in diagnostics if one.code == "SLA620"]


def test_a_misspelt_name_is_said_with_the_one_that_is_like_it():
    rows = [
        {"exclusion": n, "exclusion_id": f"x{n}", "name": "maintenence", "started": n, "ended": n + 1} for n in (1, 2)
    ]
    ((message, remedy),) = found(exclusions=rows)
    assert message == (
        '2 rows of exclusions name the exclusion "maintenence", which the contract does not have; '
        "they count for nothing."
    )
    assert remedy is not None and remedy.startswith("Did you mean maintenance?")


def test_every_kind_of_name_is_looked_at():
    told = found(
        surveys=[{"respondent": "a", "at": 1, "item": "listens", "score": "4"}],
        ledger=[{"id": "how-fast", "kind": "passage"}, {"id": "17", "kind": "action"}],
        invoices=[{"fee": "dekc", "period": "2026-01", "amount": "10.00"}],
    )
    assert [message.split('"')[1] for message, _ in told] == ["listens", "how-fast", "dekc"]


def test_names_that_the_contract_has_are_not_said():
    exclusions = [{"exclusion": 1, "exclusion_id": "x", "name": "maintenance", "started": 1, "ended": 2}]
    assert found(exclusions=exclusions, invoices=[{"fee": "desk", "period": "2026-01", "amount": "1.00"}]) == []
