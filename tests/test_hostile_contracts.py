"""Contracts that nobody means well with: huge, endless, misleading, reaching for other files. All end in a sentence."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

import casefile
import pytest

from sla2.cli.main import run
from sla2.loading import load
from sla2.source.read import read_document

EXAMPLE = Path(__file__).resolve().parents[1] / "contracts" / "examples" / "github-enterprise" / "contract.sla"
GOOD = EXAMPLE.read_text(encoding="utf-8")
FORMS = ("terminal", "concise", "json", "sarif", "github")
FRAME = 'sla 2.0\nparty shared{n} "Shared {n}"\n  language: en\nend\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def including(*lines: str, text: str = GOOD) -> str:
    return text.replace("sla 2.0\n", "sla 2.0\n" + "".join(f"{line}\n" for line in lines), 1)


def checked(text: str, capsys: pytest.CaptureFixture[str], name: str = "c.sla") -> list[dict[str, object]]:
    """What `sla2 check` finds in the file, new against the example; no traceback, and it is never a fault of ours."""
    Path(name).write_text(text, encoding="utf-8")
    Path("good.sla").write_text(GOOD, encoding="utf-8")
    capsys.readouterr()
    run(["check", "good.sla", "--json"])
    known = [(one["code"], one["message"]) for one in json.loads(capsys.readouterr().out)["findings"]]
    assert run(["check", name, "--json"]) in (0, 1)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    found = json.loads(out)["findings"]
    assert not any(one["code"].startswith("SLA9") for one in found)
    return [one for one in found if (one["code"], one["message"]) not in known]


# ------------------------------------------------------------------ size
def test_ten_megabytes_on_one_line_are_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("long.sla").write_text("sla 2.0\n" + "x" * 10_000_000, encoding="utf-8")
    assert run(["check", "long.sla"]) == 3
    assert "too large" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["x", "x ", '"', ":", "1.", "EUR 1,", "(", "at least 9", "# ", "end ", "é", "\u202e"])
def test_a_line_of_a_megabyte_is_one_finding(sign: str) -> None:
    line = sign * (1_000_000 // len(sign))
    for text in (
        f'sla 2.0\nlevel a "A"\n  target: {line}\nend\n',
        f"sla 2.0\n{line}\n",
        f'sla 2.0\nlevel a "A"\n{line}\nend\n',
    ):
        document, found = read_document(text, "c.sla")
        assert document is not None
        assert len(found) <= 2
        assert all(len(one.message) + len(one.help) < 2_000 for one in found)


def test_a_long_line_is_shown_in_part(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("long.sla").write_text(f'sla 2.0\nlevel a "A"\n  {"y" * 1_000_000}: 3\nend\n', encoding="utf-8")
    for form in FORMS:
        assert run(["check", "long.sla", "--format", form]) == 1
        assert len(capsys.readouterr().out) < 20_000, form


def test_a_block_of_fifty_thousand_lines_is_read() -> None:
    lines = "".join(f'  closed: 2026-03-01 "Day {number}"\n' for number in range(50_000))
    document, found = read_document(f'sla 2.0\ncalendar office "Office"\n{lines}end\n', "c.sla")
    assert document is not None and len(document.blocks[0].statements) == 50_000
    assert found == ()


def test_fifty_thousand_wrong_lines_end_in_five_hundred_findings() -> None:
    text = 'sla 2.0\nlevel a "A"\n' + "  nonsense: 3\n" * 50_000
    found = read_document(text, "c.sla")[1]
    assert len(found) == 501 and found[-1].code == "SLA118"


# ------------------------------------------------------------------ includes
def chain(length: int) -> None:
    for number in range(length):
        following = f'include "f{number + 1}.sla" as F{number + 1}\n' if number + 1 < length else ""
        text = FRAME.format(n=number).replace("sla 2.0\n", f"sla 2.0\n{following}")
        Path(f"f{number}.sla").write_text(text, encoding="utf-8")


def test_a_long_chain_of_includes_ends_in_one_sentence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chain(300)
    found = checked(including('include "f0.sla" as F0'), capsys)
    assert [one["code"] for one in found if one["severity"] == "error"] == ["SLA216"]
    assert "Too many files are included" in str(found)


def test_a_hundred_thousand_nested_includes_are_cut_at_the_limit(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files need not exist to be named: each is made when it is asked for."""
    asked: list[str] = []

    def made(name: str, most: int = 0) -> bytes:
        asked.append(name)
        number = int(re.findall(r"\d+", name)[0]) if "f" in name else -1
        following = f'include "f{number + 1}.sla" as F{number + 1}\n' if number < 100_000 else ""
        return including(following.rstrip()).encode() if number < 0 else f"sla 2.0\n{following}".encode()

    monkeypatch.setattr("sla2.loading.read_bytes", made)
    loaded = load("c.sla")
    assert len(asked) < 200
    assert [one.message for one in loaded.diagnostics if "Too many files" in one.message]


def test_a_hundred_thousand_include_lines_end_in_one_sentence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.sla").write_text(FRAME.format(n=""), encoding="utf-8")
    found = checked(including(*(f'include "f.sla" as A{number}' for number in range(100_000))), capsys)
    errors = [one for one in found if one["severity"] == "error"]
    assert len(errors) == 1 and "Too many files" in str(errors[0]["message"])


def test_files_that_each_include_the_next_one_twice_do_not_double_for_ever(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(40):
        lines = [f'include "d{number + 1}.sla" as {alias}' for alias in ("A", "B")] if number < 39 else []
        Path(f"d{number}.sla").write_text(including(*lines, text=FRAME.format(n=number)), encoding="utf-8")
    found = checked(including('include "d0.sla" as D'), capsys)
    assert "Too many files" in str([one["message"] for one in found])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("../outside.sla", "upwards with `..`"),
        ("sub/../../outside.sla", "upwards with `..`"),
        ("sub/../real.sla", "Put the framework beside the contract"),
        ("../project/c.sla", "upwards with `..`"),
        ("/etc/passwd", "not relative"),
        ("C:/contracts/f.sla", "with a drive"),
        ("C:\\\\contracts\\\\f.sla", "backslashes"),
        ("sub\\\\f.sla", "backslashes"),
        ("\\\\\\\\server\\\\f.sla", "backslashes"),
        ("file:///etc/passwd", "with a drive"),
        ("link.sla", "is a link"),
        ("linked/f.sla", "is a link"),
        ("sub/deeper/inner.sla", "is a link"),
        ("missing.sla", "no file"),
        ("sub", "folder"),
        ("binary.sla", "not plain text"),
        ("", "not relative"),
        ("a\u202eals.f", "not relative"),
        ("x" * 5_000, "cannot be read"),
    ],
)
def test_what_may_not_be_included_is_one_plain_finding(
    written: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = here / "project"
    (project / "sub").mkdir(parents=True)
    for place in (here / "outside.sla", project / "sub" / "f.sla", project / "real.sla"):
        place.write_text(FRAME.format(n=""), encoding="utf-8")
    (project / "link.sla").symlink_to(project / "real.sla")
    (project / "linked").symlink_to(project / "sub")
    (project / "sub" / "deeper").symlink_to(here)
    (here / "inner.sla").write_text(FRAME.format(n=""), encoding="utf-8")
    (project / "binary.sla").write_bytes(b"PK\x03\x04rest")
    os.chdir(project)
    written = written.replace("\\\\", "\\")
    found = checked(including(f'include "{written}" as F').replace("customer: voorbeeld", "customer: F.shared"), capsys)
    errors = [one for one in found if one["severity"] == "error" and one["code"] != "SLA203"]
    assert errors and errors[0]["code"] in ("SLA216", "SLA212"), found
    assert said in str(errors[0]["message"]) + str(errors[0]["help"]), errors[0]
    assert len(errors) == 1, errors


def test_a_circle_the_same_alias_twice_and_an_alias_that_nobody_uses(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("f.sla").write_text(including('include "c.sla" as C', text=FRAME.format(n="")), encoding="utf-8")
    found = checked(including('include "f.sla" as F'), capsys)
    assert "SLA217" in {one["code"] for one in found}
    Path("f.sla").write_text(FRAME.format(n=""), encoding="utf-8")
    found = checked(including('include "f.sla" as F', 'include "f.sla" as F'), capsys)
    assert "SLA204" in {one["code"] for one in found}
    found = checked(including('include "f.sla" as F'), capsys)
    assert [(one["code"], one["severity"]) for one in found] == [("SLA136", "warning")]
    used = including('include "f.sla" as F').replace("customer: voorbeeld", "customer: F.shared")
    assert checked(used, capsys) == []


# ------------------------------------------------------------------ signs
INVISIBLE = [
    "\u202e",
    "\u2066",
    "\u200f",
    "\x1b[31m",
    "\x07",
    "\x85",
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\U000e0041",
]


@pytest.mark.parametrize("sign", INVISIBLE)
@pytest.mark.parametrize("place", ["name", "title", "text", "label", "comment"])
def test_invisible_signs_are_shown_and_never_obeyed(
    sign: str, place: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "name": GOOD.replace("level uptime", f"level up{sign}time"),
        "title": GOOD.replace('"Uptime of each', f'"Uptime {sign}of each'),
        "text": GOOD.replace('"Each component', f'"Each {sign}component'),
        "label": GOOD.replace("  measure: availability", f"  mea{sign}sure: availability"),
        "comment": GOOD.replace("end\n", f"end # {sign}\n", 1),
    }
    Path("c.sla").write_text(texts[place], encoding="utf-8")
    for form in FORMS:
        assert run(["check", "c.sla", "--format", form]) in (0, 1, 3)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert sign[0] not in out and sign[0] not in err.replace("\n", ""), form


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f"])
def test_a_text_that_turns_the_direction_is_a_finding(
    sign: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = checked(GOOD.replace('"Each component', f'"Each {sign}component'), capsys)
    assert "SLA212" in {one["code"] for one in found}


def pair(one: str, other: str, kind: str = "exclusion") -> str:
    line = {"exclusion": "  cause: maintenance\n", "level": "", "party": "  language: en\n"}[kind]
    return f'sla 2.0\n{kind} {one} "One"\n{line}end\n{kind} {other} "Other"\n{line}end\n'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("p1", "pl"),
        ("level-O", "level-0"),
        ("Il", "lI"),
        ("a-1", "a-I"),
        ("rn-x", "m-x"),
        ("vv-x", "w-x"),
        ("ABC", "abc"),
        ("straße", "strasse"),
    ],
)
def test_names_that_look_alike_are_a_finding(one: str, other: str) -> None:
    found = read_document(pair(one, other), "c.sla")[1]
    assert [(each.code, each.span and each.span.line) for each in found] == [("SLA137", 5)], found
    assert found[0].related and found[0].help


@pytest.mark.parametrize(
    ("one", "other"),
    [("p1", "p2"), ("level-a", "level-b"), ("noord", "oost"), ("a", "b"), ("café", "cafe"), ("l", "m")],
)
def test_names_that_can_be_told_apart_are_none(one: str, other: str) -> None:
    assert read_document(pair(one, other), "c.sla")[1] == ()


def test_names_of_different_kinds_may_look_alike() -> None:
    text = 'sla 2.0\nparty p1 "One"\n  language: en\nend\nexclusion pl "Other"\n  cause: maintenance\nend\n'
    assert read_document(text, "c.sla")[1] == ()


def test_an_accent_in_two_encodings_is_one_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    composed, apart = unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café")
    text = (
        GOOD
        + f'\nexclusion {composed} "One"\n  cause: customer\nend\nexclusion {apart} "Other"\n  cause: customer\nend\n'
    )
    assert "SLA204" in {one["code"] for one in checked(text, capsys)}


@pytest.mark.parametrize(
    ("name", "meant"), [("upt\u0456me", "uptime"), ("\u0440\u0430\u0443", "pay"), ("\u039fhm", "Ohm")]
)
def test_letters_of_another_script_are_named_and_replaced(name: str, meant: str) -> None:
    text = f'sla 2.0\nexclusion {name} "One"\n  cause: maintenance\nend\nlevel a "A"\n  excludes: {name}\nend\n'
    document, found = read_document(text, "c.sla")
    assert [(one.code, one.span and one.span.line) for one in found] == [("SLA138", 2), ("SLA138", 6)]
    assert "U+0" in found[0].message and f"`{meant}`" in found[0].help
    assert document is not None and document.blocks[0].name.text == meant


# ------------------------------------------------------------------ time
@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("term: 1 year from 2021-01-01", "term: 0 years from 2021-01-01"),
        ("signed: 2020-12-15", "signed: 2199-12-31"),
        ("term: 1 year from 2021-01-01", "term: from 2021-01-01 until ended"),
        ("term: 1 year from 2021-01-01", "term: 1 year from 9999-12-31"),
        ("term: 1 year from 2021-01-01", "term: 9999 years from 2021-01-01"),
    ],
)
def test_a_term_that_cannot_be_is_no_fault_of_ours(
    line: str, instead: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert line in GOOD
    checked(GOOD.replace(line, instead), capsys)
    assert run(["draft", "c.sla", "--format", "md", "--out", "out"]) in (0, 1, 2, 3)
    assert "Traceback" not in capsys.readouterr().err


AMENDMENT = """
amendment {name} "Change"
  agreed: customer {agreed}, supplier {agreed}
  effective: {effective}
  change: uptime target to at least {target}%
end
"""


def test_amendments_out_of_order_and_in_conflict_are_no_fault_of_ours(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = AMENDMENT.format(name="A1", agreed="2021-05-01", effective="2021-07-01", target="99.8")
    earlier = AMENDMENT.format(name="A2", agreed="2021-01-01", effective="2021-04-01", target="99.7")
    rival = AMENDMENT.format(name="A3", agreed="2021-01-01", effective="2021-04-01", target="99.5")
    before = AMENDMENT.format(name="A4", agreed="2019-01-01", effective="2019-04-01", target="99.5")
    for changes in ((later, earlier), (earlier, rival), (before,), (later, later), (rival, before, earlier, later)):
        checked(GOOD + "".join(changes), capsys)
        for command in (["show", "contract", "c.sla"], ["draft", "c.sla", "--format", "md", "--out", "out", "--force"]):
            assert run(command) in (0, 1, 2, 3)
            assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("case", casefile.cases("language/bad"), ids=casefile.name)
def test_every_form_prints_every_mistake(case: casefile.Case, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.sla").write_text(f"sla 2.0\n{case.text}", encoding="utf-8")
    for form in FORMS:
        assert run(["check", "c.sla", "--format", form]) in (0, 1)
        out, err = capsys.readouterr()
        assert out and "Traceback" not in err
