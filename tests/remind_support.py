"""A contract with one open passage, whose parties speak three languages. All parties are invented."""

from __future__ import annotations

from datetime import date

from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.surroundings import Holiday, HolidaySource
from sla2.diagnostics import Span, has_errors
from sla2.source.read import read_document

FRAME = """sla 2.0
contract VB-7 "Workplace services"
  customer: town
  supplier: acme
  languages: en authoritative, nl, de
  timezone: Europe/Amsterdam
  currency: EUR
  working days: office
  signed: 2016-02-01
  term: 3 years from 2016-03-01
end
party town "Town of Sampleton"
  language: nl
end
party acme "Acme Desk Ltd"
  language: de
end
calendar office "Office hours"
  timezone: Europe/Amsterdam
  open: mon-fri 08:00-18:00
  closed: 2016-05-16 "Whit Monday"
end
service workplace "Workplace"
  hours: office
end
level answer "Answers"
  service: workplace
  measure: response time
  when: priority P1
  priority is: at opening
  target: open, see speed
  no cases: not judged
  period: month
  counts in: period of decision
end
open passage speed "{title}"
  concerns: answer target
  because: "Nobody knows the load."
  expects customer: "Fast."
  expects supplier: "As fast as the load allows."
  learn: "How long does an answer take?"
  interim: 80% within 60 business minutes
{options}
  owner: customer "Head of information" <head@town.example>, supplier {supplier_owner}
  opened: 2016-02-01
  review: {review}
{ladder}
  escalate: {escalate}
  fallback: {fallback}
end
{amendments}
"""
OPTIONS = "  option strict: 90% within 30 business minutes\n  option relaxed: 70% within 90 business minutes"
LADDER = "30 days, 14 days, 3 days before, then every 5 working days"

HOLIDAYS = HolidaySource(
    span=Span.of_line("case.sla", 1),
    region="NL",
    file="nl.toml",
    days=(Holiday(day=date(2016, 5, 16), name="Whit Monday"),),
    years=(2016,),
)


def contract_text(
    *,
    title: str = "Speed of answers",
    review: str = "2016-06-15",
    remind: str | None = LADDER,
    escalate: str = 'after 10 working days to "Steering committee" <board@town.example>',
    fallback: str = "from 2016-07-09 option strict",
    supplier_owner: str = '"Service manager" <sdm@acme.example>',
    options: str = OPTIONS,
    amendments: tuple[str, ...] = (),
) -> str:
    """The text of the contract; each amendment is given by its lines."""
    blocks = [f'amendment A{number} "Change"\n  {lines}\nend' for number, lines in enumerate(amendments, 1)]
    return FRAME.format(
        title=title,
        review=review,
        ladder=f"  remind: {remind}" if remind else "",
        escalate=escalate,
        fallback=fallback,
        supplier_owner=supplier_owner,
        options=options,
        amendments="\n".join(blocks),
    )


def read(text: str) -> Contract:
    """The contract of a text without mistakes."""
    document, found = read_document(text, "folder/case.sla")
    assert document is not None
    contract, more = from_syntax(document)
    assert contract is not None and not has_errors((*found, *more)), [one.message for one in (*found, *more)]
    return contract


def contract_of(**changes: object) -> Contract:
    """The contract of `contract_text`."""
    return read(contract_text(**changes))  # type: ignore[arg-type]
