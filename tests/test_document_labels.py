"""Labels by hand: what stands before a clause, and what a reference to it says."""

from __future__ import annotations

import pytest
from document_samples import document

from sla2.document.blocks import Cell, Clause, Fold, OpenPassage, Paragraph, Ref, Run, Schedule, Table, runs
from sla2.document.labels import Level, compute, format_number, full_label


def _clauses(*levels: int) -> list[tuple[str, str]]:
    blocks = tuple(Clause(level, f"c{index}", runs("x")) for index, level in enumerate(levels))
    labels = compute(document(*blocks))
    return [(labels.of(f"c{index}").own, labels.of(f"c{index}").full) for index in range(len(levels))]


def test_four_levels_count_in_their_parent() -> None:
    assert _clauses(1, 2, 3, 3, 4, 4, 2, 3, 1, 2) == [
        ("1", "1"), ("1.1", "1.1"), ("(a)", "1.1(a)"), ("(b)", "1.1(b)"), ("(i)", "1.1(b)(i)"), ("(ii)", "1.1(b)(ii)"),
        ("1.2", "1.2"), ("(a)", "1.2(a)"), ("2", "2"), ("2.1", "2.1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [(1, "lowerLetter", "a"), (26, "lowerLetter", "z"), (27, "lowerLetter", "aa"), (53, "lowerLetter", "aaa"),
     (4, "lowerRoman", "iv"), (49, "lowerRoman", "xlix"), (1994, "upperRoman", "MCMXCIV"), (3, "upperLetter", "C")],
)  # fmt: skip
def test_number_formats(number: int, form: str, written: str) -> None:
    assert format_number(number, form) == written  # type: ignore[arg-type]


def test_a_house_style_with_full_stops() -> None:
    house = (Level("Artikel %1"), Level("%1.%2"), Level("%3.", "lowerLetter"))
    assert full_label(house, (3, 1, 1)) == "3.1a"
    assert full_label(house, (3,)) == "Artikel 3"


def test_a_passage_with_a_lead_is_numbered_as_a_paragraph() -> None:
    labels = compute(
        document(
            Clause(1, "one", runs("Levels")),
            Clause(2, "two", runs("x")),
            OpenPassage("peak", "Peak hours", runs("The target is:"), "open", False),
            OpenPassage("unled", "No lead", (), "open", False),
            Clause(2, "three", runs("x")),
        )
    )
    assert [labels.of(name).full for name in ("two", "peak", "three", "unled")] == ["1.1", "1.2", "1.3", ""]
    assert labels.words(Ref("unled", "clause")) == ("clause", "No lead")


def test_a_schedule_brings_its_own_noun() -> None:
    labels = compute(document(Schedule("s1", "Bijlage", runs("A")), Schedule("s2", "Bijlage", runs("B"))))
    assert labels.text((Run("zie "), Ref("s2", "bijlage"))) == "zie Bijlage\u00a02"


def test_a_clause_is_called_by_noun_and_number() -> None:
    labels = compute(document(Clause(1, "a", runs("A")), Clause(2, "b", runs("B"))))
    assert labels.text((Ref("b", "artikel"),)) == "artikel\u00a01.1"


def test_what_has_no_number_is_called_by_its_title() -> None:
    table = Table("t", "Staffel", (Cell(runs("h")),), ((Cell(runs("INC7"), anchor="case-7"),),))
    labels = compute(document(Fold(runs("meer"), (table,))))
    assert (labels.words(Ref("t")), labels.words(Ref("case-7"))) == (("", "Staffel"), ("", "INC7"))


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'a'"):
        compute(document(Clause(1, "a", runs("A")), Clause(1, "a", runs("B"))))


def test_an_unknown_target_is_refused() -> None:
    labels = compute(document(Paragraph((Ref("gone"),))))
    with pytest.raises(KeyError, match="gone"):
        labels.text((Ref("gone"),))
