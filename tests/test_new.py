"""`sla2 new`: what it writes is a sound contract, whatever was answered, and it overwrites nothing."""

from __future__ import annotations

import itertools
import json
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sla2 import resources
from sla2.checks import run as checking
from sla2.cli.main import run
from sla2.cli.starter import COUNTRIES, LONGEST, Answers, Hours, examples, plain, short_name, starter
from sla2.contract.contract import Contract
from sla2.contract.from_syntax import from_syntax
from sla2.contract.surroundings import Language
from sla2.settle.examples import run_examples
from sla2.source.format import format_text
from sla2.source.read import read_document

LANGUAGES: tuple[Language, ...] = ("nl", "en", "de")
HOURS: tuple[Hours, ...] = ("office", "always")
LEFT_TO_THE_AUTHOR: list[str] = []
"""The findings on a new contract: what only its author can decide. There is none."""


def answers(
    language: Language = "en", hours: Hours = "office", country: str = "NL", start: date = date(2026, 2, 1)
) -> Answers:
    known = examples(language)
    return Answers(known["customer"], known["supplier"], known["service"], hours, country, language, start)


def contract(text: str) -> Contract:
    document, found = read_document(text, "contract.sla")
    assert document is not None and found == ()
    made, wrong = from_syntax(document, included={}, holidays={})
    assert made is not None and wrong == ()
    return made


def sound(text: str) -> Contract:
    """The contract, which is in the standard form, has no findings but those of its author, and counts right."""
    made = contract(text)
    assert format_text(text, "contract.sla")[0] == text
    assert [found.code for found in checking.run(made).shown] == LEFT_TO_THE_AUTHOR
    tried = run_examples(made)
    assert [result.diagnostics for result in tried] == [()]
    return made


@pytest.mark.parametrize(("language", "hours"), list(itertools.product(LANGUAGES, HOURS)))
def test_a_new_contract_is_sound(language: Language, hours: Hours) -> None:
    made = sound(starter(answers(language, hours)))
    assert made.passages and made.levels and made.credits and made.surveys and made.clauses
    assert {promise.by for promise in made.promises} == {"both"}
    assert {obligation.duty_of for obligation in made.obligations} == {"customer"}
    assert made.languages == (language,)
    assert made.calendar(made.services[0].hours).round_the_clock == (hours == "always")


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_its_clock_and_its_currency(country: str) -> None:
    made = sound(starter(answers("de", "office", country)))
    assert (made.timezone, made.currency) == COUNTRIES[country]


@pytest.mark.parametrize(
    "start", [date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 31), date(1990, 6, 15), date(2150, 8, 30)]
)
def test_every_day_follows_from_the_first_one(start: date) -> None:
    made = sound(starter(answers(start=start)))
    assert made.term is not None and made.term.start == start
    (passage,) = made.passages
    assert passage.review is not None and passage.fallback is not None and made.signed is not None
    assert made.signed < start < passage.review < passage.fallback.since < date(start.year + 2, 1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_block_is_explained_in_the_chosen_language(language: Language) -> None:
    lines = starter(answers(language, "always")).split("\n")
    heads = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#", "end", "sla 2.0"))]
    unexplained = [lines[number] for number in heads if not lines[number - 1].startswith("# ")]
    assert [line.split(" ")[0] for line in unexplained] == ["contract", "party", "party"]
    assert all(len(line) <= 120 for line in lines if line.startswith("# "))


def test_the_words_are_the_same_in_each_language() -> None:
    import tomllib

    books = {one: tomllib.loads(resources.read_text("templates", f"new/{one}.toml")) for one in LANGUAGES}
    keys = {one: {(part, key) for part, table in book.items() for key in table} for one, book in books.items()}
    assert keys["nl"] == keys["en"] == keys["de"]
    for part, key in keys["en"]:
        texts = [str(books[one][part][key]) for one in LANGUAGES]
        assert all(texts)


def test_the_committed_example_is_what_is_written() -> None:
    assert resources.read_text("templates", "new/contract.sla") == starter(answers())


HOSTILE = [
    'Acme "the best" B.V.',
    "“Acme” and «sons»",
    'Acme\nend\n\nparty evil "x"',
    "end",
    "any",
    "all words",
    "level",
    "contract contract contract",
    "\u202eemcA \u2066x\u2069",
    "a\x00b\x1b[31mred",
    "{{ 7 * 7 }}{% for x in y %}",
    "# no note",
    "O'Neill & Søn <b>é</b> \\ \\n \\\"",
    "日本株式会社",
    "12345",
    "-",
    "x" * LONGEST,
    "from: to: by: ,;",
    "Ⅻ ﬁ ½ İstanbul",
    '"""',
    "EUR 1.000,00 99,95 %",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_never_a_line_of_the_language(name: str) -> None:
    known = answers("nl")
    for customer, supplier, service in (
        (name, known.supplier, known.service),
        (known.customer, name, known.service),
        (name, f"{name[:-2]} 2", name),
    ):
        made = sound(starter(Answers(customer, supplier, service, "office", "NL", "nl", known.start)))
        assert len(made.parties) == 2 and len(made.levels) == 2
        assert made.party("customer").title == plain(customer)
        assert made.party("supplier").title == plain(supplier)
        assert made.services[0].title == plain(service)


def test_short_names() -> None:
    assert short_name("Town of Exampleton", "x") == "town"
    assert short_name("Ärzte ohne Grenzen", "x") == "arzte"
    assert short_name("all the words", "x") == "the"
    assert short_name("日本", "customer-1") == "customer-1"
    assert len(short_name("a" * 100, "x")) <= 24


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_options_instead_of_questions(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--customer", "Gemeente Elders", "--supplier", "Beheer B.V.", "--service", "Hosting", "--hours", "always"]
    assert run(["new", "ours.sla", *given, "--country", "DE", "--from", "2027-04-01", "--lang", "nl"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "ours.sla\n" and "sla2 check ours.sla" in captured.err
    made = contract(Path("ours.sla").read_text(encoding="utf-8"))
    assert (made.party("customer").title, made.party("supplier").title) == ("Gemeente Elders", "Beheer B.V.")
    assert (made.timezone, made.title) == ("Europe/Berlin", "Dienstverlening Hosting")
    assert run(["check", "ours.sla", "--json"]) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]] == LEFT_TO_THE_AUTHOR


@pytest.mark.parametrize(
    ("arguments", "written"),
    [([], "contract.sla"), (["mine"], "mine/contract.sla"), (["a/b.sla"], "a/b.sla"), (["."], "contract.sla")],
)
def test_where_it_is_written(
    arguments: list[str], written: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *arguments]) == 0
    assert capsys.readouterr().out == f"{written}\n"
    assert Path(written).read_text(encoding="utf-8") == starter(answers())


def test_nothing_is_overwritten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("contract.sla").write_text("mine", encoding="utf-8")
    assert run(["new"]) == 3
    assert "exists already and was not overwritten" in capsys.readouterr().err
    assert Path("contract.sla").read_text(encoding="utf-8") == "mine"
    assert run(["new", "--force"]) == 0
    assert Path("contract.sla").read_text(encoding="utf-8") == starter(answers())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--customer", ""], "at least one letter"),
        (["--supplier", "\u202e\n"], "at least one letter"),
        (["--service", "x" * 10_000], "10000 characters is too long"),
        (["--customer", "Acme", "--supplier", " ACME"], "two different parties"),
        (["--from", "1-3-2026"], "is not a day"),
        (["--lang", "fr"], "--lang"),
        (["--country", "XX"], "--country"),
    ],
)
def test_wrong_use_writes_nothing(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_name_of_a_file_that_no_file_has(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "a\0b.sla"]) == 3
    assert "no file name has" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed, which this system does not have")
def test_questions_on_a_terminal(here: Path) -> None:
    lead, follow = pty.openpty()
    typed = 'de\n\nStadt "Neu"\nAcme\nHosting\nalways\nDE\nbald\n2027-01-01\n'
    command = [sys.executable, "-m", "sla2.cli", "new", "neu.sla"]
    with subprocess.Popen(command, stdin=follow, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(lead, typed.encode())
        out, err = process.communicate(timeout=60)
    os.close(lead)
    os.close(follow)
    assert process.returncode == 0 and out == b"neu.sla\n"
    asked = err.decode()
    assert "Wer ist der Kunde?" in asked and "is not a day" in asked
    made = contract(Path("neu.sla").read_text(encoding="utf-8"))
    assert made.party("customer").title == "Stadt 'Neu'" and made.languages == ("de",)
    assert made.term is not None and made.term.start == date(2027, 1, 1)
