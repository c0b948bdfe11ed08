"""What published terms need can be written, and any line can be opened later: `cases/contract/every`."""

from __future__ import annotations

from datetime import date

import pytest
from test_contract_no_loss import FOLDER, load

from sla2.contract.lines import open_lines
from sla2.contract.versions import as_of

REOPENED = {
    "avail counts": "counts outages over 6 minutes",
    "hosting-credits pays if": "pays if at least EUR 3.00",
    "fee devices": "fee EUR 3.00 per device per month",
    "ORDER-1 records": "records supplier prevails unless contested within 3 working days",
    "maintenance announced": "announced 2 working days before",
    "chronic cure": "cure 3 working days",
    "no-repeats target": "at least 80%",
    "no-repeats within": "within 90 days",
    "waiting at most": "at most 3 working days",
}


@pytest.mark.parametrize(("line", "rule"), REOPENED.items(), ids=list(REOPENED))
def test_an_amendment_may_open_any_line(line: str, rule: str) -> None:
    text = (FOLDER / "contract.sla").read_text(encoding="utf-8")
    text += f"""
open passage late "Opened later"
  concerns: {line}
  interim: {rule}
end
amendment A9 "Opens a line"
  agreed: customer 2026-09-20, supplier 2026-09-20
  effective: 2026-10-15
  open: {line}, see late
end
"""
    contract, findings = load(FOLDER / "contract.sla", text).read()
    assert findings == () and contract is not None
    before, after = (as_of(contract, day) for day in (date(2026, 10, 14), date(2026, 10, 15)))
    assert open_lines(before) == open_lines(after) == ()
    for field in ("levels", "credits", "fees", "records", "exclusions", "terminations", "repeats", "clock_stops"):
        if getattr(before, field) != getattr(after, field):
            break
    else:
        pytest.fail("the interim rule of the opened line is not in force")
    records = [each.held for each in after.held if each.held.passage == "late"]
    records += [each for block in (*after.levels, *after.credits) for each in block.held if each.passage == "late"]
    assert [record.by for record in records] == ["interim rule"] or line == "no-repeats target"


CONSTRUCTS = {
    "banded credits with worded bounds": "tier: above 99.0% up to and including 99.4% gives EUR 100.00",
    "fee basis as a named thing": "base: fee compute of the same unit and period",
    "fee basis before the claim": "base: fee hosting of the 30 days before the claim",
    "claim rule": "claim: by customer before the end of the 2nd billing cycle after the outage, else lost",
    "period": "period: 365 days before claim",
    "exclusion with notice": "announced: 5 working days before",
    "exclusion with a budget": "at most: 8 hours per contract year",
    "cap per incident": "cap: EUR 500.00 per outage",
    "cap over twelve months": "cap: 100% of base per 12 months rolling",
    "joint cap": "cap together with c-started, c-day: EUR 30000.00 per contract year",
    "minimum outage length": "counts: outages of at least 10 minutes",
    "whole minutes": "whole minutes: yes",
    "error rate per slot": "slot fails: above 5% errors",
    "minimum volume of a slot": "slot needs: 60 requests",
    "each component of its own": "unit: each component",
    "right over history": "trigger: avail has 3 outages over 30 minutes in any 30 days",
    "credit per started unit": "each: started 30 minutes beyond the target, in total gives 5%",
    "share of users": "weighted by: affected users",
    "start of the clock": "clock starts: detection",
    "severity matrix": "impact organisation: P1, P2",
    "change of priority": "after priority change: elapsed counts",
    "cut-off of the day": "intake: after 12:00 counts as the next working day",
    "share of tickets": "target: 90% within 4 business hours",
    "few tickets": "small numbers: under 10 cases allow 1 miss",
    "denominator": "of: period minus exclusions",
    "multiple of the fee": "each: minute of downtime gives 10 times its fee",
    "points into money": "tier: from 5 points to below 10 points gives 2%",
    "repeat multiplier": "repeat: times 2 in the second and each later period in a row",
    "pool": "takes: 40% of share incidents of at-risk",
    "rounding": "rounding: half up to 0.01% before comparing",
    "earn-back": "earn back: 50% after the next 3 periods in a row on target",
    "ratchet": "ratchet: after 12 periods above target, raise to midpoint of target and average",
    "average with the previous period": "earlier periods: averaged with previous",
    "not combinable": "combine: highest of c-started, c-day",
    "either or": "combine: either c-started or c-cases, customer chooses",
    "smallest payable credit": "pays if: more than EUR 1.00",
    "downtime used once": "used by a claim: once",
    "several bars": "minimum: 80% within 4 business hours",
    "report only": "target: report only",
    "eligibility": 'eligible: "The account is paid up."',
    "linear formula": "each: 1% below target gives 2%",
    "credit in days": "gives: 2 days of fee",
    "whose records": "records: supplier prevails unless contested within 10 working days",
    "checklist": "requires: dora 30.2, iso 19086",
}


@pytest.mark.parametrize(("what", "line"), CONSTRUCTS.items(), ids=list(CONSTRUCTS))
def test_what_published_terms_need_can_be_written(what: str, line: str) -> None:
    """The constructs that a survey of published service level terms found; the file that holds them reads cleanly."""
    assert f"  {line}\n" in (FOLDER / "contract.sla").read_text(encoding="utf-8"), what
