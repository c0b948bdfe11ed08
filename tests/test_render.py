"""Findings as people and machines see them."""

from __future__ import annotations

import json

import pytest

from sla2.diagnostics import Code, Edit, Fix, Related, Severity, Span
from sla2.diagnostics.machine import as_json, github, sarif
from sla2.diagnostics.render import concise, ordered, summary, terminal, visible

TEXT = 'credits c "C"\n\ttier: below 99.9% gives 5%\nend\n'
WRONG = Code("SLA999", "wrong-thing", Severity.ERROR, "")
ODD = Code("SLA998", "odd-thing", Severity.ADVICE, "")


def at(text: str, word: str, path: str = "c.sla") -> Span:
    start = text.index(word)
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(path, start, start + len(word), line, column, line, column + len(word))


TIER = at(TEXT, "tier: below 99.9% gives 5%")


def test_place_excerpt_explanation_and_remedy() -> None:
    found = WRONG.at(TIER, "This tier is wrong.", help="Write another one:\ntier: below 99.8% gives 5%")
    assert terminal([found], {"c.sla": TEXT}) == (
        "c.sla:2:2: error SLA999 (wrong-thing)\n"
        "  2 |     tier: below 99.9% gives 5%\n"
        "    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "This tier is wrong.\n"
        "Remedy: Write another one:\n"
        "  tier: below 99.8% gives 5%\n"
    )


def test_related_places_choices_and_fix_are_shown() -> None:
    fix = Fix("write 99.8%", (Edit(at(TEXT, "99.9%"), "99.8%"),))
    found = WRONG.at(
        TIER, "Wrong.", related=(Related(at(TEXT, "credits c"), "the block"),), fix=fix, choices=(fix, fix)
    )
    text = terminal([found], {"c.sla": TEXT})
    assert 'See c.sla:1:1: the block\n  1 | credits c "C"\n    | ^^^^^^^^^\n' in text
    assert text.count("  either: write 99.8%\n") == 2
    assert text.endswith("Fix: `sla2 check --fix` can do this: write 99.8%.\n")


def test_sorted_by_place_and_never_twice() -> None:
    first, second = WRONG.at(at(TEXT, "credits"), "One."), ODD.at(TIER, "Two.")
    assert ordered([second, first, second]) == (first, second)
    assert concise([second, first, second]) == "c.sla:1:1: SLA999 One.\nc.sla:2:2: SLA998 Two.\n"
    assert terminal([second, first, second], {}).count("Two.") == 1


def test_a_finding_without_a_place_comes_first() -> None:
    assert concise([WRONG.at(TIER, "Two."), WRONG.at(None, "One.")]).startswith("SLA999 One.\n")


def test_colour_only_when_told() -> None:
    found = [WRONG.at(TIER, "Wrong.")]
    assert "\x1b" not in terminal(found, {"c.sla": TEXT})
    assert "\x1b[1;31merror SLA999\x1b[0m" in terminal(found, {"c.sla": TEXT}, colour=True)


def test_a_place_that_is_not_in_the_text_gives_no_excerpt() -> None:
    assert "|" not in terminal([WRONG.at(Span.of_line("c.sla", 99), "Wrong.")], {"c.sla": TEXT})


def test_a_span_of_several_lines_marks_its_first() -> None:
    span = Span("c.sla", 0, len(TEXT) - 1, 1, 1, 3, 4)
    assert '  1 | credits c "C"\n    | ^^^^^^^^^^^^^\n' in terminal([WRONG.at(span, "Wrong.")], {"c.sla": TEXT})


def test_a_line_known_by_its_number_only_is_marked_whole() -> None:
    text = terminal([WRONG.at(Span.of_line("c.sla", 2), "Wrong.")], {"c.sla": TEXT})
    assert "    |     ^^^^^^^^^^^^^^^^^^^^^^^^^^\n" in text


def test_carets_stand_under_wide_characters() -> None:
    text = 'a "日本" b'
    shown = terminal([WRONG.at(at(text, "b"), "Wrong.")], {"c.sla": text}).split("\n")
    assert shown[2] == "    |" + " " * (1 + 2 + 1 + 4 + 1 + 1) + "^"


def test_a_long_line_is_cut_around_its_mark() -> None:
    text = "x" * 3000 + "MARK" + "y" * 3000
    shown = terminal([WRONG.at(at(text, "MARK"), "Wrong.")], {"c.sla": text}).split("\n")
    assert len(shown[1]) < 160
    assert shown[1][shown[2].index("^") :].startswith("MARK")
    assert shown[2].count("^") == 4


@pytest.mark.parametrize("evil", ["\x1b[2J", "\u202e", "\x07", "\x9b31m"])
def test_no_file_can_steer_a_terminal(evil: str) -> None:
    text = f'level a "{evil}"'
    found = [WRONG.at(at(text, "level"), f"Wrong: {evil}", help=evil)]
    assert evil not in terminal(found, {"c.sla": text}) + concise(found)
    assert visible("café — “ok”\u00a0…") == "café — “ok”\u00a0…"


def test_summary_counts_each_once() -> None:
    found = [WRONG.at(TIER, "One."), WRONG.at(TIER, "One."), ODD.at(TIER, "Two."), ODD.at(TIER, "Three.")]
    assert summary(found) == "1 error, 2 pieces of advice"
    assert summary([]) == "no findings"


def test_json_holds_every_field() -> None:
    fix = Fix("write 99.8%", (Edit(at(TEXT, "99.9%"), "99.8%"),))
    (found,) = json.loads(as_json([WRONG.at(TIER, "Wrong.", help="Do.", fix=fix)]))["findings"]
    assert found["code"] == "SLA999" and found["severity"] == "error" and found["help"] == "Do."
    assert (found["span"]["line"], found["span"]["column"], found["span"]["end_column"]) == (2, 2, 28)
    assert found["fix"]["edits"][0]["text"] == "99.8%"
    assert found["choices"] == [] and found["related"] == []


def test_github_annotations_are_escaped() -> None:
    found = WRONG.at(at(TEXT, "tier", "a,b:c.sla"), "100% wrong\nreally", help="Do.")
    assert github([found]) == (
        "::error file=a%2Cb%3Ac.sla,line=2,col=2,title=SLA999 wrong-thing::100%25 wrong%0Areally%0ARemedy: Do.\n"
    )
    assert github([ODD.at(None, "Odd.")]) == "::notice title=SLA998 odd-thing::Odd.\n"


def test_sarif_names_rules_and_regions() -> None:
    (run,) = json.loads(sarif([WRONG.at(TIER, "Wrong."), ODD.at(None, "Odd.")], "1.2"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SLA998", "SLA999"]
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 2
