"""Findings about names, lines, values and passages: what is marked in the case files is found, and nothing else."""

from __future__ import annotations

import casefile
import pytest

from sla2.contract.codes import CODES
from sla2.contract.from_syntax import from_syntax
from sla2.contract.holidays import HolidayFile, read_lock
from sla2.contract.names import needs, resolved
from sla2.contract.readings import READINGS, questions, state, unstated
from sla2.diagnostics import Diagnostic
from sla2.source.read import read_document

SURROUNDINGS = (casefile.CASES / "contract" / "_surroundings.sla").read_text(encoding="utf-8")
ELSEWHERE = {"SLA213", "SLA217", "SLA219", "SLA401"}
"""Codes that need a log, several files or no contract block; their tests stand below."""


def read(text: str, path: str = "case.sla"):
    document, found = read_document(f"sla 2.0\n{text}", path)
    assert document is not None and not found, found
    return document


def findings(text: str) -> tuple[Diagnostic, ...]:
    return from_syntax(read(text))[1]


@pytest.mark.parametrize("case", casefile.cases("contract"), ids=casefile.name)
def test_what_is_marked_is_found(case: casefile.Case) -> None:
    found = findings(case.completed(SURROUNDINGS))
    assert sorted((one.span.line - 1, one.code) for one in found if one.span) == case.expected
    for one in found:
        assert one.message[0].isupper() or one.message[0].isdigit() or one.message.split()[0].islower()
        assert one.message.endswith((".", "?")) and "\n" not in one.message
        assert one.help


def test_every_code_has_a_case() -> None:
    seen = {code for case in casefile.cases("contract") for _, code in case.expected}
    own = {code.id for code in CODES if not "SLA250" <= code.id < "SLA300"}  # translations have tests of their own
    assert own == seen | ELSEWHERE


def test_every_code_has_the_headings_of_a_page() -> None:
    headings = ("What it checks", "Why it matters", "Example", "Write instead")
    for code in CODES:
        places = [code.page.find(f"{heading}\n") for heading in headings]
        assert places == sorted(places) and places[0] == 0


def test_plain_hours_offer_both_readings_and_change_nothing_by_themselves() -> None:
    case = next(case for case in casefile.cases("contract") if case.title.startswith("plain hours in office"))
    (found,) = findings(case.completed(SURROUNDINGS))
    assert found.fix is None
    assert [fix.edits[0].text for fix in found.choices] == ["4 business hours", "4 elapsed hours"]
    span = found.choices[0].edits[0].span
    assert f"sla 2.0\n{case.completed(SURROUNDINGS)}"[span.start : span.end] == "4 hours"


def test_a_mistyped_name_is_suggested() -> None:
    case = next(case for case in casefile.cases("contract") if case.title == "an unknown calendar")
    (found,) = findings(case.completed(SURROUNDINGS))
    assert found.help == "Did you mean office?"


def test_a_file_without_contract_and_one_with_two() -> None:
    contract, (found,) = from_syntax(read('party a "A"\nend\n'))
    assert (contract, found.code) == (None, "SLA219")
    block = 'contract {} "X"\n  customer: a\n  supplier: a\n  languages: en\n  term: 1 year from 2026-01-01\nend\n'
    text = block.format("A") + block.format("B") + 'party a "A"\nend\n'
    contract, (found,) = from_syntax(read(text))
    assert contract is not None and found.code == "SLA219"


FRAMEWORK = """framework FW-1 "Framework"
  customer: town
  supplier: acme
  languages: en authoritative
end
party town "Town"
end
party acme "Acme"
end
calendar office "Office"
  timezone: Europe/Amsterdam
  open: mon-fri 08:00-18:00
end
calendar unused "Unused"
  timezone: Europe/Amsterdam
  open: sat 08:00-18:00
end
service desk "Desk"
  hours: office
end
"""
ORDER = """include "framework.sla" as FW
contract ORDER "Order"
  under: FW.FW-1
  customer: FW.town
  supplier: FW.acme
  languages: en authoritative
  timezone: Europe/Amsterdam
  term: 1 year from 2026-02-01
end
level p2 "P2"
  service: FW.desk
  measure: resolution time
  target: 90% within 4 business hours
  period: month
end
"""


def test_an_included_file_gives_what_is_named_and_no_more() -> None:
    order = read(ORDER, "orders/order.sla")
    assert [(need.kind, need.path) for need in needs(order)] == [("include", "orders/framework.sla")]
    framework = read(FRAMEWORK, "orders/framework.sla")
    contract, found = from_syntax(order, included={"orders/framework.sla": framework})
    assert found == ()
    assert contract is not None
    assert contract.under == "FW.FW-1"
    assert [party.name for party in contract.parties] == ["FW.acme", "FW.town"]
    assert contract.party("customer").title == "Town"
    assert [calendar.name for calendar in contract.calendars] == ["FW.office"]
    assert contract.level_hours(contract.level("p2")) == contract.calendar("FW.office")


def test_a_missing_include_and_a_cycle() -> None:
    order = read(ORDER, "order.sla")
    contract, found = from_syntax(order)
    assert contract is None
    assert {one.code for one in found} == {"SLA216"}
    under = FRAMEWORK.replace("  customer: town\n", "  under: C.ORDER\n  customer: town\n")
    circle = read('include "order.sla" as C\n' + under, "framework.sla")
    _, found = from_syntax(order, included={"framework.sla": circle, "order.sla": order})
    assert [(one.code, one.span.path if one.span else "") for one in found] == [("SLA217", "framework.sla")]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("nl.toml", "a/nl.toml"),
        ("../nl.toml", "nl.toml"),
        ("./x/../nl.toml", "a/nl.toml"),
        ("/etc/passwd", None),
        ("C:/nl.toml", None),
        ("..\\nl.toml", None),
        ("", None),
        ("nl\x00.toml", None),
    ],
)
def test_paths(written: str, path: str | None) -> None:
    assert resolved("a/contract.sla", written) == path


LOCK = """region = "NL"
years = [2026]
generated_by = "by hand"

[[day]]
date = 2026-04-27
name = "Koningsdag"

[[day]]
date = 2026-01-01
name = "Nieuwjaarsdag"
"""


def lock(text: str) -> HolidayFile:
    file, found = read_lock(text, "nl.toml")
    assert file is not None and found == ()
    return file


def test_a_holiday_file() -> None:
    file = lock(LOCK)
    assert (file.region, file.years, file.edited) == ("NL", (2026,), False)
    assert [(str(day.day), day.name) for day in file.days] == [
        ("2026-01-01", "Nieuwjaarsdag"),
        ("2026-04-27", "Koningsdag"),
    ]
    assert lock(LOCK.replace("generated_by", 'sha = "0123456789abcdef"\ngenerated_by')).edited


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('region = "NL"', "", 1),
        ("years = [2026]", "years = []", 1),
        ("years = [2026]", "years = [true]", 1),
        ("2026-04-27", "2027-04-27", 5),
        ("date = 2026-01-01", "", 9),
        ("date = 2026-01-01", "date = 2026-01-01T00:00:00", 9),
        ('"Koningsdag"', '"Koningsdag', 7),
        ('"Koningsdag"', '"Konings\\u0007dag"', 5),
    ],
)
def test_a_holiday_file_that_cannot_be_used(old: str, new: str, line: int) -> None:
    file, (found,) = read_lock(LOCK.replace(old, new), "nl.toml")
    assert file is None
    assert (found.code, found.span.line if found.span else 0) == ("SLA214", line)


def test_a_lock_file_made_is_a_lock_file_read() -> None:
    maker = pytest.importorskip("sla2.contract.lock_maker", reason="needs the holidays package")
    file = lock(maker.make_lock("NL", [2017, 2016], "nl"))
    assert file.years == (2016, 2017)
    assert not file.edited
    assert "2016-04-27 Koningsdag" in {f"{day.day} {day.name}" for day in file.days}
    with pytest.raises(KeyError):
        maker.make_lock("XX", [2016], "nl")


def test_a_holiday_file_of_another_region() -> None:
    text = 'calendar c "C"\n  timezone: Europe/Amsterdam\n  open: mon 08:00-09:00\n  holidays: BE from "nl.toml"\nend\n'
    case = casefile.Case(casefile.CASES, "", text)
    _, (found,) = from_syntax(read(case.completed(SURROUNDINGS)), holidays={"nl.toml": lock(LOCK)})
    assert found.code == "SLA214"
    assert "is of NL" in found.message


TICKETS = """level p2 "P2"
  service: workplace
  measure: resolution time
  when: priority P2
  target: 90% within 4 business hours
  period: month
{}end
"""


def contract_with(extra: str):
    case = casefile.Case(casefile.CASES, "", TICKETS.format(extra))
    contract, found = from_syntax(read(case.completed(SURROUNDINGS)))
    assert contract is not None and found == ()
    return contract


def asked(extra: str) -> list[str]:
    return [one.reading.id for one in unstated(contract_with(extra)) if one.level == "p2"]


def test_unstated_rules_of_a_ticket_level() -> None:
    assert asked("") == ["counts-in", "priority-is", "after-priority-change", "after-reopening", "no-cases", "rounding"]
    stated = """  counts in: period of opening
  priority is: at opening
  after reopening: new case
  no cases: met
  rounding: for display only
"""
    assert asked(stated) == []


def test_stating_a_rule_answers_its_question() -> None:
    contract = contract_with("")
    for one in unstated(contract):
        for choice in one.reading.readings:
            said = state(contract, one.level, one.reading.id, choice.id)
            assert (one.level, one.reading.id) not in {(u.level, u.reading.id) for u in unstated(said)}
    with pytest.raises(KeyError):
        state(contract, "p2", "counts-in", "resolution")


def test_questions_name_both_readings() -> None:
    found = next(one for one in questions(contract_with("")) if "p2" in one.message and "period a case" in one.message)
    assert found.code == "SLA401"
    assert "`counts in: period of decision` or `counts in: period of opening`" in found.help
    assert len({reading.id for reading in READINGS}) == len(READINGS)


def test_a_change_that_is_not_followed_makes_the_block_unevaluated() -> None:
    text = """level p1 "P1"
  service: workplace
  measure: response time
  target: 90% within 4 business hours
  period: month
end
open passage when "When"
  concerns: p1 period
  interim: period quarter
end
amendment A1 "Later"
  agreed: customer 2026-05-20, supplier 2026-05-22
  effective: 2026-06-01
  change: avail counts to outages over 5 minutes
  change: avail unit to each component
end
"""
    contract, found = from_syntax(read(casefile.Case(casefile.CASES, "", text).completed(SURROUNDINGS)))
    assert contract is not None and found == ()
    assert [(item.block, item.what) for item in contract.unevaluated] == [
        ("p1", "open passage on period"),
        ("avail", "change of unit"),
    ]


def overridden(line: str):
    order = read(ORDER.replace("  term:", f"  override: {line}\n  term:"), "orders/order.sla")
    framework = FRAMEWORK + LATE + 'level p1 "P1"\n  service: desk\n  measure: resolution time\n'
    framework += "  target: 80% within 8 business hours\n  period: month\nend\n"
    return from_syntax(order, included={"orders/framework.sla": read(framework, "orders/framework.sla")})


LATE = """calendar late "Late"
  timezone: Europe/Amsterdam
  open: mon-fri 08:00-22:00
end
"""


def test_an_override_is_applied_to_the_included_block_and_listed() -> None:
    contract, found = overridden("FW.desk hours to FW.late")
    assert found == () and contract is not None
    assert contract.service("FW.desk").hours == "FW.late"
    assert [(change.block, change.line, change.hours) for change in contract.overrides] == [
        ("FW.desk", "hours", "FW.late")
    ]
    contract, found = overridden("FW.p1 target to 90% within 4 business hours")
    assert found == () and contract is not None
    assert str(contract.level("FW.p1").target.within) == "4 business hours"
    contract, found = overridden("FW.p1 period to quarter")
    assert found == () and contract is not None
    assert contract.level("FW.p1").period.unit == "quarter"
    assert contract.unevaluated == ()


def test_an_override_that_changes_nothing_or_no_included_block_is_refused() -> None:
    contract, found = overridden("FW.desk hours to FW.office")
    assert contract is not None
    assert [(one.code, one.span.line) for one in found] == [("SLA218", 9)]
    assert found[0].message == "This override changes nothing: FW.desk hours is so already in the included file."
    _, found = overridden("p2 target to 80% within 4 business hours")
    assert found[0].message == "p2 stands in this file, so there is nothing to override."
