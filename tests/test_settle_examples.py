"""Worked examples of a contract: they agree, they disagree with both figures, or they say why they cannot be run."""

from __future__ import annotations

from sla2.diagnostics import Severity
from sla2.settle.examples import run_examples
from tests.test_settle_cases import read

HEAD = """  timezone: Europe/Amsterdam
  currency: EUR
  term: from 2026-02-01 until ended with notice of 90 days
  fee hosting: EUR 17000.00 per month
  money rounding: half up to 0.01"""
BLOCKS = """clock stop waiting "Waiting"
  from status: "Pending customer"
end
level avail "Availability"
  service: svc
  measure: availability
  target: at least 99.8%
  of: period
  period: month
end
level resolve "Resolution"
  service: svc
  measure: resolution time
  when: priority P2
  hours: office
  clock stops: waiting
  target: 90% within 4 business hours
  small numbers: under 40 cases allow 2 misses
  no cases: not judged
  period: month
end
credits hosting-credits "Credits"
  level: avail
  base: fee hosting of the period
  tier: from 99.5% to below 99.8% gives 5%
  tier: below 99.5% gives 10%
end
"""


def results(example: str):
    contract = read(HEAD, BLOCKS + f'example one "One"\n{example}end\n')
    (found,) = run_examples(contract)
    return found


def test_a_credit_that_agrees():
    found = results("  given: avail 99.75% in 2026-03\n  expect: credit EUR 850.00 in 2026-03\n")
    assert found.agrees is True
    assert found.diagnostics == ()


def test_a_credit_that_disagrees_names_both_figures():
    found = results("  given: avail 99.75% in 2026-03\n  expect: credit EUR 800.00 in 2026-03\n")
    assert found.agrees is False
    (error,) = found.diagnostics
    assert (error.code, error.severity) == ("SLA660", Severity.ERROR)
    assert "EUR 800.00" in error.message and "EUR 850.00" in error.message
    assert error.span is not None and error.span.path == "case.sla"


def test_a_fee_that_is_given_replaces_the_fee_of_that_month_only():
    found = results(
        "  given: avail 99.75% in 2026-03\n  given: avail 99.75% in 2026-04\n"
        "  given: fee hosting EUR 100.00 in 2026-03\n"
        "  expect: credit EUR 5.00 in 2026-03\n  expect: credit EUR 850.00 in 2026-04\n"
    )
    assert [one.found for one in found.outcomes] == ["EUR 5.00", "EUR 850.00"]
    assert found.agrees is True


def test_cases_that_are_given_follow_the_rule_for_small_numbers():
    found = results("  given: resolve 39 cases, 2 missed in 2026-03\n  expect: resolve met in 2026-03\n")
    assert found.agrees is True
    found = results("  given: resolve 40 cases, 5 missed in 2026-03\n  expect: resolve met in 2026-03\n")
    assert found.agrees is False
    assert found.outcomes[0].found == "missed"


def test_a_ticket_that_waits_over_the_weekend_counts_two_hours():
    # office is open from 09:00 to 17:00 UTC, that is 10:00 to 18:00 in Amsterdam in winter:
    # Friday 15:30 to 16:30 counts, the wait until Monday 11:00 does not, Monday 11:00 to 12:00 counts
    found = results(
        "  given ticket: P2 opened 2026-03-06 15:30, pending 2026-03-06 16:30 to 2026-03-09 11:00, "
        "resolved 2026-03-09 12:00\n  expect: resolve counts 2 business hours, met\n"
    )
    assert found.agrees is True, found


def test_a_ticket_without_a_clock_stop_would_count_more():
    found = results(
        "  given ticket: P2 opened 2026-03-06 15:30, resolved 2026-03-09 12:00\n"
        "  expect: resolve counts 2 business hours, met\n"
    )
    assert found.agrees is False
    assert found.outcomes[0].found == "4.5 business hours, missed"


def test_an_expected_share_is_rounded_to_the_digits_written():
    found = results("  given: resolve 39 cases, 2 missed in 2026-03\n  expect: resolve 94.9% in 2026-03\n")
    assert found.agrees is True
    found = results("  given: resolve 39 cases, 2 missed in 2026-03\n  expect: resolve 94.86% in 2026-03\n")
    assert found.agrees is False
    assert found.outcomes[0].found == "94.87%"


def test_what_cannot_be_run_is_said():
    found = results("  given: avail 99.75% in 2026-03\n  expect: points 3, 2, 6\n")
    assert found.agrees is None
    assert [one.code for one in found.diagnostics] == ["SLA661"]


def test_outside_the_term_nothing_is_measured():
    found = results("  given: avail 99.75% in 2025-03\n  expect: avail missed in 2025-03\n")
    assert found.agrees is None


def test_an_outage_counts_over_the_whole_quarter_and_for_its_own_unit():
    # Q2 2026 in Amsterdam has 91 days, so 131,040 minutes; 131 of them are 0.09997%. Over April alone it were 0.3%.
    blocks = BLOCKS.replace(
        "  period: month\nend\nlevel resolve", "  unit: each component\n  period: quarter\nend\nlevel resolve"
    )
    given = "given outage: web, 2026-04-10 08:00 to 2026-04-10 10:11"
    example = f'example one "One"\n  {given}\n  expect: avail 99.90% in 2026-04\nend\n'
    contract = read(HEAD, blocks + example)
    service = contract.services[0].model_copy(update={"components": ("web", "db")})
    (found,) = run_examples(contract.model_copy(update={"services": (service, *contract.services[1:])}))
    assert found.outcomes[0].found == "99.9%"
    assert found.agrees is True
    assert found.diagnostics == (), "no fee is asked for where no credit is expected"


def test_a_fee_per_user_counts_the_users_of_the_service():
    """EUR 20.00 for each of 250 users is EUR 5000.00; 5% of that is EUR 250.00."""
    head = HEAD.replace("fee hosting: EUR 17000.00 per month", "fee hosting: EUR 20.00 per user per month")
    text = BLOCKS + 'example one "One"\n  given: avail 99.75% in 2026-03\n  expect: credit EUR 250.00 in 2026-03\nend\n'
    contract = read(head, text)
    services = tuple(one.model_copy(update={"users": 250}) for one in contract.services)
    (found,) = run_examples(contract.model_copy(update={"services": services}))
    assert found.agrees is True


MORE = """level mark "Mark"
  service: svc
  measure: reported figure "mark"
  target: at least 7.5
  period: month
end
points kpi "Points"
  level: avail
  tier: from 99.5% to below 99.8% gives 1 point
  tier: below 99.5% gives 3 points
  repeat: times 2 in the second and each later period in a row
end
bonus reward "Reward"
  level: avail
  base: fee hosting of the period
  tier: from 100% gives 1%
end
credits marks "Marks"
  level: mark
  each: 0.1 below target gives EUR 10.00
end
"""


def more(example: str):
    contract = read(HEAD, BLOCKS + MORE + f'example one "One"\n{example}end\n')
    (found,) = run_examples(contract)
    return found


def test_points_of_several_periods_in_order():
    given = "  given: avail 99.4% in 2026-03\n  given: avail 99.6% in 2026-04\n  given: avail 99.4% in 2026-05\n"
    assert more(given + "  expect: points 3, 2, 6\n").agrees is True
    wrong = more(given + "  expect: points 3, 1, 3\n")
    assert (wrong.agrees, wrong.outcomes[0].found) == (False, "points 3, 2, 6")


def test_a_bonus_is_not_a_credit():
    found = more(
        "  given: avail 100% in 2026-03\n  expect: bonus EUR 170.00 in 2026-03\n  expect: credit EUR 0.00 in 2026-03\n"
    )
    assert found.agrees is True, found
    wrong = more("  given: avail 100% in 2026-03\n  expect: bonus EUR 17.00 in 2026-03\n")
    assert (wrong.agrees, wrong.outcomes[0].found) == (False, "EUR 170.00")


def test_a_figure_that_is_no_percentage():
    found = more(
        "  given: mark 7.2 in 2026-03\n  expect: mark missed in 2026-03\n  expect: mark 7.2 in 2026-03\n"
        "  expect: credit EUR 30.00 in 2026-03\n"
    )
    assert found.agrees is True, found
    assert more("  given: mark 7.24 in 2026-03\n  expect: mark 7.3 in 2026-03\n").agrees is False


def test_a_ticket_that_is_opened_again_and_one_whose_priority_changes():
    # open from 10:00 to 18:00 in Amsterdam: 10:00 to 11:00 and 12:00 to 13:00, two hours; the hour between is resolved
    again = (
        "  given ticket: P2 opened 2026-03-06 10:00, resolved 2026-03-06 11:00, "
        "reopened 2026-03-06 12:00, resolved 2026-03-06 13:00\n"
    )
    found = more(again + "  expect: resolve counts 2 business hours, met\n")
    assert found.agrees is True, found
    # P3 from 10:00, P2 from 11:00: the level of P2 judges it from the opening on, three hours
    changed = (
        "  given ticket: P3 opened 2026-03-06 10:00, priority P2 from 2026-03-06 11:00, resolved 2026-03-06 13:00\n"
    )
    found = more(changed + "  expect: resolve counts 3 business hours, met\n")
    assert found.agrees is True, found


def test_credits_of_several_periods_add_up_where_no_month_is_named():
    found = more("  given: avail 99.6% in 2026-03\n  given: avail 99.4% in 2026-04\n  expect: credit EUR 2550.00\n")
    assert found.agrees is True, found
