"""A contract's own texts in another language: put in everywhere they stand, and nowhere else."""

from __future__ import annotations

from sla2.contract.from_syntax import from_syntax
from sla2.contract.translations import texts, translated
from sla2.source import read_document

TEXT = """\
sla 2.0
contract C-1 "Werkplek"
  customer: town
  supplier: acme
  languages: nl authoritative, en
  timezone: Europe/Amsterdam
  currency: EUR
  signed: 2026-01-12
  term: 2 years from 2026-02-01
end
party town "Werkplek"
end
party acme "Acme IT"
end
calendar always "Dag en nacht"
  timezone: Europe/Amsterdam
  open: mon-sun 00:00-24:00
end
service werkplek "Werkplek"
  hours: always
  description: "Werkplek"
end
translation en "English texts"
  "Werkplek": "Workplace"
  "Dag en nacht": "Round the clock"
end
"""


def contract():
    document, found = read_document(TEXT, "c.sla")
    assert document is not None and not found
    built, found = from_syntax(document)
    assert built is not None and not [one for one in found if one.severity == "error"], found
    return built


def test_texts_change_and_names_stay():
    english = translated(contract(), "en")
    assert english.title == "Workplace"
    assert (english.services[0].title, english.services[0].description) == ("Workplace", "Workplace")
    assert english.services[0].name == "werkplek"
    assert english.calendars[0].title == "Round the clock"
    assert english.parties[0].title == "Werkplek", "the name of a party is nobody's to translate"


def test_the_language_of_the_text_itself_changes_nothing():
    assert translated(contract(), "nl") == contract()
    assert translated(contract(), "de") == contract()


def test_each_text_is_listed_once():
    assert [text for text, _ in texts(contract())] == ["Werkplek", "Dag en nacht"]


def test_a_text_translated_twice_is_an_error():
    document, _ = read_document(TEXT.replace('"Dag en nacht": "Round', '"Werkplek": "Round'), "c.sla")
    _, found = from_syntax(document)
    assert [(one.code, one.span.line) for one in found if one.severity == "error"] == [("SLA261", 25)]


def test_an_unknown_language_is_an_error():
    document, _ = read_document(TEXT.replace("translation en", "translation fr"), "c.sla")
    _, found = from_syntax(document)
    assert [(one.code, one.span.line) for one in found if one.severity == "error"] == [("SLA260", 23)]
