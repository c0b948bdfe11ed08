"""Drafts: their whole text in three languages, live references, defined terms, what the counterparty may not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import casefile
import contract_cases
import draft_dump
import every
import pytest
from pydantic import BaseModel

import contracts
from sla2.contract.contract import Contract, Unevaluated
from sla2.contract.passage_state import states
from sla2.contract.surroundings import Language
from sla2.contract.versions import as_of
from sla2.diagnostics import Severity
from sla2.document import audience, labels
from sla2.document.blocks import Clause, Definitions, Document, OpenPassage, Table
from sla2.draft.from_words import draft
from sla2.words import passage_placeholder, target_words

FOLDER = casefile.CASES / "drafts"
LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
SMALL = contracts.contract((FOLDER / "small.sla").read_text(encoding="utf-8"), prelude="")
BEFORE, AFTER = date(2026, 3, 1), date(2026, 7, 1)


def made(contract: Contract, language: Language, **options: object) -> Document:
    document, found = draft(contract, language, **options)  # type: ignore[arg-type]
    assert document is not None, [finding.message for finding in found]
    return document


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_the_whole_text(language: Language, day: date, golden: Callable[[Path, str], None]) -> None:
    document = made(SMALL, language, today=day, notice="Fictional")
    golden(FOLDER / f"small.{day}.{language}.txt", "\n".join(draft_dump.lines(document)) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [None, BEFORE, AFTER])
def test_every_reference_leads_to_a_block(language: Language, day: date | None) -> None:
    document = made(SMALL, language, today=day)
    known = labels.compute(document)
    targets = draft_dump.references(document)
    assert len(targets) > 10
    assert [target for target in targets if target not in known] == []


def test_ids_are_the_same_in_every_language_and_never_twice() -> None:
    found = [draft_dump.ids(made(SMALL, language, today=AFTER)) for language in LANGUAGES]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == len(set(found[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_betrays_how_it_was_made(language: Language) -> None:
    for text in draft_dump.texts(made(SMALL, language, today=AFTER)):
        assert not any(mark in text for mark in ("{{", "}}", "[[", "\ue000", "\ue001", "\ue002", "None", "  ", " ."))
        assert ".." not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_terms_that_are_used_are_defined(language: Language) -> None:
    document = made(SMALL, language, today=AFTER)
    entries = next(block.entries for block in document.blocks if isinstance(block, Definitions))
    words = [word for word, _ in entries]
    assert words == sorted(words, key=lambda word: word.casefold().replace("ä", "a"))
    everything = " ".join(draft_dump.texts(document)).casefold()
    for word in words:
        stem = word.casefold().split(",")[0].split(" of ")[0].split(" oder ")[0][:5]
        assert everything.count(stem) > 1
    assert not any("promise" in word for word in words)


def test_the_counterparty_sees_no_owner() -> None:
    inside = made(SMALL, "en", today=BEFORE)
    outside = audience.for_audience(made(SMALL, "en", today=BEFORE, audience="counterparty"), "counterparty")
    assert "Head of the counter" in repr(inside)
    for hidden in ("Head of the counter", "counter@town.example", "Service manager", "sdm@acme.example"):
        assert hidden not in repr(outside)
    points = next(block for block in inside.blocks if isinstance(block, Table) and block.id == "open-points-table")
    fewer = next(block for block in outside.blocks if isinstance(block, Table) and block.id == "open-points-table")
    assert (len(points.header), len(fewer.header)) == (6, 4)


def test_each_passage_is_a_control_and_shows_its_state() -> None:
    open_one = next(block for block in made(SMALL, "en", today=BEFORE).blocks if isinstance(block, OpenPassage))
    filled = next(block for block in made(SMALL, "en", today=AFTER).blocks if isinstance(block, OpenPassage))
    assert (open_one.filled, filled.filled) == (False, True)
    assert open_one.placeholder.startswith("To be agreed by 1\u00a0June 2026")
    assert filled.placeholder == (
        "At least 95% of the cases within 30 business minutes (amendment A1, in force from 1\u00a0June 2026)"
    )


@pytest.mark.parametrize(("day", "version"), [(None, "as signed"), (BEFORE, "as signed"), (AFTER, "as signed + A1")])
def test_the_version_names_what_is_worked_in(day: date | None, version: str) -> None:
    assert made(SMALL, "en", today=day).meta.version == version


def test_an_amendment_appears_once_it_is_agreed() -> None:
    def has(day: date | None) -> bool:
        return any(isinstance(one, Clause) and one.id == "amendment-A1" for one in made(SMALL, "en", today=day).blocks)

    assert [has(day) for day in (None, date(2026, 5, 21), date(2026, 5, 22))] == [False, False, True]


def test_a_status_of_ones_own_is_printed_as_it_is() -> None:
    assert made(SMALL, "nl", status="final").meta.status == "definitief"
    assert made(SMALL, "nl", status="Ronde 3").meta.status == "Ronde 3"


def test_a_language_that_the_contract_does_not_list() -> None:
    only = SMALL.model_copy(update={"languages": ("nl",)})
    document, found = draft(only, "de")
    assert document is None
    assert [one.code for one in found] == ["SLA741"]


def test_a_clause_without_a_text_in_the_language_is_an_error_there() -> None:
    contract = contracts.contract('clause a "A"\n  text nl: "Tekst."\nend\n')
    assert draft(contract, "nl")[0] is not None
    document, found = draft(contract, "en")
    assert document is None
    assert [(one.code, one.span.line if one.span else 0) for one in found] == [("SLA731", 2)]


def test_a_text_without_language_is_printed_as_written_and_said_so() -> None:
    contract = contracts.contract('principle fair "Fair"\n  text: "Lasten worden gedeeld."\nend\n')
    document, found = draft(contract, "en")
    assert document is not None
    assert [(one.code, one.severity) for one in found] == [("SLA732", Severity.ADVICE)]
    assert "Lasten worden gedeeld." in repr(document)
    assert draft(contract, "nl")[1] == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ nothing cap }}", "SLA733"),
        ("{{ avail }}", "SLA733"),
        ("{{ ref nothing }}", "SLA733"),
        ("{{ 7 * 7 }}", "SLA733"),
        ("{{ avail.__class__ target }}", "SLA733"),
        ("{{ avail target", "SLA734"),
        ("avail target }}", "SLA734"),
        ("{{ fee seats }} and {{ term end }} and {{ customer }}", None),
    ],
)
def test_placeholders(text: str, code: str | None) -> None:
    blocks = f"""\
level avail "Availability"
  service: hosting
  measure: availability
  target: at least 99.9%
  period: month
end

clause a "A"
  text nl: "{text}"
end
"""
    document, found = draft(contracts.contract(blocks), "nl")
    errors = [one.code for one in found if one.severity is Severity.ERROR]
    assert errors == ([code] if code else [])
    assert (document is None) == bool(code)


def test_what_has_no_words_yet_is_shown_and_found() -> None:
    """A construct that the model does not hold; what it holds and cannot compute yet has its sentences."""
    assert every.every().unevaluated
    document, found = draft(every.every(), "nl")
    assert document is not None
    assert [one for one in found if one.code == "SLA742"] == []
    item = Unevaluated(span=SMALL.span, block="avail", what="moon phase")
    document, found = draft(SMALL.model_copy(update={"unevaluated": (item,)}), "nl")
    assert document is not None
    assert [one.code for one in found] == ["SLA742"]
    assert sum("kan het nog niet verwoorden" in text for text in draft_dump.texts(document)) == 1


UNTITLED = {"fees": "has a name only", "parties": "named as parties", "translations": "its words replace others"}
"""Collections of the contract whose blocks have no title in the draft, and why."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_contract_is_missing(language: Language) -> None:
    """Every block stands in the draft under its title, whatever it is."""
    contract = every.every()
    document = made(contract, language, today=date(2026, 9, 15))
    read = "\n".join(draft_dump.texts(document))
    signed = "\n".join(draft_dump.texts(made(contract, language)))
    seen = 0
    for field in Contract.model_fields:
        blocks = getattr(contract, field)
        if field in UNTITLED or not isinstance(blocks, tuple):
            continue
        for block in blocks:
            if isinstance(block, BaseModel) and hasattr(block, "title"):
                assert block.title in read or block.title in signed, (field, block.title)
                seen += 1
    assert seen > 70


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [None, date(2026, 9, 15)])
def test_every_construct_has_its_place_and_its_number(language: Language, day: date | None) -> None:
    document = made(every.every(), language, today=day)
    known = labels.compute(document)
    assert [target for target in draft_dump.references(document) if target not in known] == []
    found = draft_dump.ids(document)
    assert len(found) == len(set(found))
    order = [name for name in found if name in ORDER]
    assert order == [name for name in ORDER if name in found]
    for text in draft_dump.texts(document):
        assert not any(mark in text for mark in ("{{", "}}", "[[", "\ue000", "\ue001", "\ue002", "None", "  ", " ."))
        assert ".." not in text


ORDER = (
    "parties",
    "definitions",
    "services",
    "hours",
    "stops",
    "exclusions",
    "common",
    "priorities",
    "levels",
    "points",
    "pools",
    "credits",
    "bonuses",
    "order",
    "rights",
    "obligations",
    "trust",
    "passages",
    "principles",
    "languages",
    "amendments",
    "signatures",
)
"""The articles of a draft in their order."""


def test_the_counterparty_sees_no_owner_of_any_passage() -> None:
    inside = made(every.every(), "en")
    outside = audience.for_audience(made(every.every(), "en", audience="counterparty"), "counterparty")
    for hidden in ("Steering committee", "board@town.example", "counter staff"):
        assert hidden in repr(inside)
        assert hidden not in repr(outside)


def test_the_same_contract_gives_the_same_draft() -> None:
    assert made(SMALL, "de", today=AFTER) == made(SMALL, "de", today=AFTER)


@pytest.mark.parametrize("language", ["nl", "en", "de"])
@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 3, 1)])
def test_a_passage_says_the_very_value_that_its_level_has(language: Language, day: date) -> None:
    """The text in the control and the target in the table of levels come from the same terms in force."""
    signed = contract_cases.whole()
    folded = as_of(signed, day)
    now = {one.passage: one for one in states(signed, day)}
    checked = 0
    for level in folded.levels:
        for held in level.held:
            if held.line == "target" and now[held.passage].state in ("filled", "open"):
                placeholder = passage_placeholder(
                    folded, folded.passage(held.passage), now[held.passage], language, day
                )
                said = target_words(level.target, folded, language).plain
                assert said.casefold() in placeholder.casefold()
                checked += 1
    assert checked
