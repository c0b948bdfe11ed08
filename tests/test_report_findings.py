"""A level that cannot be judged is named once, however many stages refuse it."""

from __future__ import annotations

from sla2.contract.contract import Unevaluated
from sla2.measure.codes import NOT_EVALUATED
from sla2.report.said_once import said_once
from sla2.settle.codes import NOT_COMPUTED
from tests.test_settle_cases import read

HEAD = """
  timezone: UTC
  currency: EUR
  term: from 2026-01-01 until ended with notice of 90 days
  fee desk: EUR 100.00 per month
"""
BLOCKS = """
level avail "Availability"
  service: svc
  measure: availability
  target: at least 99%
  period: month
  of: period
end
credits late "Late"
  level: avail
  base: fee desk of the period
  tier: below 99% gives 5%
end
"""


def test_what_measuring_refuses_settling_does_not_repeat():
    contract = read(HEAD, BLOCKS)
    level, credits = contract.levels[0], contract.credits[0]
    items = tuple(Unevaluated(span=one.span, block=one.name, what="some line") for one in (level, credits))
    contract = contract.model_copy(update={"unevaluated": items})
    measured = NOT_EVALUATED.at(level.span, "avail is not judged", help="")
    of_level = NOT_COMPUTED.at(level.span, "avail is not reckoned", help="")
    of_credits = NOT_COMPUTED.at(credits.span, "late is not reckoned", help="")
    assert said_once(contract, (measured, of_level, of_credits, of_credits)) == (measured, of_credits)
    assert said_once(contract, (of_level, of_credits)) == (of_level, of_credits)
