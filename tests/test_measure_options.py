"""Options of open passages: what each would have given on the same log, in one run, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from sla2.contract.from_syntax import from_syntax
from sla2.contract.versions import with_option
from sla2.diagnostics import has_errors
from sla2.measure import measure
from sla2.measure.options import measure_options
from sla2.settle.options import option_columns
from sla2.source.read import read_document
from tests.measure_contracts import at, events, log, ticket
from tests.test_measure_cases import FRAME, OFFICE, SERVICE

CONTRACT = """
level response "Response"
  service: desk
  measure: response time
  target: open, see peak
  period: month
end
level resolve "Resolution"
  service: desk
  measure: resolution time
  target: 90% within 8 business hours
  period: month
end
credits fines "Credits"
  level: response
  base: fee desk of the period
  tier: below 90% gives 10%
end
open passage peak "Response"
  concerns: response target
  interim: 50% within 60 business minutes
  option strict: 90% within 30 business minutes
  option relaxed: 90% within 2 business hours
  opened: 2026-03-01
end
"""
MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def signed(blocks: str):
    frame = FRAME.format(zone="UTC", term="from 2026-01-01 until ended with notice of 30 days")
    frame = frame.replace("\nend\nparty buyer", "\n  fee desk: EUR 1000.00 per month\nend\nparty buyer", 1)
    text = frame + OFFICE.format(zone="UTC") + SERVICE.format(hours="office") + blocks
    document, found = read_document(text, "case.sla")
    assert document is not None and not has_errors(found), [str(one) for one in found]
    contract, more = from_syntax(document)
    assert contract is not None and not has_errors(more), [str(one) for one in more]
    return contract


def answered(number: int, minutes: int):
    opened = at("2026-03-02 09:00", "UTC")
    return ticket(number, opened, first_response_at=opened + minutes * 60_000_000, resolved_at=opened + 7_200_000_000)


def run(contract):
    # Answered after 20, 45, 90 and 110 minutes: within 30, 60 and 120 minutes are 1, 2 and 4 of 4.
    made = log([answered(number, minutes) for number, minutes in enumerate((20, 45, 90, 110), start=1)])
    as_of = at("2026-04-01 00:00", "UTC")
    measured, found = measure(contract, made, *MARCH, as_of)
    assert measured is not None and not has_errors(found)
    return measured, made, as_of


def test_each_option_is_a_column() -> None:
    contract = signed(CONTRACT)
    measured, made, _ = run(contract)
    runs, found = measure_options(measured, made, *MARCH)
    assert not found
    assert [(one.option, one.levels) for one in runs] == [("strict", ("response",)), ("relaxed", ("response",))]
    shares = [one.measurements.of("response")[0].value for one in runs]
    assert [measured.of("response")[0].value, *shares] == [Fraction(1, 2), Fraction(1, 4), Fraction(1)]
    strict, relaxed = option_columns(runs, given=None, start=MARCH[0], end=MARCH[1])
    assert (strict.missed, strict.missed_cases, strict.statement.total) == (1, 3, Decimal("100.00"))
    assert (relaxed.missed, relaxed.missed_cases, relaxed.statement.total) == (0, 0, Decimal("0.00"))


def test_an_option_is_what_the_contract_would_have_been() -> None:
    contract = signed(CONTRACT)
    measured, made, as_of = run(contract)
    runs, _ = measure_options(measured, made, *MARCH)
    for one in runs:
        alone, _ = measure(with_option(contract, one.passage, one.option), made, *MARCH, as_of)
        assert alone is not None
        assert [(m.level, m.value, m.counts) for m in alone.measurements] == [
            (m.level, m.value, m.counts) for m in one.measurements.measurements
        ]
        for name in ("response", "resolve"):
            assert list(alone.cases.of(name)) == list(one.measurements.cases.of(name))
        assert alone.cases.ticket("T1") == one.measurements.cases.ticket("T1")


def test_the_run_of_the_options_leaves_the_contract_as_it_was() -> None:
    contract = signed(CONTRACT)
    measured, made, _ = run(contract)
    before = list(measured.cases.of("response")), measured.accounting
    measure_options(measured, made, *MARCH)
    assert (list(measured.cases.of("response")), measured.accounting) == before


def test_a_contract_without_options_has_no_columns() -> None:
    contract = signed(
        CONTRACT[: CONTRACT.index("open passage")].replace("open, see peak", "90% within 2 elapsed hours")
    )
    measured, made, _ = run(contract)
    assert measure_options(measured, made, *MARCH) == ((), ())


FAMILY = """
level p1 "P1"
  service: desk
  measure: resolution time
  when: priority P1
  priority is: at resolution
  target: open, see peak
  period: month
end
level p2 "P2"
  service: desk
  measure: resolution time
  when: priority P2
  priority is: at resolution
  target: 90% within 9 business hours
  period: month
end
open passage peak "P1"
  concerns: p1 target
  interim: 90% within 8 business hours
  option strict: 90% within 60 business minutes
  option relaxed: 90% within 8 business hours
  opened: 2026-03-01
end
"""


def test_a_miss_under_one_option_takes_no_ticket_from_another() -> None:
    """Late as P1 after one hour, it stays a miss of P1; with 8 hours it is no miss of P1 when it becomes P2."""
    contract = signed(FAMILY)
    times = [at(f"2026-03-02 {hour:02d}:00", "UTC") for hour in (9, 12, 17)]
    rows = [ticket(1, times[0], resolved_at=times[2])]
    made = log(rows, events(1, [(times[0], "P1"), (times[1], "P2")], "priority"))
    measured, _ = measure(contract, made, *MARCH, at("2026-04-01 00:00", "UTC"))
    assert measured is not None
    runs, _ = measure_options(measured, made, *MARCH)
    for one in runs:
        alone, _ = measure(with_option(contract, "peak", one.option), made, *MARCH, at("2026-04-01 00:00", "UTC"))
        assert alone is not None
        found = [(case.level, case.outcome) for case in one.measurements.cases.ticket("T1")]
        assert found == [(case.level, case.outcome) for case in alone.cases.ticket("T1")]
        expected = {"strict": ("p1", "missed"), "relaxed": ("p2", "met")}[one.option]
        assert expected in found
