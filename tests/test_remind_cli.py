"""`sla2 open` and `sla2 remind` as a contract manager types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from sla2.cli.main import run
from tests.remind_support import contract_text

TITLED = "contract VB-7"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two contracts, a file that only others include, and one that cannot be read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.sla").write_text(contract_text(), encoding="utf-8")
    (tmp_path / "deep").mkdir()
    later = contract_text(review="2016-07-01").replace(TITLED, "contract VB-8")
    (tmp_path / "deep" / "two.sla").write_text(later, encoding="utf-8")
    (tmp_path / "party.sla").write_text('sla 2.0\nparty town "Town"\nend\n', encoding="utf-8")
    return tmp_path


def broken(here: Path) -> None:
    text = contract_text().replace("  hours: office", "  hours: nowhere").replace(TITLED, "contract VB-9")
    (here / "bad.sla").write_text(text, encoding="utf-8")


def test_open_lists_a_folder_the_most_urgent_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["open", ".", "--today", "2016-06-20"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [
        "overdue           VB-7 speed: Speed of answers; review 2016-06-15 (5 days ago); waits for both",
        "                  customer: Head of information <head@town.example>",
        "                  supplier: Service manager <sdm@acme.example>",
        "                  until it is filled: at least 80% of the cases within 60 business minutes",
        "                  fallback from 2016-07-09",
        "open              VB-8 speed: Speed of answers; review 2016-07-01 (in 11 days); waits for both",
        "                  customer: Head of information <head@town.example>",
        "                  supplier: Service manager <sdm@acme.example>",
        "                  until it is filled: at least 80% of the cases within 60 business minutes",
        "                  fallback from 2016-07-09",
    ]
    assert captured.err == "2 passages on 2016-06-20.\n"


def test_a_passage_on_its_fallback_is_still_to_be_filled(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["open", "one.sla", "--today", "2016-07-09"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("fallback in force VB-7 speed")
    assert "fallback since 2016-07-09" in out
    assert "until it is filled" not in out, "the interim rule is over"


def test_a_broken_contract_is_listed_and_stops_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(here)
    assert run(["open", ".", "one.sla", "--today", "2016-06-20", "--json"]) == 1
    captured = capsys.readouterr()
    rows = json.loads(captured.out)
    assert [(row["file"], row["state"]) for row in rows] == [
        ("bad.sla", "unreadable"),
        ("one.sla", "overdue"),
        ("deep/two.sla", "open"),
    ]
    assert "nowhere" in rows[0]["title"]
    assert rows[1]["customer"] == "Head of information <head@town.example>" and rows[1]["days"] == -5
    assert "1 contract cannot be read whole" in captured.err


def test_open_speaks_the_language_that_is_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["open", "one.sla", "--today", "2016-06-20", "--lang", "nl"]) == 0
    assert "ten minste 80% van de gevallen" in capsys.readouterr().out


def test_an_empty_folder_is_no_fault(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "none").mkdir()
    assert run(["open", "none", "--today", "2016-06-20"]) == 0
    assert "There is no contract in none." in capsys.readouterr().err


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_remind_without_an_option_prints_what_a_dry_run_prints(
    here: Path, capsys: pytest.CaptureFixture[str], extra: list[str]
) -> None:
    words = ["remind", "one.sla", "--today", "2016-06-15", *extra]
    assert run([*words, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert run(words) == 0
    assert capsys.readouterr() == shown and len(shown.out) > 100


def test_a_run_that_was_later_than_today_is_wrong_use(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remind", "one.sla", "--dry-run", "--today", "2016-06-15", "--since", "2016-06-16"]) == 2
    assert "--since 2016-06-16 lies after" in capsys.readouterr().err


def test_remind_of_several_contracts_is_one_message_each(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # 14 days before 15 June, and 30 days before 1 July: both 1 June
    asked = ["remind", "one.sla", "deep/two.sla", "--dry-run", "--today", "2016-06-01", "--json"]
    assert run(asked) == 0
    first = capsys.readouterr().out
    told = json.loads(first)
    assert [(one["to"], one["language"], len(one["keys"])) for one in told] == [
        ("head@town.example", "nl", 2),
        ("sdm@acme.example", "de", 2),
    ]
    assert run(asked) == 0
    assert capsys.readouterr().out == first


def test_a_broken_contract_reminds_nobody_and_the_others_do(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(here)
    assert run(["remind", "bad.sla", "one.sla", "--dry-run", "--today", "2016-06-15"]) == 1
    captured = capsys.readouterr()
    assert captured.out.count("To: ") == 2 and "VB-9" not in captured.out
    assert "bad.sla cannot be read whole; nobody is reminded of its passages." in captured.err
    assert "2 messages; none was sent." in captured.err


def test_the_plan_names_every_day(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remind", "one.sla", "--plan", "--today", "2016-05-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "2016-05-13  before      VB-7 speed  Head of information <head@town.example>  (instead of 2016-05-16)"
    )
    assert run(["remind", "one.sla", "--dry-run", "--plan", "--today", "2016-05-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(lines)
    assert (told[0]["send_on"], told[0]["on"], told[0]["due"]) == ("2016-05-13", "2016-05-16", "2016-06-15")


def test_the_calendar_is_written_once_and_the_same_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["remind", "one.sla", "deep/two.sla", "--ics", "r.ics", "--today", "2016-05-01", "--lang", "de"]
    assert run([*asked, "--domain", "contracts.town.example"]) == 0
    first = (here / "r.ics").read_bytes()
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [event["uid"] for event in events] == [
        "VB-7.speed@contracts.town.example",
        "VB-8.speed@contracts.town.example",
    ]
    assert run(asked) == 3
    assert (here / "r.ics").read_bytes() == first
    assert run([*asked, "--domain", "contracts.town.example", "--force"]) == 0
    assert (here / "r.ics").read_bytes() == first
    capsys.readouterr()
    assert run([*asked, "--domain", "town\r\nX-EVIL:1", "--force"]) == 2
    assert "is no domain" in capsys.readouterr().err
