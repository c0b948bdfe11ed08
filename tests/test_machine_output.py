"""Findings for machines: SARIF by its schema, annotations that no contract can forge, escapes in every form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import casefile
import pytest
from jsonschema import Draft202012Validator

from sla2.diagnostics import Code, Diagnostic, Edit, Fix, Related, Severity, Span
from sla2.diagnostics.machine import as_json, github, sarif
from sla2.diagnostics.render import concise, summary, terminal
from sla2.source.edit import apply_edits
from sla2.source.read import read_document

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
CASES = casefile.cases("language/bad")
BAD = Code("SLA998", "bad-thing", Severity.ERROR, "")
EVIL = ("\x1b[2J", "\u202e", "\x07", "\x9b31m", "\u2066", "\r", "\x00", "\u200f", "\x85")
"""What steers a terminal or turns the direction of writing."""


def found_in(text: str) -> tuple[Diagnostic, ...]:
    return read_document(text, "map/contract één.sla")[1]


def text_of(case: casefile.Case) -> str:
    return f"sla 2.0\n{case.text}"


def span(text: str, part: str, path: str = "c.sla") -> Span:
    start = text.index(part)
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return Span(path, start, start + len(part), line, column, line, column + len(part))


# ------------------------------------------------------------------ SARIF
def test_the_schema_is_one_that_can_refuse() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    log = json.loads(sarif(found_in(text_of(CASES[0])), "1.0"))
    del log["runs"][0]["tool"]["driver"]["name"]
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("case", CASES, ids=casefile.name)
def test_sarif_holds_to_its_schema(case: casefile.Case) -> None:
    found = found_in(text_of(case))
    log = json.loads(sarif(found, "1.0"))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    offered = sum(len(one.choices) + (one.fix is not None) for one in found)
    assert sum(len(result.get("fixes", ())) for result in run["results"]) == offered


def test_sarif_of_nothing_and_of_places_known_by_their_line_only() -> None:
    nowhere = BAD.at(None, "Somewhere.")
    row = BAD.at(Span.of_line("log.csv", 7), "Row 7.", related=(Related(Span.of_line("log.csv", 9), "And row 9."),))
    for found in ((), (nowhere,), (row,), (BAD.at(Span.of_line("c.sla", 1), "First line."),)):
        assert VALIDATOR.is_valid(json.loads(sarif(found, "1.0")))
    (result,) = json.loads(sarif([row], "1.0"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert result["relatedLocations"][0]["message"]["text"] == "And row 9."


def offset(text: str, line: int, column: int) -> int:
    return sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1


@pytest.mark.parametrize("case", CASES, ids=casefile.name)
def test_a_fix_of_the_log_does_what_the_fix_does(case: casefile.Case) -> None:
    """Applied by line and column, as an editor would, each fix gives the text that sla2 would write."""
    text = text_of(case)
    fixes = [one.fix for one in found_in(text) if one.fix is not None]
    results = json.loads(sarif([one for one in found_in(text) if one.fix is not None], "1.0"))["runs"][0]["results"]
    by_title = {result["fixes"][0]["description"]["text"]: result["fixes"][0] for result in results}
    for fix in fixes:
        (change,) = by_title[fix.title]["artifactChanges"]
        assert unquote(change["artifactLocation"]["uri"]) == "map/contract één.sla"
    for result in results:
        (change,) = result["fixes"][0]["artifactChanges"]
        edits = []
        for one in change["replacements"]:
            region = one["deletedRegion"]
            start = offset(text, region["startLine"], region["startColumn"])
            end = offset(text, region["endLine"], region["endColumn"])
            edits.append(Edit(Span("", start, end, 1, 1, 1, 1), one["insertedContent"]["text"]))
        done = apply_edits(text, edits)
        assert done in {apply_edits(text, fix.edits) for fix in fixes}


@pytest.mark.parametrize("path", ["a b.sla", "100%.sla", "é#?.sla", "map\\contract.sla", "weird\u202ename.sla"])
def test_a_path_is_a_reference(path: str) -> None:
    log = json.loads(sarif([BAD.at(span("x", "x", path), "Bad.")], "1.0"))
    assert VALIDATOR.is_valid(log)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w./~%-]+", uri, re.ASCII)
    assert unquote(uri) == path.replace("\\", "/")


# ------------------------------------------------------------------ annotations
FORGERIES = [
    "::error file=other.sla,line=1::forged",
    "a\n::set-output name=token::x",
    "a\r\n::add-mask::x",
    "%0A::warning::x",
    "a,line=99",
    "a::b",
    "title=x,file=y",
    "%",
    "%25%0D",
    "\u2028::error::x",
    "\x85::error::x",
    "::stop-commands::x",
]


@pytest.mark.parametrize("words", FORGERIES)
@pytest.mark.parametrize("where", ["message", "help", "path"])
def test_no_contract_can_write_an_annotation_of_its_own(words: str, where: str) -> None:
    parts = {"message": "Bad.", "help": "Do.", "path": "c.sla"} | {where: words}
    found = BAD.at(span("x", "x", parts["path"]), parts["message"], help=parts["help"])
    printed = github([found])
    assert len(printed.splitlines()) == 1 and printed.endswith("\n")
    fields, _, data = printed.removeprefix("::error ").removesuffix("\n").partition("::")
    properties = dict(field.split("=", 1) for field in fields.split(","))
    assert set(properties) == {"file", "line", "col", "title"}
    assert (properties["line"], properties["col"]) == ("1", "1")
    for value in (*properties.values(), data):
        assert not re.search("[\r\n]", value) and not re.search("%(?!25|0A|0D|3A|2C)", value)
    assert not any(re.search("[:,]", value) for value in properties.values())
    decoded = data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    if where == "message" and words.isprintable():
        assert decoded == f"{words}\nRemedy: Do."


def test_a_contract_that_tries_it_gets_one_line_per_finding() -> None:
    text = 'sla 2.0\nlevel p2 "x"\n  ::error file=a,line=1::%0Aforged: at least 99.9%\nend\n'
    found = found_in(text)
    lines = github(found).splitlines()
    assert len(lines) == len(found) >= 1
    assert all(line.startswith("::error file=map/contract één.sla,line=3,") for line in lines)


# ------------------------------------------------------------------ escapes
@pytest.mark.parametrize("evil", EVIL)
def test_no_form_obeys_what_a_text_orders(evil: str) -> None:
    text = f'level a "{evil}"'
    fix = Fix(f"write {evil}", (Edit(span(text, "level", f"c{evil}.sla"), evil),))
    place = span(text, "level", f"c{evil}.sla")
    found = [BAD.at(place, f"Bad: {evil}", help=f"Do {evil}", related=(Related(place, f"See {evil}"),), fix=fix)]
    found.append(BAD.at(place, "Or", choices=(fix,)))
    forms = {
        "terminal": terminal(found, {f"c{evil}.sla": text}),
        "concise": concise(found),
        "json": as_json(found),
        "sarif": sarif(found, "1.0"),
        "github": github(found),
        "summary": summary(found),
    }
    for form, printed in forms.items():
        assert evil not in printed.replace("\n", ""), form
    assert json.loads(forms["json"])["findings"][0]["fix"]["edits"][0]["text"] == evil, "data stays what it is"
    sarif_text = json.loads(forms["sarif"])["runs"][0]["results"][0]["message"]["text"]
    assert evil not in sarif_text, "a viewer shows the message as it is"


# ------------------------------------------------------------------ the gallery
def test_the_gallery_shows_every_message_that_a_contract_can_cause() -> None:
    meta = Path(__file__).parent / "meta"
    shown = set(re.findall(r"^## (SLA\d{3})", (meta / "error_gallery.md").read_text(encoding="utf-8"), re.M))
    given = set(re.findall(r"^(SLA[1-4]\d\d|SLA660|SLA733|SLA734) ", (meta / "codes.txt").read_text("utf-8"), re.M))
    assert given - shown == {"SLA213"}, "this one is about days that a report judges"
