"""Command lines: what is printed where, and the exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sla2 import resources
from sla2.cli import main as program
from sla2.cli.main import run

GOOD = resources.read_text("templates", "new/contract.sla")
BAD = GOOD.replace("base: fee workplace of the period\n", "").replace("  tier: from 80% to below 90% gives 2%\n", "")
BAD = BAD.replace("  cap: 5% of base per period\n", "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.sla").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.sla").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in program.COMMANDS)


@pytest.mark.parametrize("name", program.COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"Usage: sla2 {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek", "good.sla"], "Did you mean `sla2 check`?"),
        (["check"], "FILE"),
        (["check", "good.sla", "--format", "pdf"], "--format"),
        (["explain", "SLA999"], "There is no finding"),
        (["explain", "tier-gab"], "tier-gap"),
        (["explain", "resolve-p1/2026-03"], "--contract"),
        (["explain"], "--all"),
        (["show", "plan", "good.sla"], "--log"),
        (["show", "contract"], "Name the contract"),
        (["draft", "good.sla"], "--out"),
        (["draft", "good.sla", "--format", "pdf", "--out", "out"], "There is no format"),
        (["draft", "good.sla", "--lang", "fr", "--out", "out"], 'There is no language "fr"'),
        (["report", "good.sla"], "--log"),
        (["report", "good.sla", "--log", "m.toml", "--from", "1-3-2026"], "is not a day"),
        (["report", "good.sla", "--log", "m.toml", "--from", "2026-03-01", "--to", "2026-02-01"], "before it begins"),
        (["import"], "--probe"),
        (["calendar", "lock", "--region", "XX", "--year", "2026"], "no holidays known"),
    ],
)
def test_wrong_use_is_2(arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err and captured.out == ""


def test_check_of_a_good_contract(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "good.sla"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err == "no findings in 1 file.\n"


def test_check_prints_findings_on_stdout_and_errors_make_it_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "bad.sla", "good.sla"]) == 1
    captured = capsys.readouterr()
    assert "error SLA305 (percent-without-base)" in captured.out and "    | " in captured.out
    assert "1 error" in captured.err and "in 2 files." in captured.err
    assert "\x1b" not in captured.out


def test_warnings_are_no_errors_and_quiet_leaves_them_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("warned.sla").write_text(GOOD.replace("  review: 2026-06-01\n", "  review: 2026-11-01\n"), encoding="utf-8")
    assert run(["check", "warned.sla", "--format", "concise"]) == 0
    assert "SLA327" in capsys.readouterr().out
    assert run(["check", "warned.sla", "--format", "concise", "--quiet"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_check_for_machines(form: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "bad.sla", "--format", form]) == 1
    assert "SLA305" in json.dumps(json.loads(capsys.readouterr().out))
    assert run(["check", "good.sla", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"findings": []}


def test_check_for_a_code_host(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "bad.sla", "--format", "github"]) == 1
    assert "::error file=bad.sla,line=" in capsys.readouterr().out


def test_fix_applies_remedies_and_leaves_a_good_file_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("fixable.sla").write_text(GOOD.replace("EUR 10000.00 per month", "€ 10.000,00 per month"), encoding="utf-8")
    before = Path("good.sla").read_bytes()
    assert run(["check", "--fix", "fixable.sla", "good.sla"]) == 0
    assert Path("fixable.sla").read_text(encoding="utf-8") == GOOD
    assert Path("good.sla").read_bytes() == before
    assert "fixable.sla: " in capsys.readouterr().err


JUNK = {
    "missing.sla": (None, "There is no file missing.sla."),
    "folder": ("folder", "is a folder"),
    "junk.sla": (bytes(range(256)) * 20, "not plain text"),
    "word.sla": (b"PK\x03\x04" + b"\0" * 99, "word processor"),
    "latin.sla": ("sla 2.0\n# café\n".encode("latin-1"), "not in UTF-8"),
    "huge.sla": (b"# " + b"x" * 50_000_000, "4 MB"),
    "nul\0.sla": (None, "no file name"),
}


@pytest.mark.parametrize("name", JUNK)
def test_what_cannot_be_read_is_3(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, said = JUNK[name]
    if isinstance(content, bytes):
        Path(name).write_bytes(content)
    elif content == "folder":
        Path(name).mkdir()
    for command in (["check"], ["format"], ["test"], ["show", "contract"]):
        assert run([*command, name]) == 3, command
        err = capsys.readouterr().err
        assert said in err and "Traceback" not in err


ECHOES = {
    "  currency: EUR\n": ("  currency: EURO\n", "SLA104"),
    "EUR 10000.00 per month": ("EUR 10.000 per month", "SLA120"),
    "target: 90% within 4 business hours": ("target: 90% binnen 4 business hours", "SLA135"),
    "  customer: town ": ("  customer: twon ", "SLA203"),
}


@pytest.mark.parametrize("right", ECHOES)
def test_one_mistake_gives_one_error(right: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong, code = ECHOES[right]
    assert right in GOOD
    Path("slip.sla").write_text(GOOD.replace(right, wrong), encoding="utf-8")
    assert run(["check", "slip.sla", "--quiet", "--json"]) == 1
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]] == [code]


def test_the_place_of_what_is_no_text_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("latin.sla").write_bytes("sla 2.0\n# café\n".encode("latin-1"))
    assert run(["check", "good.sla", "latin.sla"]) == 3
    assert "latin.sla:2: " in capsys.readouterr().err


def test_a_broken_list_of_holidays_is_reported_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("days.toml").write_text("broken [", encoding="utf-8")
    opening = "  open: mon-fri"
    text = GOOD.replace(opening, '  holidays: NL from "days.toml"\n  on holidays: closed\n' + opening, 1)
    assert text != GOOD
    Path("holidays.sla").write_text(text, encoding="utf-8")
    assert run(["check", "holidays.sla", "--quiet", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["code"], one["span"]["path"]) for one in found] == [("SLA214", "days.toml")]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_beyond_all_contracts_are_wrong_use(day: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--as-of", "--from", "--to"):
        assert run(["report", "good.sla", "--log", "m.toml", option, day]) == 2
        assert "1970 to 2199" in capsys.readouterr().err


def test_a_draft_of_standard_input(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["draft", "good.sla", "--format", "md"]) == 0
    from_file = capsys.readouterr().out
    with open("good.sla", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert run(["draft", "-", "--format", "md"]) == 0
    assert len(from_file) > 1000 and capsys.readouterr().out.replace("-:", "good.sla:") == from_file


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["check", "--fix", "-"], 2, "name the file"),
        (["calendar", "show", "good.sla", "--from", "2026-03-02", "--to", "2026-03-01"], 2, "before the first day"),
        (["import", "--probe", "nope.csv"], 3, "there is no export nope.csv"),
        (["import", "--probe", "."], 3, "is a folder"),
        (["import", "--check", "nope.toml"], 3, "there is no mapping nope.toml"),
        (["import", "--check", "."], 3, "is a folder"),
        (["import", "--check", "log.csv"], 3, "is an export, not a mapping"),
        (["import", "--probe", "log.csv.gz"], 3, "cannot be unpacked"),
        (["draft", "good.sla", "--format", "docx", "--out", "good.sla"], 3, "good.sla is not a folder"),
        (["open", "nope.sla"], 3, "There is no file nope.sla"),
        (["new", "good.sla"], 3, "good.sla exists already"),
        (["show", "plan", "good.sla"], 2, "For plan a log is needed"),
    ],
)
def test_slips_at_the_keyboard(
    arguments: list[str], status: int, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("log.csv", "log.csv.gz"):
        Path(name).write_text("number,opened\n1,2026-03-01\n", encoding="utf-8")
    assert run(arguments) == status
    captured = capsys.readouterr()
    assert said in captured.err and not captured.out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_no_fault_of_ours(here: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sla2.cli", "show", "contract", "good.sla"], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 3 and b"cannot be written" in done.stderr


def test_one_unreadable_file_does_not_hide_the_findings_of_the_others(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "missing.sla", "bad.sla", "--format", "concise"]) == 3
    assert "SLA305" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "\n\n", "sla 2.0\n", "end\n" * 50, "level x\n", "#" * 5000, '"' * 999, "\ufeff"])
def test_odd_texts_are_findings_and_no_faults(text: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("odd.sla").write_text(text, encoding="utf-8")
    for command in ("check", "test", "draft"):
        extra = ["--format", "md"] if command == "draft" else []
        assert run([command, "odd.sla", *extra]) == 1, command
    assert run(["format", "odd.sla", "--check"]) in (0, 1)


def test_format_writes_once_and_checks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("ugly.sla").write_text(GOOD.replace("  customer:", "     customer :"), encoding="utf-8")
    assert run(["format", "--check", "ugly.sla", "good.sla"]) == 1
    assert "ugly.sla is not in the standard form." in capsys.readouterr().err
    assert run(["format", "--diff", "ugly.sla"]) == 0
    assert "-     customer : town" in capsys.readouterr().out
    assert run(["format", "ugly.sla"]) == 0
    assert Path("ugly.sla").read_text(encoding="utf-8") == GOOD
    assert run(["format", "--check", "ugly.sla"]) == 0


def test_format_leaves_a_file_with_mistakes_alone(here: Path) -> None:
    text = GOOD.replace("customer: town", "custmer town")
    Path("wrong.sla").write_text(text, encoding="utf-8")
    assert run(["format", "wrong.sla"]) == 1
    assert Path("wrong.sla").read_text(encoding="utf-8") == text


def sla2(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sla2.cli", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False)


def test_standard_input_and_output(here: Path) -> None:
    ugly = GOOD.replace("  customer:", "customer :").encode()
    done = sla2("format", "-", stdin=ugly)
    assert (done.returncode, done.stdout.decode()) == (0, GOOD)
    done = sla2("check", "-", "--format", "concise", stdin=BAD.encode())
    assert done.returncode == 1 and done.stdout.startswith(b"-:")


def test_a_machine_without_utf_8_gets_the_same_bytes(here: Path) -> None:
    text = GOOD.replace("Town of Exampleton", "Gemeente Sint-Égide ‘t Zand")
    Path("accents.sla").write_text(text, encoding="utf-8")
    shown = [
        sla2("show", "contract", "accents.sla", LC_ALL=locale, PYTHONUTF8="0").stdout for locale in ("C", "C.UTF-8")
    ]
    assert shown[0] == shown[1] and "Égide ‘t".encode() in shown[0]


def test_a_reader_that_stops_reading_is_no_fault(here: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m sla2.cli show tree good.sla | head -1; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr and b"fault of sla2" not in done.stderr


def test_a_fault_of_ours_is_70_and_short(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sla2.loading.load", lambda name: 1 / 0)
    monkeypatch.delenv("SLA2_DEBUG", raising=False)
    assert run(["check", "good.sla"]) == 70
    err = capsys.readouterr().err
    assert "a fault of sla2 itself" in err and "Traceback" not in err and len(err.splitlines()) == 2
    monkeypatch.setenv("SLA2_DEBUG", "1")
    assert run(["check", "good.sla"]) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_an_interrupt_is_130(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sla2.loading.load", stop)
    assert run(["check", "good.sla"]) == 130


def test_new_is_clean_and_never_overwrites(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "mine"]) == 0
    assert capsys.readouterr().out == "mine/contract.sla\n"
    assert run(["check", "mine/contract.sla"]) == 0
    assert "no findings" in capsys.readouterr().err
    assert run(["test", "mine/contract.sla"]) == 0
    Path("mine/contract.sla").write_text("mine", encoding="utf-8")
    assert run(["new", "mine"]) == 3
    assert Path("mine/contract.sla").read_text(encoding="utf-8") == "mine"
    assert run(["new", "mine", "--force"]) == 0


def test_worked_examples_agree_or_make_it_1(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["test", "good.sla"]) == 0
    assert capsys.readouterr().out.startswith("agrees     credits-march")
    Path("wrong.sla").write_text(GOOD.replace("credit EUR 200.00", "credit EUR 500.00"), encoding="utf-8")
    assert run(["test", "wrong.sla"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("disagrees  credits-march") and "SLA660" in captured.err
    assert run(["test", "wrong.sla", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["result"] == "disagrees"


@pytest.mark.parametrize("form", ["tree", "syntax", "contract"])
def test_every_form_can_be_printed(form: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", form, "good.sla"]) == 0
    out = capsys.readouterr().out
    assert "p1-credits" in out
    if form == "contract":
        assert json.loads(out)["name"] == "MY-2026-001"


def test_the_contract_on_a_day_holds_the_terms_in_force(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "contract", "good.sla", "--as-of", "2026-11-01"]) == 0
    levels = json.loads(capsys.readouterr().out)["levels"]
    (response,) = [level for level in levels if level["name"] == "response-p2"]
    assert response["held"][0]["by"] == "fallback"


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Contract"


def test_explain_prints_the_manual_page(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("SLA301", "sla301", "tier-gap"):
        assert run(["explain", name]) == 0
        assert capsys.readouterr().out.startswith("SLA301 tier-gap (warning)\n\nWhat it checks\n  Every attainment")
    assert run(["explain", "SLA301", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["slug"] == "tier-gap"


def test_a_list_of_holidays_is_made_for_review(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("holidays")
    assert run(["calendar", "lock", "--region", "NL", "--year", "2026", "--out", "calendars/nl.toml"]) == 0
    assert "date = 2026-04-27" in Path("calendars/nl.toml").read_text(encoding="utf-8")
    text = GOOD.replace('  closed every: 01-01 "New Year\'s Day"\n', '  holidays: NL from "calendars/nl.toml"\n')
    Path("with.sla").write_text(text, encoding="utf-8")
    assert run(["check", "with.sla"]) == 0
    capsys.readouterr()
    assert run(["calendar", "show", "with.sla", "--from", "2026-04-27", "--to", "2026-04-28"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-04-27 mon  office       closed",
        "2026-04-28 tue  office       08:00-18:00",
    ]
    assert run(["calendar", "show", "with.sla", "--from", "2027-04-27", "--to", "2027-04-28"]) == 3


def test_no_file_outside_the_project_is_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = here / "project"
    inner.mkdir()
    (here / "secret.sla").write_text('sla 2.0\nparty x "SECRET"\nend\n', encoding="utf-8")
    (inner / "c.sla").write_text(GOOD.replace("sla 2.0\n", 'sla 2.0\ninclude "../secret.sla" as S\n'), encoding="utf-8")
    assert run(["check", "project/c.sla", "--format", "concise"]) == 1
    assert "SLA216" in capsys.readouterr().out
    (inner / "linked.sla").symlink_to(here / "secret.sla")
    (inner / "d.sla").write_text(GOOD.replace("sla 2.0\n", 'sla 2.0\ninclude "linked.sla" as S\n'), encoding="utf-8")
    assert run(["check", "project/d.sla", "--format", "concise"]) == 1
    (here / "sla2.toml").write_text("", encoding="utf-8")
    capsys.readouterr()
    assert run(["check", "project/c.sla", "--format", "concise"]) == 1
    assert "SLA216" in capsys.readouterr().out


def test_timings_name_the_stages(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "good.sla", "--timings"]) == 0
    err = capsys.readouterr().err
    assert all(f"  {stage}\n" in err for stage in ("loaded", "read", "checked"))


@pytest.mark.parametrize(
    "arguments",
    [["draft", "w.sla", "--format", "md"], ["remind", "w.sla", "--dry-run"], ["open", "w.sla"], ["test", "w.sla"]],
)
def test_working_days_that_nobody_defined_stop_what_needs_them(
    arguments: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace("  working days: office", "  # none")
    silent = '  allow SLA309: "we do not care"\n  concerns: response-p2 target\n'
    Path("w.sla").write_text(text.replace("  concerns: response-p2 target\n", silent), encoding="utf-8")
    assert run(arguments) == 1
    captured = capsys.readouterr()
    assert captured.out == "" or captured.out.startswith("unreadable        w.sla: This counts 10 working days")
    assert "SLA309" in captured.err or "cannot be read whole" in captured.err


FALSE_EXAMPLE = """
example no-credit "A month on the target"
  given: resolve-p1 79% in 2026-03
  expect: credit EUR 499.00 in 2026-03
end
"""
"""79% of the cases is below 80%: 5% of EUR 10000.00 is EUR 500.00."""


def test_check_and_draft_tell_of_an_example_that_disagrees(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("e.sla").write_text(GOOD + FALSE_EXAMPLE, encoding="utf-8")
    assert run(["check", "e.sla", "--format", "concise"]) == 1
    assert "SLA660" in capsys.readouterr().out
    assert run(["draft", "e.sla", "--lang", "en", "--format", "md"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "SLA660" in captured.err and "Not drafted" in captured.err
    Path("e.sla").write_text(GOOD + FALSE_EXAMPLE.replace("499", "500"), encoding="utf-8")
    assert run(["check", "e.sla", "--format", "concise"]) == 0
    assert run(["draft", "e.sla", "--lang", "en", "--format", "md"]) == 0


def test_draft_refuses_a_false_example_of_a_ticket_that_check_leaves_out(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = """
example late "A late ticket"
  given ticket: P1 opened 2026-03-02 09:00, resolved 2026-03-02 15:00
  expect: resolve-p1 counts 6 business hours, met
end
"""
    Path("e.sla").write_text(GOOD + example, encoding="utf-8")
    assert run(["check", "e.sla", "--format", "concise"]) == 0
    assert "SLA660" not in capsys.readouterr().out
    assert run(["draft", "e.sla", "--lang", "en", "--format", "md"]) == 1
    assert "SLA660" in capsys.readouterr().err


def test_draft_names_errors_of_check_that_do_not_keep_it_from_drafting(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.sla").write_text(BAD[: BAD.index("# A worked example")], encoding="utf-8")
    assert run(["draft", "bad.sla", "--lang", "en", "--format", "md"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("# ") and "SLA305" in captured.err and "Drafted all the same" in captured.err
    assert run(["draft", "good.sla", "--lang", "en", "--format", "md"]) == 0
    assert "Drafted all the same" not in capsys.readouterr().err


@pytest.mark.parametrize(("placeholder", "code"), [("{{ resolve-p9 target }}", "SLA733"), ("{{ term end", "SLA734")])
def test_check_finds_bad_placeholders_in_every_language(
    placeholder: str, code: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'\nclause extra "Extra"\n  text en: "Fine."\n  text de: "Schlecht: {placeholder}."\nend\n'
    Path("p.sla").write_text(GOOD + text, encoding="utf-8")
    assert run(["check", "p.sla", "--format", "concise"]) == 1
    assert code in capsys.readouterr().out


def test_a_fee_per_user_is_a_base_once_the_service_says_how_many(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """EUR 20.00 for each of 250 users is EUR 5000.00; 85% falls in the tier of 2%: EUR 100.00."""
    text = re.sub(r"fee workplace: .*", "fee workplace: EUR 20.00 per user per month", GOOD)
    text = re.sub(r"  given: fee workplace .*\n", "", text).replace("EUR 200.00", "EUR 100.00")
    Path("u.sla").write_text(text, encoding="utf-8")
    assert run(["test", "u.sla"]) == 1
    remedy = "number of users: 250"
    assert f"`{remedy}`" in capsys.readouterr().err
    Path("u.sla").write_text(re.sub(r"(service workplace .*\n)", rf"\1  {remedy}\n", text), encoding="utf-8")
    assert run(["test", "u.sla"]) == 0
